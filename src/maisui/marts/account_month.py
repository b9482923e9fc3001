"""What each account held in each month: ends, balance-days and average."""

from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.tables.account_month import ACCOUNT_MONTH

_AVERAGE = div_half_up("s.balance_days", "s.day_count")

ACCOUNT_MONTH_MART = Step(
    name="fill_account_month",
    writes=ACCOUNT_MONTH,
    reads=("account", "account_balance", "calendar_day"),
    query=f"""
WITH months AS (
  SELECT month_start, max(business_date) AS last_on, CAST(count(*) AS BIGINT) AS day_count
  FROM calendar_day
  GROUP BY month_start
),
held AS (
  SELECT
    b.account_number, b.currency, m.month_start, m.day_count,
    CASE
      WHEN b.valid_from < m.month_start AND (b.valid_until IS NULL OR b.valid_until >= m.month_start) THEN b.balance
    END AS opening_balance,
    CASE WHEN b.valid_until IS NULL OR b.valid_until > m.last_on THEN b.balance END AS closing_balance,
    CASE WHEN b.valid_until IS NULL OR b.valid_until > m.month_start THEN b.balance ELSE CAST(0 AS DECIMAL(18,2)) END AS balance,
    greatest(
      date_diff(
        'day',
        greatest(b.valid_from, m.month_start),
        least(coalesce(b.valid_until, CAST(m.last_on + 1 AS DATE)), CAST(m.last_on + 1 AS DATE))
      ),
      0
    ) AS held_days,
    b.is_estimated AND (b.valid_until IS NULL OR b.valid_until > m.month_start) AS is_estimated
  FROM account_balance AS b
  INNER JOIN months AS m
    ON b.valid_from <= m.last_on AND (b.valid_until IS NULL OR b.valid_until >= m.month_start)
),
summed AS (
  SELECT
    account_number, currency, month_start, day_count,
    CAST(coalesce(sum(opening_balance), 0) AS DECIMAL(38,2)) AS opening_balance,
    CAST(coalesce(sum(closing_balance), 0) AS DECIMAL(38,2)) AS closing_balance,
    CAST(sum(CAST(balance * held_days AS DECIMAL(38,2))) AS DECIMAL(38,2)) AS balance_days,
    count(*) FILTER (WHERE is_estimated) > 0 AS is_estimated
  FROM held
  GROUP BY account_number, currency, month_start, day_count
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.account_number,
  s.currency,
  s.month_start,
  a.account_kind,
  a.customer_number,
  a.organisation_code,
  a.product_code,
  a.product_group,
  s.opening_balance,
  s.closing_balance,
  s.balance_days,
  s.day_count,
  {_AVERAGE} AS average_daily_balance,
  s.is_estimated
FROM summed AS s
INNER JOIN account AS a ON a.account_number = s.account_number AND a.currency = s.currency
WHERE a.closed_on IS NULL OR a.closed_on >= s.month_start
  OR s.opening_balance <> 0 OR s.closing_balance <> 0 OR s.balance_days <> 0
""",
)

"""What each account held in each month: ends, balance-days and average."""

from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.tables.account_month import ACCOUNT_MONTH

_TWO_POINT = div_half_up("CAST((s.opening_balance + s.closing_balance) * s.day_count AS DECIMAL(38,2))", "2")
_AVERAGE = div_half_up("s.balance_days", "s.day_count")

ACCOUNT_MONTH_MART = Step(
    name="fill_account_month",
    writes=ACCOUNT_MONTH,
    reads=("account", "account_balance", "account_organisation_period", "account_transaction", "daily_balance", "calendar_day"),
    query=f"""
WITH months AS (
  SELECT month_start, max(business_date) AS last_on, CAST(count(*) AS BIGINT) AS day_count
  FROM calendar_day
  GROUP BY month_start
),
held AS (
  SELECT
    b.account_number, b.currency, m.month_start, m.last_on, m.day_count,
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
    account_number, currency, month_start, last_on, day_count,
    CAST(coalesce(sum(opening_balance), 0) AS DECIMAL(38,2)) AS opening_balance,
    CAST(coalesce(sum(closing_balance), 0) AS DECIMAL(38,2)) AS closing_balance,
    CAST(sum(CAST(balance * held_days AS DECIMAL(38,2))) AS DECIMAL(38,2)) AS balance_days,
    count(*) FILTER (WHERE is_estimated) > 0 AS is_estimated
  FROM held
  GROUP BY account_number, currency, month_start, last_on, day_count
),
moved AS (
  SELECT DISTINCT account_kind, CAST(date_trunc('month', posted_on) AS DATE) AS month_start
  FROM account_transaction
),
fed AS (
  SELECT account_number, currency, CAST(date_trunc('month', held_on) AS DATE) AS month_start, count(*) AS fed_count
  FROM daily_balance
  WHERE held_on <= $reporting_date
  GROUP BY account_number, currency, CAST(date_trunc('month', held_on) AS DATE)
),
judged AS (
  SELECT
    s.account_number, s.currency, s.month_start, s.last_on, s.day_count, s.opening_balance, s.closing_balance, s.balance_days,
    s.is_estimated,
    CASE
      WHEN f.fed_count >= s.day_count THEN 'daily'
      WHEN m.month_start IS NULL AND s.opening_balance <> s.closing_balance
        AND s.balance_days = CAST(s.opening_balance * (s.day_count - 1) AS DECIMAL(38,2)) + s.closing_balance THEN 'two_point'
      ELSE 'rolled'
    END AS average_kind
  FROM summed AS s
  INNER JOIN account AS a ON a.account_number = s.account_number AND a.currency = s.currency
  LEFT JOIN moved AS m ON m.account_kind = a.account_kind AND m.month_start = s.month_start
  LEFT JOIN fed AS f ON f.account_number = s.account_number AND f.currency = s.currency AND f.month_start = s.month_start
),
averaged AS (
  SELECT
    s.account_number, s.currency, s.month_start, s.last_on, s.day_count, s.opening_balance, s.closing_balance, s.average_kind,
    CASE WHEN s.average_kind = 'two_point' THEN {_TWO_POINT} ELSE s.balance_days END AS balance_days,
    s.is_estimated OR s.average_kind = 'two_point' AS is_estimated
  FROM judged AS s
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.account_number,
  s.currency,
  s.month_start,
  a.account_kind,
  a.customer_number,
  coalesce(p.organisation_code, a.organisation_code) AS organisation_code,
  a.product_code,
  a.product_group,
  s.opening_balance,
  s.closing_balance,
  s.balance_days,
  s.day_count,
  {_AVERAGE} AS average_daily_balance,
  s.average_kind,
  s.is_estimated
FROM averaged AS s
INNER JOIN account AS a ON a.account_number = s.account_number AND a.currency = s.currency
LEFT JOIN account_organisation_period AS p
  ON p.account_number = s.account_number AND p.currency = s.currency
  AND s.last_on >= p.valid_from AND (p.valid_until IS NULL OR s.last_on < p.valid_until)
WHERE a.closed_on IS NULL OR a.closed_on >= s.month_start
  OR s.opening_balance <> 0 OR s.closing_balance <> 0 OR s.balance_days <> 0
""",
)

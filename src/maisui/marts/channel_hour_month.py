"""At which hours of which weekdays customers of each tier come through each channel, month by month.

The tier is that of the month's end; what was reversed does not count.
"""

from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.step import Step
from maisui.tables.channel_hour_month import CHANNEL_HOUR_MONTH

CHANNEL_HOUR_MONTH_MART = Step(
    name="fill_channel_hour_month",
    writes=CHANNEL_HOUR_MONTH,
    reads=("account_transaction", "account", "reversal", "customer_merge", "customer_standing", "calendar_day", "local_rate"),
    query=f"""
WITH days AS (
  SELECT business_date, max(business_date) OVER (PARTITION BY month_start) AS last_on
  FROM calendar_day
  WHERE business_date >= $needed_from
),
transactions AS (
  SELECT
    t.holding_organisation_code AS organisation_code,
    coalesce(a.customer_kind, 'unknown') AS customer_kind,
    coalesce(s.tier_code, 'none') AS tier_code,
    t.channel_code, t.transaction_type, t.currency,
    CAST(date_diff('day', DATE '1970-01-05', t.posted_on) % 7 + 1 AS VARCHAR) AS weekday_code,
    CASE
      WHEN substr(t.posted_time, 1, 2) BETWEEN '00' AND '23' AND length(t.posted_time) = 6 THEN substr(t.posted_time, 1, 2)
      ELSE 'none'
    END AS hour_code,
    d.last_on AS business_date, {in_local_currency("t.amount", "x")} AS amount, coalesce(r.counts_as, 1) AS counts_as
  FROM account_transaction AS t
  INNER JOIN days AS d ON d.business_date = t.posted_on
  LEFT JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  LEFT JOIN customer_merge AS m
    ON m.customer_number = t.customer_number AND m.valid_from <= d.last_on AND (m.valid_until IS NULL OR m.valid_until > d.last_on)
  LEFT JOIN customer_standing AS s
    ON s.customer_number = coalesce(m.surviving_number, t.customer_number) AND s.business_date = d.last_on
  {rate_of_day("t", "t.posted_on", "x")}
  WHERE t.account_kind = 'deposit' AND NOT t.is_bank_initiated AND t.posted_on >= $needed_from AND t.posted_on <= $reporting_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  customer_kind,
  tier_code,
  channel_code,
  transaction_type,
  currency,
  weekday_code,
  hour_code,
  business_date,
  CAST(sum(counts_as) AS BIGINT) AS transaction_count,
  CAST(sum(CASE counts_as WHEN 1 THEN amount WHEN -1 THEN -amount ELSE 0 END) AS DECIMAL(38,2)) AS transaction_amount
FROM transactions
GROUP BY organisation_code, customer_kind, tier_code, channel_code, transaction_type, currency, weekday_code, hour_code, business_date
""",
)

"""What ran through which channel on each day; what was reversed does not count."""

from maisui.steps.step import Step
from maisui.tables.channel_day import CHANNEL_DAY

CHANNEL_DAY_MART = Step(
    name="fill_channel_day",
    writes=CHANNEL_DAY,
    reads=("account_transaction", "account", "reversal", "parameter", "calendar_day"),
    query="""
WITH electronic AS (
  SELECT text_value AS channel_code, valid_from, coalesce(valid_until, DATE '9999-12-31') AS valid_until
  FROM parameter
  WHERE parameter_code LIKE 'electronic_channel.%'
),
bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
),
transactions AS (
  SELECT
    t.holding_organisation_code AS organisation_code,
    coalesce(t.handling_organisation_code, 'none') AS handling_organisation_code,
    t.account_kind,
    coalesce(a.customer_kind, 'unknown') AS customer_kind,
    t.channel_code, t.transaction_type, t.currency, t.is_bank_initiated,
    t.posted_on AS business_date, t.amount, t.balance_change, coalesce(r.counts_as, 1) AS counts_as,
    coalesce(r.is_event, false) AS is_reversal_event
  FROM account_transaction AS t
  INNER JOIN bounds AS b ON t.posted_on >= b.first_day
  LEFT JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  WHERE t.posted_on <= $reporting_date
),
counted AS (
  SELECT
    organisation_code, handling_organisation_code, account_kind, customer_kind, channel_code, transaction_type, currency,
    is_bank_initiated, business_date,
    CAST(sum(counts_as) AS BIGINT) AS transaction_count,
    CAST(sum(CASE counts_as WHEN 1 THEN amount WHEN -1 THEN -amount ELSE 0 END) AS DECIMAL(38,2)) AS transaction_amount,
    count(*) FILTER (WHERE is_reversal_event) AS reversal_count,
    count(*) AS posting_count,
    CAST(sum(CASE WHEN balance_change > 0 THEN balance_change ELSE 0 END) AS DECIMAL(38,2)) AS credit_amount,
    CAST(sum(CASE WHEN balance_change < 0 THEN -balance_change ELSE 0 END) AS DECIMAL(38,2)) AS debit_amount
  FROM transactions
  GROUP BY
    organisation_code, handling_organisation_code, account_kind, customer_kind, channel_code, transaction_type, currency,
    is_bank_initiated, business_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  c.organisation_code,
  c.handling_organisation_code,
  c.account_kind,
  c.customer_kind,
  c.channel_code,
  c.transaction_type,
  c.currency,
  c.is_bank_initiated,
  c.business_date,
  e.channel_code IS NOT NULL AS is_electronic,
  c.transaction_count,
  c.transaction_amount,
  c.reversal_count,
  c.posting_count,
  c.credit_amount,
  c.debit_amount
FROM counted AS c
LEFT JOIN electronic AS e
  ON e.channel_code = c.channel_code AND c.business_date >= e.valid_from AND c.business_date < e.valid_until
""",
)

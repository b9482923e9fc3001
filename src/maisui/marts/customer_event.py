"""The movements in which characteristics of customers are looked for, kept as a table: a dozen rules read it, each a few columns."""

from maisui.steps.characteristic_settings_sql import SETTINGS_QUERY
from maisui.steps.step import Step
from maisui.tables.customer_event import CUSTOMER_EVENT

_MONTHS_AGO = "(year($reporting_date) * 12 + month($reporting_date) - (year(t.posted_on) * 12 + month(t.posted_on)))"

CUSTOMER_EVENT_MART = Step(
    name="fill_customer_event",
    writes=CUSTOMER_EVENT,
    reads=("account_transaction", "reversal", "parameter"),
    query=f"""
WITH settings AS ({SETTINGS_QUERY})
SELECT
  $legal_entity_code AS legal_entity_code,
  t.account_number,
  t.currency,
  t.transaction_number,
  t.customer_number,
  t.posted_on,
  coalesce(t.posted_time >= '220000' OR t.posted_time < '060000', false) AS is_night,
  t.transaction_type,
  t.channel_code,
  t.counterparty_account,
  t.counterparty_name,
  t.counterparty_bank_code,
  t.counterparty_bank_name,
  coalesce(t.is_counterparty_namesake, false) AS is_namesake,
  coalesce(t.is_cash, false) AS is_cash,
  coalesce(t.initiator_code, 'none') = 'customer' AS is_own,
  t.balance_change > 0 AS is_incoming,
  abs(t.balance_change) AS amount,
  CAST({_MONTHS_AGO} AS BIGINT) AS months_ago,
  {_MONTHS_AGO} < s.window_months AS is_recent
FROM account_transaction AS t
CROSS JOIN settings AS s
LEFT JOIN reversal AS r
  ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
WHERE t.account_kind = 'deposit' AND t.customer_number IS NOT NULL AND t.posted_on <= $reporting_date AND t.balance_change <> 0
  AND NOT t.is_bank_initiated AND r.transaction_number IS NULL
  AND {_MONTHS_AGO} < greatest(s.window_months, s.own_account_months, s.migrant_months)
""",
)

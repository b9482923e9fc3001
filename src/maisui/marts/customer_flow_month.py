"""What came in and went out for each person in each month, by where it came from or went to."""

from maisui.marts.channel_day import COUNTERPARTY, COUNTERPARTY_JOINS, OWN_BANKS
from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.step import Step
from maisui.tables.customer_flow_month import CUSTOMER_FLOW_MONTH

CUSTOMER_FLOW_MONTH_MART = Step(
    name="fill_customer_flow_month",
    writes=CUSTOMER_FLOW_MONTH,
    reads=("account_transaction", "account_alias", "organisation_snapshot", "reversal", "customer_merge", "calendar_day", "local_rate"),
    query=f"""
WITH months AS (
  SELECT month_start, max(business_date) AS last_on, min(business_date) AS first_on
  FROM calendar_day
  WHERE business_date >= $needed_from
  GROUP BY month_start
),
{OWN_BANKS},
judged AS (
  SELECT
    coalesce(t.customer_number, 'none') AS customer_number, t.posted_on, t.transaction_type,
    {COUNTERPARTY} AS counterparty_code,
    {in_local_currency("t.balance_change", "x")} AS balance_change, coalesce(r.counts_as, 1) AS counts_as
  FROM account_transaction AS t
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  {rate_of_day("t", "t.posted_on", "x")}
  {COUNTERPARTY_JOINS}
  WHERE t.account_kind = 'deposit' AND t.posted_on >= $needed_from AND t.posted_on <= $reporting_date AND t.transaction_type <> 'interest'
),
moved AS (
  SELECT
    coalesce(p.surviving_number, j.customer_number) AS customer_number, m.month_start,
    CASE
      WHEN j.transaction_type = 'payroll' THEN 'payroll'
      WHEN j.transaction_type IN ('loan_interest', 'loan_principal', 'loan_disbursement') THEN 'loan'
      WHEN j.counterparty_code IN ('own_account_elsewhere', 'off_us', 'on_us', 'cash') THEN j.counterparty_code
      ELSE 'other'
    END AS flow_code,
    CASE
      WHEN (j.counts_as = 1 AND j.balance_change > 0) OR (j.counts_as = -1 AND j.balance_change < 0) THEN j.balance_change ELSE 0
    END AS inflow,
    CASE
      WHEN (j.counts_as = 1 AND j.balance_change < 0) OR (j.counts_as = -1 AND j.balance_change > 0) THEN -j.balance_change ELSE 0
    END AS outflow,
    j.counts_as
  FROM judged AS j
  INNER JOIN months AS m ON j.posted_on >= m.first_on AND j.posted_on <= m.last_on
  LEFT JOIN customer_merge AS p
    ON p.customer_number = j.customer_number AND p.valid_from <= m.last_on AND (p.valid_until IS NULL OR p.valid_until > m.last_on)
  WHERE j.counterparty_code <> 'own_account'
)
SELECT
  $legal_entity_code AS legal_entity_code,
  customer_number,
  month_start,
  flow_code,
  CAST(sum(inflow) AS DECIMAL(38,2)) AS inflow_amount,
  CAST(sum(outflow) AS DECIMAL(38,2)) AS outflow_amount,
  CAST(sum(counts_as) AS BIGINT) AS transaction_count
FROM moved
GROUP BY customer_number, month_start, flow_code
""",
)

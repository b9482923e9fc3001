"""Principal that went out and came back each day."""

from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.step import Step
from maisui.tables.loan_flow_day import LOAN_FLOW_DAY


def loan_flows(of_account: str = "", of_loan: str = "") -> str:
    """Return the common tables up to `flows`, principal by posting or receipt; further columns of the account or loan come first."""
    return f"""receipts AS (
  SELECT account_number, currency, loan_status
  FROM loan
  WHERE account_number IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY account_number, currency ORDER BY disbursed_on DESC, loan_number) = 1
),
flows AS (
  SELECT
    {of_account}coalesce(p.organisation_code, a.organisation_code) AS organisation_code, a.product_code, a.customer_kind, a.currency,
    coalesce(r.loan_status, 'other') AS loan_status,
    t.posted_on AS business_date,
    CASE
      WHEN t.transaction_type = 'loan_disbursement' THEN {in_local_currency("t.balance_change", "x")} ELSE CAST(0 AS DECIMAL(18,2))
    END AS disbursed_amount,
    CASE WHEN t.transaction_type = 'loan_disbursement' THEN coalesce(v.counts_as, 1) ELSE 0 END AS disbursed_count,
    CASE
      WHEN t.transaction_type = 'loan_principal' THEN {in_local_currency("-t.balance_change", "x")} ELSE CAST(0 AS DECIMAL(18,2))
    END AS collected_amount
  FROM account_transaction AS t
  INNER JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN reversal AS v
    ON v.account_number = t.account_number AND v.currency = t.currency AND v.transaction_number = t.transaction_number
  LEFT JOIN account_organisation_period AS p
    ON p.account_number = t.account_number AND p.currency = t.currency
    AND t.posted_on >= p.valid_from AND (p.valid_until IS NULL OR t.posted_on < p.valid_until)
  LEFT JOIN receipts AS r ON r.account_number = t.account_number AND r.currency = t.currency
  {rate_of_day("t", "t.posted_on", "x")}
  WHERE t.account_kind = 'loan' AND t.transaction_type IN ('loan_disbursement', 'loan_principal')
  UNION ALL
  SELECT
    {of_loan}coalesce(p.organisation_code, l.organisation_code) AS organisation_code, l.product_code, l.customer_kind, l.currency,
    l.loan_status,
    l.disbursed_on AS business_date,
    {in_local_currency("l.disbursed_amount", "y")} AS disbursed_amount, 1 AS disbursed_count, CAST(0 AS DECIMAL(18,2)) AS collected_amount
  FROM loan AS l
  LEFT JOIN loan_organisation_period AS p
    ON p.loan_number = l.loan_number
    AND l.disbursed_on >= p.valid_from AND (p.valid_until IS NULL OR l.disbursed_on < p.valid_until)
  {rate_of_day("l", "l.disbursed_on", "y")}
  WHERE l.product_code NOT IN ('票据贴现', '垫款') AND NOT EXISTS (
    SELECT 1 FROM account AS a
    WHERE a.account_number = l.account_number AND a.currency = l.currency AND a.account_kind = 'loan'
  )
)"""


LOAN_FLOW_DAY_MART = Step(
    name="fill_loan_flow_day",
    writes=LOAN_FLOW_DAY,
    reads=("account_transaction", "account", "account_organisation_period", "reversal", "loan", "loan_organisation_period", "local_rate"),
    query=f"""
WITH {loan_flows()}
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  product_code,
  customer_kind,
  currency,
  loan_status,
  business_date,
  CAST(sum(disbursed_amount) AS DECIMAL(38,2)) AS disbursed_amount,
  CAST(sum(disbursed_count) AS BIGINT) AS disbursed_count,
  CAST(sum(collected_amount) AS DECIMAL(38,2)) AS collected_amount
FROM flows
WHERE business_date <= $reporting_date
GROUP BY organisation_code, product_code, customer_kind, currency, loan_status, business_date
""",
)

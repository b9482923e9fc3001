"""What was sold for other institutions on each day, by whose accounts it went; what persons share is split to the cent."""

from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.step import Step
from maisui.steps.workers_sql import holder_on, numbers_of
from maisui.tables.agency_business_day import AGENCY_BUSINESS_DAY


def _part(amount: str) -> str:
    """Return a person's part of `amount`, cut off at the cent; whoever has most takes what is left over."""
    cents = f"CAST(abs(s.{amount}) * 100 AS HUGEINT)"
    parts_per_million = "CAST(CAST(h.result_share AS DECIMAL(38,6)) * 1000000 AS HUGEINT)"
    return (
        f"CASE WHEN s.{amount} < 0 THEN -1 ELSE 1 END * CAST(CAST({cents} * {parts_per_million} AS HUGEINT) // 1000000 "
        f"AS DECIMAL(18,0)) * CAST('0.01' AS DECIMAL(3,2))"
    )


def _cut(amount: str) -> str:
    return f"CASE WHEN h.place = 1 THEN CAST(0 AS DECIMAL(38,2)) ELSE CAST({_part(amount)} AS DECIMAL(38,2)) END"


AGENCY_BUSINESS_DAY_MART = Step(
    name="fill_agency_business_day",
    writes=AGENCY_BUSINESS_DAY,
    reads=("agency_sale", "account_allocation", "customer", "person_number", "local_rate", "calendar_day"),
    query=f"""
WITH {numbers_of("employee")},
bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
),
sales AS (
  SELECT
    t.transaction_number, t.account_number, t.organisation_code, t.product_code, coalesce(c.customer_kind, 'unknown') AS customer_kind,
    t.sale_kind, t.currency, t.traded_on, CAST({in_local_currency("t.amount", "x")} AS DECIMAL(18,2)) AS amount,
    CAST({in_local_currency("t.fee_amount", "x")} AS DECIMAL(18,2)) AS fee_amount
  FROM agency_sale AS t
  INNER JOIN bounds AS b ON t.traded_on >= b.first_day
  LEFT JOIN customer AS c ON c.customer_number = t.customer_number
  {rate_of_day("t", "t.traded_on", "x")}
  WHERE t.traded_on <= $reporting_date
),
holders AS (
  SELECT
    s.transaction_number, l.employee_number, l.result_share,
    row_number() OVER (PARTITION BY s.transaction_number ORDER BY l.result_share DESC, l.employee_number) AS place
  FROM sales AS s
  INNER JOIN account_allocation AS l
    ON l.account_number = s.account_number AND l.currency = s.currency
    AND l.valid_from <= s.traded_on AND (l.valid_until IS NULL OR l.valid_until > s.traded_on)
),
cut AS (
  SELECT s.transaction_number, h.employee_number, h.place, {_cut("amount")} AS amount, {_cut("fee_amount")} AS fee_amount
  FROM sales AS s
  INNER JOIN holders AS h ON h.transaction_number = s.transaction_number
),
given_away AS (
  SELECT transaction_number, CAST(sum(amount) AS DECIMAL(38,2)) AS amount, CAST(sum(fee_amount) AS DECIMAL(38,2)) AS fee_amount
  FROM cut
  GROUP BY transaction_number
),
held AS (
  SELECT
    s.organisation_code, s.product_code, s.customer_kind, s.sale_kind, s.currency, s.traded_on,
    coalesce(c.employee_number, 'unassigned') AS employee_number,
    CASE WHEN coalesce(c.place, 1) = 1 THEN 1 ELSE 0 END AS sale_count,
    CASE WHEN coalesce(c.place, 1) = 1 THEN s.amount - coalesce(g.amount, CAST(0 AS DECIMAL(38,2))) ELSE c.amount END AS amount,
    CASE WHEN coalesce(c.place, 1) = 1 THEN s.fee_amount - coalesce(g.fee_amount, CAST(0 AS DECIMAL(38,2))) ELSE c.fee_amount END
      AS fee_amount
  FROM sales AS s
  LEFT JOIN cut AS c ON c.transaction_number = s.transaction_number
  LEFT JOIN given_away AS g ON g.transaction_number = s.transaction_number
),
summed AS (
  SELECT
    organisation_code, product_code, customer_kind, sale_kind, employee_number, currency, traded_on,
    CAST(sum(sale_count) AS BIGINT) AS sale_count, CAST(sum(amount) AS DECIMAL(38,2)) AS sale_amount,
    CAST(sum(fee_amount) AS DECIMAL(38,2)) AS fee_amount
  FROM held
  GROUP BY organisation_code, product_code, customer_kind, sale_kind, employee_number, currency, traded_on
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.organisation_code,
  s.product_code,
  s.customer_kind,
  s.sale_kind,
  s.employee_number,
  coalesce(n.person_number, s.employee_number) AS person_number,
  s.currency,
  s.traded_on AS business_date,
  s.sale_count,
  s.sale_amount,
  s.fee_amount
FROM summed AS s
{holder_on("s.employee_number", "s.traded_on")}
""",
)

"""How much of its lending the bank has in few hands, at each month end and on the reporting date."""

from maisui.steps.persons_sql import PERSONS
from maisui.steps.step import Step
from maisui.tables.concentration_day import CONCENTRATION_DAY

CONCENTRATION_DAY_MART = Step(
    name="fill_concentration_day",
    writes=CONCENTRATION_DAY,
    reads=(
        "customer_exposure",
        "customer_month",
        "customer_merge",
        "group_exposure",
        "customer_group_member",
        "related_party",
        "regulatory_input",
        "parameter",
        "calendar_day",
    ),
    query=f"""
WITH days AS (
  SELECT month_start, max(business_date) AS business_date FROM calendar_day GROUP BY month_start
),
small_ticket AS (
  SELECT CAST(number_value * 10000 AS DECIMAL(18,2)) AS most_amount, valid_from, coalesce(valid_until, DATE '9999-12-31') AS valid_until
  FROM parameter
  WHERE parameter_code = 'small_ticket_limit'
),
ranked AS (
  SELECT
    e.business_date, e.loan_balance, e.undrawn_amount, e.is_related_party,
    row_number() OVER (PARTITION BY e.business_date ORDER BY e.loan_balance DESC, e.customer_number) AS place,
    e.loan_balance <= p.most_amount AS is_small
  FROM customer_exposure AS e
  INNER JOIN small_ticket AS p ON e.business_date >= p.valid_from AND e.business_date < p.valid_until
),
customers AS (
  SELECT
    business_date,
    CAST(sum(loan_balance) AS DECIMAL(38,2)) AS loan_balance,
    CAST(sum(CASE WHEN place = 1 THEN loan_balance ELSE 0 END) AS DECIMAL(38,2)) AS largest_borrower_balance,
    CAST(sum(CASE WHEN place <= 10 THEN loan_balance ELSE 0 END) AS DECIMAL(38,2)) AS top_ten_balance,
    CAST(sum(CASE WHEN is_related_party THEN loan_balance + undrawn_amount ELSE 0 END) AS DECIMAL(38,2)) AS related_party_amount,
    CAST(sum(CASE WHEN is_small THEN loan_balance ELSE 0 END) AS DECIMAL(38,2)) AS small_ticket_balance
  FROM ranked
  GROUP BY business_date
),
groups AS (
  SELECT business_date, max(exposure_amount) AS largest_group_amount FROM group_exposure GROUP BY business_date
),
{PERSONS},
person_deposits AS (
  SELECT
    coalesce(p.surviving_number, m.customer_number) AS customer_number, d.business_date,
    CAST(sum(m.deposit_balance) AS DECIMAL(38,2)) AS deposit_balance
  FROM customer_month AS m
  INNER JOIN days AS d ON d.month_start = m.month_start
  LEFT JOIN persons AS p ON p.customer_number = m.customer_number AND p.business_date = d.business_date
  WHERE m.customer_number <> 'none'
  GROUP BY coalesce(p.surviving_number, m.customer_number), d.business_date
),
depositors AS (
  SELECT
    business_date,
    CAST(sum(CAST(CAST(deposit_balance AS DECIMAL(19,2)) * CAST(deposit_balance AS DECIMAL(18,2)) AS DECIMAL(38,2))) AS DECIMAL(38,2))
      AS deposit_square_amount,
    CAST(CAST(sum(deposit_balance) AS DECIMAL(19,2)) * CAST(sum(deposit_balance) AS DECIMAL(18,2)) AS DECIMAL(38,2))
      AS squared_deposit_amount
  FROM person_deposits
  WHERE deposit_balance > 0
  GROUP BY business_date
),
first_groups AS (
  SELECT min(valid_from) AS known_from FROM customer_group_member
),
first_related AS (
  SELECT min(valid_from) AS known_from FROM related_party
),
inputs AS (
  SELECT
    d.business_date, r.input_code, r.input_amount,
    row_number() OVER (PARTITION BY d.business_date, r.input_code ORDER BY r.measured_on DESC) AS recency
  FROM regulatory_input AS r
  INNER JOIN days AS d ON d.business_date >= r.measured_on
  WHERE r.input_code IN ('net_capital', 'tier_one_capital')
),
capital AS (
  SELECT
    business_date,
    max(CASE WHEN input_code = 'net_capital' THEN input_amount END) AS net_capital_amount,
    max(CASE WHEN input_code = 'tier_one_capital' THEN input_amount END) AS tier_one_amount
  FROM inputs
  WHERE recency = 1
  GROUP BY business_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  c.business_date,
  c.loan_balance,
  c.largest_borrower_balance,
  c.top_ten_balance,
  CASE WHEN c.business_date >= f.known_from THEN coalesce(g.largest_group_amount, CAST(0 AS DECIMAL(38,2))) END AS largest_group_amount,
  CASE WHEN c.business_date >= r.known_from THEN c.related_party_amount END AS related_party_amount,
  c.small_ticket_balance,
  coalesce(s.deposit_square_amount, CAST(0 AS DECIMAL(38,2))) AS deposit_square_amount,
  coalesce(s.squared_deposit_amount, CAST(0 AS DECIMAL(38,2))) AS squared_deposit_amount,
  k.net_capital_amount,
  k.tier_one_amount
FROM customers AS c
INNER JOIN first_groups AS f ON true
INNER JOIN first_related AS r ON true
LEFT JOIN depositors AS s ON s.business_date = c.business_date
LEFT JOIN groups AS g ON g.business_date = c.business_date
LEFT JOIN capital AS k ON k.business_date = c.business_date
""",
)

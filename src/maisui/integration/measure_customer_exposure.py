"""What each person owes, may still draw and guarantees for others, at each month end and on the reporting date.

Numbers that are merged on the day are one person under the surviving number, and nobody guarantees for himself.
"""

from maisui.steps.persons_sql import PERSONS
from maisui.steps.step import Step
from maisui.tables.customer_exposure import CUSTOMER_EXPOSURE

MEASURE_CUSTOMER_EXPOSURE = Step(
    name="measure_customer_exposure",
    writes=CUSTOMER_EXPOSURE,
    reads=(
        "calendar_day",
        "customer_merge",
        "loan",
        "loan_state",
        "credit_limit_state",
        "guarantee_link",
        "customer_group_member",
        "related_party",
    ),
    query=f"""
WITH days AS (
  SELECT max(business_date) AS business_date FROM calendar_day GROUP BY month_start
),
{PERSONS},
owed AS (
  SELECT
    l.customer_number, t.business_date, s.balance AS loan_balance,
    CASE WHEN s.loan_class IN ('substandard', 'doubtful', 'loss') THEN s.balance ELSE CAST(0 AS DECIMAL(18,2)) END AS bad_loan_balance,
    CAST(0 AS DECIMAL(38,2)) AS undrawn_amount
  FROM loan_state AS s
  INNER JOIN loan AS l ON l.loan_number = s.loan_number
  INNER JOIN days AS t ON t.business_date >= s.valid_from AND (s.valid_until IS NULL OR t.business_date < s.valid_until)
  WHERE s.balance <> 0 AND s.loan_status NOT IN ('written_off', 'transferred') AND l.product_code <> '委托贷款'
  UNION ALL
  SELECT
    c.customer_number, t.business_date, CAST(0 AS DECIMAL(18,2)) AS loan_balance, CAST(0 AS DECIMAL(18,2)) AS bad_loan_balance,
    c.undrawn_amount
  FROM credit_limit_state AS c
  INNER JOIN days AS t ON t.business_date >= c.valid_from AND (c.valid_until IS NULL OR t.business_date < c.valid_until)
  WHERE c.undrawn_amount > 0
),
guaranteed AS (
  SELECT
    coalesce(p.surviving_number, g.guarantor_number) AS customer_number, t.business_date, g.guarantee_contract_number,
    max(g.guarantee_amount) AS guaranteed_amount
  FROM guarantee_link AS g
  INNER JOIN days AS t ON t.business_date >= g.valid_from AND (g.valid_until IS NULL OR t.business_date < g.valid_until)
  LEFT JOIN persons AS p ON p.customer_number = g.guarantor_number AND p.business_date = t.business_date
  LEFT JOIN persons AS b ON b.customer_number = g.borrower_number AND b.business_date = t.business_date
  WHERE g.guarantor_number IS NOT NULL AND NOT g.is_self AND g.guarantee_amount IS NOT NULL
    AND coalesce(coalesce(p.surviving_number, g.guarantor_number) <> coalesce(b.surviving_number, g.borrower_number), true)
  GROUP BY coalesce(p.surviving_number, g.guarantor_number), t.business_date, g.guarantee_contract_number
),
parts AS (
  SELECT
    coalesce(p.surviving_number, o.customer_number) AS customer_number, o.business_date, o.loan_balance, o.bad_loan_balance,
    o.undrawn_amount, CAST(0 AS DECIMAL(18,2)) AS guaranteed_amount
  FROM owed AS o
  LEFT JOIN persons AS p ON p.customer_number = o.customer_number AND p.business_date = o.business_date
  UNION ALL
  SELECT
    customer_number, business_date, CAST(0 AS DECIMAL(18,2)) AS loan_balance, CAST(0 AS DECIMAL(18,2)) AS bad_loan_balance,
    CAST(0 AS DECIMAL(38,2)) AS undrawn_amount, guaranteed_amount
  FROM guaranteed
),
summed AS (
  SELECT
    customer_number, business_date, CAST(sum(loan_balance) AS DECIMAL(38,2)) AS loan_balance,
    CAST(sum(bad_loan_balance) AS DECIMAL(38,2)) AS bad_loan_balance, CAST(sum(undrawn_amount) AS DECIMAL(38,2)) AS undrawn_amount,
    CAST(sum(guaranteed_amount) AS DECIMAL(38,2)) AS guaranteed_amount
  FROM parts
  GROUP BY customer_number, business_date
),
grouped AS (
  SELECT coalesce(p.surviving_number, m.customer_number) AS customer_number, t.business_date, min(m.group_number) AS group_number
  FROM customer_group_member AS m
  INNER JOIN days AS t ON t.business_date >= m.valid_from AND (m.valid_until IS NULL OR t.business_date < m.valid_until)
  LEFT JOIN persons AS p ON p.customer_number = m.customer_number AND p.business_date = t.business_date
  GROUP BY coalesce(p.surviving_number, m.customer_number), t.business_date
),
related AS (
  SELECT DISTINCT coalesce(p.surviving_number, r.customer_number) AS customer_number, t.business_date
  FROM related_party AS r
  INNER JOIN days AS t ON t.business_date >= r.valid_from AND (r.valid_until IS NULL OR t.business_date < r.valid_until)
  LEFT JOIN persons AS p ON p.customer_number = r.customer_number AND p.business_date = t.business_date
  WHERE r.customer_number IS NOT NULL
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.customer_number,
  s.business_date,
  g.group_number,
  r.customer_number IS NOT NULL AS is_related_party,
  s.loan_balance,
  s.bad_loan_balance,
  s.undrawn_amount,
  s.guaranteed_amount
FROM summed AS s
LEFT JOIN grouped AS g ON g.customer_number = s.customer_number AND g.business_date = s.business_date
LEFT JOIN related AS r ON r.customer_number = s.customer_number AND r.business_date = s.business_date
""",
)

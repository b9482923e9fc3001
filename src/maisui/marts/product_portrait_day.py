"""Who holds each product group by tier, age, sex, farming and number of groups held, beside all customers, on the reporting date."""

from maisui.steps.step import Step
from maisui.tables.product_portrait_day import PRODUCT_PORTRAIT_DAY

_TRAITS = (
    ("tier", "p.tier_code"),
    ("age", "p.age_code"),
    ("sex", "p.sex"),
    ("farmer", "CASE p.is_farmer WHEN true THEN 'yes' WHEN false THEN 'no' END"),
    ("groups", "CAST(least(p.product_group_count, 5) AS VARCHAR)"),
)
_TOLD = "\n  UNION ALL\n".join(
    f"  SELECT p.customer_number, p.organisation_code, p.customer_kind, '{kind}' AS trait_kind, coalesce({code}, 'unknown') AS trait_code"
    " FROM persons AS p"
    for kind, code in _TRAITS
)
_AGE = (
    "(year($reporting_date) - year(c.born_on)) - CASE WHEN month($reporting_date) * 100 + day($reporting_date)"
    " < month(c.born_on) * 100 + day(c.born_on) THEN 1 ELSE 0 END"
)

PRODUCT_PORTRAIT_DAY_MART = Step(
    name="fill_product_portrait_day",
    writes=PRODUCT_PORTRAIT_DAY,
    reads=("customer_standing", "customer_product_month", "customer", "parameter"),
    query=f"""
WITH limits AS (
  SELECT CAST(p.number_value AS BIGINT) AS from_age
  FROM parameter AS p
  WHERE p.parameter_code LIKE 'product_band.age.%' AND p.valid_from <= $reporting_date
    AND (p.valid_until IS NULL OR p.valid_until > $reporting_date)
),
aged AS (
  SELECT
    s.customer_number, s.organisation_code, s.customer_kind, s.tier_code, s.product_group_count, c.sex, c.is_farmer,
    CAST({_AGE} AS BIGINT) AS age
  FROM customer_standing AS s
  LEFT JOIN customer AS c ON c.customer_number = s.customer_number
  WHERE s.business_date = $reporting_date
),
banded AS (
  SELECT a.customer_number, max(l.from_age) AS from_age
  FROM aged AS a
  INNER JOIN limits AS l ON l.from_age <= a.age
  GROUP BY a.customer_number
),
persons AS (
  SELECT
    a.customer_number, a.organisation_code, a.customer_kind, a.tier_code, a.product_group_count, a.sex, a.is_farmer,
    CASE WHEN a.age IS NOT NULL THEN coalesce(CAST(b.from_age AS VARCHAR), '0') END AS age_code
  FROM aged AS a
  LEFT JOIN banded AS b ON b.customer_number = a.customer_number
),
told AS (
{_TOLD}
),
held AS (
  SELECT customer_number, product_group FROM customer_product_month WHERE business_date = $reporting_date
  UNION ALL
  SELECT customer_number, 'all' AS product_group FROM persons
)
SELECT
  $legal_entity_code AS legal_entity_code,
  t.organisation_code,
  t.customer_kind,
  h.product_group,
  t.trait_kind,
  t.trait_code,
  $reporting_date AS business_date,
  CAST(count(*) AS BIGINT) AS customer_count
FROM told AS t
INNER JOIN held AS h ON h.customer_number = t.customer_number
GROUP BY t.organisation_code, t.customer_kind, h.product_group, t.trait_kind, t.trait_code
""",
)

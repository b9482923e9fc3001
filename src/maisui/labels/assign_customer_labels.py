"""Which labels every person bears at the end of each month, since when and why: all families put together."""

import re

from maisui.labels.care import CARE
from maisui.labels.label import LabelFamily
from maisui.labels.life_stage import LIFE_STAGE
from maisui.labels.rural_group import RURAL_GROUP
from maisui.labels.worth import WORTH
from maisui.steps.step import Step
from maisui.tables.customer_label import CUSTOMER_LABEL
from maisui.tables.customer_label_day import CUSTOMER_LABEL_DAY

FAMILIES: tuple[LabelFamily, ...] = (LIFE_STAGE, WORTH, CARE, RURAL_GROUP)
"""Every family of labels, one line each."""

LIMITS: tuple[str, ...] = tuple(sorted({code for family in FAMILIES for code in re.findall(r"\bl\.(label_\w+)", family.select)}))
"""The parameters that rules name as columns of `limits`."""

_LIMITS = ",\n    ".join(f"max(CASE WHEN p.parameter_code = '{code}' THEN p.number_value END) AS {code}" for code in LIMITS)
_NAMES = "customer_number, business_date, organisation_code, customer_kind, label_code, reason_code, reason_amount, base_amount, day_count"
_FOUND = "\n  UNION ALL\n  ".join(
    f"SELECT '{family.code}' AS family_code, {_NAMES} FROM ({family.select}) AS {family.code}" for family in FAMILIES
)

ASSIGN_CUSTOMER_LABELS = Step(
    name="assign_customer_labels",
    writes=CUSTOMER_LABEL,
    reads=("customer_fact_month", "customer", "parameter"),
    query=f"""
WITH days AS (
  SELECT
    business_date, CAST(year(business_date) * 12 + month(business_date) AS BIGINT) AS month_number, sum(transaction_count) > 0 AS has_moved
  FROM customer_fact_month
  GROUP BY business_date
),
limits AS (
  SELECT
    d.business_date, d.has_moved,
    {_LIMITS}
  FROM days AS d
  INNER JOIN parameter AS p ON p.valid_from <= d.business_date AND (p.valid_until IS NULL OR p.valid_until > d.business_date)
  GROUP BY d.business_date, d.has_moved
),
facts AS (
  SELECT
    k.customer_number, k.business_date, k.organisation_code, k.customer_kind, k.is_holder, k.first_held_on, k.held_month_count,
    k.is_quality, k.is_tier_by_hand, k.asset_average_balance, k.recent_asset_balance, k.earlier_asset_balance, k.deposit_average_balance, k.loan_balance,
    k.inflow_amount, k.payroll_amount, k.own_elsewhere_amount, k.idle_day_count, k.maturing_deposit_amount, k.overdue_balance,
    k.overdue_day_count, k.loan_class_rank, k.previous_loan_class_rank, k.bad_loan_balance, k.guaranteed_amount, k.complaint_count,
    k.year_contribution_amount, k.year_expected_loss_amount, c.customer_type, c.customer_name, c.industry_code, c.size_class,
    coalesce(c.is_farmer, false) AS is_farmer
  FROM customer_fact_month AS k
  LEFT JOIN customer AS c ON c.customer_number = k.customer_number
),
found AS (
  {_FOUND}
),
borne AS (
  SELECT
    f.customer_number, f.label_code, d.month_number,
    d.month_number - row_number() OVER (PARTITION BY f.customer_number, f.label_code ORDER BY d.month_number) AS run_number
  FROM (SELECT DISTINCT customer_number, label_code, business_date FROM found) AS f
  INNER JOIN days AS d ON d.business_date = f.business_date
),
runs AS (
  SELECT customer_number, label_code, min(month_number) AS first_month, max(month_number) AS last_month
  FROM borne
  GROUP BY customer_number, label_code, run_number
)
SELECT
  $legal_entity_code AS legal_entity_code,
  f.customer_number,
  f.business_date,
  f.organisation_code,
  f.customer_kind,
  f.family_code,
  f.label_code,
  f.reason_code,
  CAST(row_number() OVER (
    PARTITION BY f.customer_number, f.business_date, f.label_code ORDER BY f.reason_amount DESC, f.reason_code
  ) AS BIGINT) AS reason_rank,
  s.business_date AS held_since,
  f.reason_amount,
  f.base_amount,
  f.day_count
FROM found AS f
INNER JOIN days AS d ON d.business_date = f.business_date
INNER JOIN runs AS r
  ON r.customer_number = f.customer_number AND r.label_code = f.label_code
  AND d.month_number >= r.first_month AND d.month_number <= r.last_month
INNER JOIN days AS s ON s.month_number = r.first_month
WHERE f.business_date >= $needed_from
""",
)
"""Labels are decided on facts alone; a rule names columns and parameters, never a figure."""

CUSTOMER_LABEL_DAY_MART = Step(
    name="fill_customer_label_day",
    writes=CUSTOMER_LABEL_DAY,
    reads=("customer_label",),
    query="""
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  customer_kind,
  label_code,
  reason_code,
  business_date,
  count(*) AS customer_count,
  CAST(sum(reason_amount) AS DECIMAL(38,2)) AS reason_amount
FROM customer_label
WHERE reason_rank = 1
GROUP BY organisation_code, customer_kind, label_code, reason_code, business_date
""",
)

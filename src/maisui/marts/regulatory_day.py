"""What the supervisory returns say of the bank, carried forward to the ends of months."""

from maisui.steps.step import Step
from maisui.tables.regulatory_day import REGULATORY_DAY

REGULATORY_DAY_MART = Step(
    name="fill_regulatory_day",
    writes=REGULATORY_DAY,
    reads=("regulatory_input", "calendar_day"),
    query="""
WITH days AS (
  SELECT max(business_date) AS business_date FROM calendar_day GROUP BY month_start
)
SELECT
  $legal_entity_code AS legal_entity_code,
  r.input_code,
  d.business_date,
  r.measured_on,
  r.input_amount
FROM regulatory_input AS r
INNER JOIN days AS d ON d.business_date >= r.measured_on
QUALIFY row_number() OVER (PARTITION BY d.business_date, r.input_code ORDER BY r.measured_on DESC) = 1
""",
)

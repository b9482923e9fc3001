"""Targets as they were set, each under the first day of its period and with the organisation it counts in."""

from maisui.steps.step import Step
from maisui.tables.target_period import TARGET_PERIOD

TARGET_PERIOD_MART = Step(
    name="fill_target_period",
    writes=TARGET_PERIOD,
    reads=("target",),
    query="""
SELECT
  $legal_entity_code AS legal_entity_code,
  CASE holder_kind WHEN 'organisation' THEN holder_code ELSE coalesce(organisation_code, 'unknown') END AS organisation_code,
  CASE holder_kind WHEN 'employee' THEN holder_code ELSE 'none' END AS employee_number,
  metric_code AS target_metric_code,
  period_from AS business_date,
  period_end_on,
  target_rate AS target_share,
  CASE WHEN target_rate IS NULL THEN target_amount END AS target_amount
FROM target
WHERE coalesce(target_rate, target_amount) IS NOT NULL
""",
)

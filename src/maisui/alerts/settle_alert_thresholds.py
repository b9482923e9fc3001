"""Which value of each threshold holds for which organisation and when: its own, that of the nearest one above, the bank's."""

from maisui.steps.step import Step
from maisui.tables.alert_threshold import ALERT_THRESHOLD

SETTLE_ALERT_THRESHOLDS = Step(
    name="settle_alert_thresholds",
    writes=ALERT_THRESHOLD,
    reads=("parameter", "organisation_closure", "account", "loan"),
    query="""
WITH lines AS (
  SELECT
    split_part(parameter_code, '.', 2) AS threshold_code, split_part(parameter_code, '.', 3) AS stated_for,
    valid_from, valid_until, number_value
  FROM parameter
  WHERE starts_with(parameter_code, 'alert.') AND number_value IS NOT NULL
),
changes AS (
  SELECT threshold_code, valid_from, lead(valid_from) OVER (PARTITION BY threshold_code ORDER BY valid_from) AS valid_until
  FROM (SELECT DISTINCT threshold_code, valid_from FROM lines) AS d
),
reach AS (
  SELECT organisation_code, ancestor_code, distance FROM organisation_closure
  UNION ALL
  SELECT organisation_code, '' AS ancestor_code, 1000 AS distance
  FROM (
    SELECT organisation_code FROM organisation_closure
    UNION
    SELECT organisation_code FROM account
    UNION
    SELECT organisation_code FROM loan
  ) AS every
)
SELECT
  $legal_entity_code AS legal_entity_code,
  c.threshold_code,
  r.organisation_code,
  c.valid_from,
  c.valid_until,
  l.number_value AS threshold_value
FROM changes AS c
INNER JOIN lines AS l
  ON l.threshold_code = c.threshold_code AND c.valid_from >= l.valid_from AND (l.valid_until IS NULL OR c.valid_from < l.valid_until)
INNER JOIN reach AS r ON lower(r.ancestor_code) = l.stated_for
QUALIFY row_number() OVER (
  PARTITION BY c.threshold_code, r.organisation_code, c.valid_from ORDER BY r.distance, l.stated_for
) = 1
""",
)

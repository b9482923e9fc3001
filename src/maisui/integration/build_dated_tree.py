"""Who was above whom and when: every pair of an organisation and an ancestor with the days on which it held."""

from maisui.steps.step import Step
from maisui.tables.organisation_closure_period import ORGANISATION_CLOSURE_PERIOD

BUILD_DATED_TREE = Step(
    name="build_dated_tree",
    writes=ORGANISATION_CLOSURE_PERIOD,
    reads=("organisation_period",),
    query="""
WITH RECURSIVE parents AS (
  SELECT
    organisation_code, parent_code, valid_from,
    lag(coalesce(parent_code, '')) OVER (PARTITION BY organisation_code ORDER BY valid_from) AS parent_before
  FROM organisation_period
),
edges AS (
  SELECT
    organisation_code, parent_code,
    CASE WHEN parent_before IS NULL THEN DATE '1900-01-01' ELSE valid_from END AS valid_from,
    coalesce(lead(valid_from) OVER (PARTITION BY organisation_code ORDER BY valid_from), DATE '9999-12-31') AS valid_until
  FROM parents
  WHERE parent_before IS NULL OR parent_before <> coalesce(parent_code, '')
),
above AS (
  SELECT DISTINCT
    organisation_code AS ancestor_code, organisation_code, DATE '1900-01-01' AS valid_from, DATE '9999-12-31' AS valid_until, 0 AS distance
  FROM organisation_period
  UNION ALL
  SELECT
    e.parent_code AS ancestor_code, a.organisation_code, greatest(a.valid_from, e.valid_from) AS valid_from,
    least(a.valid_until, e.valid_until) AS valid_until, a.distance + 1 AS distance
  FROM above AS a
  INNER JOIN edges AS e
    ON e.organisation_code = a.ancestor_code AND e.valid_from < a.valid_until AND e.valid_until > a.valid_from
  WHERE e.parent_code IS NOT NULL AND a.distance < 20
)
SELECT
  $legal_entity_code AS legal_entity_code,
  ancestor_code,
  organisation_code,
  valid_from,
  nullif(max(valid_until), DATE '9999-12-31') AS valid_until,
  min(distance) AS distance
FROM above
GROUP BY ancestor_code, organisation_code, valid_from
""",
    covers="""
SELECT organisation_code FROM organisation_period
""",
)

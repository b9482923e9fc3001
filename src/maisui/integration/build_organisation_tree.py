"""Who is above whom: every pair of an organisation and an ancestor, by key and never by code prefix."""

from maisui.steps.step import Step
from maisui.tables.organisation_closure import ORGANISATION_CLOSURE

BUILD_ORGANISATION_TREE = Step(
    name="build_organisation_tree",
    writes=ORGANISATION_CLOSURE,
    reads=("organisation",),
    query="""
WITH RECURSIVE above AS (
  SELECT organisation_code AS ancestor_code, organisation_code, 0 AS distance
  FROM organisation
  UNION ALL
  SELECT o.parent_code AS ancestor_code, a.organisation_code, a.distance + 1 AS distance
  FROM above AS a
  INNER JOIN organisation AS o ON o.organisation_code = a.ancestor_code
  WHERE o.parent_code IS NOT NULL AND a.distance < 20
)
SELECT $legal_entity_code AS legal_entity_code, ancestor_code, organisation_code, distance
FROM above
""",
    covers="""
SELECT organisation_code FROM organisation
""",
)

"""Which parties hang together by guarantees, whichever way they run: repeated until no mark moves."""

from maisui.steps.step import Step
from maisui.tables.guarantee_component import GUARANTEE_COMPONENT

IN_FORCE = """borrower_number IS NOT NULL AND NOT is_self AND valid_from <= $reporting_date
    AND (valid_until IS NULL OR valid_until > $reporting_date)"""
"""Which guarantee links count on the reporting date: between two parties, in force."""

# A mark is a digest, so that neighbours take over from each other in few rounds whatever the customer numbers are;
# all who have the same mark take the least mark that one of them sees.
CONNECT_GUARANTEE_PARTIES = Step(
    name="connect_guarantee_parties",
    writes=GUARANTEE_COMPONENT,
    reads=("guarantee_link",),
    query=f"""
WITH parties AS (
  SELECT guarantor_key AS party_key FROM guarantee_link WHERE {IN_FORCE}
  UNION ALL
  SELECT borrower_number AS party_key FROM guarantee_link WHERE {IN_FORCE}
)
SELECT
  $legal_entity_code AS legal_entity_code,
  party_key,
  md5(party_key) AS component_code,
  true AS is_moving
FROM parties
GROUP BY party_key
""",
    again=f"""
WITH arcs AS (
  SELECT guarantor_key AS party_key, borrower_number AS other_key FROM guarantee_link WHERE {IN_FORCE}
  UNION ALL
  SELECT borrower_number AS party_key, guarantor_key AS other_key FROM guarantee_link WHERE {IN_FORCE}
),
seen AS (
  SELECT a.party_key, min(c.component_code) AS component_code
  FROM arcs AS a
  INNER JOIN guarantee_component AS c ON c.party_key = a.other_key
  GROUP BY a.party_key
),
adopted AS (
  SELECT c.component_code, min(least(c.component_code, s.component_code)) AS next_code
  FROM guarantee_component AS c
  INNER JOIN seen AS s ON s.party_key = c.party_key
  GROUP BY c.component_code
)
SELECT
  $legal_entity_code AS legal_entity_code,
  c.party_key,
  a.next_code AS component_code,
  max(CASE WHEN a.next_code <> c.component_code THEN 1 ELSE 0 END) OVER () = 1 AS is_moving
FROM guarantee_component AS c
INNER JOIN adopted AS a ON a.component_code = c.component_code
""",
    moving="is_moving",
)

"""Where guarantees run round: strongly connected parts, found by marks that travel along and against the guarantees."""

from maisui.integration.connect_guarantee_parties import IN_FORCE
from maisui.steps.step import Step
from maisui.tables.guarantee_cycle import GUARANTEE_CYCLE

# The least mark that reaches a party and the least that it reaches are carried on until they rest. Where both are the
# same, the party and the owner of the mark reach each other: one part. What reaches the owner of a mark reaches whoever
# bears it, so that marks also go from owners to bearers at one stroke. The others are cut into pieces whose marks are
# alike (a strongly connected part never lies in two of them), take their own marks again, and the search goes on.
FIND_GUARANTEE_CYCLES = Step(
    name="find_guarantee_cycles",
    writes=GUARANTEE_CYCLE,
    reads=("guarantee_link", "guarantee_component"),
    query=f"""
SELECT
  $legal_entity_code AS legal_entity_code,
  c.party_key,
  c.component_code AS piece_code,
  md5(c.party_key) AS forward_code,
  md5(c.party_key) AS backward_code,
  CAST(NULL AS VARCHAR) AS cycle_code,
  true AS is_moving
FROM guarantee_component AS c
WHERE c.party_key IN (SELECT guarantor_key FROM guarantee_link WHERE {IN_FORCE})
  AND c.party_key IN (SELECT borrower_number FROM guarantee_link WHERE {IN_FORCE})
""",
    again=f"""
WITH arcs AS (
  SELECT DISTINCT
    g.party_key AS from_key, b.party_key AS to_key, g.forward_code AS forward_code, b.backward_code AS backward_code
  FROM guarantee_link AS l
  INNER JOIN guarantee_cycle AS g ON g.party_key = l.guarantor_key AND g.cycle_code IS NULL
  INNER JOIN guarantee_cycle AS b
    ON b.party_key = l.borrower_number AND b.cycle_code IS NULL AND b.piece_code = g.piece_code
  WHERE {IN_FORCE}
),
owners AS (
  SELECT md5(party_key) AS mark_code, party_key, forward_code, backward_code
  FROM guarantee_cycle
  WHERE cycle_code IS NULL AND is_moving
),
marks AS (
  SELECT party_key, min(forward_code) AS forward_code, min(backward_code) AS backward_code
  FROM (
    SELECT to_key AS party_key, forward_code, CAST(NULL AS VARCHAR) AS backward_code FROM arcs
    UNION ALL
    SELECT from_key AS party_key, CAST(NULL AS VARCHAR) AS forward_code, backward_code FROM arcs
    UNION ALL
    SELECT c.party_key, o.forward_code, CAST(NULL AS VARCHAR) AS backward_code
    FROM guarantee_cycle AS c
    INNER JOIN owners AS o ON o.mark_code = c.forward_code AND o.party_key <> c.party_key
    UNION ALL
    SELECT c.party_key, CAST(NULL AS VARCHAR) AS forward_code, o.backward_code
    FROM guarantee_cycle AS c
    INNER JOIN owners AS o ON o.mark_code = c.backward_code AND o.party_key <> c.party_key
    UNION ALL
    SELECT party_key, forward_code, backward_code FROM guarantee_cycle
  ) AS every_mark
  GROUP BY party_key
),
stepped AS (
  SELECT
    c.party_key, c.piece_code, c.forward_code, c.backward_code, c.cycle_code, c.is_moving,
    CASE WHEN c.cycle_code IS NULL THEN m.forward_code ELSE c.forward_code END AS next_forward_code,
    CASE WHEN c.cycle_code IS NULL THEN m.backward_code ELSE c.backward_code END AS next_backward_code,
    c.cycle_code IS NULL AND NOT c.is_moving AND c.forward_code <> c.backward_code AS is_cut
  FROM guarantee_cycle AS c
  INNER JOIN marks AS m ON m.party_key = c.party_key
)
SELECT
  $legal_entity_code AS legal_entity_code,
  party_key,
  CASE WHEN is_cut THEN md5(concat(piece_code, forward_code, backward_code)) ELSE piece_code END AS piece_code,
  CASE WHEN is_cut THEN md5(party_key) ELSE next_forward_code END AS forward_code,
  CASE WHEN is_cut THEN md5(party_key) ELSE next_backward_code END AS backward_code,
  CASE
    WHEN cycle_code IS NOT NULL THEN cycle_code
    WHEN NOT is_moving AND forward_code = backward_code THEN forward_code
  END AS cycle_code,
  max(
    CASE
      WHEN is_cut THEN 1
      WHEN is_moving AND (next_forward_code <> forward_code OR next_backward_code <> backward_code) THEN 1
      ELSE 0
    END
  ) OVER () = 1 AS is_moving
FROM stepped
""",
    moving="is_moving OR cycle_code IS NULL",
)

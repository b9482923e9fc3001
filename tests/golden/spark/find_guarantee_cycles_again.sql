WITH arcs AS (
  SELECT DISTINCT
    g.party_key AS from_key,
    b.party_key AS to_key,
    g.forward_code AS forward_code,
    b.backward_code AS backward_code
  FROM guarantee_link AS l
  INNER JOIN guarantee_cycle AS g
    ON g.party_key = l.guarantor_key AND g.cycle_code IS NULL
  INNER JOIN guarantee_cycle AS b
    ON b.party_key = l.borrower_number
    AND b.cycle_code IS NULL
    AND b.piece_code = g.piece_code
  WHERE
    NOT borrower_number IS NULL
    AND NOT is_self
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
), owners AS (
  SELECT
    MD5(party_key) AS mark_code,
    party_key,
    forward_code,
    backward_code
  FROM guarantee_cycle
  WHERE
    cycle_code IS NULL AND is_moving
), marks AS (
  SELECT
    party_key,
    MIN(forward_code) AS forward_code,
    MIN(backward_code) AS backward_code
  FROM (
    SELECT
      to_key AS party_key,
      forward_code,
      CAST(NULL AS STRING) AS backward_code
    FROM arcs
    UNION ALL
    SELECT
      from_key AS party_key,
      CAST(NULL AS STRING) AS forward_code,
      backward_code
    FROM arcs
    UNION ALL
    SELECT
      c.party_key,
      o.forward_code,
      CAST(NULL AS STRING) AS backward_code
    FROM guarantee_cycle AS c
    INNER JOIN owners AS o
      ON o.mark_code = c.forward_code AND o.party_key <> c.party_key
    UNION ALL
    SELECT
      c.party_key,
      CAST(NULL AS STRING) AS forward_code,
      o.backward_code
    FROM guarantee_cycle AS c
    INNER JOIN owners AS o
      ON o.mark_code = c.backward_code AND o.party_key <> c.party_key
    UNION ALL
    SELECT
      party_key,
      forward_code,
      backward_code
    FROM guarantee_cycle
  ) AS every_mark
  GROUP BY
    party_key
), stepped AS (
  SELECT
    c.party_key,
    c.piece_code,
    c.forward_code,
    c.backward_code,
    c.cycle_code,
    c.is_moving,
    CASE WHEN c.cycle_code IS NULL THEN m.forward_code ELSE c.forward_code END AS next_forward_code,
    CASE WHEN c.cycle_code IS NULL THEN m.backward_code ELSE c.backward_code END AS next_backward_code,
    c.cycle_code IS NULL AND NOT c.is_moving AND c.forward_code <> c.backward_code AS is_cut
  FROM guarantee_cycle AS c
  INNER JOIN marks AS m
    ON m.party_key = c.party_key
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.party_key AS STRING) AS party_key,
  CAST(q.piece_code AS STRING) AS piece_code,
  CAST(q.forward_code AS STRING) AS forward_code,
  CAST(q.backward_code AS STRING) AS backward_code,
  CAST(q.cycle_code AS STRING) AS cycle_code,
  CAST(q.is_moving AS BOOLEAN) AS is_moving
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    party_key,
    CASE
      WHEN is_cut
      THEN MD5(
        CONCAT(COALESCE(piece_code, ''), COALESCE(forward_code, ''), COALESCE(backward_code, ''))
      )
      ELSE piece_code
    END AS piece_code,
    CASE WHEN is_cut THEN MD5(party_key) ELSE next_forward_code END AS forward_code,
    CASE WHEN is_cut THEN MD5(party_key) ELSE next_backward_code END AS backward_code,
    CASE
      WHEN NOT cycle_code IS NULL
      THEN cycle_code
      WHEN NOT is_moving AND forward_code = backward_code
      THEN forward_code
    END AS cycle_code,
    MAX(
      CASE
        WHEN is_cut
        THEN 1
        WHEN is_moving
        AND (
          next_forward_code <> forward_code OR next_backward_code <> backward_code
        )
        THEN 1
        ELSE 0
      END
    ) OVER () = 1 AS is_moving
  FROM stepped
) AS q

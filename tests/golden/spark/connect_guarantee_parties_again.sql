WITH arcs AS (
  SELECT
    guarantor_key AS party_key,
    borrower_number AS other_key
  FROM guarantee_link
  WHERE
    NOT borrower_number IS NULL
    AND NOT is_self
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
  UNION ALL
  SELECT
    borrower_number AS party_key,
    guarantor_key AS other_key
  FROM guarantee_link
  WHERE
    NOT borrower_number IS NULL
    AND NOT is_self
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
), seen AS (
  SELECT
    a.party_key,
    MIN(c.component_code) AS component_code
  FROM arcs AS a
  INNER JOIN guarantee_component AS c
    ON c.party_key = a.other_key
  GROUP BY
    a.party_key
), adopted AS (
  SELECT
    c.component_code,
    MIN(LEAST(c.component_code, s.component_code)) AS next_code
  FROM guarantee_component AS c
  INNER JOIN seen AS s
    ON s.party_key = c.party_key
  GROUP BY
    c.component_code
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.party_key AS STRING) AS party_key,
  CAST(q.component_code AS STRING) AS component_code,
  CAST(q.is_moving AS BOOLEAN) AS is_moving
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    c.party_key,
    a.next_code AS component_code,
    MAX(CASE WHEN a.next_code <> c.component_code THEN 1 ELSE 0 END) OVER () = 1 AS is_moving
  FROM guarantee_component AS c
  INNER JOIN adopted AS a
    ON a.component_code = c.component_code
) AS q

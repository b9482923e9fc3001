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
    c.party_key,
    c.component_code AS piece_code,
    MD5(c.party_key) AS forward_code,
    MD5(c.party_key) AS backward_code,
    CAST(NULL AS STRING) AS cycle_code,
    TRUE AS is_moving
  FROM guarantee_component AS c
  WHERE
    c.party_key IN (
      SELECT
        guarantor_key
      FROM guarantee_link
      WHERE
        NOT borrower_number IS NULL
        AND NOT is_self
        AND valid_from <= CAST('2026-10-31' AS DATE)
        AND (
          valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
        )
    )
    AND c.party_key IN (
      SELECT
        borrower_number
      FROM guarantee_link
      WHERE
        NOT borrower_number IS NULL
        AND NOT is_self
        AND valid_from <= CAST('2026-10-31' AS DATE)
        AND (
          valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
        )
    )
) AS q

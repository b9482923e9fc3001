WITH parties AS (
  SELECT
    guarantor_key AS party_key
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
    borrower_number AS party_key
  FROM guarantee_link
  WHERE
    NOT borrower_number IS NULL
    AND NOT is_self
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.party_key AS STRING) AS party_key,
  CAST(q.component_code AS STRING) AS component_code,
  CAST(q.is_moving AS BOOLEAN) AS is_moving
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    party_key,
    MD5(party_key) AS component_code,
    TRUE AS is_moving
  FROM parties
  GROUP BY
    party_key
) AS q

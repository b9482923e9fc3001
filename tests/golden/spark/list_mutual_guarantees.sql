WITH contracts AS (
  SELECT
    guarantor_key,
    borrower_number,
    guarantee_contract_number,
    MAX(guarantee_amount) AS amount
  FROM guarantee_link
  WHERE
    NOT borrower_number IS NULL
    AND NOT is_self
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
  GROUP BY
    guarantor_key,
    borrower_number,
    guarantee_contract_number
), arcs AS (
  SELECT
    guarantor_key,
    borrower_number,
    CAST(COALESCE(SUM(amount), 0) AS DECIMAL(38, 2)) AS amount
  FROM contracts
  GROUP BY
    guarantor_key,
    borrower_number
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.first_party_key AS STRING) AS first_party_key,
  CAST(q.second_party_key AS STRING) AS second_party_key,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.first_amount AS DECIMAL(38, 2)) AS first_amount,
  CAST(q.second_amount AS DECIMAL(38, 2)) AS second_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    a.guarantor_key AS first_party_key,
    a.borrower_number AS second_party_key,
    CAST('2026-10-31' AS DATE) AS business_date,
    a.amount AS first_amount,
    b.amount AS second_amount
  FROM arcs AS a
  INNER JOIN arcs AS b
    ON b.guarantor_key = a.borrower_number AND b.borrower_number = a.guarantor_key
  WHERE
    a.guarantor_key < a.borrower_number
) AS q

WITH links AS (
  SELECT
    guarantee_contract_number,
    guarantor_key,
    borrower_number,
    guarantee_type
  FROM guarantee_link
  WHERE
    NOT borrower_number IS NULL
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
), roles AS (
  SELECT
    guarantee_contract_number,
    party_key,
    MAX(is_guarantor) AS is_guarantor,
    MAX(is_borrower) AS is_borrower,
    MAX(is_named_joint) AS is_named_joint
  FROM (
    SELECT
      guarantee_contract_number,
      guarantor_key AS party_key,
      1 AS is_guarantor,
      0 AS is_borrower,
      CASE WHEN guarantee_type = 'joint_surety' THEN 1 ELSE 0 END AS is_named_joint
    FROM links
    UNION ALL
    SELECT
      guarantee_contract_number,
      borrower_number AS party_key,
      0 AS is_guarantor,
      1 AS is_borrower,
      CASE WHEN guarantee_type = 'joint_surety' THEN 1 ELSE 0 END AS is_named_joint
    FROM links
  ) AS both_roles
  GROUP BY
    guarantee_contract_number,
    party_key
), joint AS (
  SELECT
    guarantee_contract_number
  FROM roles
  GROUP BY
    guarantee_contract_number
  HAVING
    COUNT(*) > 1
    AND (
      MAX(is_named_joint) = 1
      OR SUM(CASE WHEN is_guarantor = 1 AND is_borrower = 1 THEN 1 ELSE 0 END) > 1
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.guarantee_contract_number AS STRING) AS guarantee_contract_number,
  CAST(q.party_key AS STRING) AS party_key,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.is_borrower AS BOOLEAN) AS is_borrower,
  CAST(q.is_guarantor AS BOOLEAN) AS is_guarantor
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    r.guarantee_contract_number,
    r.party_key,
    CAST('2026-10-31' AS DATE) AS business_date,
    r.is_borrower = 1 AS is_borrower,
    r.is_guarantor = 1 AS is_guarantor
  FROM roles AS r
  INNER JOIN joint AS j
    ON j.guarantee_contract_number = r.guarantee_contract_number
) AS q

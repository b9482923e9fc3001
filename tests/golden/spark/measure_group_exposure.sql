SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.group_number AS STRING) AS group_number,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.member_count AS BIGINT) AS member_count,
  CAST(q.loan_balance AS DECIMAL(38, 2)) AS loan_balance,
  CAST(q.bad_loan_balance AS DECIMAL(38, 2)) AS bad_loan_balance,
  CAST(q.undrawn_amount AS DECIMAL(38, 2)) AS undrawn_amount,
  CAST(q.guaranteed_amount AS DECIMAL(38, 2)) AS guaranteed_amount,
  CAST(q.exposure_amount AS DECIMAL(38, 2)) AS exposure_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    group_number,
    business_date,
    COUNT(*) AS member_count,
    CAST(SUM(loan_balance) AS DECIMAL(38, 2)) AS loan_balance,
    CAST(SUM(bad_loan_balance) AS DECIMAL(38, 2)) AS bad_loan_balance,
    CAST(SUM(undrawn_amount) AS DECIMAL(38, 2)) AS undrawn_amount,
    CAST(SUM(guaranteed_amount) AS DECIMAL(38, 2)) AS guaranteed_amount,
    CAST(SUM(loan_balance) + SUM(undrawn_amount) AS DECIMAL(38, 2)) AS exposure_amount
  FROM customer_exposure
  WHERE
    NOT group_number IS NULL
  GROUP BY
    group_number,
    business_date
) AS q

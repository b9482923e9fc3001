SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.contract_number AS STRING) AS contract_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.disbursed_amount AS DECIMAL(18, 2)) AS disbursed_amount,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance,
  CAST(q.loan_class AS STRING) AS loan_class,
  CAST(q.loan_status AS STRING) AS loan_status,
  CAST(q.disbursed_on AS DATE) AS disbursed_on,
  CAST(q.matures_on AS DATE) AS matures_on,
  CAST(q.ended_on AS DATE) AS ended_on,
  CAST(q.principal_overdue_amount AS DECIMAL(18, 2)) AS principal_overdue_amount,
  CAST(q.interest_overdue_amount AS DECIMAL(18, 2)) AS interest_overdue_amount,
  CAST(q.overdue_since AS DATE) AS overdue_since,
  CAST(q.is_agriculture AS BOOLEAN) AS is_agriculture,
  CAST(q.is_inclusive_small_micro AS BOOLEAN) AS is_inclusive_small_micro,
  CAST(q.officer_number AS STRING) AS officer_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.loan_number,
    m.account_number,
    CAST(NULL AS STRING) AS contract_number,
    m.customer_number,
    m.organisation_code,
    m.product_code,
    m.currency,
    m.disbursed_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS balance,
    m.loan_class,
    m.loan_status,
    m.disbursed_on,
    CAST(NULL AS DATE) AS matures_on,
    CAST(NULL AS DATE) AS ended_on,
    CAST(NULL AS DECIMAL(18, 2)) AS principal_overdue_amount,
    CAST(NULL AS DECIMAL(18, 2)) AS interest_overdue_amount,
    CAST(NULL AS DATE) AS overdue_since,
    CAST(NULL AS BOOLEAN) AS is_agriculture,
    CAST(NULL AS BOOLEAN) AS is_inclusive_small_micro,
    CAST(NULL AS STRING) AS officer_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      l.delivered_on AS reported_on,
      l.loan_id AS loan_number,
      l.account_id AS account_number,
      COALESCE(o.client_id, 'none') AS customer_number,
      COALESCE(a.district_id, 'none') AS organisation_code,
      'loan' AS product_code,
      'CZK' AS currency,
      l.amount AS disbursed_amount,
      'unclassified' AS loan_class,
      CASE l.status
        WHEN 'A'
        THEN 'settled'
        WHEN 'B'
        THEN 'defaulted'
        WHEN 'C'
        THEN 'current'
        ELSE 'overdue'
      END AS loan_status,
      l.date AS disbursed_on,
      l.source_file_id,
      l.source_line
    FROM berka_loan AS l
    LEFT JOIN berka_account AS a
      ON a.account_id = l.account_id
    LEFT JOIN (
      SELECT
        account_id,
        client_id
      FROM berka_disp
      WHERE
        type = 'OWNER'
    ) AS o
      ON o.account_id = l.account_id
  ) AS m
) AS q

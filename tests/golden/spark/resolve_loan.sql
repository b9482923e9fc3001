WITH recent AS (
  SELECT
    loan_number,
    account_number,
    contract_number,
    customer_number,
    organisation_code,
    product_code,
    currency,
    disbursed_amount,
    disbursed_on,
    matures_on,
    ended_on,
    loan_class,
    loan_status,
    reported_on,
    source_file_id,
    source_line,
    ROW_NUMBER() OVER (
      PARTITION BY loan_number
      ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
    ) AS recency
  FROM loan_snapshot
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.contract_number AS STRING) AS contract_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.disbursed_amount AS DECIMAL(18, 2)) AS disbursed_amount,
  CAST(q.disbursed_on AS DATE) AS disbursed_on,
  CAST(q.matures_on AS DATE) AS matures_on,
  CAST(q.ended_on AS DATE) AS ended_on,
  CAST(q.loan_class AS STRING) AS loan_class,
  CAST(q.loan_status AS STRING) AS loan_status,
  CAST(q.last_reported_on AS DATE) AS last_reported_on,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    r.loan_number,
    r.account_number,
    r.contract_number,
    r.customer_number,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    r.organisation_code,
    r.product_code,
    r.currency,
    r.disbursed_amount,
    r.disbursed_on,
    r.matures_on,
    r.ended_on,
    r.loan_class,
    r.loan_status,
    r.reported_on AS last_reported_on,
    r.source_file_id,
    r.source_line
  FROM recent AS r
  LEFT JOIN customer AS c
    ON c.customer_number = r.customer_number
  WHERE
    r.recency = 1
) AS q

SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.label_code AS STRING) AS label_code,
  CAST(q.reason_code AS STRING) AS reason_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.customer_count AS BIGINT) AS customer_count,
  CAST(q.reason_amount AS DECIMAL(38, 2)) AS reason_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    customer_kind,
    label_code,
    reason_code,
    business_date,
    COUNT(*) AS customer_count,
    CAST(SUM(reason_amount) AS DECIMAL(38, 2)) AS reason_amount
  FROM customer_label
  WHERE
    reason_rank = 1
  GROUP BY
    organisation_code,
    customer_kind,
    label_code,
    reason_code,
    business_date
) AS q

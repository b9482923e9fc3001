SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.customer_name AS STRING) AS customer_name,
  CAST(q.certificate_type AS STRING) AS certificate_type,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.phone_number AS STRING) AS phone_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.customer_number,
    m.customer_name,
    m.certificate_type,
    m.certificate_number,
    m.phone_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      CUST_NO AS customer_number,
      CUST_NAME AS customer_name,
      CERT_TYPE AS certificate_type,
      CERT_NO AS certificate_number,
      MOBILE_NO AS phone_number,
      source_file_id,
      source_line
    FROM downlink_s_ecif_cert_info
  ) AS m
) AS q

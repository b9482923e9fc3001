SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.complaint_number AS STRING) AS complaint_number,
  CAST(q.received_on AS DATE) AS received_on,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.intake_channel_type AS STRING) AS intake_channel_type,
  CAST(q.complaint_type AS STRING) AS complaint_type,
  CAST(q.complaint_status AS STRING) AS complaint_status,
  CAST(q.is_justified AS BOOLEAN) AS is_justified,
  CAST(q.settled_on AS DATE) AS settled_on,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.complaint_number,
    m.received_on,
    m.organisation_code,
    m.customer_number,
    m.employee_number,
    m.intake_channel_type,
    m.complaint_type,
    m.complaint_status,
    m.is_justified,
    m.settled_on,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      complaint_number,
      received_on,
      organisation_code,
      customer_number,
      employee_number,
      intake_channel_type,
      complaint_type,
      CASE complaint_status
        WHEN '处理中'
        THEN 'open'
        WHEN '已办结'
        THEN 'settled'
        WHEN '已撤回'
        THEN 'withdrawn'
      END AS complaint_status,
      is_justified = '是' AS is_justified,
      settled_on,
      source_file_id,
      source_line
    FROM supplement_complaint
  ) AS m
) AS q

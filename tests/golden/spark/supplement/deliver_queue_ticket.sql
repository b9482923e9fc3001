SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.taken_on AS DATE) AS taken_on,
  CAST(q.ticket_number AS STRING) AS ticket_number,
  CAST(q.taken_time AS STRING) AS taken_time,
  CAST(q.called_time AS STRING) AS called_time,
  CAST(q.finished_time AS STRING) AS finished_time,
  CAST(q.counter_code AS STRING) AS counter_code,
  CAST(q.teller_number AS STRING) AS teller_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.service_type AS STRING) AS service_type,
  CAST(q.rating_type AS STRING) AS rating_type,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.organisation_code,
    m.taken_on,
    m.ticket_number,
    m.taken_time,
    m.called_time,
    m.finished_time,
    m.counter_code,
    m.teller_number,
    m.customer_number,
    m.service_type,
    m.rating_type,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      organisation_code,
      taken_on,
      ticket_number,
      taken_time,
      called_time,
      finished_time,
      counter_code,
      teller_number,
      customer_number,
      service_type,
      CASE rating_type
        WHEN '满意'
        THEN 'satisfied'
        WHEN '一般'
        THEN 'neutral'
        WHEN '不满意'
        THEN 'dissatisfied'
        ELSE CASE WHEN NOT rating_type IS NULL THEN 'unknown' END
      END AS rating_type,
      source_file_id,
      source_line
    FROM supplement_queue_ticket
  ) AS m
) AS q

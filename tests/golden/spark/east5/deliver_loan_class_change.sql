SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.contract_number AS STRING) AS contract_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.changed_on AS DATE) AS changed_on,
  CAST(q.previous_class AS STRING) AS previous_class,
  CAST(q.loan_class AS STRING) AS loan_class,
  CAST(q.change_reason AS STRING) AS change_reason,
  CAST(q.change_method AS STRING) AS change_method,
  CAST(q.officer_number AS STRING) AS officer_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.loan_number,
    m.contract_number,
    m.customer_number,
    m.organisation_code,
    m.changed_on,
    m.previous_class,
    m.loan_class,
    m.change_reason,
    m.change_method,
    m.officer_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      XDJJH AS loan_number,
      XDHTH AS contract_number,
      KHTYBH AS customer_number,
      NBJGH AS organisation_code,
      COALESCE(TZRQ, delivered_on) AS changed_on,
      CASE YWJFL
        WHEN '正常'
        THEN 'pass'
        WHEN '关注'
        THEN 'special_mention'
        WHEN '次级'
        THEN 'substandard'
        WHEN '可疑'
        THEN 'doubtful'
        WHEN '损失'
        THEN 'loss'
        ELSE 'unclassified'
      END AS previous_class,
      CASE XWJFL
        WHEN '正常'
        THEN 'pass'
        WHEN '关注'
        THEN 'special_mention'
        WHEN '次级'
        THEN 'substandard'
        WHEN '可疑'
        THEN 'doubtful'
        WHEN '损失'
        THEN 'loss'
        ELSE 'unclassified'
      END AS loan_class,
      BDYY AS change_reason,
      BDFS AS change_method,
      JBGYH AS officer_number,
      source_file_id,
      source_line
    FROM east5_dkwjxtbdb
  ) AS m
) AS q

SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.consent_purpose_code AS STRING) AS consent_purpose_code,
  CAST(q.effective_from AS DATE) AS effective_from,
  CAST(q.consent_number AS STRING) AS consent_number,
  CAST(q.consent_status AS STRING) AS consent_status,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.consent_version_code AS STRING) AS consent_version_code,
  CAST(q.collection_channel_type AS STRING) AS collection_channel_type,
  CAST(q.expires_on AS DATE) AS expires_on,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.customer_number,
    m.consent_purpose_code,
    m.effective_from,
    m.consent_number,
    m.consent_status,
    m.organisation_code,
    m.consent_version_code,
    m.collection_channel_type,
    m.expires_on,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      customer_number,
      CASE consent_purpose_code
        WHEN '营销'
        THEN 'marketing'
        WHEN '共享'
        THEN 'sharing'
        WHEN '个性化推荐'
        THEN 'personalisation'
        WHEN '征信查询'
        THEN 'credit_report'
        WHEN '其他'
        THEN 'other'
      END AS consent_purpose_code,
      effective_from,
      consent_number,
      CASE consent_status WHEN '同意' THEN 'given' WHEN '撤回' THEN 'withdrawn' END AS consent_status,
      organisation_code,
      consent_version_code,
      collection_channel_type,
      expires_on,
      source_file_id,
      source_line
    FROM supplement_consent
  ) AS m
) AS q

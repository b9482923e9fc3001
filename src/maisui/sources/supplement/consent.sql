SELECT
  customer_number,
  CASE consent_purpose_code WHEN '营销' THEN 'marketing' WHEN '共享' THEN 'sharing' WHEN '个性化推荐' THEN 'personalisation' WHEN '征信查询' THEN 'credit_report' WHEN '其他' THEN 'other' END AS consent_purpose_code,
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

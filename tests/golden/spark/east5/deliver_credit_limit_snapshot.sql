SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.limit_number AS STRING) AS limit_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.limit_subject_kind AS STRING) AS limit_subject_kind,
  CAST(q.limit_kind AS STRING) AS limit_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.limit_amount AS DECIMAL(18, 2)) AS limit_amount,
  CAST(q.used_amount AS DECIMAL(18, 2)) AS used_amount,
  CAST(q.starts_on AS DATE) AS starts_on,
  CAST(q.matures_on AS DATE) AS matures_on,
  CAST(q.limit_status AS STRING) AS limit_status,
  CAST(q.approver_number AS STRING) AS approver_number,
  CAST(q.manager_number AS STRING) AS manager_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.limit_number,
    m.customer_number,
    m.organisation_code,
    m.limit_subject_kind,
    m.limit_kind,
    m.currency,
    m.limit_amount,
    m.used_amount,
    m.starts_on,
    m.matures_on,
    m.limit_status,
    m.approver_number,
    m.manager_number,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      SXXYH AS limit_number,
      KHTYBH AS customer_number,
      NBJGH AS organisation_code,
      SXZTZL AS limit_subject_kind,
      SXZL AS limit_kind,
      COALESCE(BZ, 'unknown') AS currency,
      SXED AS limit_amount,
      YYED AS used_amount,
      SXKSRQ AS starts_on,
      SXDQRQ AS matures_on,
      CASE
        WHEN SXZT IS NULL
        THEN 'unknown'
        WHEN SXZT RLIKE '未结清|未到期|未终|未失效|未解除|未释放'
        THEN 'in_force'
        WHEN SXZT RLIKE '未生效|待生效|未启用|审批中|申请'
        THEN 'not_yet'
        WHEN SXZT RLIKE '失效|无效|终止|终结|解除|结清|注销|撤销|作废|释放|取消|到期'
        THEN 'ended'
        WHEN SXZT RLIKE '有效|生效|正常|履行|启用|冻结'
        THEN 'in_force'
        ELSE 'unknown'
      END AS limit_status,
      SPRGH AS approver_number,
      JBRGH AS manager_number,
      source_file_id,
      source_line
    FROM east5_sxxxb
  ) AS m
) AS q

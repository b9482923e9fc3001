SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.guarantee_contract_number AS STRING) AS guarantee_contract_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.guarantor_kind AS STRING) AS guarantor_kind,
  CAST(q.guarantor_name AS STRING) AS guarantor_name,
  CAST(q.certificate_type AS STRING) AS certificate_type,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.net_assets_currency AS STRING) AS net_assets_currency,
  CAST(q.net_assets_amount AS DECIMAL(18, 2)) AS net_assets_amount,
  CAST(q.contract_status AS STRING) AS contract_status,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.guarantee_contract_number,
    m.organisation_code,
    m.guarantor_kind,
    m.guarantor_name,
    m.certificate_type,
    m.certificate_number,
    m.net_assets_currency,
    m.net_assets_amount,
    m.contract_status,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      DBHTH AS guarantee_contract_number,
      NBJGH AS organisation_code,
      BZRLB AS guarantor_kind,
      BZRMC AS guarantor_name,
      DBRZJLB AS certificate_type,
      DBRZJHM AS certificate_number,
      DBRJZCBZ AS net_assets_currency,
      DBRJZC AS net_assets_amount,
      CASE
        WHEN DBHTZT IS NULL
        THEN 'unknown'
        WHEN DBHTZT RLIKE '未结清|未到期|未终|未失效|未解除|未释放'
        THEN 'in_force'
        WHEN DBHTZT RLIKE '未生效|待生效|未启用|审批中|申请'
        THEN 'not_yet'
        WHEN DBHTZT RLIKE '失效|无效|终止|终结|解除|结清|注销|撤销|作废|释放|取消|到期'
        THEN 'ended'
        WHEN DBHTZT RLIKE '有效|生效|正常|履行|启用|冻结'
        THEN 'in_force'
        ELSE 'unknown'
      END AS contract_status,
      source_file_id,
      source_line
    FROM east5_bnwywdbr
  ) AS m
) AS q

SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.guarantee_contract_number AS STRING) AS guarantee_contract_number,
  CAST(q.guaranteed_contract_number AS STRING) AS guaranteed_contract_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.guarantee_contract_kind AS STRING) AS guarantee_contract_kind,
  CAST(q.guarantee_type AS STRING) AS guarantee_type,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.guarantee_amount AS DECIMAL(18, 2)) AS guarantee_amount,
  CAST(q.starts_on AS DATE) AS starts_on,
  CAST(q.matures_on AS DATE) AS matures_on,
  CAST(q.contract_status AS STRING) AS contract_status,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.guarantee_contract_number,
    m.guaranteed_contract_number,
    m.organisation_code,
    m.guarantee_contract_kind,
    m.guarantee_type,
    m.currency,
    m.guarantee_amount,
    m.starts_on,
    m.matures_on,
    m.contract_status,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      DBHTH AS guarantee_contract_number,
      COALESCE(BDBHTH, 'none') AS guaranteed_contract_number,
      NBJGH AS organisation_code,
      CASE
        WHEN DBHTLX LIKE '%最高额%'
        THEN 'maximum_amount'
        WHEN DBHTLX LIKE '%一般%'
        THEN 'general'
        ELSE 'other'
      END AS guarantee_contract_kind,
      CASE
        WHEN DBLX LIKE '%联保%'
        THEN 'joint_surety'
        WHEN DBLX LIKE '%保证%'
        THEN 'surety'
        WHEN DBLX LIKE '%混合%' OR DBLX LIKE '%组合%'
        THEN 'mixed'
        WHEN DBLX LIKE '%抵押%'
        THEN 'mortgage'
        WHEN DBLX LIKE '%质押%'
        THEN 'pledge'
        ELSE 'other'
      END AS guarantee_type,
      DBBZ AS currency,
      DBJE AS guarantee_amount,
      DBQSRQ AS starts_on,
      DBDQRQ AS matures_on,
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
    FROM east5_bnwywdbhtb
  ) AS m
) AS q

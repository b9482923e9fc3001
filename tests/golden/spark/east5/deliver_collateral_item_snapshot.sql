SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.guarantee_contract_number AS STRING) AS guarantee_contract_number,
  CAST(q.collateral_number AS STRING) AS collateral_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.collateral_type AS STRING) AS collateral_type,
  CAST(q.collateral_name AS STRING) AS collateral_name,
  CAST(q.collateral_status AS STRING) AS collateral_status,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.initial_value_amount AS DECIMAL(18, 2)) AS initial_value_amount,
  CAST(q.latest_value_amount AS DECIMAL(18, 2)) AS latest_value_amount,
  CAST(q.pledged_amount AS DECIMAL(18, 2)) AS pledged_amount,
  CAST(q.disposal_rank AS STRING) AS disposal_rank,
  CAST(q.owner_name AS STRING) AS owner_name,
  CAST(q.certificate_type AS STRING) AS certificate_type,
  CAST(q.certificate_number AS STRING) AS certificate_number,
  CAST(q.contract_status AS STRING) AS contract_status,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.guarantee_contract_number,
    m.collateral_number,
    m.organisation_code,
    m.collateral_type,
    m.collateral_name,
    m.collateral_status,
    m.currency,
    m.initial_value_amount,
    m.latest_value_amount,
    m.pledged_amount,
    m.disposal_rank,
    m.owner_name,
    m.certificate_type,
    m.certificate_number,
    m.contract_status,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      DBHTH AS guarantee_contract_number,
      YPBH AS collateral_number,
      NBJGH AS organisation_code,
      YPLX AS collateral_type,
      YPMC AS collateral_name,
      DZYWZT AS collateral_status,
      BZ AS currency,
      PGJZ AS initial_value_amount,
      YXRDJZ AS latest_value_amount,
      YDYJZ AS pledged_amount,
      CZQSW AS disposal_rank,
      YPSYRMC AS owner_name,
      YPSYRZJLB AS certificate_type,
      YPSYRZJHM AS certificate_number,
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
    FROM east5_bnwywdzyw
  ) AS m
) AS q

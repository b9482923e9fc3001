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
    WHEN DBHTZT IS NULL THEN 'unknown'
    WHEN regexp_matches(DBHTZT, '未结清|未到期|未终|未失效|未解除|未释放') THEN 'in_force'
    WHEN regexp_matches(DBHTZT, '未生效|待生效|未启用|审批中|申请') THEN 'not_yet'
    WHEN regexp_matches(DBHTZT, '失效|无效|终止|终结|解除|结清|注销|撤销|作废|释放|取消|到期') THEN 'ended'
    WHEN regexp_matches(DBHTZT, '有效|生效|正常|履行|启用|冻结') THEN 'in_force'
    ELSE 'unknown'
  END AS contract_status,
  source_file_id,
  source_line
FROM east5_bnwywdbr

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
    WHEN DBHTZT IS NULL THEN 'unknown'
    WHEN regexp_matches(DBHTZT, '未结清|未到期|未终|未失效|未解除|未释放') THEN 'in_force'
    WHEN regexp_matches(DBHTZT, '未生效|待生效|未启用|审批中|申请') THEN 'not_yet'
    WHEN regexp_matches(DBHTZT, '失效|无效|终止|终结|解除|结清|注销|撤销|作废|释放|取消|到期') THEN 'ended'
    WHEN regexp_matches(DBHTZT, '有效|生效|正常|履行|启用|冻结') THEN 'in_force'
    ELSE 'unknown'
  END AS contract_status,
  source_file_id,
  source_line
FROM east5_bnwywdzyw

SELECT
  delivered_on AS reported_on,
  DBHTH AS guarantee_contract_number,
  coalesce(BDBHTH, 'none') AS guaranteed_contract_number,
  NBJGH AS organisation_code,
  CASE
    WHEN DBHTLX LIKE '%最高额%' THEN 'maximum_amount'
    WHEN DBHTLX LIKE '%一般%' THEN 'general'
    ELSE 'other'
  END AS guarantee_contract_kind,
  CASE
    WHEN DBLX LIKE '%联保%' THEN 'joint_surety'
    WHEN DBLX LIKE '%保证%' THEN 'surety'
    WHEN DBLX LIKE '%混合%' OR DBLX LIKE '%组合%' THEN 'mixed'
    WHEN DBLX LIKE '%抵押%' THEN 'mortgage'
    WHEN DBLX LIKE '%质押%' THEN 'pledge'
    ELSE 'other'
  END AS guarantee_type,
  DBBZ AS currency,
  DBJE AS guarantee_amount,
  DBQSRQ AS starts_on,
  DBDQRQ AS matures_on,
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
FROM east5_bnwywdbhtb

SELECT
  delivered_on AS reported_on,
  SXXYH AS limit_number,
  KHTYBH AS customer_number,
  NBJGH AS organisation_code,
  SXZTZL AS limit_subject_kind,
  SXZL AS limit_kind,
  coalesce(BZ, 'unknown') AS currency,
  SXED AS limit_amount,
  YYED AS used_amount,
  SXKSRQ AS starts_on,
  SXDQRQ AS matures_on,
  CASE
    WHEN SXZT IS NULL THEN 'unknown'
    WHEN regexp_matches(SXZT, '未结清|未到期|未终|未失效|未解除|未释放') THEN 'in_force'
    WHEN regexp_matches(SXZT, '未生效|待生效|未启用|审批中|申请') THEN 'not_yet'
    WHEN regexp_matches(SXZT, '失效|无效|终止|终结|解除|结清|注销|撤销|作废|释放|取消|到期') THEN 'ended'
    WHEN regexp_matches(SXZT, '有效|生效|正常|履行|启用|冻结') THEN 'in_force'
    ELSE 'unknown'
  END AS limit_status,
  SPRGH AS approver_number,
  JBRGH AS manager_number,
  source_file_id,
  source_line
FROM east5_sxxxb

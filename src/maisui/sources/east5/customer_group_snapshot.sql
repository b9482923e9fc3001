SELECT
  delivered_on AS reported_on,
  JTBH AS group_number,
  CYKHTYBH AS member_number,
  JTMC AS group_name,
  MGSKHTYBH AS parent_number,
  SKRMC AS controller_name,
  SKRLX AS controller_type,
  BZ AS currency,
  JTZCZE AS group_assets_amount,
  JTFZZE AS group_liabilities_amount,
  JTSXED AS group_limit_amount,
  JTYYED AS group_used_amount,
  CYYYED AS member_used_amount,
  source_file_id,
  source_line
FROM east5_jtkhb

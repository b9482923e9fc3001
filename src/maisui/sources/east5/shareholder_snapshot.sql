SELECT
  delivered_on AS reported_on,
  KHTYBH AS customer_number,
  GDHGLFMC AS party_name,
  GDHGLFLX AS party_type,
  GDHGLFZJLB AS certificate_type,
  GDHGLFZJHM AS certificate_number,
  GXLX AS relation_type,
  CAST(CGBL * 0.01 AS DECIMAL(12,6)) AS shares_held_share,
  CAST(ZYBL * 0.01 AS DECIMAL(12,6)) AS shares_pledged_share,
  RGRQ AS invested_on,
  GDHGLFZT AS party_status,
  coalesce(regexp_matches(GDHGLFZT, '失效|无效|终止|解除|退出|转出|终结|注销|退股'), false) AS is_ended,
  source_file_id,
  source_line
FROM east5_gdjglfxxb

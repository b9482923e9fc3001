SELECT
  delivered_on AS reported_on,
  KHTYBH AS customer_number,
  GXRKHTYBH AS related_number,
  GXRMC AS related_name,
  GXRZJLB AS certificate_type,
  GXRZJHM AS certificate_number,
  GXLX AS tie_type,
  CASE
    WHEN GXLX LIKE '%同一%控制%' OR GXLX LIKE '%共同受%' THEN 'common_control'
    WHEN GXLX LIKE '%担保%' OR GXLX LIKE '%互保%' OR GXLX LIKE '%联保%' THEN 'guarantee'
    WHEN GXLX LIKE '%控制%' OR GXLX LIKE '%母公司%' THEN 'control'
    WHEN GXLX LIKE '%共同出资%' THEN 'co_investment'
    WHEN GXLX LIKE '%股东%' THEN 'shareholder'
    WHEN GXLX LIKE '%法定代表人%' OR GXLX LIKE '%法人代表%' THEN 'legal_representative'
    WHEN regexp_matches(GXLX, '董事长|理事长|监事长|总经理|财务主管|财务负责人|高管|董事|监事') THEN 'officer'
    WHEN GXLX LIKE '%集团%' THEN 'group_member'
    WHEN GXLX LIKE '%上下游%' OR GXLX LIKE '%供应%' THEN 'trade'
    WHEN regexp_matches(GXLX, '亲属|配偶|夫妻|父|母|子女|儿|女|兄|弟|姐|妹|亲戚|家庭') THEN 'kin'
    ELSE 'other'
  END AS tie_kind,
  coalesce(regexp_matches(GXZT, '失效|无效|终止|解除|结束|终结|注销'), false) AS is_ended,
  source_file_id,
  source_line
FROM east5_grkhgxb
UNION ALL
SELECT
  delivered_on AS reported_on,
  KHTYBH AS customer_number,
  GLRKHTYBH AS related_number,
  GLRMC AS related_name,
  GLRZJLB AS certificate_type,
  GLRZJHM AS certificate_number,
  GXLX AS tie_type,
  CASE
    WHEN GXLX LIKE '%同一%控制%' OR GXLX LIKE '%共同受%' THEN 'common_control'
    WHEN GXLX LIKE '%担保%' OR GXLX LIKE '%互保%' OR GXLX LIKE '%联保%' THEN 'guarantee'
    WHEN GXLX LIKE '%控制%' OR GXLX LIKE '%母公司%' THEN 'control'
    WHEN GXLX LIKE '%共同出资%' THEN 'co_investment'
    WHEN GXLX LIKE '%股东%' THEN 'shareholder'
    WHEN GXLX LIKE '%法定代表人%' OR GXLX LIKE '%法人代表%' THEN 'legal_representative'
    WHEN regexp_matches(GXLX, '董事长|理事长|监事长|总经理|财务主管|财务负责人|高管|董事|监事') THEN 'officer'
    WHEN GXLX LIKE '%集团%' THEN 'group_member'
    WHEN GXLX LIKE '%上下游%' OR GXLX LIKE '%供应%' THEN 'trade'
    WHEN regexp_matches(GXLX, '亲属|配偶|夫妻|父|母|子女|儿|女|兄|弟|姐|妹|亲戚|家庭') THEN 'kin'
    ELSE 'other'
  END AS tie_kind,
  coalesce(regexp_matches(GXZT, '失效|无效|终止|解除|结束|终结|注销'), false) AS is_ended,
  source_file_id,
  source_line
FROM east5_glgxb

SELECT
  o.delivered_on AS reported_on,
  o.NBJGH AS organisation_code,
  o.YHJGMC AS organisation_name,
  o.YHJGDM AS bank_code,
  CASE o.JGLB
    WHEN '管理机构' THEN 'head_office'
    WHEN '营业机构' THEN 'outlet'
    WHEN '内设机构' THEN 'department'
    WHEN '虚拟机构' THEN 'virtual'
    ELSE 'other'
  END AS organisation_kind,
  CASE WHEN coalesce(r.SJGLNBJGH, p.NBJGH) = o.NBJGH THEN NULL ELSE coalesce(r.SJGLNBJGH, p.NBJGH) END AS parent_code,
  o.XZQHDM AS region_code,
  coalesce(o.YYZT = '营业', true) AS is_open,
  o.CLRQ AS opened_on,
  o.YYZT AS status_word,
  o.BBZ AS remark,
  o.source_file_id,
  o.source_line
FROM east5_jgxxb AS o
LEFT JOIN east5_jggxb AS r ON r.delivered_on = o.delivered_on AND r.NBJGH = o.NBJGH
LEFT JOIN (
  SELECT delivered_on, YHJGDM, min(NBJGH) AS NBJGH
  FROM east5_jgxxb
  GROUP BY delivered_on, YHJGDM
  HAVING count(*) = 1
) AS p ON p.delivered_on = r.delivered_on AND p.YHJGDM = r.SJGLJGDM

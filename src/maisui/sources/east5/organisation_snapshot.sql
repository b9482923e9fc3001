SELECT
  o.delivered_on AS reported_on,
  o.NBJGH AS organisation_code,
  o.YHJGMC AS organisation_name,
  CASE o.JGLB
    WHEN '管理机构' THEN 'head_office'
    WHEN '营业机构' THEN 'outlet'
    WHEN '内设机构' THEN 'department'
    WHEN '虚拟机构' THEN 'virtual'
    ELSE 'other'
  END AS organisation_kind,
  CASE WHEN r.SJGLNBJGH = o.NBJGH THEN NULL ELSE r.SJGLNBJGH END AS parent_code,
  o.XZQHDM AS region_code,
  o.YYZT = '营业' AS is_open,
  o.CLRQ AS opened_on,
  o.source_file_id,
  o.source_line
FROM east5_jgxxb AS o
LEFT JOIN east5_jggxb AS r ON r.delivered_on = o.delivered_on AND r.NBJGH = o.NBJGH

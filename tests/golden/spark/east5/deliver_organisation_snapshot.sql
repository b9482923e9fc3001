SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.organisation_name AS STRING) AS organisation_name,
  CAST(q.bank_code AS STRING) AS bank_code,
  CAST(q.organisation_kind AS STRING) AS organisation_kind,
  CAST(q.parent_code AS STRING) AS parent_code,
  CAST(q.region_code AS STRING) AS region_code,
  CAST(q.is_open AS BOOLEAN) AS is_open,
  CAST(q.opened_on AS DATE) AS opened_on,
  CAST(q.status_word AS STRING) AS status_word,
  CAST(q.remark AS STRING) AS remark,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.organisation_code,
    m.organisation_name,
    m.bank_code,
    m.organisation_kind,
    m.parent_code,
    m.region_code,
    m.is_open,
    m.opened_on,
    m.status_word,
    m.remark,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      o.delivered_on AS reported_on,
      o.NBJGH AS organisation_code,
      o.YHJGMC AS organisation_name,
      o.YHJGDM AS bank_code,
      CASE o.JGLB
        WHEN '管理机构'
        THEN 'head_office'
        WHEN '营业机构'
        THEN 'outlet'
        WHEN '内设机构'
        THEN 'department'
        WHEN '虚拟机构'
        THEN 'virtual'
        ELSE 'other'
      END AS organisation_kind,
      CASE
        WHEN COALESCE(r.SJGLNBJGH, p.NBJGH) = o.NBJGH
        THEN NULL
        ELSE COALESCE(r.SJGLNBJGH, p.NBJGH)
      END AS parent_code,
      o.XZQHDM AS region_code,
      COALESCE(o.YYZT = '营业', TRUE) AS is_open,
      o.CLRQ AS opened_on,
      o.YYZT AS status_word,
      o.BBZ AS remark,
      o.source_file_id,
      o.source_line
    FROM east5_jgxxb AS o
    LEFT JOIN east5_jggxb AS r
      ON r.delivered_on = o.delivered_on AND r.NBJGH = o.NBJGH
    LEFT JOIN (
      SELECT
        delivered_on,
        YHJGDM,
        MIN(NBJGH) AS NBJGH
      FROM east5_jgxxb
      GROUP BY
        delivered_on,
        YHJGDM
      HAVING
        COUNT(*) = 1
    ) AS p
      ON p.delivered_on = r.delivered_on AND p.YHJGDM = r.SJGLJGDM
  ) AS m
) AS q

SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.card_kind AS STRING) AS card_kind,
  CAST(q.card_number AS STRING) AS card_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.card_name AS STRING) AS card_name,
  CAST(q.card_status AS STRING) AS card_status,
  CAST(q.is_supplementary AS BOOLEAN) AS is_supplementary,
  CAST(q.main_card_number AS STRING) AS main_card_number,
  CAST(q.is_virtual AS BOOLEAN) AS is_virtual,
  CAST(q.issued_on AS DATE) AS issued_on,
  CAST(q.closed_on AS DATE) AS closed_on,
  CAST(q.last_active_on AS DATE) AS last_active_on,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.card_kind,
    m.card_number,
    m.customer_number,
    m.account_number,
    m.organisation_code,
    m.card_name,
    m.card_status,
    m.is_supplementary,
    m.main_card_number,
    m.is_virtual,
    m.issued_on,
    m.closed_on,
    m.last_active_on,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      'debit' AS card_kind,
      KH AS card_number,
      COALESCE(KHTYBH, 'none') AS customer_number,
      HQCKZH AS account_number,
      COALESCE(NBJGH, 'none') AS organisation_code,
      JJKCPMC AS card_name,
      CASE
        WHEN KPZT LIKE '%正常%'
        THEN 'active'
        WHEN KPZT LIKE '%冻结%'
        THEN 'frozen'
        WHEN KPZT LIKE '%注销%' OR KPZT LIKE '%销卡%'
        THEN 'cancelled'
        WHEN KPZT LIKE '%未激活%'
        THEN 'inactive'
        WHEN KPZT LIKE '%睡眠%'
        THEN 'dormant'
        WHEN NOT KPZT IS NULL
        THEN 'other'
      END AS card_status,
      CAST(NULL AS BOOLEAN) AS is_supplementary,
      CAST(NULL AS STRING) AS main_card_number,
      XNKBZ = '是' AS is_virtual,
      KKRQ AS issued_on,
      CAST(NULL AS DATE) AS closed_on,
      CAST(NULL AS DATE) AS last_active_on,
      source_file_id,
      source_line
    FROM east5_jjkxxb
    UNION ALL
    SELECT
      delivered_on AS reported_on,
      'credit' AS card_kind,
      KH AS card_number,
      COALESCE(KHTYBH, 'none') AS customer_number,
      XYKZH AS account_number,
      COALESCE(NBJGH, 'none') AS organisation_code,
      KPMC AS card_name,
      CASE
        WHEN KPZT LIKE '%正常%'
        THEN 'active'
        WHEN KPZT LIKE '%冻结%'
        THEN 'frozen'
        WHEN KPZT LIKE '%注销%' OR KPZT LIKE '%销卡%'
        THEN 'cancelled'
        WHEN KPZT LIKE '%未激活%'
        THEN 'inactive'
        WHEN KPZT LIKE '%睡眠%'
        THEN 'dormant'
        WHEN NOT KPZT IS NULL
        THEN 'other'
      END AS card_status,
      FSKBZ = '是' AS is_supplementary,
      ZKH AS main_card_number,
      CAST(NULL AS BOOLEAN) AS is_virtual,
      KKRQ AS issued_on,
      XKRQ AS closed_on,
      ZHDHJYRQ AS last_active_on,
      source_file_id,
      source_line
    FROM east5_xykxxb
    UNION ALL
    SELECT
      delivered_on AS reported_on,
      'passbook' AS card_kind,
      CZH AS card_number,
      COALESCE(KHTYBH, 'none') AS customer_number,
      HQCKZH AS account_number,
      COALESCE(NBJGH, 'none') AS organisation_code,
      CZLX AS card_name,
      CASE
        WHEN CZZT LIKE '%正常%'
        THEN 'active'
        WHEN CZZT LIKE '%冻结%'
        THEN 'frozen'
        WHEN CZZT LIKE '%注销%' OR CZZT LIKE '%销户%'
        THEN 'cancelled'
        WHEN CZZT LIKE '%未激活%'
        THEN 'inactive'
        WHEN CZZT LIKE '%睡眠%'
        THEN 'dormant'
        WHEN NOT CZZT IS NULL
        THEN 'other'
      END AS card_status,
      CAST(NULL AS BOOLEAN) AS is_supplementary,
      CAST(NULL AS STRING) AS main_card_number,
      CAST(NULL AS BOOLEAN) AS is_virtual,
      QYRQ AS issued_on,
      CAST(NULL AS DATE) AS closed_on,
      CAST(NULL AS DATE) AS last_active_on,
      source_file_id,
      source_line
    FROM east5_czxxb
  ) AS m
) AS q

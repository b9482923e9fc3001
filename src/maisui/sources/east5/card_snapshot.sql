SELECT
  delivered_on AS reported_on,
  'debit' AS card_kind,
  KH AS card_number,
  coalesce(KHTYBH, 'none') AS customer_number,
  HQCKZH AS account_number,
  coalesce(NBJGH, 'none') AS organisation_code,
  JJKCPMC AS card_name,
  CASE
    WHEN KPZT LIKE '%正常%' THEN 'active'
    WHEN KPZT LIKE '%冻结%' THEN 'frozen'
    WHEN KPZT LIKE '%注销%' OR KPZT LIKE '%销卡%' THEN 'cancelled'
    WHEN KPZT LIKE '%未激活%' THEN 'inactive'
    WHEN KPZT LIKE '%睡眠%' THEN 'dormant'
    WHEN KPZT IS NOT NULL THEN 'other'
  END AS card_status,
  CAST(NULL AS BOOLEAN) AS is_supplementary,
  CAST(NULL AS VARCHAR) AS main_card_number,
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
  coalesce(KHTYBH, 'none') AS customer_number,
  XYKZH AS account_number,
  coalesce(NBJGH, 'none') AS organisation_code,
  KPMC AS card_name,
  CASE
    WHEN KPZT LIKE '%正常%' THEN 'active'
    WHEN KPZT LIKE '%冻结%' THEN 'frozen'
    WHEN KPZT LIKE '%注销%' OR KPZT LIKE '%销卡%' THEN 'cancelled'
    WHEN KPZT LIKE '%未激活%' THEN 'inactive'
    WHEN KPZT LIKE '%睡眠%' THEN 'dormant'
    WHEN KPZT IS NOT NULL THEN 'other'
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
  coalesce(KHTYBH, 'none') AS customer_number,
  HQCKZH AS account_number,
  coalesce(NBJGH, 'none') AS organisation_code,
  CZLX AS card_name,
  CASE
    WHEN CZZT LIKE '%正常%' THEN 'active'
    WHEN CZZT LIKE '%冻结%' THEN 'frozen'
    WHEN CZZT LIKE '%注销%' OR CZZT LIKE '%销户%' THEN 'cancelled'
    WHEN CZZT LIKE '%未激活%' THEN 'inactive'
    WHEN CZZT LIKE '%睡眠%' THEN 'dormant'
    WHEN CZZT IS NOT NULL THEN 'other'
  END AS card_status,
  CAST(NULL AS BOOLEAN) AS is_supplementary,
  CAST(NULL AS VARCHAR) AS main_card_number,
  CAST(NULL AS BOOLEAN) AS is_virtual,
  QYRQ AS issued_on,
  CAST(NULL AS DATE) AS closed_on,
  CAST(NULL AS DATE) AS last_active_on,
  source_file_id,
  source_line
FROM east5_czxxb

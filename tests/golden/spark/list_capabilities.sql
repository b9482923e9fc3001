WITH files AS (
  SELECT
    COUNT(*) AS file_count,
    COUNT(*) FILTER(WHERE
      is_genuine) AS genuine_count
  FROM identity_file
), certificates AS (
  SELECT
    COUNT(*) AS row_count
  FROM customer_certificate
), households AS (
  SELECT
    COUNT(*) AS row_count
  FROM household_member
), successions AS (
  SELECT
    COUNT(*) AS row_count
  FROM organisation_succession
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.capability_code AS STRING) AS capability_code,
  CAST(q.is_enabled AS BOOLEAN) AS is_enabled,
  CAST(q.reason_zh AS STRING) AS reason_zh,
  CAST(q.reason_en AS STRING) AS reason_en,
  CAST(q.row_count AS BIGINT) AS row_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    'customer_merge' AS capability_code,
    f.genuine_count > 0 AS is_enabled,
    CASE
      WHEN f.genuine_count > 0
      THEN '有未变形的证件'
      WHEN f.file_count > 0
      THEN '客户文件的证件号均已变形，且未报送 customer_identity：不归并客户'
      ELSE '未报送客户文件'
    END AS reason_zh,
    CASE
      WHEN f.genuine_count > 0
      THEN 'genuine certificates are delivered'
      WHEN f.file_count > 0
      THEN 'certificates of customers are deformed and customer_identity is not delivered: no customers are merged'
      ELSE 'no file of customers is delivered'
    END AS reason_en,
    c.row_count
  FROM files AS f, certificates AS c
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    'household' AS capability_code,
    h.row_count > 0 AS is_enabled,
    CASE
      WHEN h.row_count > 0
      THEN '有村组名册或亲属关系'
      ELSE '未报送 village_roster，202 也没有亲属关系：没有家庭'
    END AS reason_zh,
    CASE
      WHEN h.row_count > 0
      THEN 'a village roster or kin ties are delivered'
      ELSE 'neither village_roster nor kin in table 202 is delivered: no households'
    END AS reason_en,
    h.row_count
  FROM households AS h
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    'as_is_view' AS capability_code,
    TRUE AS is_enabled,
    CASE WHEN s.row_count > 0 THEN '有已撤并机构' ELSE '没有撤并机构：两种口径相同' END AS reason_zh,
    CASE
      WHEN s.row_count > 0
      THEN 'closed organisations have successors'
      ELSE 'no organisation closed: both views are the same'
    END AS reason_en,
    s.row_count
  FROM successions AS s
) AS q

SELECT
  delivered_on AS reported_on,
  GRCKZH AS account_number,
  BZ AS currency,
  coalesce(CHLB, 'none') AS cash_form,
  'deposit' AS account_kind,
  coalesce(KHTYBH, 'none') AS customer_number,
  NBJGH AS organisation_code,
  coalesce(GRCKZHLX, 'unknown') AS product_code,
  CASE WHEN BZJZHBZ = '是' THEN 'guarantee_deposit' END AS product_group,
  MXKMBH AS subject_code,
  CAST(LL * 0.01 AS DECIMAL(12,6)) AS interest_rate,
  CKYE AS balance,
  KHRQ AS opened_on,
  XHRQ AS closed_on,
  ZHZT AS account_status,
  SCDHRQ AS last_active_on,
  source_file_id,
  source_line
FROM east5_grckfhz
UNION ALL
SELECT
  delivered_on AS reported_on,
  DGCKZH AS account_number,
  BZ AS currency,
  coalesce(CHLB, 'none') AS cash_form,
  'deposit' AS account_kind,
  coalesce(KHTYBH, 'none') AS customer_number,
  NBJGH AS organisation_code,
  coalesce(DGCKZHLX, 'unknown') AS product_code,
  CASE WHEN BZJZHBZ = '是' THEN 'guarantee_deposit' END AS product_group,
  MXKMBH AS subject_code,
  CAST(LL * 0.01 AS DECIMAL(12,6)) AS interest_rate,
  CKYE AS balance,
  KHRQ AS opened_on,
  XHRQ AS closed_on,
  ZHZT AS account_status,
  SCDHRQ AS last_active_on,
  source_file_id,
  source_line
FROM east5_dgckfhz
UNION ALL
SELECT
  a.delivered_on AS reported_on,
  a.DKFHZH AS account_number,
  a.BZ AS currency,
  'none' AS cash_form,
  'loan' AS account_kind,
  coalesce(a.KHTYBH, 'none') AS customer_number,
  a.NBJGH AS organisation_code,
  coalesce(r.XDYWZL, 'unknown') AS product_code,
  CAST(NULL AS VARCHAR) AS product_group,
  a.MXKMBH AS subject_code,
  CAST(a.DKLL * 0.01 AS DECIMAL(12,6)) AS interest_rate,
  a.DKYE AS balance,
  a.KHRQ AS opened_on,
  a.XHRQ AS closed_on,
  a.ZHZT AS account_status,
  CAST(NULL AS DATE) AS last_active_on,
  a.source_file_id,
  a.source_line
FROM east5_grxdfhz AS a
LEFT JOIN (
  SELECT delivered_on, XDJJH, DKFHZH, XDYWZL
  FROM east5_grxdywjjb
  QUALIFY row_number() OVER (PARTITION BY delivered_on, DKFHZH ORDER BY XDJJH) = 1
) AS r ON r.delivered_on = a.delivered_on AND r.DKFHZH = a.DKFHZH
UNION ALL
SELECT
  a.delivered_on AS reported_on,
  a.DKFHZH AS account_number,
  a.BZ AS currency,
  'none' AS cash_form,
  'loan' AS account_kind,
  coalesce(a.KHTYBH, 'none') AS customer_number,
  a.NBJGH AS organisation_code,
  coalesce(r.XDYWZL, 'unknown') AS product_code,
  CAST(NULL AS VARCHAR) AS product_group,
  a.MXKMBH AS subject_code,
  CAST(a.SJLL * 0.01 AS DECIMAL(12,6)) AS interest_rate,
  a.DKYE AS balance,
  a.KHRQ AS opened_on,
  a.XHRQ AS closed_on,
  a.ZHZT AS account_status,
  CAST(NULL AS DATE) AS last_active_on,
  a.source_file_id,
  a.source_line
FROM east5_dgxdfhz AS a
LEFT JOIN (
  SELECT delivered_on, XDJJH, DKFHZH, XDYWZL
  FROM east5_dgxdywjjb
  QUALIFY row_number() OVER (PARTITION BY delivered_on, DKFHZH ORDER BY XDJJH) = 1
) AS r ON r.delivered_on = a.delivered_on AND r.DKFHZH = a.DKFHZH

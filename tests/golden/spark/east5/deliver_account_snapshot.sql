SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.reported_on AS DATE) AS reported_on,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.cash_form AS STRING) AS cash_form,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.interest_rate AS DECIMAL(12, 6)) AS interest_rate,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance,
  CAST(q.opened_on AS DATE) AS opened_on,
  CAST(q.closed_on AS DATE) AS closed_on,
  CAST(q.account_status AS STRING) AS account_status,
  CAST(q.last_active_on AS DATE) AS last_active_on,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    m.reported_on,
    m.account_number,
    m.currency,
    m.cash_form,
    m.account_kind,
    m.customer_number,
    m.organisation_code,
    m.product_code,
    m.product_group,
    m.subject_code,
    m.interest_rate,
    m.balance,
    m.opened_on,
    m.closed_on,
    m.account_status,
    m.last_active_on,
    m.source_file_id,
    m.source_line
  FROM (
    SELECT
      delivered_on AS reported_on,
      GRCKZH AS account_number,
      BZ AS currency,
      COALESCE(CHLB, 'none') AS cash_form,
      'deposit' AS account_kind,
      COALESCE(KHTYBH, 'none') AS customer_number,
      NBJGH AS organisation_code,
      COALESCE(GRCKZHLX, 'unknown') AS product_code,
      CASE WHEN BZJZHBZ = '是' THEN 'guarantee_deposit' END AS product_group,
      MXKMBH AS subject_code,
      CAST(LL * 0.01 AS DECIMAL(12, 6)) AS interest_rate,
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
      COALESCE(CHLB, 'none') AS cash_form,
      'deposit' AS account_kind,
      COALESCE(KHTYBH, 'none') AS customer_number,
      NBJGH AS organisation_code,
      COALESCE(DGCKZHLX, 'unknown') AS product_code,
      CASE WHEN BZJZHBZ = '是' THEN 'guarantee_deposit' END AS product_group,
      MXKMBH AS subject_code,
      CAST(LL * 0.01 AS DECIMAL(12, 6)) AS interest_rate,
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
      COALESCE(a.KHTYBH, 'none') AS customer_number,
      a.NBJGH AS organisation_code,
      COALESCE(r.XDYWZL, 'unknown') AS product_code,
      CAST(NULL AS STRING) AS product_group,
      a.MXKMBH AS subject_code,
      CAST(a.DKLL * 0.01 AS DECIMAL(12, 6)) AS interest_rate,
      a.DKYE AS balance,
      a.KHRQ AS opened_on,
      a.XHRQ AS closed_on,
      a.ZHZT AS account_status,
      CAST(NULL AS DATE) AS last_active_on,
      a.source_file_id,
      a.source_line
    FROM east5_grxdfhz AS a
    LEFT JOIN (
      SELECT
        delivered_on,
        XDJJH,
        DKFHZH,
        XDYWZL
      FROM (
        SELECT
          delivered_on,
          XDJJH,
          DKFHZH,
          XDYWZL,
          ROW_NUMBER() OVER (PARTITION BY delivered_on, DKFHZH ORDER BY XDJJH NULLS LAST) AS _w
        FROM east5_grxdywjjb
      ) AS _t
      WHERE
        _w = 1
    ) AS r
      ON r.delivered_on = a.delivered_on AND r.DKFHZH = a.DKFHZH
    UNION ALL
    SELECT
      a.delivered_on AS reported_on,
      a.DKFHZH AS account_number,
      a.BZ AS currency,
      'none' AS cash_form,
      'loan' AS account_kind,
      COALESCE(a.KHTYBH, 'none') AS customer_number,
      a.NBJGH AS organisation_code,
      COALESCE(r.XDYWZL, 'unknown') AS product_code,
      CAST(NULL AS STRING) AS product_group,
      a.MXKMBH AS subject_code,
      CAST(a.SJLL * 0.01 AS DECIMAL(12, 6)) AS interest_rate,
      a.DKYE AS balance,
      a.KHRQ AS opened_on,
      a.XHRQ AS closed_on,
      a.ZHZT AS account_status,
      CAST(NULL AS DATE) AS last_active_on,
      a.source_file_id,
      a.source_line
    FROM east5_dgxdfhz AS a
    LEFT JOIN (
      SELECT
        delivered_on,
        XDJJH,
        DKFHZH,
        XDYWZL
      FROM (
        SELECT
          delivered_on,
          XDJJH,
          DKFHZH,
          XDYWZL,
          ROW_NUMBER() OVER (PARTITION BY delivered_on, DKFHZH ORDER BY XDJJH NULLS LAST) AS _w
        FROM east5_dgxdywjjb
      ) AS _t
      WHERE
        _w = 1
    ) AS r
      ON r.delivered_on = a.delivered_on AND r.DKFHZH = a.DKFHZH
  ) AS m
) AS q

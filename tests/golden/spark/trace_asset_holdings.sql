WITH agency AS (
  SELECT
    'agency' AS origin_kind,
    h.source_file_id,
    h.source_line,
    h.reported_on,
    h.customer_number,
    'number' AS identity_grade,
    h.product_code,
    h.currency,
    h.market_amount
  FROM agency_holding_snapshot AS h
), wealth_by_number AS (
  SELECT
    COUNT(*) AS row_count
  FROM agency AS a
  INNER JOIN product AS p
    ON p.product_code = a.product_code AND p.product_line = 'wealth'
), wealth AS (
  SELECT
    'wealth' AS origin_kind,
    h.source_file_id,
    h.source_line,
    h.reported_on,
    CASE WHEN m.candidate_count = 1 THEN m.customer_number END AS customer_number,
    CASE WHEN m.candidate_count = 1 THEN m.identity_grade ELSE 'unresolved' END AS identity_grade,
    h.product_code,
    h.currency,
    h.market_amount
  FROM wealth_holding_snapshot AS h
  CROSS JOIN wealth_by_number AS n
  LEFT JOIN certificate_match AS m
    ON m.certificate_type = h.certificate_type
    AND m.certificate_number = h.certificate_number
  WHERE
    n.row_count = 0
), every AS (
  SELECT
    origin_kind,
    source_file_id,
    source_line,
    reported_on,
    customer_number,
    identity_grade,
    product_code,
    currency,
    market_amount
  FROM agency
  UNION ALL
  SELECT
    origin_kind,
    source_file_id,
    source_line,
    reported_on,
    customer_number,
    identity_grade,
    product_code,
    currency,
    market_amount
  FROM wealth
), feeds AS (
  SELECT DISTINCT
    source_code,
    feed_code
  FROM delivery
  WHERE
    source_file_id IN (
      SELECT
        source_file_id
      FROM every
    )
), feed_days AS (
  SELECT
    source_code,
    feed_code,
    business_date,
    LEAD(business_date) OVER (PARTITION BY source_code, feed_code ORDER BY business_date NULLS LAST) AS next_on
  FROM (
    SELECT DISTINCT
      d.source_code,
      d.feed_code,
      d.business_date
    FROM delivery AS d
    INNER JOIN feeds AS f
      ON f.source_code = d.source_code AND f.feed_code = d.feed_code
  ) AS days
), held AS (
  SELECT
    e.origin_kind,
    CONCAT(COALESCE(e.source_file_id, ''), '/', COALESCE(CAST(e.source_line AS STRING), '')) AS holding_number,
    COALESCE(e.customer_number, 'none') AS customer_number,
    e.identity_grade,
    e.product_code,
    COALESCE(p.product_group, 'unmapped') AS product_group,
    COALESCE(p.product_line, 'unmapped') AS product_line,
    e.currency,
    e.reported_on AS valid_from,
    f.next_on AS valid_until,
    e.market_amount
  FROM every AS e
  INNER JOIN delivery AS d
    ON d.source_file_id = e.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code
    AND f.feed_code = d.feed_code
    AND f.business_date = e.reported_on
  LEFT JOIN product AS p
    ON p.product_code = e.product_code
  WHERE
    e.market_amount <> 0
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.origin_kind AS STRING) AS origin_kind,
  CAST(q.holding_number AS STRING) AS holding_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.identity_grade AS STRING) AS identity_grade,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.market_amount AS DECIMAL(18, 2)) AS market_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    h.origin_kind,
    h.holding_number,
    h.customer_number,
    h.identity_grade,
    h.product_code,
    h.product_group,
    h.product_line,
    h.currency,
    CASE WHEN r.valid_from > h.valid_from THEN r.valid_from ELSE h.valid_from END AS valid_from,
    CASE
      WHEN h.valid_until IS NULL OR r.valid_until < h.valid_until
      THEN r.valid_until
      ELSE h.valid_until
    END AS valid_until,
    CASE
      WHEN r.currency IS NULL
      THEN h.market_amount
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(h.market_amount AS DECIMAL(20, 2)) * r.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(h.market_amount AS DECIMAL(20, 2)) * r.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS market_amount
  FROM held AS h
  LEFT JOIN local_rate AS r
    ON r.currency = h.currency
    AND (
      h.valid_until IS NULL OR r.valid_from < h.valid_until
    )
    AND (
      r.valid_until IS NULL OR r.valid_until > h.valid_from
    )
) AS q

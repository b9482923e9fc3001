WITH from_accounts AS (
  SELECT
    product_code,
    CASE
      WHEN COUNT(*) = COUNT(product_group) AND MIN(product_group) = MAX(product_group)
      THEN MIN(product_group)
    END AS source_group
  FROM account_snapshot
  GROUP BY
    product_code
), mentioned AS (
  SELECT
    product_code,
    'account' AS origin,
    CAST(NULL AS STRING) AS product_name,
    CAST(NULL AS STRING) AS agency_type
  FROM from_accounts
  UNION ALL
  SELECT
    product_code,
    'account' AS origin,
    CAST(NULL AS STRING) AS product_name,
    CAST(NULL AS STRING) AS agency_type
  FROM loan_snapshot
  GROUP BY
    product_code
  UNION ALL
  SELECT
    product_code,
    'agency' AS origin,
    CAST(NULL AS STRING) AS product_name,
    MIN(agency_type) AS agency_type
  FROM agency_sale
  GROUP BY
    product_code
  UNION ALL
  SELECT
    product_code,
    'wealth' AS origin,
    MIN(product_name) AS product_name,
    CAST(NULL AS STRING) AS agency_type
  FROM wealth_sale
  GROUP BY
    product_code
  UNION ALL
  SELECT
    product_code,
    'wealth' AS origin,
    MIN(product_name) AS product_name,
    CAST(NULL AS STRING) AS agency_type
  FROM wealth_holding_snapshot
  GROUP BY
    product_code
), master AS (
  SELECT
    product_code,
    product_name,
    product_category
  FROM (
    SELECT
      product_code,
      product_name,
      product_category,
      ROW_NUMBER() OVER (
        PARTITION BY product_code
        ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
      ) AS _w
    FROM product_master_snapshot
  ) AS _t
  WHERE
    _w = 1
), used AS (
  SELECT
    product_code,
    MIN(origin) AS origin,
    MIN(product_name) AS product_name,
    MIN(agency_type) AS agency_type
  FROM mentioned
  GROUP BY
    product_code
), known AS (
  SELECT
    COALESCE(u.product_code, m.product_code) AS product_code,
    NOT u.product_code IS NULL AS is_used,
    u.origin,
    COALESCE(m.product_name, u.product_name) AS product_name,
    m.product_category AS master_category,
    CONCAT(
      COALESCE(COALESCE(u.product_code, m.product_code), ''),
      ' ',
      COALESCE(COALESCE(u.product_name, ''), ''),
      ' ',
      COALESCE(COALESCE(m.product_name, ''), ''),
      ' ',
      COALESCE(COALESCE(u.agency_type, ''), '')
    ) AS described
  FROM used AS u
  FULL JOIN master AS m
    ON m.product_code = u.product_code
), worded AS (
  SELECT
    product_code,
    product_category
  FROM (
    SELECT
      k.product_code,
      w.product_category,
      ROW_NUMBER() OVER (
        PARTITION BY k.product_code
        ORDER BY w.is_whole DESC, LENGTH(w.product_word) DESC, w.product_word NULLS LAST
      ) AS _w
    FROM known AS k
    INNER JOIN product_word AS w
      ON (
        w.is_whole AND w.product_word = k.product_code
      )
      OR (
        NOT w.is_whole AND CONTAINS(k.described, w.product_word)
      )
  ) AS _t
  WHERE
    _w = 1
), categories AS (
  SELECT
    level_code,
    parent_code
  FROM product_level
  WHERE
    level_kind = 'category'
), judged AS (
  SELECT
    k.product_code,
    k.product_name,
    k.is_used,
    CASE
      WHEN NOT m.level_code IS NULL
      THEN 'master'
      WHEN NOT w.product_category IS NULL
      THEN 'word'
      WHEN NOT s.level_code IS NULL
      THEN 'source'
      WHEN k.origin IN ('agency', 'wealth')
      THEN 'feed'
      ELSE 'none'
    END AS mapped_by,
    COALESCE(
      m.level_code,
      w.product_category,
      s.level_code,
      CASE k.origin
        WHEN 'agency'
        THEN 'agency_other'
        WHEN 'wealth'
        THEN 'wealth_product'
      END,
      'unmapped'
    ) AS product_category
  FROM known AS k
  LEFT JOIN categories AS m
    ON m.level_code = k.master_category
  LEFT JOIN worded AS w
    ON w.product_code = k.product_code
  LEFT JOIN from_accounts AS a
    ON a.product_code = k.product_code
  LEFT JOIN categories AS s
    ON s.level_code = a.source_group
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_name AS STRING) AS product_name,
  CAST(q.product_category AS STRING) AS product_category,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.mapped_by AS STRING) AS mapped_by,
  CAST(q.is_used AS BOOLEAN) AS is_used
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    j.product_code,
    j.product_name,
    j.product_category,
    c.parent_code AS product_group,
    g.parent_code AS product_line,
    j.mapped_by,
    j.is_used
  FROM judged AS j
  INNER JOIN categories AS c
    ON c.level_code = j.product_category
  INNER JOIN product_level AS g
    ON g.level_kind = 'group' AND g.level_code = c.parent_code
) AS q

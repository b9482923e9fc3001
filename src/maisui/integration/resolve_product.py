"""Which category, group and line each product belongs to; a code that nobody maps is a line of its own, never dropped."""

from maisui.steps.step import Step
from maisui.tables.product import PRODUCT

RESOLVE_PRODUCT = Step(
    name="resolve_product",
    writes=PRODUCT,
    reads=(
        "account_snapshot",
        "loan_snapshot",
        "agency_sale",
        "wealth_sale",
        "wealth_holding_snapshot",
        "product_master_snapshot",
        "product_word",
        "product_level",
    ),
    query="""
WITH from_accounts AS (
  SELECT
    product_code,
    CASE WHEN count(*) = count(product_group) AND min(product_group) = max(product_group) THEN min(product_group) END AS source_group
  FROM account_snapshot
  GROUP BY product_code
),
mentioned AS (
  SELECT product_code, 'account' AS origin, CAST(NULL AS VARCHAR) AS product_name, CAST(NULL AS VARCHAR) AS agency_type
  FROM from_accounts
  UNION ALL
  SELECT product_code, 'account' AS origin, CAST(NULL AS VARCHAR) AS product_name, CAST(NULL AS VARCHAR) AS agency_type
  FROM loan_snapshot
  GROUP BY product_code
  UNION ALL
  SELECT product_code, 'agency' AS origin, CAST(NULL AS VARCHAR) AS product_name, min(agency_type) AS agency_type
  FROM agency_sale
  GROUP BY product_code
  UNION ALL
  SELECT product_code, 'wealth' AS origin, min(product_name) AS product_name, CAST(NULL AS VARCHAR) AS agency_type
  FROM wealth_sale
  GROUP BY product_code
  UNION ALL
  SELECT product_code, 'wealth' AS origin, min(product_name) AS product_name, CAST(NULL AS VARCHAR) AS agency_type
  FROM wealth_holding_snapshot
  GROUP BY product_code
),
master AS (
  SELECT product_code, product_name, product_category
  FROM product_master_snapshot
  QUALIFY row_number() OVER (PARTITION BY product_code ORDER BY reported_on DESC, source_file_id DESC, source_line DESC) = 1
),
used AS (
  SELECT product_code, min(origin) AS origin, min(product_name) AS product_name, min(agency_type) AS agency_type
  FROM mentioned
  GROUP BY product_code
),
known AS (
  SELECT
    coalesce(u.product_code, m.product_code) AS product_code,
    u.product_code IS NOT NULL AS is_used,
    u.origin,
    coalesce(m.product_name, u.product_name) AS product_name,
    m.product_category AS master_category,
    concat(
      coalesce(u.product_code, m.product_code), ' ', coalesce(u.product_name, ''), ' ', coalesce(m.product_name, ''), ' ',
      coalesce(u.agency_type, '')
    ) AS described
  FROM used AS u
  FULL JOIN master AS m ON m.product_code = u.product_code
),
worded AS (
  SELECT k.product_code, w.product_category
  FROM known AS k
  INNER JOIN product_word AS w
    ON (w.is_whole AND w.product_word = k.product_code) OR (NOT w.is_whole AND contains(k.described, w.product_word))
  QUALIFY row_number() OVER (
    PARTITION BY k.product_code ORDER BY w.is_whole DESC, length(w.product_word) DESC, w.product_word
  ) = 1
),
categories AS (
  SELECT level_code, parent_code FROM product_level WHERE level_kind = 'category'
),
judged AS (
  SELECT
    k.product_code, k.product_name, k.is_used,
    CASE
      WHEN m.level_code IS NOT NULL THEN 'master'
      WHEN w.product_category IS NOT NULL THEN 'word'
      WHEN s.level_code IS NOT NULL THEN 'source'
      WHEN k.origin IN ('agency', 'wealth') THEN 'feed'
      ELSE 'none'
    END AS mapped_by,
    coalesce(
      m.level_code, w.product_category, s.level_code,
      CASE k.origin WHEN 'agency' THEN 'agency_other' WHEN 'wealth' THEN 'wealth_product' END,
      'unmapped'
    ) AS product_category
  FROM known AS k
  LEFT JOIN categories AS m ON m.level_code = k.master_category
  LEFT JOIN worded AS w ON w.product_code = k.product_code
  LEFT JOIN from_accounts AS a ON a.product_code = k.product_code
  LEFT JOIN categories AS s ON s.level_code = a.source_group
)
SELECT
  $legal_entity_code AS legal_entity_code,
  j.product_code,
  j.product_name,
  j.product_category,
  c.parent_code AS product_group,
  g.parent_code AS product_line,
  j.mapped_by,
  j.is_used
FROM judged AS j
INNER JOIN categories AS c ON c.level_code = j.product_category
INNER JOIN product_level AS g ON g.level_kind = 'group' AND g.level_code = c.parent_code
""",
    covers="""
SELECT DISTINCT product_code FROM account_snapshot
UNION
SELECT DISTINCT product_code FROM loan_snapshot
""",
)

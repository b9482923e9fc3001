WITH limits AS (
  SELECT
    CAST(p.number_value AS BIGINT) AS from_age
  FROM parameter AS p
  WHERE
    p.parameter_code LIKE 'product_band.age.%'
    AND p.valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      p.valid_until IS NULL OR p.valid_until > CAST('2026-10-31' AS DATE)
    )
), aged AS (
  SELECT
    s.customer_number,
    s.organisation_code,
    s.customer_kind,
    s.tier_code,
    s.product_group_count,
    c.sex,
    c.is_farmer,
    CAST((
      YEAR(CAST('2026-10-31' AS DATE)) - YEAR(c.born_on)
    ) - CASE
      WHEN MONTH(CAST('2026-10-31' AS DATE)) * 100 + DAY(CAST('2026-10-31' AS DATE)) < MONTH(c.born_on) * 100 + DAY(c.born_on)
      THEN 1
      ELSE 0
    END AS BIGINT) AS age
  FROM customer_standing AS s
  LEFT JOIN customer AS c
    ON c.customer_number = s.customer_number
  WHERE
    s.business_date = CAST('2026-10-31' AS DATE)
), banded AS (
  SELECT
    a.customer_number,
    MAX(l.from_age) AS from_age
  FROM aged AS a
  INNER JOIN limits AS l
    ON l.from_age <= a.age
  GROUP BY
    a.customer_number
), persons AS (
  SELECT
    a.customer_number,
    a.organisation_code,
    a.customer_kind,
    a.tier_code,
    a.product_group_count,
    a.sex,
    a.is_farmer,
    CASE WHEN NOT a.age IS NULL THEN COALESCE(CAST(b.from_age AS STRING), '0') END AS age_code
  FROM aged AS a
  LEFT JOIN banded AS b
    ON b.customer_number = a.customer_number
), told AS (
  SELECT
    p.customer_number,
    p.organisation_code,
    p.customer_kind,
    'tier' AS trait_kind,
    COALESCE(p.tier_code, 'unknown') AS trait_code
  FROM persons AS p
  UNION ALL
  SELECT
    p.customer_number,
    p.organisation_code,
    p.customer_kind,
    'age' AS trait_kind,
    COALESCE(p.age_code, 'unknown') AS trait_code
  FROM persons AS p
  UNION ALL
  SELECT
    p.customer_number,
    p.organisation_code,
    p.customer_kind,
    'sex' AS trait_kind,
    COALESCE(p.sex, 'unknown') AS trait_code
  FROM persons AS p
  UNION ALL
  SELECT
    p.customer_number,
    p.organisation_code,
    p.customer_kind,
    'farmer' AS trait_kind,
    COALESCE(CASE p.is_farmer WHEN TRUE THEN 'yes' WHEN FALSE THEN 'no' END, 'unknown') AS trait_code
  FROM persons AS p
  UNION ALL
  SELECT
    p.customer_number,
    p.organisation_code,
    p.customer_kind,
    'groups' AS trait_kind,
    COALESCE(CAST(LEAST(p.product_group_count, 5) AS STRING), 'unknown') AS trait_code
  FROM persons AS p
), held AS (
  SELECT
    customer_number,
    product_group
  FROM customer_product_month
  WHERE
    business_date = CAST('2026-10-31' AS DATE)
  UNION ALL
  SELECT
    customer_number,
    'all' AS product_group
  FROM persons
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.trait_kind AS STRING) AS trait_kind,
  CAST(q.trait_code AS STRING) AS trait_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.customer_count AS BIGINT) AS customer_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    t.organisation_code,
    t.customer_kind,
    h.product_group,
    t.trait_kind,
    t.trait_code,
    CAST('2026-10-31' AS DATE) AS business_date,
    CAST(COUNT(*) AS BIGINT) AS customer_count
  FROM told AS t
  INNER JOIN held AS h
    ON h.customer_number = t.customer_number
  GROUP BY
    t.organisation_code,
    t.customer_kind,
    h.product_group,
    t.trait_kind,
    t.trait_code
) AS q

WITH days AS (
  SELECT
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), tiers AS (
  SELECT
    d.business_date,
    SUBSTRING(p.parameter_code, 6) AS tier_code,
    CAST(p.number_value * 10000 AS DECIMAL(18, 2)) AS from_amount,
    ROW_NUMBER() OVER (
      PARTITION BY d.business_date
      ORDER BY p.number_value NULLS LAST, p.parameter_code NULLS LAST
    ) AS tier_rank
  FROM days AS d
  INNER JOIN parameter AS p
    ON p.valid_from <= d.business_date
    AND (
      p.valid_until IS NULL OR p.valid_until > d.business_date
    )
  WHERE
    p.parameter_code LIKE 'tier.%'
), periods AS (
  SELECT
    business_date,
    CAST(DATE_TRUNC('MONTH', business_date) AS DATE) AS period_start
  FROM days
  UNION
  SELECT
    business_date,
    CAST(DATE_TRUNC('QUARTER', business_date) AS DATE) AS period_start
  FROM days
  UNION
  SELECT
    business_date,
    CAST(DATE_TRUNC('YEAR', business_date) AS DATE) AS period_start
  FROM days
), opening AS (
  SELECT
    p.business_date,
    p.period_start,
    COALESCE(m.surviving_number, s.customer_number) AS customer_number,
    s.organisation_code,
    s.customer_kind,
    s.tier_code,
    COALESCE(t.tier_rank, s.tier_rank) AS tier_rank
  FROM periods AS p
  INNER JOIN customer_standing AS s
    ON s.business_date = CAST(p.period_start - 1 AS DATE)
  LEFT JOIN tiers AS t
    ON t.business_date = p.business_date AND t.tier_code = s.tier_code
  LEFT JOIN customer_merge AS m
    ON m.customer_number = s.customer_number
    AND m.valid_from <= p.business_date
    AND (
      m.valid_until IS NULL OR m.valid_until > p.business_date
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.tier_code AS STRING) AS tier_code,
  CAST(q.closing_tier_code AS STRING) AS closing_tier_code,
  CAST(q.period_start AS DATE) AS period_start,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.is_retained AS BOOLEAN) AS is_retained,
  CAST(q.is_upgraded AS BOOLEAN) AS is_upgraded,
  CAST(q.is_downgraded AS BOOLEAN) AS is_downgraded,
  CAST(q.customer_count AS BIGINT) AS customer_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    COALESCE(c.organisation_code, o.organisation_code) AS organisation_code,
    o.customer_kind,
    o.tier_code,
    COALESCE(c.tier_code, 'gone') AS closing_tier_code,
    o.period_start,
    o.business_date,
    NOT c.customer_number IS NULL AS is_retained,
    COALESCE(c.tier_rank > o.tier_rank, FALSE) AS is_upgraded,
    COALESCE(c.tier_rank < o.tier_rank, FALSE) AS is_downgraded,
    COUNT(*) AS customer_count
  FROM opening AS o
  LEFT JOIN customer_standing AS c
    ON c.customer_number = o.customer_number AND c.business_date = o.business_date
  GROUP BY
    COALESCE(c.organisation_code, o.organisation_code),
    o.customer_kind,
    o.tier_code,
    COALESCE(c.tier_code, 'gone'),
    o.period_start,
    o.business_date,
    NOT c.customer_number IS NULL,
    COALESCE(c.tier_rank > o.tier_rank, FALSE),
    COALESCE(c.tier_rank < o.tier_rank, FALSE)
) AS q

WITH terms AS (
  SELECT
    account_number,
    currency,
    COALESCE(value_on, first_reported_on) AS runs_from,
    matures_on,
    term_month_count
  FROM deposit_term
  UNION ALL
  SELECT
    account_number,
    currency,
    disbursed_on AS runs_from,
    matures_on,
    CAST((
      YEAR(matures_on) * 12 + MONTH(matures_on)
    ) - (
      YEAR(disbursed_on) * 12 + MONTH(disbursed_on)
    ) AS BIGINT) AS term_month_count
  FROM loan
), last_term AS (
  SELECT
    account_number,
    currency,
    matures_on,
    term_month_count
  FROM (
    SELECT
      account_number,
      currency,
      matures_on,
      term_month_count,
      ROW_NUMBER() OVER (
        PARTITION BY account_number, currency
        ORDER BY runs_from DESC, matures_on DESC, COALESCE(term_month_count, 0) DESC
      ) AS _w
    FROM terms
    WHERE
      runs_from <= CAST('2026-10-31' AS DATE)
      AND NOT matures_on IS NULL
      AND NOT account_number IS NULL
  ) AS _t
  WHERE
    _w = 1
), held_accounts AS (
  SELECT
    a.account_number,
    a.currency,
    a.organisation_code,
    a.product_code,
    a.product_group,
    a.product_line,
    a.customer_kind,
    COALESCE(b.balance, CAST(0 AS DECIMAL(18, 2))) AS balance,
    r.interest_rate,
    t.term_month_count,
    DATEDIFF(DAY, CAST('2026-10-31' AS DATE), t.matures_on) AS days_left,
    a.opened_on <= CAST('2026-10-31' AS DATE)
    AND (
      a.closed_on IS NULL OR a.closed_on > CAST('2026-10-31' AS DATE)
    ) AS is_open
  FROM account AS a
  LEFT JOIN account_balance AS b
    ON b.account_number = a.account_number
    AND b.currency = a.currency
    AND b.valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      b.valid_until IS NULL OR b.valid_until > CAST('2026-10-31' AS DATE)
    )
  LEFT JOIN account_rate_period AS r
    ON r.account_number = a.account_number
    AND r.currency = a.currency
    AND r.valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      r.valid_until IS NULL OR r.valid_until > CAST('2026-10-31' AS DATE)
    )
  LEFT JOIN last_term AS t
    ON t.account_number = a.account_number AND t.currency = a.currency
  WHERE
    b.balance <> 0
    OR (
      a.opened_on <= CAST('2026-10-31' AS DATE)
      AND (
        a.closed_on IS NULL OR a.closed_on > CAST('2026-10-31' AS DATE)
      )
    )
), limits AS (
  SELECT
    CASE
      WHEN p.parameter_code LIKE 'product_band.term.%'
      THEN 'term'
      WHEN p.parameter_code LIKE 'product_band.rate.%'
      THEN 'rate'
      WHEN p.parameter_code LIKE 'product_band.amount.%'
      THEN 'amount'
      WHEN p.parameter_code LIKE 'product_band.maturity.%'
      THEN 'maturity'
    END AS section_kind,
    p.number_value AS lower_limit_number
  FROM parameter AS p
  WHERE
    p.parameter_code LIKE 'product_band.%'
    AND p.valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      p.valid_until IS NULL OR p.valid_until > CAST('2026-10-31' AS DATE)
    )
), numbered AS (
  SELECT
    section_kind,
    lower_limit_number,
    LEAD(lower_limit_number) OVER (PARTITION BY section_kind ORDER BY lower_limit_number NULLS LAST) AS upper_limit_number,
    ROW_NUMBER() OVER (PARTITION BY section_kind ORDER BY lower_limit_number NULLS LAST) AS band_number
  FROM limits
  WHERE
    NOT section_kind IS NULL
), bands AS (
  SELECT
    section_kind,
    CAST(lower_limit_number AS DECIMAL(12, 6)) AS lower_limit_number,
    CAST(upper_limit_number AS DECIMAL(12, 6)) AS upper_limit_number,
    CAST(band_number AS BIGINT) AS band_number
  FROM numbered
  UNION ALL
  SELECT
    section_kind,
    CAST(NULL AS DECIMAL(12, 6)) AS lower_limit_number,
    CAST(MIN(lower_limit_number) AS DECIMAL(12, 6)) AS upper_limit_number,
    CAST(0 AS BIGINT) AS band_number
  FROM numbered
  GROUP BY
    section_kind
), measured AS (
  SELECT
    o.account_number,
    o.currency,
    'term' AS section_kind,
    CAST(o.term_month_count AS DECIMAL(24, 6)) AS number_value
  FROM held_accounts AS o
  UNION ALL
  SELECT
    o.account_number,
    o.currency,
    'rate' AS section_kind,
    CAST(o.interest_rate AS DECIMAL(24, 6)) AS number_value
  FROM held_accounts AS o
  UNION ALL
  SELECT
    o.account_number,
    o.currency,
    'amount' AS section_kind,
    CAST(o.balance AS DECIMAL(24, 6)) AS number_value
  FROM held_accounts AS o
  UNION ALL
  SELECT
    o.account_number,
    o.currency,
    'maturity' AS section_kind,
    CAST(o.days_left AS DECIMAL(24, 6)) AS number_value
  FROM held_accounts AS o
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.section_kind AS STRING) AS section_kind,
  CAST(q.band_number AS BIGINT) AS band_number,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.lower_limit_number AS DECIMAL(12, 6)) AS lower_limit_number,
  CAST(q.upper_limit_number AS DECIMAL(12, 6)) AS upper_limit_number,
  CAST(q.account_count AS BIGINT) AS account_count,
  CAST(q.balance AS DECIMAL(38, 2)) AS balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    o.organisation_code,
    o.product_code,
    o.product_group,
    MIN(o.product_line) AS product_line,
    o.customer_kind,
    o.currency,
    m.section_kind,
    COALESCE(n.band_number, CAST(-1 AS BIGINT)) AS band_number,
    CAST('2026-10-31' AS DATE) AS business_date,
    MAX(n.lower_limit_number) AS lower_limit_number,
    MAX(n.upper_limit_number) AS upper_limit_number,
    CAST(COUNT(*) FILTER(WHERE
      o.is_open) AS BIGINT) AS account_count,
    CAST(SUM(o.balance) AS DECIMAL(38, 2)) AS balance
  FROM measured AS m
  INNER JOIN held_accounts AS o
    ON o.account_number = m.account_number AND o.currency = m.currency
  LEFT JOIN bands AS n
    ON n.section_kind = m.section_kind
    AND (
      n.lower_limit_number IS NULL
      OR m.number_value >= CAST(n.lower_limit_number * CAST(CASE m.section_kind WHEN 'amount' THEN 10000 ELSE 1 END AS DECIMAL(6, 0)) AS DECIMAL(24, 6))
    )
    AND (
      n.upper_limit_number IS NULL
      OR m.number_value < CAST(n.upper_limit_number * CAST(CASE m.section_kind WHEN 'amount' THEN 10000 ELSE 1 END AS DECIMAL(6, 0)) AS DECIMAL(24, 6))
    )
    AND NOT m.number_value IS NULL
  GROUP BY
    o.organisation_code,
    o.product_code,
    o.product_group,
    o.customer_kind,
    o.currency,
    m.section_kind,
    COALESCE(n.band_number, CAST(-1 AS BIGINT))
) AS q

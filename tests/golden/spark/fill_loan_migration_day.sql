WITH days AS (
  SELECT
    business_date,
    MAKE_DATE(CAST(YEAR(business_date) - 1 AS INT), 12, 31) AS opening_on
  FROM (
    SELECT
      MAX(business_date) AS business_date
    FROM calendar_day
    GROUP BY
      month_start
  ) AS ends
), opening AS (
  SELECT
    s.loan_number,
    o.opening_on,
    s.loan_class AS opening_class,
    s.balance AS opening_balance
  FROM (
    SELECT DISTINCT
      opening_on
    FROM days
  ) AS o
  INNER JOIN loan_state AS s
    ON s.valid_from <= o.opening_on
    AND (
      s.valid_until IS NULL OR s.valid_until > o.opening_on
    )
  WHERE
    s.balance > 0 AND NOT s.loan_status IN ('written_off', 'transferred')
), closing AS (
  SELECT
    t.business_date,
    t.opening_on,
    s.loan_number,
    s.loan_class,
    s.loan_status,
    s.balance
  FROM days AS t
  INNER JOIN loan_state AS s
    ON s.valid_from <= t.business_date
    AND (
      s.valid_until IS NULL OR s.valid_until > t.business_date
    )
), moved AS (
  SELECT
    o.loan_number,
    t.business_date,
    o.opening_class,
    o.opening_balance,
    CASE
      WHEN c.loan_status IN ('written_off', 'transferred')
      THEN c.loan_status
      WHEN c.loan_number IS NULL OR c.balance = 0
      THEN COALESCE(NULLIF(l.loan_status, 'current'), 'settled')
      ELSE c.loan_class
    END AS closing_word,
    CASE
      WHEN c.loan_number IS NULL OR c.loan_status IN ('written_off', 'transferred')
      THEN CAST(0 AS DECIMAL(18, 2))
      ELSE LEAST(o.opening_balance, c.balance)
    END AS remaining_balance
  FROM opening AS o
  INNER JOIN days AS t
    ON t.opening_on = o.opening_on
  INNER JOIN loan AS l
    ON l.loan_number = o.loan_number
  LEFT JOIN closing AS c
    ON c.loan_number = o.loan_number AND c.business_date = t.business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.opening_class AS STRING) AS opening_class,
  CAST(q.closing_class AS STRING) AS closing_class,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.opening_balance AS DECIMAL(38, 2)) AS opening_balance,
  CAST(q.remaining_balance AS DECIMAL(38, 2)) AS remaining_balance,
  CAST(q.loan_count AS BIGINT) AS loan_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    COALESCE(p.organisation_code, l.organisation_code) AS organisation_code,
    l.product_code,
    l.customer_kind,
    l.currency,
    m.opening_class,
    CASE
      WHEN m.closing_word IN (
        'written_off',
        'transferred',
        'pass',
        'special_mention',
        'substandard',
        'doubtful',
        'loss',
        'unclassified'
      )
      THEN m.closing_word
      ELSE 'settled'
    END AS closing_class,
    m.business_date,
    CAST(SUM(m.opening_balance) AS DECIMAL(38, 2)) AS opening_balance,
    CAST(SUM(m.remaining_balance) AS DECIMAL(38, 2)) AS remaining_balance,
    COUNT(*) AS loan_count
  FROM moved AS m
  INNER JOIN loan AS l
    ON l.loan_number = m.loan_number
  LEFT JOIN loan_organisation_period AS p
    ON p.loan_number = m.loan_number
    AND m.business_date >= p.valid_from
    AND (
      p.valid_until IS NULL OR m.business_date < p.valid_until
    )
  WHERE
    l.product_code <> '委托贷款'
  GROUP BY
    COALESCE(p.organisation_code, l.organisation_code),
    l.product_code,
    l.customer_kind,
    l.currency,
    m.opening_class,
    CASE
      WHEN m.closing_word IN (
        'written_off',
        'transferred',
        'pass',
        'special_mention',
        'substandard',
        'doubtful',
        'loss',
        'unclassified'
      )
      THEN m.closing_word
      ELSE 'settled'
    END,
    m.business_date
) AS q

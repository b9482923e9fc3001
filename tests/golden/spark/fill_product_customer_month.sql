WITH months AS (
  SELECT
    CAST(YEAR(month_start) * 12 + MONTH(month_start) AS BIGINT) AS month_number,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), days AS (
  SELECT
    month_number,
    business_date,
    LAG(business_date) OVER (ORDER BY business_date NULLS LAST) AS previous_date
  FROM months
), persons AS (
  SELECT
    m.customer_number,
    d.business_date,
    m.surviving_number
  FROM customer_merge AS m
  INNER JOIN days AS d
    ON d.business_date >= m.valid_from
    AND (
      m.valid_until IS NULL OR d.business_date < m.valid_until
    )
), moved AS (
  SELECT DISTINCT
    account_number,
    CAST(YEAR(posted_on) * 12 + MONTH(posted_on) AS BIGINT) AS month_number
  FROM account_transaction
  WHERE
    NOT is_bank_initiated
    AND NOT is_reversal
    AND COALESCE(initiator_code, 'customer') = 'customer'
), used AS (
  SELECT DISTINCT
    u.account_number,
    d.business_date
  FROM moved AS u
  INNER JOIN days AS d
    ON u.month_number <= d.month_number AND u.month_number >= d.month_number - 2
  UNION ALL
  SELECT
    b.account_number,
    d.business_date
  FROM account_balance AS b
  INNER JOIN account AS a
    ON a.account_number = b.account_number
    AND a.currency = b.currency
    AND NOT a.product_group IN ('demand_deposit', 'debit_card')
  INNER JOIN days AS d
    ON b.valid_from <= d.business_date
    AND (
      b.valid_until IS NULL OR b.valid_until > d.business_date
    )
  WHERE
    b.balance > 0
  UNION ALL
  SELECT
    s.account_number,
    d.business_date
  FROM credit_card_state AS s
  INNER JOIN days AS d
    ON s.valid_from <= d.business_date
    AND (
      s.valid_until IS NULL OR s.valid_until > d.business_date
    )
  WHERE
    s.overdraft_balance > 0
), spans AS (
  SELECT
    customer_number,
    product_line,
    product_group,
    product_code,
    account_number,
    opened_on AS valid_from,
    closed_on AS valid_until
  FROM account
  UNION ALL
  SELECT
    customer_number,
    'card' AS product_line,
    CASE card_kind WHEN 'credit' THEN 'credit_card' ELSE 'debit_card' END AS product_group,
    COALESCE(card_name, CASE card_kind WHEN 'credit' THEN 'credit_card' ELSE 'debit_card' END) AS product_code,
    COALESCE(account_number, 'none') AS account_number,
    COALESCE(issued_on, CAST('1900-01-01' AS DATE)) AS valid_from,
    closed_on AS valid_until
  FROM card
  WHERE
    card_kind <> 'passbook' AND NOT customer_number IS NULL
  UNION ALL
  SELECT
    customer_number,
    product_line,
    product_group,
    product_code,
    'held' AS account_number,
    valid_from,
    valid_until
  FROM asset_holding
), held AS (
  SELECT
    COALESCE(p.surviving_number, s.customer_number) AS customer_number,
    d.business_date,
    s.product_line,
    s.product_group,
    s.product_code,
    CAST(MAX(
      CASE
        WHEN s.account_number = 'held' OR NOT u.account_number IS NULL
        THEN 1
        ELSE 0
      END
    ) AS BIGINT) AS is_used
  FROM spans AS s
  INNER JOIN days AS d
    ON s.valid_from <= d.business_date
    AND (
      s.valid_until IS NULL OR s.valid_until > d.business_date
    )
  LEFT JOIN (
    SELECT DISTINCT
      account_number,
      business_date
    FROM used
  ) AS u
    ON u.account_number = s.account_number AND u.business_date = d.business_date
  LEFT JOIN persons AS p
    ON p.customer_number = s.customer_number AND p.business_date = d.business_date
  WHERE
    s.customer_number <> 'none'
  GROUP BY
    COALESCE(p.surviving_number, s.customer_number),
    d.business_date,
    s.product_line,
    s.product_group,
    s.product_code
), levels AS (
  SELECT
    customer_number,
    business_date,
    'line' AS level_kind,
    product_line AS level_code,
    product_line,
    'all' AS product_group,
    CAST(MAX(is_used) AS BIGINT) AS is_used
  FROM held
  GROUP BY
    customer_number,
    business_date,
    product_line
  UNION ALL
  SELECT
    customer_number,
    business_date,
    'group' AS level_kind,
    product_group AS level_code,
    MIN(product_line) AS product_line,
    product_group,
    CAST(MAX(is_used) AS BIGINT) AS is_used
  FROM held
  GROUP BY
    customer_number,
    business_date,
    product_group
  UNION ALL
  SELECT
    customer_number,
    business_date,
    'product' AS level_kind,
    product_code AS level_code,
    MIN(product_line) AS product_line,
    MIN(product_group) AS product_group,
    CAST(MAX(is_used) AS BIGINT) AS is_used
  FROM held
  GROUP BY
    customer_number,
    business_date,
    product_code
), standing AS (
  SELECT
    l.customer_number,
    l.business_date,
    s.organisation_code,
    s.customer_kind,
    l.level_kind,
    l.level_code,
    l.product_line,
    l.product_group,
    CAST(l.is_used AS BIGINT) AS is_used
  FROM levels AS l
  INNER JOIN customer_standing AS s
    ON s.customer_number = l.customer_number AND s.business_date = l.business_date
), before_and_after AS (
  SELECT
    customer_number,
    business_date,
    level_kind,
    level_code,
    organisation_code,
    customer_kind,
    product_line,
    product_group,
    CAST(is_used AS BIGINT) AS is_used,
    1 AS is_held,
    0 AS was_held
  FROM standing
  UNION ALL
  SELECT
    COALESCE(p.surviving_number, s.customer_number) AS customer_number,
    d.business_date,
    s.level_kind,
    s.level_code,
    s.organisation_code,
    s.customer_kind,
    s.product_line,
    s.product_group,
    CAST(0 AS BIGINT) AS is_used,
    0 AS is_held,
    1 AS was_held
  FROM standing AS s
  INNER JOIN days AS d
    ON d.previous_date = s.business_date
  LEFT JOIN persons AS p
    ON p.customer_number = s.customer_number AND p.business_date = d.business_date
), judged AS (
  SELECT
    customer_number,
    business_date,
    level_kind,
    level_code,
    COALESCE(MAX(CASE WHEN is_held = 1 THEN organisation_code END), MAX(organisation_code)) AS organisation_code,
    COALESCE(MAX(CASE WHEN is_held = 1 THEN customer_kind END), MAX(customer_kind)) AS customer_kind,
    MIN(product_line) AS product_line,
    MIN(product_group) AS product_group,
    MAX(is_used) AS is_used,
    MAX(is_held) AS is_held,
    MAX(was_held) AS was_held
  FROM before_and_after
  GROUP BY
    customer_number,
    business_date,
    level_kind,
    level_code
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.level_kind AS STRING) AS level_kind,
  CAST(q.level_code AS STRING) AS level_code,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.holder_count AS BIGINT) AS holder_count,
  CAST(q.active_holder_count AS BIGINT) AS active_holder_count,
  CAST(q.taken_up_count AS BIGINT) AS taken_up_count,
  CAST(q.left_count AS BIGINT) AS left_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    j.organisation_code,
    j.customer_kind,
    j.level_kind,
    j.level_code,
    MIN(j.product_line) AS product_line,
    MIN(j.product_group) AS product_group,
    j.business_date,
    CAST(SUM(j.is_held) AS BIGINT) AS holder_count,
    CAST(SUM(j.is_used) AS BIGINT) AS active_holder_count,
    CASE
      WHEN NOT MIN(d.previous_date) IS NULL
      THEN CAST(SUM(CASE WHEN j.is_held = 1 AND j.was_held = 0 THEN 1 ELSE 0 END) AS BIGINT)
    END AS taken_up_count,
    CASE
      WHEN NOT MIN(d.previous_date) IS NULL
      THEN CAST(SUM(CASE WHEN j.is_held = 0 AND j.was_held = 1 THEN 1 ELSE 0 END) AS BIGINT)
    END AS left_count
  FROM judged AS j
  INNER JOIN days AS d
    ON d.business_date = j.business_date
  GROUP BY
    j.organisation_code,
    j.customer_kind,
    j.level_kind,
    j.level_code,
    j.business_date
) AS q

WITH months AS (
  SELECT
    CAST(YEAR(month_start) * 12 + MONTH(month_start) AS BIGINT) AS month_number,
    MAX(business_date) AS business_date
  FROM calendar_day
  WHERE
    business_date >= CAST(CAST('0001-01-01' AS DATE) - 31 AS DATE)
    AND business_date >= CAST(CAST('0001-01-01' AS DATE) - 31 AS DATE)
    AND business_date < CAST('9999-12-31' AS DATE)
  GROUP BY
    month_start
), days AS (
  SELECT
    month_number,
    business_date,
    LAG(month_number) OVER (ORDER BY month_number NULLS LAST) AS previous_month
  FROM months
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
), products AS (
  SELECT
    product_line,
    product_group,
    product_code,
    ROW_NUMBER() OVER (
      ORDER BY product_line NULLS LAST, product_group NULLS LAST, product_code NULLS LAST
    ) AS product_id
  FROM (
    SELECT DISTINCT
      product_line,
      product_group,
      product_code
    FROM spans
  )
), accounts AS (
  SELECT
    account_number,
    ROW_NUMBER() OVER (ORDER BY account_number NULLS LAST) AS account_id
  FROM (
    SELECT DISTINCT
      account_number
    FROM spans
  )
), people AS (
  SELECT
    customer_number,
    ROW_NUMBER() OVER (ORDER BY customer_number NULLS LAST) AS person_id
  FROM (
    SELECT
      customer_number
    FROM spans
    WHERE
      customer_number <> 'none'
    UNION
    SELECT
      surviving_number AS customer_number
    FROM customer_merge
  )
), places AS (
  SELECT
    organisation_code,
    customer_kind,
    ROW_NUMBER() OVER (ORDER BY organisation_code NULLS LAST, customer_kind NULLS LAST) AS place_id
  FROM (
    SELECT DISTINCT
      organisation_code,
      customer_kind
    FROM customer_standing
  )
), survivors AS (
  SELECT
    o.person_id,
    d.month_number,
    v.person_id AS surviving_id
  FROM customer_merge AS m
  INNER JOIN days AS d
    ON d.business_date >= m.valid_from
    AND (
      m.valid_until IS NULL OR d.business_date < m.valid_until
    )
  INNER JOIN people AS o
    ON o.customer_number = m.customer_number
  INNER JOIN people AS v
    ON v.customer_number = m.surviving_number
), standing AS (
  SELECT
    w.person_id,
    d.month_number,
    MAX(l.place_id) AS place_id
  FROM customer_standing AS s
  INNER JOIN days AS d
    ON d.business_date = s.business_date
  INNER JOIN people AS w
    ON w.customer_number = s.customer_number
  INNER JOIN places AS l
    ON l.organisation_code = s.organisation_code AND l.customer_kind = s.customer_kind
  GROUP BY
    w.person_id,
    d.month_number
), moved AS (
  SELECT DISTINCT
    a.account_id,
    CAST(YEAR(t.posted_on) * 12 + MONTH(t.posted_on) AS BIGINT) AS month_number
  FROM account_transaction AS t
  INNER JOIN accounts AS a
    ON a.account_number = t.account_number
  WHERE
    NOT t.is_bank_initiated
    AND NOT t.is_reversal
    AND COALESCE(t.initiator_code, 'customer') = 'customer'
    AND t.posted_on >= CAST(CAST('0001-01-01' AS DATE) - 92 AS DATE)
    AND t.posted_on >= CAST(CAST('0001-01-01' AS DATE) - 92 AS DATE)
    AND t.posted_on < CAST('9999-12-31' AS DATE)
), used AS (
  SELECT
    u.account_id,
    d.month_number
  FROM moved AS u
  INNER JOIN days AS d
    ON u.month_number <= d.month_number AND u.month_number >= d.month_number - 2
  UNION
  SELECT
    n.account_id,
    d.month_number
  FROM account_balance AS b
  INNER JOIN account AS a
    ON a.account_number = b.account_number
    AND a.currency = b.currency
    AND NOT a.product_group IN ('demand_deposit', 'debit_card')
  INNER JOIN accounts AS n
    ON n.account_number = b.account_number
  INNER JOIN days AS d
    ON b.valid_from <= d.business_date
    AND (
      b.valid_until IS NULL OR b.valid_until > d.business_date
    )
  WHERE
    b.balance > 0
  UNION
  SELECT
    n.account_id,
    d.month_number
  FROM credit_card_state AS s
  INNER JOIN accounts AS n
    ON n.account_number = s.account_number
  INNER JOIN days AS d
    ON s.valid_from <= d.business_date
    AND (
      s.valid_until IS NULL OR s.valid_until > d.business_date
    )
  WHERE
    s.overdraft_balance > 0
), numbered AS (
  SELECT
    w.person_id,
    k.product_id,
    a.account_id,
    s.account_number = 'held' AS is_holding,
    s.valid_from,
    s.valid_until
  FROM spans AS s
  INNER JOIN people AS w
    ON w.customer_number = s.customer_number
  INNER JOIN products AS k
    ON k.product_line = s.product_line
    AND k.product_group = s.product_group
    AND k.product_code = s.product_code
  INNER JOIN accounts AS a
    ON a.account_number = s.account_number
), held AS (
  SELECT
    COALESCE(v.surviving_id, n.person_id) AS person_id,
    d.month_number,
    n.product_id,
    MAX(CASE WHEN n.is_holding OR NOT u.account_id IS NULL THEN 1 ELSE 0 END) AS is_used
  FROM numbered AS n
  INNER JOIN days AS d
    ON n.valid_from <= d.business_date
    AND (
      n.valid_until IS NULL OR n.valid_until > d.business_date
    )
  LEFT JOIN used AS u
    ON u.account_id = n.account_id AND u.month_number = d.month_number
  LEFT JOIN survivors AS v
    ON v.person_id = n.person_id AND v.month_number = d.month_number
  GROUP BY
    COALESCE(v.surviving_id, n.person_id),
    d.month_number,
    n.product_id
), there AS (
  SELECT
    h.person_id,
    h.month_number,
    h.product_id,
    s.place_id,
    CAST(h.is_used AS BIGINT) AS is_used
  FROM held AS h
  INNER JOIN standing AS s
    ON s.person_id = h.person_id AND s.month_number = h.month_number
), before_and_after AS (
  SELECT
    person_id,
    month_number,
    product_id,
    CAST(place_id AS BIGINT) AS place_id,
    CAST(0 AS BIGINT) AS former_place_id,
    CAST(is_used AS BIGINT) AS is_used,
    1 AS is_held,
    0 AS was_held
  FROM there
  UNION ALL
  SELECT
    COALESCE(v.surviving_id, t.person_id) AS person_id,
    d.month_number,
    t.product_id,
    CAST(0 AS BIGINT) AS place_id,
    CAST(t.place_id AS BIGINT) AS former_place_id,
    CAST(0 AS BIGINT) AS is_used,
    0 AS is_held,
    1 AS was_held
  FROM there AS t
  INNER JOIN days AS d
    ON d.previous_month = t.month_number
  LEFT JOIN survivors AS v
    ON v.person_id = t.person_id AND v.month_number = d.month_number
), judged AS (
  SELECT
    person_id,
    month_number,
    product_id,
    MAX(place_id) AS place_id,
    MAX(former_place_id) AS former_place_id,
    MAX(is_used) AS is_used,
    MAX(is_held) AS is_held,
    MAX(was_held) AS was_held
  FROM before_and_after
  GROUP BY
    person_id,
    month_number,
    product_id
), level_codes AS (
  SELECT
    'line' AS level_kind,
    product_line AS level_code,
    product_id
  FROM products
  UNION ALL
  SELECT
    'group' AS level_kind,
    product_group AS level_code,
    product_id
  FROM products
  UNION ALL
  SELECT
    'product' AS level_kind,
    product_code AS level_code,
    product_id
  FROM products
), levels AS (
  SELECT
    level_kind,
    level_code,
    ROW_NUMBER() OVER (ORDER BY level_kind NULLS LAST, level_code NULLS LAST) AS level_id
  FROM (
    SELECT DISTINCT
      level_kind,
      level_code
    FROM level_codes
  )
), level_products AS (
  SELECT
    l.level_id,
    c.product_id
  FROM level_codes AS c
  INNER JOIN levels AS l
    ON l.level_kind = c.level_kind AND l.level_code = c.level_code
), by_level AS (
  SELECT
    j.person_id,
    j.month_number,
    l.level_id,
    MIN(j.product_id) AS product_id,
    MAX(j.place_id) AS place_id,
    MAX(j.former_place_id) AS former_place_id,
    MAX(j.is_used) AS is_used,
    MAX(j.is_held) AS is_held,
    MAX(j.was_held) AS was_held
  FROM judged AS j
  INNER JOIN level_products AS l
    ON l.product_id = j.product_id
  GROUP BY
    j.person_id,
    j.month_number,
    l.level_id
), counted AS (
  SELECT
    CASE is_held WHEN 1 THEN place_id ELSE former_place_id END AS place_id,
    level_id,
    month_number,
    MIN(product_id) AS product_id,
    CAST(SUM(is_held) AS BIGINT) AS holder_count,
    CAST(SUM(is_used) AS BIGINT) AS active_holder_count,
    CAST(SUM(CASE WHEN is_held = 1 AND was_held = 0 THEN 1 ELSE 0 END) AS BIGINT) AS taken_up_count,
    CAST(SUM(CASE WHEN is_held = 0 AND was_held = 1 THEN 1 ELSE 0 END) AS BIGINT) AS left_count
  FROM by_level
  GROUP BY
    CASE is_held WHEN 1 THEN place_id ELSE former_place_id END,
    level_id,
    month_number
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
    p.organisation_code,
    p.customer_kind,
    l.level_kind,
    l.level_code,
    k.product_line,
    CASE l.level_kind WHEN 'line' THEN 'all' ELSE k.product_group END AS product_group,
    d.business_date,
    c.holder_count,
    c.active_holder_count,
    CASE WHEN NOT d.previous_month IS NULL THEN c.taken_up_count END AS taken_up_count,
    CASE WHEN NOT d.previous_month IS NULL THEN c.left_count END AS left_count
  FROM counted AS c
  INNER JOIN places AS p
    ON p.place_id = c.place_id
  INNER JOIN levels AS l
    ON l.level_id = c.level_id
  INNER JOIN products AS k
    ON k.product_id = c.product_id
  INNER JOIN days AS d
    ON d.month_number = c.month_number
) AS q

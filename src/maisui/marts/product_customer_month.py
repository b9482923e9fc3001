"""How many customers hold, use, took up and left each product line, group and product at the ends of months, each person once a level."""

from maisui.steps.step import Step
from maisui.tables.product_customer_month import PRODUCT_CUSTOMER_MONTH

_USED_BY_MOVING = "('demand_deposit', 'debit_card')"
"""Groups that their holder uses by moving money; of all others a balance tells."""

PRODUCT_CUSTOMER_MONTH_MART = Step(
    name="fill_product_customer_month",
    writes=PRODUCT_CUSTOMER_MONTH,
    reads=(
        "account",
        "account_balance",
        "account_transaction",
        "card",
        "credit_card_state",
        "asset_holding",
        "customer_merge",
        "customer_standing",
        "calendar_day",
    ),
    query=f"""
WITH months AS (
  SELECT
    CAST(year(month_start) * 12 + month(month_start) AS BIGINT) AS month_number, max(business_date) AS business_date
  FROM calendar_day
  WHERE business_date >= CAST($needed_from - 31 AS DATE)
    AND business_date >= CAST($piece_from - 31 AS DATE) AND business_date < $piece_until
  GROUP BY month_start
),
days AS (
  SELECT
    month_number, business_date, lag(month_number) OVER (ORDER BY month_number) AS previous_month
  FROM months
),
spans AS (
  SELECT customer_number, product_line, product_group, product_code, account_number, opened_on AS valid_from, closed_on AS valid_until
  FROM account
  UNION ALL
  SELECT
    customer_number, 'card' AS product_line, CASE card_kind WHEN 'credit' THEN 'credit_card' ELSE 'debit_card' END AS product_group,
    coalesce(card_name, CASE card_kind WHEN 'credit' THEN 'credit_card' ELSE 'debit_card' END) AS product_code,
    coalesce(account_number, 'none') AS account_number, coalesce(issued_on, DATE '1900-01-01') AS valid_from, closed_on AS valid_until
  FROM card
  WHERE card_kind <> 'passbook' AND customer_number IS NOT NULL
  UNION ALL
  SELECT customer_number, product_line, product_group, product_code, 'held' AS account_number, valid_from, valid_until
  FROM asset_holding
),
products AS (
  SELECT product_line, product_group, product_code, row_number() OVER (ORDER BY product_line, product_group, product_code) AS product_id
  FROM (SELECT DISTINCT product_line, product_group, product_code FROM spans)
),
accounts AS (
  SELECT account_number, row_number() OVER (ORDER BY account_number) AS account_id
  FROM (SELECT DISTINCT account_number FROM spans)
),
people AS (
  SELECT customer_number, row_number() OVER (ORDER BY customer_number) AS person_id
  FROM (
    SELECT customer_number FROM spans WHERE customer_number <> 'none'
    UNION
    SELECT surviving_number AS customer_number FROM customer_merge
  )
),
places AS (
  SELECT organisation_code, customer_kind, row_number() OVER (ORDER BY organisation_code, customer_kind) AS place_id
  FROM (SELECT DISTINCT organisation_code, customer_kind FROM customer_standing)
),
survivors AS (
  SELECT o.person_id, d.month_number, v.person_id AS surviving_id
  FROM customer_merge AS m
  INNER JOIN days AS d ON d.business_date >= m.valid_from AND (m.valid_until IS NULL OR d.business_date < m.valid_until)
  INNER JOIN people AS o ON o.customer_number = m.customer_number
  INNER JOIN people AS v ON v.customer_number = m.surviving_number
),
standing AS (
  SELECT w.person_id, d.month_number, max(l.place_id) AS place_id
  FROM customer_standing AS s
  INNER JOIN days AS d ON d.business_date = s.business_date
  INNER JOIN people AS w ON w.customer_number = s.customer_number
  INNER JOIN places AS l ON l.organisation_code = s.organisation_code AND l.customer_kind = s.customer_kind
  GROUP BY w.person_id, d.month_number
),
moved AS (
  SELECT DISTINCT a.account_id, CAST(year(t.posted_on) * 12 + month(t.posted_on) AS BIGINT) AS month_number
  FROM account_transaction AS t
  INNER JOIN accounts AS a ON a.account_number = t.account_number
  WHERE NOT t.is_bank_initiated AND NOT t.is_reversal AND coalesce(t.initiator_code, 'customer') = 'customer'
    AND t.posted_on >= CAST($needed_from - 92 AS DATE) AND t.posted_on >= CAST($piece_from - 92 AS DATE) AND t.posted_on < $piece_until
),
used AS (
  SELECT u.account_id, d.month_number
  FROM moved AS u
  INNER JOIN days AS d ON u.month_number <= d.month_number AND u.month_number >= d.month_number - 2
  UNION
  SELECT n.account_id, d.month_number
  FROM account_balance AS b
  INNER JOIN account AS a
    ON a.account_number = b.account_number AND a.currency = b.currency AND a.product_group NOT IN {_USED_BY_MOVING}
  INNER JOIN accounts AS n ON n.account_number = b.account_number
  INNER JOIN days AS d ON b.valid_from <= d.business_date AND (b.valid_until IS NULL OR b.valid_until > d.business_date)
  WHERE b.balance > 0
  UNION
  SELECT n.account_id, d.month_number
  FROM credit_card_state AS s
  INNER JOIN accounts AS n ON n.account_number = s.account_number
  INNER JOIN days AS d ON s.valid_from <= d.business_date AND (s.valid_until IS NULL OR s.valid_until > d.business_date)
  WHERE s.overdraft_balance > 0
),
numbered AS (
  SELECT w.person_id, k.product_id, a.account_id, s.account_number = 'held' AS is_holding, s.valid_from, s.valid_until
  FROM spans AS s
  INNER JOIN people AS w ON w.customer_number = s.customer_number
  INNER JOIN products AS k
    ON k.product_line = s.product_line AND k.product_group = s.product_group AND k.product_code = s.product_code
  INNER JOIN accounts AS a ON a.account_number = s.account_number
),
held AS (
  SELECT
    coalesce(v.surviving_id, n.person_id) AS person_id, d.month_number, n.product_id,
    max(CASE WHEN n.is_holding OR u.account_id IS NOT NULL THEN 1 ELSE 0 END) AS is_used
  FROM numbered AS n
  INNER JOIN days AS d ON n.valid_from <= d.business_date AND (n.valid_until IS NULL OR n.valid_until > d.business_date)
  LEFT JOIN used AS u ON u.account_id = n.account_id AND u.month_number = d.month_number
  LEFT JOIN survivors AS v ON v.person_id = n.person_id AND v.month_number = d.month_number
  GROUP BY coalesce(v.surviving_id, n.person_id), d.month_number, n.product_id
),
there AS (
  SELECT h.person_id, h.month_number, h.product_id, s.place_id, CAST(h.is_used AS BIGINT) AS is_used
  FROM held AS h
  INNER JOIN standing AS s ON s.person_id = h.person_id AND s.month_number = h.month_number
),
before_and_after AS (
  SELECT
    person_id, month_number, product_id, CAST(place_id AS BIGINT) AS place_id, CAST(0 AS BIGINT) AS former_place_id,
    CAST(is_used AS BIGINT) AS is_used, 1 AS is_held, 0 AS was_held
  FROM there
  UNION ALL
  SELECT
    coalesce(v.surviving_id, t.person_id) AS person_id, d.month_number, t.product_id, CAST(0 AS BIGINT) AS place_id,
    CAST(t.place_id AS BIGINT) AS former_place_id, CAST(0 AS BIGINT) AS is_used, 0 AS is_held, 1 AS was_held
  FROM there AS t
  INNER JOIN days AS d ON d.previous_month = t.month_number
  LEFT JOIN survivors AS v ON v.person_id = t.person_id AND v.month_number = d.month_number
),
judged AS (
  SELECT
    person_id, month_number, product_id, max(place_id) AS place_id, max(former_place_id) AS former_place_id, max(is_used) AS is_used,
    max(is_held) AS is_held, max(was_held) AS was_held
  FROM before_and_after
  GROUP BY person_id, month_number, product_id
),
level_codes AS (
  SELECT 'line' AS level_kind, product_line AS level_code, product_id FROM products
  UNION ALL
  SELECT 'group' AS level_kind, product_group AS level_code, product_id FROM products
  UNION ALL
  SELECT 'product' AS level_kind, product_code AS level_code, product_id FROM products
),
levels AS (
  SELECT level_kind, level_code, row_number() OVER (ORDER BY level_kind, level_code) AS level_id
  FROM (SELECT DISTINCT level_kind, level_code FROM level_codes)
),
level_products AS (
  SELECT l.level_id, c.product_id
  FROM level_codes AS c
  INNER JOIN levels AS l ON l.level_kind = c.level_kind AND l.level_code = c.level_code
),
by_level AS (
  SELECT
    j.person_id, j.month_number, l.level_id, min(j.product_id) AS product_id, max(j.place_id) AS place_id,
    max(j.former_place_id) AS former_place_id, max(j.is_used) AS is_used, max(j.is_held) AS is_held, max(j.was_held) AS was_held
  FROM judged AS j
  INNER JOIN level_products AS l ON l.product_id = j.product_id
  GROUP BY j.person_id, j.month_number, l.level_id
),
counted AS (
  SELECT
    CASE is_held WHEN 1 THEN place_id ELSE former_place_id END AS place_id, level_id, month_number, min(product_id) AS product_id,
    CAST(sum(is_held) AS BIGINT) AS holder_count, CAST(sum(is_used) AS BIGINT) AS active_holder_count,
    CAST(sum(CASE WHEN is_held = 1 AND was_held = 0 THEN 1 ELSE 0 END) AS BIGINT) AS taken_up_count,
    CAST(sum(CASE WHEN is_held = 0 AND was_held = 1 THEN 1 ELSE 0 END) AS BIGINT) AS left_count
  FROM by_level
  GROUP BY CASE is_held WHEN 1 THEN place_id ELSE former_place_id END, level_id, month_number
)
SELECT
  $legal_entity_code AS legal_entity_code,
  p.organisation_code,
  p.customer_kind,
  l.level_kind,
  l.level_code,
  k.product_line,
  CASE l.level_kind WHEN 'line' THEN 'all' ELSE k.product_group END AS product_group,
  d.business_date,
  c.holder_count,
  c.active_holder_count,
  CASE WHEN d.previous_month IS NOT NULL THEN c.taken_up_count END AS taken_up_count,
  CASE WHEN d.previous_month IS NOT NULL THEN c.left_count END AS left_count
FROM counted AS c
INNER JOIN places AS p ON p.place_id = c.place_id
INNER JOIN levels AS l ON l.level_id = c.level_id
INNER JOIN products AS k ON k.product_id = c.product_id
INNER JOIN days AS d ON d.month_number = c.month_number
""",
)

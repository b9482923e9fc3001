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
  GROUP BY month_start
),
days AS (
  SELECT month_number, business_date, lag(business_date) OVER (ORDER BY business_date) AS previous_date FROM months
),
persons AS (
  SELECT m.customer_number, d.business_date, m.surviving_number
  FROM customer_merge AS m
  INNER JOIN days AS d ON d.business_date >= m.valid_from AND (m.valid_until IS NULL OR d.business_date < m.valid_until)
),
moved AS (
  SELECT DISTINCT account_number, CAST(year(posted_on) * 12 + month(posted_on) AS BIGINT) AS month_number
  FROM account_transaction
  WHERE NOT is_bank_initiated AND NOT is_reversal AND coalesce(initiator_code, 'customer') = 'customer'
),
used AS (
  SELECT DISTINCT u.account_number, d.business_date
  FROM moved AS u
  INNER JOIN days AS d ON u.month_number <= d.month_number AND u.month_number >= d.month_number - 2
  UNION ALL
  SELECT b.account_number, d.business_date
  FROM account_balance AS b
  INNER JOIN account AS a
    ON a.account_number = b.account_number AND a.currency = b.currency AND a.product_group NOT IN {_USED_BY_MOVING}
  INNER JOIN days AS d ON b.valid_from <= d.business_date AND (b.valid_until IS NULL OR b.valid_until > d.business_date)
  WHERE b.balance > 0
  UNION ALL
  SELECT s.account_number, d.business_date
  FROM credit_card_state AS s
  INNER JOIN days AS d ON s.valid_from <= d.business_date AND (s.valid_until IS NULL OR s.valid_until > d.business_date)
  WHERE s.overdraft_balance > 0
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
held AS (
  SELECT
    coalesce(p.surviving_number, s.customer_number) AS customer_number, d.business_date, s.product_line, s.product_group, s.product_code,
    CAST(max(CASE WHEN s.account_number = 'held' OR u.account_number IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS is_used
  FROM spans AS s
  INNER JOIN days AS d ON s.valid_from <= d.business_date AND (s.valid_until IS NULL OR s.valid_until > d.business_date)
  LEFT JOIN (SELECT DISTINCT account_number, business_date FROM used) AS u
    ON u.account_number = s.account_number AND u.business_date = d.business_date
  LEFT JOIN persons AS p ON p.customer_number = s.customer_number AND p.business_date = d.business_date
  WHERE s.customer_number <> 'none'
  GROUP BY coalesce(p.surviving_number, s.customer_number), d.business_date, s.product_line, s.product_group, s.product_code
),
levels AS (
  SELECT
    customer_number, business_date, 'line' AS level_kind, product_line AS level_code, product_line, 'all' AS product_group,
    CAST(max(is_used) AS BIGINT) AS is_used
  FROM held
  GROUP BY customer_number, business_date, product_line
  UNION ALL
  SELECT
    customer_number, business_date, 'group' AS level_kind, product_group AS level_code, min(product_line) AS product_line, product_group,
    CAST(max(is_used) AS BIGINT) AS is_used
  FROM held
  GROUP BY customer_number, business_date, product_group
  UNION ALL
  SELECT
    customer_number, business_date, 'product' AS level_kind, product_code AS level_code, min(product_line) AS product_line,
    min(product_group) AS product_group, CAST(max(is_used) AS BIGINT) AS is_used
  FROM held
  GROUP BY customer_number, business_date, product_code
),
standing AS (
  SELECT
    l.customer_number, l.business_date, s.organisation_code, s.customer_kind, l.level_kind, l.level_code, l.product_line, l.product_group,
    CAST(l.is_used AS BIGINT) AS is_used
  FROM levels AS l
  INNER JOIN customer_standing AS s ON s.customer_number = l.customer_number AND s.business_date = l.business_date
),
before_and_after AS (
  SELECT
    customer_number, business_date, level_kind, level_code, organisation_code, customer_kind, product_line, product_group,
    CAST(is_used AS BIGINT) AS is_used,
    1 AS is_held, 0 AS was_held
  FROM standing
  UNION ALL
  SELECT
    coalesce(p.surviving_number, s.customer_number) AS customer_number, d.business_date, s.level_kind, s.level_code, s.organisation_code,
    s.customer_kind, s.product_line, s.product_group, CAST(0 AS BIGINT) AS is_used, 0 AS is_held, 1 AS was_held
  FROM standing AS s
  INNER JOIN days AS d ON d.previous_date = s.business_date
  LEFT JOIN persons AS p ON p.customer_number = s.customer_number AND p.business_date = d.business_date
),
judged AS (
  SELECT
    customer_number, business_date, level_kind, level_code,
    coalesce(max(CASE WHEN is_held = 1 THEN organisation_code END), max(organisation_code)) AS organisation_code,
    coalesce(max(CASE WHEN is_held = 1 THEN customer_kind END), max(customer_kind)) AS customer_kind,
    min(product_line) AS product_line, min(product_group) AS product_group,
    max(is_used) AS is_used, max(is_held) AS is_held, max(was_held) AS was_held
  FROM before_and_after
  GROUP BY customer_number, business_date, level_kind, level_code
)
SELECT
  $legal_entity_code AS legal_entity_code,
  j.organisation_code,
  j.customer_kind,
  j.level_kind,
  j.level_code,
  min(j.product_line) AS product_line,
  min(j.product_group) AS product_group,
  j.business_date,
  CAST(sum(j.is_held) AS BIGINT) AS holder_count,
  CAST(sum(j.is_used) AS BIGINT) AS active_holder_count,
  CASE WHEN min(d.previous_date) IS NOT NULL THEN CAST(sum(CASE WHEN j.is_held = 1 AND j.was_held = 0 THEN 1 ELSE 0 END) AS BIGINT) END
    AS taken_up_count,
  CASE WHEN min(d.previous_date) IS NOT NULL THEN CAST(sum(CASE WHEN j.is_held = 0 AND j.was_held = 1 THEN 1 ELSE 0 END) AS BIGINT) END
    AS left_count
FROM judged AS j
INNER JOIN days AS d ON d.business_date = j.business_date
GROUP BY j.organisation_code, j.customer_kind, j.level_kind, j.level_code, j.business_date
""",
)

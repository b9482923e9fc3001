"""What each account is now, and from when to when it was open."""

from maisui.steps.step import Step
from maisui.tables.account import ACCOUNT

RESOLVE_ACCOUNT = Step(
    name="resolve_account",
    writes=ACCOUNT,
    reads=("account_snapshot", "account_transaction", "customer", "delivery", "product", "product_level"),
    query="""
WITH feeds AS (
  SELECT DISTINCT source_code, feed_code
  FROM delivery
  WHERE source_file_id IN (SELECT source_file_id FROM account_snapshot)
),
feed_days AS (
  SELECT
    source_code, feed_code, business_date,
    lead(business_date) OVER (PARTITION BY source_code, feed_code ORDER BY business_date) AS next_on
  FROM (
    SELECT DISTINCT d.source_code, d.feed_code, d.business_date
    FROM delivery AS d
    INNER JOIN feeds AS f ON f.source_code = d.source_code AND f.feed_code = d.feed_code
  ) AS days
),
spans AS (
  SELECT account_number, currency, min(reported_on) AS first_reported_on, max(reported_on) AS last_reported_on
  FROM account_snapshot
  GROUP BY account_number, currency
),
recent AS (
  SELECT
    s.account_number, s.currency, s.account_kind, s.customer_number, s.organisation_code, s.product_code, s.product_group,
    s.subject_code, s.interest_rate, s.opened_on, s.closed_on, s.account_status, s.reported_on, s.source_file_id, s.source_line,
    p.first_reported_on
  FROM account_snapshot AS s
  INNER JOIN spans AS p
    ON p.account_number = s.account_number AND p.currency = s.currency AND p.last_reported_on = s.reported_on
  QUALIFY row_number() OVER (
    PARTITION BY s.account_number, s.currency
    ORDER BY s.closed_on DESC NULLS FIRST, s.cash_form, s.source_file_id DESC, s.source_line DESC
  ) = 1
),
latest AS (
  SELECT
    r.account_number, r.currency, r.account_kind, r.customer_number, r.organisation_code, r.product_code,
    r.product_group, r.subject_code, r.interest_rate,
    coalesce(r.opened_on, r.first_reported_on) AS opened_on,
    coalesce(r.closed_on, f.next_on) AS closed_on,
    r.account_status,
    r.closed_on IS NULL AND f.next_on IS NOT NULL AS is_vanished,
    r.reported_on AS last_reported_on,
    r.source_file_id, r.source_line
  FROM recent AS r
  INNER JOIN delivery AS d ON d.source_file_id = r.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code AND f.feed_code = d.feed_code AND f.business_date = r.reported_on
),
unreported AS (
  SELECT
    t.account_number, t.currency, t.account_kind,
    coalesce(t.customer_number, 'none') AS customer_number,
    t.holding_organisation_code AS organisation_code,
    t.posted_on, t.source_file_id, t.source_line
  FROM account_transaction AS t
  WHERE NOT EXISTS (
    SELECT 1 FROM latest AS l WHERE l.account_number = t.account_number AND l.currency = t.currency
  )
  QUALIFY row_number() OVER (
    PARTITION BY t.account_number, t.currency ORDER BY t.posted_on, t.transaction_number, t.source_file_id, t.source_line
  ) = 1
),
every AS (
  SELECT
    account_number, currency, account_kind, customer_number, organisation_code, product_code, product_group,
    subject_code, interest_rate, opened_on, closed_on, account_status, is_vanished, last_reported_on,
    source_file_id, source_line
  FROM latest
  UNION ALL
  SELECT
    account_number, currency, account_kind, customer_number, organisation_code, 'unknown' AS product_code,
    CAST(NULL AS VARCHAR) AS product_group,
    CAST(NULL AS VARCHAR) AS subject_code, CAST(NULL AS DECIMAL(12,6)) AS interest_rate, posted_on AS opened_on,
    CAST(NULL AS DATE) AS closed_on, CAST(NULL AS VARCHAR) AS account_status, false AS is_vanished,
    CAST(NULL AS DATE) AS last_reported_on, source_file_id, source_line
  FROM unreported
)
SELECT
  $legal_entity_code AS legal_entity_code,
  e.account_number,
  e.currency,
  e.account_kind,
  e.customer_number,
  coalesce(c.customer_kind, 'unknown') AS customer_kind,
  e.organisation_code,
  e.product_code,
  CASE
    WHEN e.product_group IS NULL OR e.product_group = p.product_group THEN coalesce(p.product_category, 'unmapped')
    ELSE e.product_group
  END AS product_category,
  coalesce(e.product_group, p.product_group, 'unmapped') AS product_group,
  CASE
    WHEN e.product_group IS NULL THEN coalesce(p.product_line, 'unmapped')
    ELSE coalesce(g.parent_code, 'unmapped')
  END AS product_line,
  e.subject_code,
  e.interest_rate,
  e.opened_on,
  e.closed_on,
  e.account_status,
  e.is_vanished,
  e.last_reported_on,
  e.source_file_id,
  e.source_line
FROM every AS e
LEFT JOIN product AS p ON p.product_code = e.product_code
LEFT JOIN product_level AS g ON g.level_kind = 'group' AND g.level_code = e.product_group
LEFT JOIN customer AS c ON c.customer_number = e.customer_number
""",
    covers="""
SELECT DISTINCT account_number, currency FROM account_snapshot
UNION
SELECT DISTINCT account_number, currency FROM account_transaction
""",
)

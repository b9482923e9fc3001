"""What each card and passbook is now, whose it is and which account stands behind it."""

from maisui.steps.step import Step
from maisui.tables.card import CARD

RESOLVE_CARD = Step(
    name="resolve_card",
    writes=CARD,
    reads=("card_snapshot", "credit_card_account_snapshot", "account", "customer", "delivery"),
    query="""
WITH feeds AS (
  SELECT DISTINCT d.source_code, d.feed_code, s.card_kind
  FROM delivery AS d
  INNER JOIN (SELECT DISTINCT source_file_id, card_kind FROM card_snapshot) AS s ON s.source_file_id = d.source_file_id
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
latest AS (
  SELECT
    card_kind, card_number, customer_number, account_number, organisation_code, card_name, card_status,
    coalesce(is_supplementary, false) AS is_supplementary, issued_on, closed_on, reported_on, source_file_id
  FROM card_snapshot
  QUALIFY row_number() OVER (
    PARTITION BY card_kind, card_number ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
  ) = 1
),
behind AS (
  SELECT DISTINCT 'account' AS place, account_number FROM account
  UNION ALL
  SELECT DISTINCT 'credit' AS place, account_number FROM credit_card_account_snapshot
)
SELECT
  $legal_entity_code AS legal_entity_code,
  l.card_kind,
  l.card_number,
  l.customer_number,
  coalesce(c.customer_kind, 'unknown') AS customer_kind,
  l.account_number,
  b.account_number IS NOT NULL AS has_account,
  l.organisation_code,
  l.card_name,
  l.card_status,
  l.is_supplementary,
  l.issued_on,
  coalesce(l.closed_on, f.next_on) AS closed_on,
  l.closed_on IS NULL AND f.next_on IS NOT NULL AS is_vanished,
  l.reported_on AS last_reported_on
FROM latest AS l
INNER JOIN delivery AS d ON d.source_file_id = l.source_file_id
INNER JOIN feed_days AS f
  ON f.source_code = d.source_code AND f.feed_code = d.feed_code AND f.business_date = l.reported_on
LEFT JOIN customer AS c ON c.customer_number = l.customer_number
LEFT JOIN behind AS b
  ON b.account_number = l.account_number AND b.place = CASE l.card_kind WHEN 'credit' THEN 'credit' ELSE 'account' END
""",
    covers="""
SELECT DISTINCT card_kind, card_number FROM card_snapshot
""",
)

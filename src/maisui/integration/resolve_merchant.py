"""What each merchant is now, whose settlement account it has, and when it ended."""

from maisui.steps.step import Step
from maisui.tables.merchant import MERCHANT

RESOLVE_MERCHANT = Step(
    name="resolve_merchant",
    writes=MERCHANT,
    reads=("merchant_snapshot", "merchant_trade_day", "account"),
    query="""
WITH days AS (
  SELECT reported_on, lead(reported_on) OVER (ORDER BY reported_on) AS next_on
  FROM (SELECT DISTINCT reported_on FROM merchant_snapshot) AS reports
),
counted AS (
  SELECT merchant_number, reported_on, count(CASE WHEN terminal_number <> 'none' THEN 1 END) AS terminal_count
  FROM merchant_snapshot
  GROUP BY merchant_number, reported_on
),
latest AS (
  SELECT
    merchant_number, merchant_name, organisation_code, merchant_class, settlement_account_number, valid_from, valid_until, reported_on
  FROM merchant_snapshot
  QUALIFY row_number() OVER (
    PARTITION BY merchant_number ORDER BY reported_on DESC, terminal_number, source_file_id DESC, source_line DESC
  ) = 1
),
owners AS (
  SELECT account_number, customer_number, customer_kind
  FROM account
  QUALIFY row_number() OVER (PARTITION BY account_number ORDER BY currency) = 1
),
numbers AS (
  SELECT merchant_number FROM merchant_snapshot
  UNION
  SELECT merchant_number FROM merchant_trade_day
)
SELECT
  $legal_entity_code AS legal_entity_code,
  n.merchant_number,
  l.merchant_name,
  coalesce(l.organisation_code, 'none') AS organisation_code,
  l.merchant_class,
  l.settlement_account_number,
  o.customer_number,
  coalesce(o.customer_kind, 'unknown') AS customer_kind,
  CAST(coalesce(c.terminal_count, 0) AS BIGINT) AS terminal_count,
  CASE WHEN l.valid_from > DATE '1900-01-01' THEN l.valid_from END AS opened_on,
  CASE WHEN l.valid_until < DATE '9999-01-01' THEN l.valid_until ELSE d.next_on END AS closed_on
FROM numbers AS n
LEFT JOIN latest AS l ON l.merchant_number = n.merchant_number
LEFT JOIN counted AS c ON c.merchant_number = l.merchant_number AND c.reported_on = l.reported_on
LEFT JOIN days AS d ON d.reported_on = l.reported_on
LEFT JOIN owners AS o ON o.account_number = l.settlement_account_number
""",
    covers="""
SELECT DISTINCT merchant_number FROM merchant_snapshot
""",
)

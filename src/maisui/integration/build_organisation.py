"""What each organisation is now; one that is only mentioned still counts, so that no balance falls out."""

from maisui.steps.step import Step
from maisui.tables.organisation import ORGANISATION

BUILD_ORGANISATION = Step(
    name="build_organisation",
    writes=ORGANISATION,
    reads=("organisation_snapshot", "account_snapshot", "account_transaction", "ledger_snapshot", "loan_snapshot"),
    query="""
WITH reports AS (
  SELECT
    organisation_code, organisation_name, organisation_kind, parent_code, region_code, opened_on, is_open, reported_on,
    min(reported_on) OVER (PARTITION BY organisation_code) AS first_reported_on,
    row_number() OVER (
      PARTITION BY organisation_code ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
    ) AS recency
  FROM organisation_snapshot
),
latest AS (
  SELECT
    organisation_code, organisation_name, organisation_kind, parent_code, region_code, opened_on, is_open,
    first_reported_on, reported_on AS last_reported_on
  FROM reports
  WHERE recency = 1
),
mentioned AS (
  SELECT organisation_code, min(seen_on) AS first_seen_on, max(seen_on) AS last_seen_on
  FROM (
    SELECT organisation_code, reported_on AS seen_on FROM account_snapshot
    UNION ALL
    SELECT holding_organisation_code AS organisation_code, posted_on AS seen_on FROM account_transaction
    UNION ALL
    SELECT organisation_code, reported_on AS seen_on FROM ledger_snapshot
    UNION ALL
    SELECT organisation_code, reported_on AS seen_on FROM loan_snapshot
  ) AS m
  GROUP BY organisation_code
)
SELECT
  $legal_entity_code AS legal_entity_code,
  coalesce(l.organisation_code, m.organisation_code) AS organisation_code,
  l.organisation_name,
  coalesce(l.organisation_kind, 'other') AS organisation_kind,
  p.organisation_code AS parent_code,
  l.region_code,
  l.opened_on,
  coalesce(l.is_open, true) AS is_open,
  coalesce(l.first_reported_on, m.first_seen_on) AS first_reported_on,
  coalesce(l.last_reported_on, m.last_seen_on) AS last_reported_on
FROM latest AS l
FULL JOIN mentioned AS m ON m.organisation_code = l.organisation_code
LEFT JOIN latest AS p ON p.organisation_code = l.parent_code
""",
    covers="""
SELECT DISTINCT organisation_code FROM account_snapshot
""",
)

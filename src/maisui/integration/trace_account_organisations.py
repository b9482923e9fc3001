"""Where accounts that moved were kept, and when: by reports; from the day their outlet closed, where it closed in between."""

from maisui.steps.step import Step
from maisui.tables.account_organisation_period import ACCOUNT_ORGANISATION_PERIOD

TRACE_ACCOUNT_ORGANISATIONS = Step(
    name="trace_account_organisations",
    writes=ACCOUNT_ORGANISATION_PERIOD,
    reads=("account_snapshot", "organisation_period"),
    query="""
WITH movers AS (
  SELECT account_number, currency
  FROM account_snapshot
  GROUP BY account_number, currency
  HAVING min(organisation_code) <> max(organisation_code)
),
seen AS (
  SELECT s.account_number, s.currency, s.reported_on, min(s.organisation_code) AS organisation_code
  FROM account_snapshot AS s
  INNER JOIN movers AS m ON m.account_number = s.account_number AND m.currency = s.currency
  GROUP BY s.account_number, s.currency, s.reported_on
),
compared AS (
  SELECT
    account_number, currency, reported_on, organisation_code,
    lag(organisation_code) OVER (PARTITION BY account_number, currency ORDER BY reported_on) AS previous_organisation_code,
    lag(reported_on) OVER (PARTITION BY account_number, currency ORDER BY reported_on) AS reported_before
  FROM seen
),
closings AS (
  SELECT organisation_code, valid_from AS closed_on FROM organisation_period WHERE NOT is_open
),
moves AS (
  SELECT
    c.account_number, c.currency, c.organisation_code, c.previous_organisation_code,
    CASE
      WHEN c.previous_organisation_code IS NULL THEN DATE '1900-01-01'
      ELSE coalesce(min(p.closed_on), c.reported_on)
    END AS valid_from
  FROM compared AS c
  LEFT JOIN closings AS p
    ON p.organisation_code = c.previous_organisation_code AND p.closed_on > c.reported_before AND p.closed_on <= c.reported_on
  WHERE c.previous_organisation_code IS NULL OR c.previous_organisation_code <> c.organisation_code
  GROUP BY c.account_number, c.currency, c.organisation_code, c.previous_organisation_code, c.reported_on
)
SELECT
  $legal_entity_code AS legal_entity_code,
  account_number,
  currency,
  valid_from,
  lead(valid_from) OVER (PARTITION BY account_number, currency ORDER BY valid_from) AS valid_until,
  organisation_code,
  previous_organisation_code
FROM moves
""",
)

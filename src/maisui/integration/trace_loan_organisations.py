"""Where loans that moved were kept, and when: by reports; from the day their outlet closed, where it closed in between."""

from maisui.steps.step import Step
from maisui.tables.loan_organisation_period import LOAN_ORGANISATION_PERIOD

TRACE_LOAN_ORGANISATIONS = Step(
    name="trace_loan_organisations",
    writes=LOAN_ORGANISATION_PERIOD,
    reads=("loan_snapshot", "organisation_period"),
    query="""
WITH movers AS (
  SELECT loan_number
  FROM loan_snapshot
  GROUP BY loan_number
  HAVING min(organisation_code) <> max(organisation_code)
),
seen AS (
  SELECT s.loan_number, s.reported_on, s.organisation_code
  FROM loan_snapshot AS s
  INNER JOIN movers AS m ON m.loan_number = s.loan_number
  QUALIFY row_number() OVER (PARTITION BY s.loan_number, s.reported_on ORDER BY s.source_file_id DESC, s.source_line DESC) = 1
),
compared AS (
  SELECT
    loan_number, reported_on, organisation_code,
    lag(organisation_code) OVER (PARTITION BY loan_number ORDER BY reported_on) AS previous_organisation_code,
    lag(reported_on) OVER (PARTITION BY loan_number ORDER BY reported_on) AS reported_before
  FROM seen
),
closings AS (
  SELECT organisation_code, valid_from AS closed_on FROM organisation_period WHERE NOT is_open
),
moves AS (
  SELECT
    c.loan_number, c.organisation_code, c.previous_organisation_code,
    CASE
      WHEN c.previous_organisation_code IS NULL THEN DATE '1900-01-01'
      ELSE coalesce(min(p.closed_on), c.reported_on)
    END AS valid_from
  FROM compared AS c
  LEFT JOIN closings AS p
    ON p.organisation_code = c.previous_organisation_code AND p.closed_on > c.reported_before AND p.closed_on <= c.reported_on
  WHERE c.previous_organisation_code IS NULL OR c.previous_organisation_code <> c.organisation_code
  GROUP BY c.loan_number, c.organisation_code, c.previous_organisation_code, c.reported_on
)
SELECT
  $legal_entity_code AS legal_entity_code,
  loan_number,
  valid_from,
  lead(valid_from) OVER (PARTITION BY loan_number ORDER BY valid_from) AS valid_until,
  organisation_code,
  previous_organisation_code
FROM moves
""",
)

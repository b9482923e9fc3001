"""Who lives in one household: by the village's roster, found by customer number or by an undeformed resident number, never by name."""

from maisui.steps.certificate_sql import eighteen_of_fifteen, is_old_resident_number, narrowed, resident_check_letter
from maisui.steps.step import Step
from maisui.tables.household_member import HOUSEHOLD_MEMBER

_BODY = eighteen_of_fifteen("number")

FORM_HOUSEHOLDS = Step(
    name="form_households",
    writes=HOUSEHOLD_MEMBER,
    reads=("village_roster_snapshot", "customer_certificate", "customer"),
    query=f"""
WITH rosters AS (
  SELECT
    village_code, reported_on, lead(reported_on) OVER (PARTITION BY village_code ORDER BY reported_on) AS next_on
  FROM (SELECT DISTINCT village_code, reported_on FROM village_roster_snapshot) AS d
),
narrow AS (
  SELECT
    r.village_code, r.grid_code, r.household_number, r.member_line, r.is_head, r.kin_to_head, r.reported_on, d.next_on,
    nullif(trim(r.customer_number), '') AS customer_number, {narrowed("r.certificate_number")} AS number, r.source_file_id, r.source_line
  FROM village_roster_snapshot AS r
  INNER JOIN rosters AS d ON d.village_code = r.village_code AND d.reported_on = r.reported_on
),
lines AS (
  SELECT
    village_code, grid_code, household_number, member_line, is_head, kin_to_head, reported_on, next_on, customer_number,
    source_file_id, source_line,
    CASE
      WHEN {is_old_resident_number("number")}
        THEN concat({_BODY}, {resident_check_letter(_BODY)})
      ELSE number
    END AS number
  FROM narrow
),
owners AS (
  SELECT certificate_number, customer_number FROM customer_certificate WHERE certificate_group = 'resident'
),
found AS (
  SELECT
    coalesce(c.customer_number, o.customer_number) AS customer_number, l.village_code, l.grid_code, l.household_number, l.member_line,
    l.is_head, l.kin_to_head, l.reported_on, l.next_on,
    CASE WHEN c.customer_number IS NOT NULL THEN 'roster_number' ELSE 'roster_certificate' END AS evidence, l.source_file_id, l.source_line
  FROM lines AS l
  LEFT JOIN customer AS c ON c.customer_number = l.customer_number
  LEFT JOIN owners AS o ON o.certificate_number = l.number AND c.customer_number IS NULL
  WHERE coalesce(c.customer_number, o.customer_number) IS NOT NULL
),
once AS (
  SELECT
    customer_number, concat(village_code, '-', household_number) AS household_code, village_code, grid_code, is_head, kin_to_head,
    reported_on, next_on, evidence
  FROM found
  QUALIFY row_number() OVER (
    PARTITION BY customer_number, reported_on ORDER BY evidence DESC, village_code, household_number, member_line
  ) = 1
),
compared AS (
  SELECT
    customer_number, household_code, village_code, grid_code, is_head, kin_to_head, reported_on, next_on, evidence,
    lag(concat_ws('|', household_code, coalesce(grid_code, ''), coalesce(kin_to_head, ''), CASE WHEN is_head THEN 'head' ELSE '' END))
      OVER (PARTITION BY customer_number ORDER BY reported_on) AS state_before,
    concat_ws('|', household_code, coalesce(grid_code, ''), coalesce(kin_to_head, ''), CASE WHEN is_head THEN 'head' ELSE '' END) AS state,
    lag(next_on) OVER (PARTITION BY customer_number ORDER BY reported_on) AS next_before
  FROM once
),
islands AS (
  SELECT
    customer_number, household_code, village_code, grid_code, is_head, kin_to_head, reported_on, next_on, evidence,
    CAST(sum(CASE WHEN state_before = state AND next_before = reported_on THEN 0 ELSE 1 END) OVER (
      PARTITION BY customer_number ORDER BY reported_on ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS island
  FROM compared
),
stays AS (
  SELECT
    customer_number, household_code, village_code, grid_code, is_head, kin_to_head, min(evidence) AS evidence,
    min(reported_on) AS valid_from, max(coalesce(next_on, DATE '9999-12-31')) AS ends_on
  FROM islands
  GROUP BY customer_number, household_code, village_code, grid_code, is_head, kin_to_head, island
)
SELECT
  $legal_entity_code AS legal_entity_code,
  customer_number,
  valid_from,
  nullif(
    least(ends_on, coalesce(lead(valid_from) OVER (PARTITION BY customer_number ORDER BY valid_from), DATE '9999-12-31')), DATE '9999-12-31'
  ) AS valid_until,
  household_code,
  village_code,
  grid_code,
  is_head,
  kin_to_head,
  evidence
FROM stays
""",
)

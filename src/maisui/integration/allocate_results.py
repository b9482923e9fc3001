"""To whom each account's results belong: account before customer before village, the remainder unassigned.

An account's life is cut wherever an assignment begins or ends or the account moves; in each stretch the first rule that
has a line decides alone.
"""

from maisui.steps.step import Step
from maisui.tables.account_allocation import ACCOUNT_ALLOCATION

ALLOCATE_RESULTS = Step(
    name="allocate_results",
    writes=ACCOUNT_ALLOCATION,
    reads=(
        "manager_assignment",
        "allocation_decision",
        "assignment_in_force",
        "account",
        "account_organisation_period",
        "household_member",
        "calendar_day",
    ),
    query="""
WITH bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
),
delivered AS (
  SELECT (SELECT count(*) FROM manager_assignment) + (SELECT count(*) FROM allocation_decision) AS assignment_count
),
accounts AS (
  SELECT
    a.account_number, a.currency, a.account_kind, a.customer_number, a.organisation_code, least(a.opened_on, b.first_day) AS begins_on
  FROM account AS a
  CROSS JOIN bounds AS b
  CROSS JOIN delivered AS d
  WHERE d.assignment_count > 0
),
lines AS (
  SELECT
    a.account_number, a.currency, 1 AS rule_rank, l.employee_number, l.result_share, l.decision_number,
    greatest(l.valid_from, a.begins_on) AS valid_from, coalesce(l.valid_until, DATE '9999-12-31') AS valid_until
  FROM accounts AS a
  INNER JOIN assignment_in_force AS l
    ON l.object_kind = 'account' AND l.object_number = a.account_number AND l.account_kind = a.account_kind
  WHERE l.valid_until IS NULL OR l.valid_until > a.begins_on
  UNION ALL
  SELECT
    a.account_number, a.currency, 2 AS rule_rank, l.employee_number, l.result_share, l.decision_number,
    greatest(l.valid_from, a.begins_on) AS valid_from, coalesce(l.valid_until, DATE '9999-12-31') AS valid_until
  FROM accounts AS a
  INNER JOIN assignment_in_force AS l
    ON l.object_kind = 'customer' AND l.object_number = a.customer_number AND l.account_kind = a.account_kind
  WHERE l.valid_until IS NULL OR l.valid_until > a.begins_on
  UNION ALL
  SELECT
    a.account_number, a.currency, 3 AS rule_rank, l.employee_number, l.result_share, l.decision_number,
    greatest(l.valid_from, h.valid_from, a.begins_on) AS valid_from,
    least(coalesce(l.valid_until, DATE '9999-12-31'), coalesce(h.valid_until, DATE '9999-12-31')) AS valid_until
  FROM accounts AS a
  INNER JOIN household_member AS h ON h.customer_number = a.customer_number
  INNER JOIN assignment_in_force AS l
    ON l.object_kind = 'village' AND l.object_number = h.village_code AND l.account_kind = a.account_kind
  WHERE
    least(coalesce(l.valid_until, DATE '9999-12-31'), coalesce(h.valid_until, DATE '9999-12-31'))
    > greatest(l.valid_from, h.valid_from, a.begins_on)
),
cuts AS (
  SELECT account_number, currency, begins_on AS valid_from FROM accounts
  UNION
  SELECT account_number, currency, valid_from FROM lines
  UNION
  SELECT account_number, currency, valid_until AS valid_from FROM lines WHERE valid_until < DATE '9999-12-31'
  UNION
  SELECT p.account_number, p.currency, p.valid_from
  FROM account_organisation_period AS p
  INNER JOIN accounts AS a ON a.account_number = p.account_number AND a.currency = p.currency
  WHERE p.valid_from > a.begins_on
),
stretches AS (
  SELECT
    account_number, currency, valid_from,
    lead(valid_from) OVER (PARTITION BY account_number, currency ORDER BY valid_from) AS valid_until
  FROM cuts
),
candidates AS (
  SELECT s.account_number, s.currency, s.valid_from, l.rule_rank, l.employee_number, l.result_share, l.decision_number
  FROM stretches AS s
  INNER JOIN lines AS l
    ON l.account_number = s.account_number AND l.currency = s.currency
    AND l.valid_from <= s.valid_from AND l.valid_until > s.valid_from
),
deciding AS (
  SELECT account_number, currency, valid_from, min(rule_rank) AS rule_rank
  FROM candidates
  GROUP BY account_number, currency, valid_from
),
persons AS (
  SELECT
    c.account_number, c.currency, c.valid_from, c.employee_number, CAST(sum(c.result_share) AS DECIMAL(12,6)) AS result_share,
    max(c.decision_number) AS decision_number
  FROM candidates AS c
  INNER JOIN deciding AS d
    ON d.account_number = c.account_number AND d.currency = c.currency AND d.valid_from = c.valid_from AND d.rule_rank = c.rule_rank
  GROUP BY c.account_number, c.currency, c.valid_from, c.employee_number
),
taken AS (
  SELECT account_number, currency, valid_from, CAST(sum(result_share) AS DECIMAL(12,6)) AS result_share
  FROM persons
  GROUP BY account_number, currency, valid_from
),
shares AS (
  SELECT
    account_number, currency, valid_from, employee_number, result_share, CAST(decision_number AS BIGINT) AS decision_number
  FROM persons
  UNION ALL
  SELECT
    s.account_number, s.currency, s.valid_from, 'unassigned' AS employee_number,
    CAST(1 - coalesce(t.result_share, CAST(0 AS DECIMAL(12,6))) AS DECIMAL(12,6)) AS result_share,
    CAST(NULL AS BIGINT) AS decision_number
  FROM stretches AS s
  LEFT JOIN taken AS t ON t.account_number = s.account_number AND t.currency = s.currency AND t.valid_from = s.valid_from
  WHERE t.result_share IS NULL OR t.result_share < 1
),
movers AS (
  SELECT DISTINCT account_number, currency FROM account_organisation_period
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.account_number,
  s.currency,
  s.employee_number,
  s.valid_from,
  x.valid_until,
  s.result_share,
  CASE d.rule_rank WHEN 1 THEN 'account' WHEN 2 THEN 'customer' WHEN 3 THEN 'village' ELSE 'none' END AS rule_code,
  s.decision_number,
  CASE WHEN m.account_number IS NULL THEN a.organisation_code ELSE coalesce(p.organisation_code, 'none') END AS organisation_code
FROM shares AS s
INNER JOIN stretches AS x ON x.account_number = s.account_number AND x.currency = s.currency AND x.valid_from = s.valid_from
INNER JOIN accounts AS a ON a.account_number = s.account_number AND a.currency = s.currency
LEFT JOIN deciding AS d ON d.account_number = s.account_number AND d.currency = s.currency AND d.valid_from = s.valid_from
LEFT JOIN movers AS m ON m.account_number = s.account_number AND m.currency = s.currency
LEFT JOIN account_organisation_period AS p
  ON p.account_number = s.account_number AND p.currency = s.currency
  AND s.valid_from >= p.valid_from AND (p.valid_until IS NULL OR s.valid_from < p.valid_until)
""",
)

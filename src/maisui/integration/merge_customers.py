"""Customer numbers with the same genuine certificate are one customer: dated, with evidence, and undone by a decision.

People may also merge two numbers that no certificate joins, by a decision that names the number that stays; never two numbers with
different valid certificates, never into a number that is merged itself, and never one into which others are merged.
"""

from maisui.steps.step import Step
from maisui.tables.customer_merge import CUSTOMER_MERGE

MERGE_CUSTOMERS = Step(
    name="merge_customers",
    writes=CUSTOMER_MERGE,
    reads=("customer_certificate", "customer_merge_decision", "customer_snapshot", "account_snapshot"),
    query="""
WITH shared AS (
  SELECT certificate_group, certificate_number
  FROM customer_certificate
  GROUP BY certificate_group, certificate_number
  HAVING count(*) BETWEEN 2 AND 50
),
candidates AS (
  SELECT c.customer_number, c.certificate_group, c.certificate_number, c.first_reported_on
  FROM customer_certificate AS c
  INNER JOIN shared AS s ON s.certificate_group = c.certificate_group AND s.certificate_number = c.certificate_number
),
residents AS (
  SELECT c.customer_number, c.certificate_number AS resident_number
  FROM customer_certificate AS c
  WHERE c.certificate_group = 'resident' AND c.customer_number IN (SELECT customer_number FROM candidates)
),
people AS (
  SELECT
    c.certificate_group, c.certificate_number, count(DISTINCT r.resident_number) AS resident_count,
    min(r.resident_number) AS resident_number
  FROM candidates AS c
  LEFT JOIN residents AS r ON r.customer_number = c.customer_number
  GROUP BY c.certificate_group, c.certificate_number
),
keyed AS (
  SELECT
    c.customer_number, c.certificate_group, c.first_reported_on,
    CASE
      WHEN p.resident_number IS NOT NULL THEN concat('resident|', p.resident_number)
      ELSE concat(c.certificate_group, '|', c.certificate_number)
    END AS person_key
  FROM candidates AS c
  INNER JOIN people AS p ON p.certificate_group = c.certificate_group AND p.certificate_number = c.certificate_number
  WHERE p.resident_count <= 1
  QUALIFY row_number() OVER (
    PARTITION BY c.customer_number
    ORDER BY CASE WHEN c.certificate_group = 'resident' THEN 0 WHEN p.resident_number IS NOT NULL THEN 1 ELSE 2 END,
      c.certificate_group, c.certificate_number
  ) = 1
),
opened AS (
  SELECT a.customer_number, min(a.opened_on) AS opened_on
  FROM account_snapshot AS a
  INNER JOIN keyed AS k ON k.customer_number = a.customer_number
  GROUP BY a.customer_number
),
ages AS (
  SELECT s.customer_number, min(s.reported_on) AS first_reported_on
  FROM customer_snapshot AS s
  INNER JOIN keyed AS k ON k.customer_number = s.customer_number
  GROUP BY s.customer_number
),
ranked AS (
  SELECT
    k.customer_number, k.person_key, k.certificate_group, k.first_reported_on,
    first_value(k.customer_number) OVER (
      PARTITION BY k.person_key
      ORDER BY coalesce(o.opened_on, a.first_reported_on, k.first_reported_on), coalesce(a.first_reported_on, k.first_reported_on),
        k.customer_number
    ) AS surviving_number
  FROM keyed AS k
  LEFT JOIN opened AS o ON o.customer_number = k.customer_number
  LEFT JOIN ages AS a ON a.customer_number = k.customer_number
),
pairs AS (
  SELECT
    r.customer_number, r.surviving_number, r.certificate_group, greatest(r.first_reported_on, s.first_reported_on) AS known_on
  FROM ranked AS r
  INNER JOIN ranked AS s ON s.customer_number = r.surviving_number
  WHERE r.customer_number <> r.surviving_number
),
known AS (
  SELECT customer_number FROM customer_snapshot GROUP BY customer_number
),
decided AS (
  SELECT customer_number, surviving_number, merge_decision, decided_on, decision_number
  FROM customer_merge_decision
  WHERE decided_on <= $reporting_date
),
merged_now AS (
  SELECT customer_number
  FROM decided
  QUALIFY row_number() OVER (
    PARTITION BY customer_number ORDER BY decided_on DESC, decision_number DESC
  ) = 1 AND merge_decision = 'confirm' AND surviving_number IS NOT NULL
),
survivors AS (
  SELECT surviving_number FROM pairs GROUP BY surviving_number
),
identities AS (
  SELECT customer_number, certificate_group, certificate_number
  FROM customer_certificate
  WHERE certificate_group IN ('resident', 'credit_code')
),
by_hand AS (
  SELECT d.customer_number, d.surviving_number, min(d.decided_on) AS known_on
  FROM decided AS d
  INNER JOIN known AS k ON k.customer_number = d.customer_number
  INNER JOIN known AS o ON o.customer_number = d.surviving_number
  LEFT JOIN pairs AS p ON p.customer_number = d.customer_number
  LEFT JOIN pairs AS q ON q.customer_number = d.surviving_number
  LEFT JOIN survivors AS s ON s.surviving_number = d.customer_number
  LEFT JOIN merged_now AS n ON n.customer_number = d.surviving_number
  LEFT JOIN identities AS i ON i.customer_number = d.customer_number
  LEFT JOIN identities AS j ON j.customer_number = d.surviving_number AND j.certificate_group = i.certificate_group
  WHERE d.merge_decision = 'confirm' AND d.customer_number <> d.surviving_number
    AND p.customer_number IS NULL AND q.customer_number IS NULL AND s.surviving_number IS NULL AND n.customer_number IS NULL
    AND (i.certificate_number IS NULL OR j.certificate_number IS NULL OR i.certificate_number = j.certificate_number)
  GROUP BY d.customer_number, d.surviving_number
),
decidable AS (
  SELECT customer_number, surviving_number, certificate_group, known_on FROM pairs
  UNION ALL
  SELECT customer_number, surviving_number, 'by_hand' AS certificate_group, known_on FROM by_hand
),
events AS (
  SELECT
    customer_number, surviving_number, certificate_group, known_on AS day, 0 AS place, true AS is_on,
    CAST(NULL AS VARCHAR) AS decided_by, CAST(NULL AS VARCHAR) AS decision_reason
  FROM pairs
  UNION ALL
  SELECT
    p.customer_number, p.surviving_number, p.certificate_group, greatest(d.decided_on, p.known_on) AS day,
    d.decision_number + 1 AS place, d.merge_decision = 'confirm' AS is_on, d.decided_by, d.decision_reason
  FROM decidable AS p
  INNER JOIN customer_merge_decision AS d
    ON d.customer_number = p.customer_number AND coalesce(d.surviving_number, p.surviving_number) = p.surviving_number
  WHERE d.decided_on <= $reporting_date
),
ends_of_days AS (
  SELECT customer_number, surviving_number, certificate_group, day, is_on, decided_by, decision_reason
  FROM events
  QUALIFY row_number() OVER (PARTITION BY customer_number, day ORDER BY place DESC, decided_by, decision_reason) = 1
),
compared AS (
  SELECT
    customer_number, surviving_number, certificate_group, day, is_on, decided_by, decision_reason,
    lag(is_on) OVER (PARTITION BY customer_number ORDER BY day) AS was_on
  FROM ends_of_days
),
changes AS (
  SELECT
    customer_number, surviving_number, certificate_group, day, is_on, decided_by, decision_reason,
    lead(day) OVER (PARTITION BY customer_number ORDER BY day) AS next_day
  FROM compared
  WHERE is_on <> coalesce(was_on, false)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  customer_number,
  day AS valid_from,
  next_day AS valid_until,
  surviving_number,
  certificate_group,
  decided_by,
  decision_reason
FROM changes
WHERE is_on
""",
)

"""Which decisions about customers' tiers count, and until when: the later one of a customer replaces the earlier from its first day."""

from maisui.steps.step import Step
from maisui.tables.tier_decision import TIER_DECISION

CHECK_TIER_DECISIONS = Step(
    name="check_tier_decisions",
    writes=TIER_DECISION,
    reads=("tier_decision_line", "customer", "parameter"),
    query="""
WITH judged AS (
  SELECT
    l.decision_number, l.decision_kind, l.customer_number, l.tier_code, l.valid_from, l.decided_until, l.proposed_by, l.approved_by,
    l.decision_reason, l.source_file_id, l.source_line,
    CASE
      WHEN c.customer_number IS NULL THEN 'customer_unknown'
      WHEN l.decision_kind = 'set' AND t.parameter_code IS NULL THEN 'tier_unknown'
      WHEN l.decision_kind = 'set' AND (l.decided_until IS NULL OR l.decided_until <= l.valid_from) THEN 'dates_reversed'
    END AS refusal_code
  FROM tier_decision_line AS l
  LEFT JOIN customer AS c ON c.customer_number = l.customer_number
  LEFT JOIN parameter AS t
    ON t.parameter_code = concat('tier.', l.tier_code) AND t.valid_from <= l.valid_from
    AND (t.valid_until IS NULL OR t.valid_until > l.valid_from)
),
followed AS (
  SELECT
    decision_number,
    min(valid_from) OVER (
      PARTITION BY customer_number ORDER BY decision_number ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS replaced_on
  FROM judged
  WHERE refusal_code IS NULL
)
SELECT
  $legal_entity_code AS legal_entity_code,
  j.decision_number,
  j.decision_kind,
  j.customer_number,
  j.tier_code,
  j.valid_from,
  CASE
    WHEN j.decision_kind = 'set' AND j.refusal_code IS NULL
      THEN greatest(j.valid_from, least(j.decided_until, coalesce(f.replaced_on, j.decided_until)))
  END AS valid_until,
  j.decided_until,
  j.proposed_by,
  j.approved_by,
  j.decision_reason,
  j.refusal_code IS NULL AS is_accepted,
  j.refusal_code,
  j.source_file_id,
  j.source_line
FROM judged AS j
LEFT JOIN followed AS f ON f.decision_number = j.decision_number
""",
)

WITH judged AS (
  SELECT
    l.decision_number,
    l.decision_kind,
    l.customer_number,
    l.tier_code,
    l.valid_from,
    l.decided_until,
    l.proposed_by,
    l.approved_by,
    l.decision_reason,
    l.source_file_id,
    l.source_line,
    CASE
      WHEN c.customer_number IS NULL
      THEN 'customer_unknown'
      WHEN l.decision_kind = 'set' AND t.parameter_code IS NULL
      THEN 'tier_unknown'
      WHEN l.decision_kind = 'set'
      AND (
        l.decided_until IS NULL OR l.decided_until <= l.valid_from
      )
      THEN 'dates_reversed'
    END AS refusal_code
  FROM tier_decision_line AS l
  LEFT JOIN customer AS c
    ON c.customer_number = l.customer_number
  LEFT JOIN parameter AS t
    ON t.parameter_code = CONCAT('tier.', COALESCE(l.tier_code, ''))
    AND t.valid_from <= l.valid_from
    AND (
      t.valid_until IS NULL OR t.valid_until > l.valid_from
    )
), followed AS (
  SELECT
    decision_number,
    MIN(valid_from) OVER (
      PARTITION BY customer_number
      ORDER BY decision_number NULLS LAST
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS replaced_on
  FROM judged
  WHERE
    refusal_code IS NULL
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.decision_number AS BIGINT) AS decision_number,
  CAST(q.decision_kind AS STRING) AS decision_kind,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.tier_code AS STRING) AS tier_code,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.decided_until AS DATE) AS decided_until,
  CAST(q.proposed_by AS STRING) AS proposed_by,
  CAST(q.approved_by AS STRING) AS approved_by,
  CAST(q.decision_reason AS STRING) AS decision_reason,
  CAST(q.is_accepted AS BOOLEAN) AS is_accepted,
  CAST(q.refusal_code AS STRING) AS refusal_code,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    j.decision_number,
    j.decision_kind,
    j.customer_number,
    j.tier_code,
    j.valid_from,
    CASE
      WHEN j.decision_kind = 'set' AND j.refusal_code IS NULL
      THEN GREATEST(j.valid_from, LEAST(j.decided_until, COALESCE(f.replaced_on, j.decided_until)))
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
  LEFT JOIN followed AS f
    ON f.decision_number = j.decision_number
) AS q

WITH accounts AS (
  SELECT DISTINCT
    account_number
  FROM account
), villages AS (
  SELECT DISTINCT
    village_code
  FROM village_roster_snapshot
), employees AS (
  SELECT DISTINCT
    employee_number
  FROM employee_snapshot
), staff AS (
  SELECT
    COUNT(*) AS employee_count
  FROM employees
), lines AS (
  SELECT
    l.decision_number,
    l.line_number,
    l.decision_kind,
    l.object_kind,
    l.object_number,
    l.business_line,
    l.employee_number,
    l.result_share,
    l.valid_from,
    l.valid_until,
    l.proposed_by,
    l.approved_by,
    l.decision_reason,
    l.source_file_id,
    l.source_line,
    CASE
      WHEN l.employee_number IS NULL AND l.result_share <> 0
      THEN 'share_out_of_bounds'
      WHEN NOT l.employee_number IS NULL AND (
        l.result_share <= 0 OR l.result_share > 1
      )
      THEN 'share_out_of_bounds'
      WHEN l.valid_until <= l.valid_from
      THEN 'dates_reversed'
      WHEN l.object_kind = 'account' AND a.account_number IS NULL
      THEN 'object_unknown'
      WHEN l.object_kind = 'customer' AND c.customer_number IS NULL
      THEN 'object_unknown'
      WHEN l.object_kind = 'village' AND v.village_code IS NULL
      THEN 'object_unknown'
      WHEN NOT l.employee_number IS NULL
      AND e.employee_number IS NULL
      AND f.employee_count > 0
      THEN 'employee_unknown'
    END AS own_refusal
  FROM allocation_decision_line AS l
  CROSS JOIN staff AS f
  LEFT JOIN accounts AS a
    ON a.account_number = l.object_number
  LEFT JOIN customer AS c
    ON c.customer_number = l.object_number
  LEFT JOIN villages AS v
    ON v.village_code = l.object_number
  LEFT JOIN employees AS e
    ON e.employee_number = l.employee_number
), by_kind AS (
  SELECT
    decision_number,
    object_kind,
    object_number,
    'deposit' AS account_kind,
    COALESCE(employee_number, 'unassigned') AS holder,
    result_share,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until,
    own_refusal
  FROM lines
  WHERE
    business_line IN ('deposit', 'all')
  UNION ALL
  SELECT
    decision_number,
    object_kind,
    object_number,
    'loan' AS account_kind,
    COALESCE(employee_number, 'unassigned') AS holder,
    result_share,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until,
    own_refusal
  FROM lines
  WHERE
    business_line IN ('loan', 'all')
), verdicts AS (
  SELECT
    decision_number,
    object_kind,
    object_number,
    CASE
      WHEN COUNT(own_refusal) > 0
      THEN 'line_refused'
      WHEN COUNT(*) <> COUNT(DISTINCT holder)
      THEN 'overlaps_itself'
      WHEN MIN(valid_from) <> MAX(valid_from) OR MIN(valid_until) <> MAX(valid_until)
      THEN 'dates_differ'
      WHEN SUM(result_share) > 1
      THEN 'above_100_percent'
    END AS refusal_code
  FROM by_kind
  GROUP BY
    decision_number,
    object_kind,
    object_number,
    account_kind
), objects AS (
  SELECT
    decision_number,
    object_kind,
    object_number,
    MAX(refusal_code) AS refusal_code
  FROM verdicts
  GROUP BY
    decision_number,
    object_kind,
    object_number
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.decision_number AS BIGINT) AS decision_number,
  CAST(q.line_number AS BIGINT) AS line_number,
  CAST(q.decision_kind AS STRING) AS decision_kind,
  CAST(q.object_kind AS STRING) AS object_kind,
  CAST(q.object_number AS STRING) AS object_number,
  CAST(q.business_line AS STRING) AS business_line,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.result_share AS DECIMAL(12, 6)) AS result_share,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
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
    l.decision_number,
    l.line_number,
    l.decision_kind,
    l.object_kind,
    l.object_number,
    l.business_line,
    l.employee_number,
    l.result_share,
    l.valid_from,
    l.valid_until,
    l.proposed_by,
    l.approved_by,
    l.decision_reason,
    l.own_refusal IS NULL AND o.refusal_code IS NULL AS is_accepted,
    COALESCE(l.own_refusal, o.refusal_code) AS refusal_code,
    l.source_file_id,
    l.source_line
  FROM lines AS l
  INNER JOIN objects AS o
    ON o.decision_number = l.decision_number
    AND o.object_kind = l.object_kind
    AND o.object_number = l.object_number
) AS q

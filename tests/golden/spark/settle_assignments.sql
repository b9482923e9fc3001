WITH lines AS (
  SELECT
    object_kind,
    object_number,
    'deposit' AS account_kind,
    employee_number,
    result_share,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until,
    CAST(0 AS BIGINT) AS decision_number,
    source_file_id,
    source_line
  FROM manager_assignment
  WHERE
    is_accepted AND business_line IN ('deposit', 'all')
  UNION ALL
  SELECT
    object_kind,
    object_number,
    'deposit' AS account_kind,
    employee_number,
    result_share,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until,
    CAST(decision_number AS BIGINT) AS decision_number,
    source_file_id,
    source_line
  FROM allocation_decision
  WHERE
    is_accepted AND business_line IN ('deposit', 'all')
  UNION ALL
  SELECT
    object_kind,
    object_number,
    'loan' AS account_kind,
    employee_number,
    result_share,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until,
    CAST(0 AS BIGINT) AS decision_number,
    source_file_id,
    source_line
  FROM manager_assignment
  WHERE
    is_accepted AND business_line IN ('loan', 'all')
  UNION ALL
  SELECT
    object_kind,
    object_number,
    'loan' AS account_kind,
    employee_number,
    result_share,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until,
    CAST(decision_number AS BIGINT) AS decision_number,
    source_file_id,
    source_line
  FROM allocation_decision
  WHERE
    is_accepted AND business_line IN ('loan', 'all')
), decided AS (
  SELECT DISTINCT
    object_kind,
    object_number,
    account_kind
  FROM lines
  WHERE
    decision_number > 0
), disputed AS (
  SELECT
    l.object_kind,
    l.object_number,
    l.account_kind,
    l.employee_number,
    l.result_share,
    l.valid_from,
    l.valid_until,
    l.decision_number,
    l.source_file_id,
    l.source_line
  FROM lines AS l
  INNER JOIN decided AS d
    ON d.object_kind = l.object_kind
    AND d.object_number = l.object_number
    AND d.account_kind = l.account_kind
), cuts AS (
  SELECT
    object_kind,
    object_number,
    account_kind,
    valid_from
  FROM disputed
  UNION
  SELECT
    object_kind,
    object_number,
    account_kind,
    valid_until AS valid_from
  FROM disputed
  WHERE
    valid_until < CAST('9999-12-31' AS DATE)
), stretches AS (
  SELECT
    object_kind,
    object_number,
    account_kind,
    valid_from,
    LEAD(valid_from) OVER (
      PARTITION BY object_kind, object_number, account_kind
      ORDER BY valid_from NULLS LAST
    ) AS valid_until
  FROM cuts
), candidates AS (
  SELECT
    s.object_kind,
    s.object_number,
    s.account_kind,
    s.valid_from,
    s.valid_until,
    l.employee_number,
    l.result_share,
    l.decision_number,
    l.source_file_id,
    l.source_line,
    MAX(l.decision_number) OVER (PARTITION BY s.object_kind, s.object_number, s.account_kind, s.valid_from) AS last_decision
  FROM stretches AS s
  INNER JOIN disputed AS l
    ON l.object_kind = s.object_kind
    AND l.object_number = s.object_number
    AND l.account_kind = s.account_kind
    AND l.valid_from <= s.valid_from
    AND l.valid_until > s.valid_from
), chosen AS (
  SELECT
    l.object_kind,
    l.object_number,
    l.account_kind,
    l.employee_number,
    l.result_share,
    l.valid_from,
    CASE WHEN l.valid_until < CAST('9999-12-31' AS DATE) THEN l.valid_until END AS valid_until,
    l.decision_number,
    l.source_file_id,
    l.source_line
  FROM lines AS l
  LEFT JOIN decided AS d
    ON d.object_kind = l.object_kind
    AND d.object_number = l.object_number
    AND d.account_kind = l.account_kind
  WHERE
    d.object_number IS NULL
  UNION ALL
  SELECT
    object_kind,
    object_number,
    account_kind,
    employee_number,
    result_share,
    valid_from,
    valid_until,
    decision_number,
    source_file_id,
    source_line
  FROM candidates
  WHERE
    decision_number = last_decision AND NOT employee_number IS NULL
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.object_kind AS STRING) AS object_kind,
  CAST(q.object_number AS STRING) AS object_number,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.result_share AS DECIMAL(12, 6)) AS result_share,
  CAST(q.decision_number AS BIGINT) AS decision_number,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    object_kind,
    object_number,
    account_kind,
    employee_number,
    valid_from,
    valid_until,
    result_share,
    CASE WHEN decision_number > 0 THEN decision_number END AS decision_number,
    source_file_id,
    source_line
  FROM chosen
) AS q

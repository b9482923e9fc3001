WITH days AS (
  SELECT
    reported_on,
    LEAD(reported_on) OVER (ORDER BY reported_on NULLS LAST) AS next_on
  FROM (
    SELECT DISTINCT
      reported_on
    FROM employee_snapshot
  ) AS d
), reports AS (
  SELECT
    e.employee_number,
    e.reported_on,
    d.next_on,
    e.organisation_code,
    e.post_code,
    e.post_name,
    e.is_on_duty,
    LEAD(e.reported_on) OVER (PARTITION BY e.employee_number ORDER BY e.reported_on NULLS LAST) AS seen_next_on
  FROM employee_snapshot AS e
  INNER JOIN days AS d
    ON d.reported_on = e.reported_on
), states AS (
  SELECT
    employee_number,
    reported_on AS day,
    organisation_code,
    post_code,
    post_name,
    is_on_duty
  FROM reports
  UNION ALL
  SELECT
    employee_number,
    next_on AS day,
    organisation_code,
    post_code,
    post_name,
    FALSE AS is_on_duty
  FROM reports
  WHERE
    NOT next_on IS NULL AND (
      seen_next_on IS NULL OR seen_next_on > next_on
    )
), compared AS (
  SELECT
    employee_number,
    day,
    organisation_code,
    post_code,
    post_name,
    is_on_duty,
    CONCAT_WS(
      '|',
      organisation_code,
      COALESCE(post_code, ''),
      COALESCE(post_name, ''),
      CASE WHEN is_on_duty THEN 'on' ELSE 'off' END
    ) AS state
  FROM states
), changes AS (
  SELECT
    employee_number,
    day,
    organisation_code,
    post_code,
    post_name,
    is_on_duty,
    state,
    LAG(state) OVER (PARTITION BY employee_number ORDER BY day NULLS LAST) AS state_before
  FROM compared
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.person_number AS STRING) AS person_number,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.post_code AS STRING) AS post_code,
  CAST(q.post_name AS STRING) AS post_name,
  CAST(q.is_on_duty AS BOOLEAN) AS is_on_duty
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    c.employee_number,
    c.day AS valid_from,
    LEAD(c.day) OVER (PARTITION BY c.employee_number ORDER BY c.day NULLS LAST) AS valid_until,
    COALESCE(n.person_number, c.employee_number) AS person_number,
    c.organisation_code,
    c.post_code,
    c.post_name,
    c.is_on_duty
  FROM changes AS c
  LEFT JOIN person_number AS n
    ON n.number_kind = 'employee' AND n.worker_number = c.employee_number
  WHERE
    c.state_before IS NULL OR c.state_before <> c.state
) AS q

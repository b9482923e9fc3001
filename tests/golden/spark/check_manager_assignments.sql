WITH last_report AS (
  SELECT
    MAX(reported_on) AS reported_on
  FROM manager_assignment_snapshot
  WHERE
    reported_on <= CAST('2026-10-31' AS DATE)
), accounts AS (
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
), delivered AS (
  SELECT
    s.object_kind,
    s.object_number,
    s.employee_number,
    s.business_line,
    s.result_share,
    s.valid_from,
    s.valid_until,
    s.source_file_id,
    s.source_line,
    CASE
      WHEN s.result_share <= 0 OR s.result_share > 1
      THEN 'share_out_of_bounds'
      WHEN s.valid_until <= s.valid_from
      THEN 'dates_reversed'
      WHEN s.object_kind = 'account' AND a.account_number IS NULL
      THEN 'object_unknown'
      WHEN s.object_kind = 'customer' AND c.customer_number IS NULL
      THEN 'object_unknown'
      WHEN s.object_kind = 'village' AND v.village_code IS NULL
      THEN 'object_unknown'
      WHEN e.employee_number IS NULL AND f.employee_count > 0
      THEN 'employee_unknown'
    END AS own_refusal
  FROM manager_assignment_snapshot AS s
  INNER JOIN last_report AS r
    ON r.reported_on = s.reported_on
  CROSS JOIN staff AS f
  LEFT JOIN accounts AS a
    ON a.account_number = s.object_number
  LEFT JOIN customer AS c
    ON c.customer_number = s.object_number
  LEFT JOIN villages AS v
    ON v.village_code = s.object_number
  LEFT JOIN employees AS e
    ON e.employee_number = s.employee_number
), sound AS (
  SELECT
    object_kind,
    object_number,
    employee_number,
    business_line,
    result_share,
    valid_from,
    valid_until,
    source_file_id,
    source_line,
    'deposit' AS account_kind
  FROM delivered
  WHERE
    own_refusal IS NULL AND business_line IN ('deposit', 'all')
  UNION ALL
  SELECT
    object_kind,
    object_number,
    employee_number,
    business_line,
    result_share,
    valid_from,
    valid_until,
    source_file_id,
    source_line,
    'loan' AS account_kind
  FROM delivered
  WHERE
    own_refusal IS NULL AND business_line IN ('loan', 'all')
), repeated AS (
  SELECT DISTINCT
    l.source_file_id,
    l.source_line
  FROM sound AS l
  INNER JOIN sound AS p
    ON p.object_kind = l.object_kind
    AND p.object_number = l.object_number
    AND p.account_kind = l.account_kind
    AND p.employee_number = l.employee_number
    AND (
      p.valid_until IS NULL OR p.valid_until > l.valid_from
    )
    AND (
      p.valid_from < l.valid_from
      OR (
        p.valid_from = l.valid_from
        AND (
          p.source_file_id < l.source_file_id
          OR (
            p.source_file_id = l.source_file_id AND p.source_line < l.source_line
          )
        )
      )
    )
), single AS (
  SELECT
    s.object_kind,
    s.object_number,
    s.result_share,
    s.valid_from,
    s.valid_until,
    s.source_file_id,
    s.source_line,
    s.account_kind
  FROM sound AS s
  LEFT JOIN repeated AS r
    ON r.source_file_id = s.source_file_id AND r.source_line = s.source_line
  WHERE
    r.source_file_id IS NULL
), taken AS (
  SELECT
    l.source_file_id,
    l.source_line,
    l.account_kind,
    l.result_share,
    CAST(SUM(p.result_share) AS DECIMAL(38, 6)) AS taken_share
  FROM single AS l
  INNER JOIN single AS p
    ON p.object_kind = l.object_kind
    AND p.object_number = l.object_number
    AND p.account_kind = l.account_kind
    AND (
      p.valid_until IS NULL OR p.valid_until > l.valid_from
    )
    AND (
      p.valid_from < l.valid_from
      OR (
        p.valid_from = l.valid_from
        AND (
          p.source_file_id < l.source_file_id
          OR (
            p.source_file_id = l.source_file_id AND p.source_line < l.source_line
          )
        )
      )
    )
  GROUP BY
    l.source_file_id,
    l.source_line,
    l.account_kind,
    l.result_share
), excessive AS (
  SELECT DISTINCT
    source_file_id,
    source_line
  FROM taken
  WHERE
    taken_share + result_share > 1
), judged AS (
  SELECT
    d.object_kind,
    d.object_number,
    d.employee_number,
    d.business_line,
    d.valid_from,
    d.valid_until,
    d.result_share,
    CASE
      WHEN NOT d.own_refusal IS NULL
      THEN d.own_refusal
      WHEN NOT r.source_file_id IS NULL
      THEN 'overlaps_itself'
      WHEN NOT x.source_file_id IS NULL
      THEN 'above_100_percent'
    END AS refusal_code,
    d.source_file_id,
    d.source_line
  FROM delivered AS d
  LEFT JOIN repeated AS r
    ON r.source_file_id = d.source_file_id AND r.source_line = d.source_line
  LEFT JOIN excessive AS x
    ON x.source_file_id = d.source_file_id AND x.source_line = d.source_line
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.object_kind AS STRING) AS object_kind,
  CAST(q.object_number AS STRING) AS object_number,
  CAST(q.employee_number AS STRING) AS employee_number,
  CAST(q.business_line AS STRING) AS business_line,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.result_share AS DECIMAL(12, 6)) AS result_share,
  CAST(q.is_accepted AS BOOLEAN) AS is_accepted,
  CAST(q.refusal_code AS STRING) AS refusal_code,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    object_kind,
    object_number,
    employee_number,
    business_line,
    valid_from,
    valid_until,
    result_share,
    refusal_code IS NULL AS is_accepted,
    refusal_code,
    source_file_id,
    source_line
  FROM judged
) AS q

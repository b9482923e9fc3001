WITH outlet_reports AS (
  SELECT
    reported_on,
    LEAD(reported_on) OVER (ORDER BY reported_on NULLS LAST) AS next_on
  FROM (
    SELECT DISTINCT
      reported_on
    FROM organisation_snapshot
  ) AS d
), employee_reports AS (
  SELECT
    reported_on,
    LEAD(reported_on) OVER (ORDER BY reported_on NULLS LAST) AS next_on
  FROM (
    SELECT DISTINCT
      reported_on
    FROM employee_snapshot
  ) AS d
), outlets AS (
  SELECT
    reported_on,
    organisation_code,
    COUNT(*) FILTER(WHERE
      organisation_kind = 'outlet' AND is_open) AS outlet_count
  FROM organisation_snapshot
  GROUP BY
    reported_on,
    organisation_code
), persons AS (
  SELECT
    reported_on,
    organisation_code,
    is_on_duty
  FROM (
    SELECT
      e.reported_on,
      e.organisation_code,
      e.is_on_duty,
      ROW_NUMBER() OVER (
        PARTITION BY e.reported_on, COALESCE(n.person_number, e.employee_number)
        ORDER BY e.is_on_duty DESC, e.employee_number NULLS LAST
      ) AS _w
    FROM employee_snapshot AS e
    LEFT JOIN person_number AS n
      ON n.number_kind = 'employee' AND n.worker_number = e.employee_number
  ) AS _t
  WHERE
    _w = 1
), employees AS (
  SELECT
    reported_on,
    organisation_code,
    COUNT(*) FILTER(WHERE
      is_on_duty) AS employee_count
  FROM persons
  GROUP BY
    reported_on,
    organisation_code
), counted AS (
  SELECT
    o.organisation_code,
    c.business_date,
    CASE WHEN p.organisation_code IS NULL THEN o.outlet_count ELSE 0 END AS outlet_count,
    CAST(0 AS BIGINT) AS employee_count
  FROM outlets AS o
  INNER JOIN outlet_reports AS r
    ON r.reported_on = o.reported_on
  INNER JOIN calendar_day AS c
    ON c.business_date >= r.reported_on
    AND (
      r.next_on IS NULL OR c.business_date < r.next_on
    )
  LEFT JOIN organisation_period AS p
    ON p.organisation_code = o.organisation_code
    AND NOT p.is_open
    AND c.business_date >= p.valid_from
    AND (
      p.valid_until IS NULL OR c.business_date < p.valid_until
    )
  UNION ALL
  SELECT
    e.organisation_code,
    c.business_date,
    CAST(0 AS BIGINT) AS outlet_count,
    e.employee_count
  FROM employees AS e
  INNER JOIN employee_reports AS r
    ON r.reported_on = e.reported_on
  INNER JOIN calendar_day AS c
    ON c.business_date >= r.reported_on
    AND (
      r.next_on IS NULL OR c.business_date < r.next_on
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.outlet_count AS BIGINT) AS outlet_count,
  CAST(q.employee_count AS BIGINT) AS employee_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    business_date,
    CAST(SUM(outlet_count) AS BIGINT) AS outlet_count,
    CAST(SUM(employee_count) AS BIGINT) AS employee_count
  FROM counted
  GROUP BY
    organisation_code,
    business_date
) AS q

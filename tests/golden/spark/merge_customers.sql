WITH shared AS (
  SELECT
    certificate_group,
    certificate_number
  FROM customer_certificate
  GROUP BY
    certificate_group,
    certificate_number
  HAVING
    COUNT(*) BETWEEN 2 AND 50
), candidates AS (
  SELECT
    c.customer_number,
    c.certificate_group,
    c.certificate_number,
    c.first_reported_on
  FROM customer_certificate AS c
  INNER JOIN shared AS s
    ON s.certificate_group = c.certificate_group
    AND s.certificate_number = c.certificate_number
), residents AS (
  SELECT
    c.customer_number,
    c.certificate_number AS resident_number
  FROM customer_certificate AS c
  WHERE
    c.certificate_group = 'resident'
    AND c.customer_number IN (
      SELECT
        customer_number
      FROM candidates
    )
), people AS (
  SELECT
    c.certificate_group,
    c.certificate_number,
    COUNT(DISTINCT r.resident_number) AS resident_count,
    MIN(r.resident_number) AS resident_number
  FROM candidates AS c
  LEFT JOIN residents AS r
    ON r.customer_number = c.customer_number
  GROUP BY
    c.certificate_group,
    c.certificate_number
), keyed AS (
  SELECT
    customer_number,
    certificate_group,
    first_reported_on,
    person_key
  FROM (
    SELECT
      c.customer_number,
      c.certificate_group,
      c.first_reported_on,
      CASE
        WHEN NOT p.resident_number IS NULL
        THEN CONCAT('resident|', COALESCE(p.resident_number, ''))
        ELSE CONCAT(COALESCE(c.certificate_group, ''), '|', COALESCE(c.certificate_number, ''))
      END AS person_key,
      ROW_NUMBER() OVER (
        PARTITION BY c.customer_number
        ORDER BY CASE
          WHEN c.certificate_group = 'resident'
          THEN 0
          WHEN NOT p.resident_number IS NULL
          THEN 1
          ELSE 2
        END NULLS LAST, c.certificate_group NULLS LAST, c.certificate_number NULLS LAST
      ) AS _w
    FROM candidates AS c
    INNER JOIN people AS p
      ON p.certificate_group = c.certificate_group
      AND p.certificate_number = c.certificate_number
    WHERE
      p.resident_count <= 1
  ) AS _t
  WHERE
    _w = 1
), opened AS (
  SELECT
    a.customer_number,
    MIN(a.opened_on) AS opened_on
  FROM account_snapshot AS a
  INNER JOIN keyed AS k
    ON k.customer_number = a.customer_number
  GROUP BY
    a.customer_number
), ages AS (
  SELECT
    s.customer_number,
    MIN(s.reported_on) AS first_reported_on
  FROM customer_snapshot AS s
  INNER JOIN keyed AS k
    ON k.customer_number = s.customer_number
  GROUP BY
    s.customer_number
), ranked AS (
  SELECT
    k.customer_number,
    k.person_key,
    k.certificate_group,
    k.first_reported_on,
    FIRST_VALUE(k.customer_number) OVER (
      PARTITION BY k.person_key
      ORDER BY COALESCE(o.opened_on, a.first_reported_on, k.first_reported_on) NULLS LAST, COALESCE(a.first_reported_on, k.first_reported_on) NULLS LAST, k.customer_number NULLS LAST
    ) AS surviving_number
  FROM keyed AS k
  LEFT JOIN opened AS o
    ON o.customer_number = k.customer_number
  LEFT JOIN ages AS a
    ON a.customer_number = k.customer_number
), pairs AS (
  SELECT
    r.customer_number,
    r.surviving_number,
    r.certificate_group,
    GREATEST(r.first_reported_on, s.first_reported_on) AS known_on
  FROM ranked AS r
  INNER JOIN ranked AS s
    ON s.customer_number = r.surviving_number
  WHERE
    r.customer_number <> r.surviving_number
), events AS (
  SELECT
    customer_number,
    surviving_number,
    certificate_group,
    known_on AS day,
    0 AS place,
    TRUE AS is_on,
    CAST(NULL AS STRING) AS decided_by,
    CAST(NULL AS STRING) AS decision_reason
  FROM pairs
  UNION ALL
  SELECT
    p.customer_number,
    p.surviving_number,
    p.certificate_group,
    GREATEST(d.decided_on, p.known_on) AS day,
    d.decision_number + 1 AS place,
    d.merge_decision = 'confirm' AS is_on,
    d.decided_by,
    d.decision_reason
  FROM pairs AS p
  INNER JOIN customer_merge_decision AS d
    ON d.customer_number = p.customer_number
    AND COALESCE(d.surviving_number, p.surviving_number) = p.surviving_number
  WHERE
    d.decided_on <= CAST('2026-10-31' AS DATE)
), ends_of_days AS (
  SELECT
    customer_number,
    surviving_number,
    certificate_group,
    day,
    is_on,
    decided_by,
    decision_reason
  FROM (
    SELECT
      customer_number,
      surviving_number,
      certificate_group,
      day,
      is_on,
      decided_by,
      decision_reason,
      ROW_NUMBER() OVER (
        PARTITION BY customer_number, day
        ORDER BY place DESC, decided_by NULLS LAST, decision_reason NULLS LAST
      ) AS _w
    FROM events
  ) AS _t
  WHERE
    _w = 1
), compared AS (
  SELECT
    customer_number,
    surviving_number,
    certificate_group,
    day,
    is_on,
    decided_by,
    decision_reason,
    LAG(is_on) OVER (PARTITION BY customer_number ORDER BY day NULLS LAST) AS was_on
  FROM ends_of_days
), changes AS (
  SELECT
    customer_number,
    surviving_number,
    certificate_group,
    day,
    is_on,
    decided_by,
    decision_reason,
    LEAD(day) OVER (PARTITION BY customer_number ORDER BY day NULLS LAST) AS next_day
  FROM compared
  WHERE
    is_on <> COALESCE(was_on, FALSE)
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.surviving_number AS STRING) AS surviving_number,
  CAST(q.certificate_group AS STRING) AS certificate_group,
  CAST(q.decided_by AS STRING) AS decided_by,
  CAST(q.decision_reason AS STRING) AS decision_reason
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    customer_number,
    day AS valid_from,
    next_day AS valid_until,
    surviving_number,
    certificate_group,
    decided_by,
    decision_reason
  FROM changes
  WHERE
    is_on
) AS q

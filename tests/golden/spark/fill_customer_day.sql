WITH bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
), relations AS (
  SELECT
    r.customer_number,
    COALESCE(c.home_organisation_code, 'none') AS organisation_code,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    r.relation,
    r.valid_from,
    r.valid_until,
    r.is_first
  FROM customer_relation AS r
  LEFT JOIN customer AS c
    ON c.customer_number = r.customer_number
), dated AS (
  SELECT
    customer_number,
    organisation_code,
    customer_kind,
    relation,
    valid_from AS business_date,
    1 AS change,
    CASE WHEN is_first AND relation = 'holder' THEN 1 ELSE 0 END AS new_count,
    0 AS lost_count
  FROM relations
  UNION ALL
  SELECT
    customer_number,
    organisation_code,
    customer_kind,
    relation,
    valid_until AS business_date,
    -1 AS change,
    0 AS new_count,
    CASE WHEN relation = 'holder' THEN 1 ELSE 0 END AS lost_count
  FROM relations
  WHERE
    NOT valid_until IS NULL
), taken_along AS (
  SELECT
    h.organisation_code,
    h.previous_organisation_code,
    r.customer_kind,
    r.relation,
    h.valid_from AS business_date
  FROM customer_home_period AS h
  INNER JOIN relations AS r
    ON r.customer_number = h.customer_number
    AND r.valid_from < h.valid_from
    AND (
      r.valid_until IS NULL OR r.valid_until >= h.valid_from
    )
  WHERE
    NOT h.previous_organisation_code IS NULL
), changes AS (
  SELECT
    COALESCE(h.organisation_code, d.organisation_code) AS organisation_code,
    d.customer_kind,
    d.relation,
    d.business_date,
    d.change,
    d.new_count,
    d.lost_count
  FROM dated AS d
  LEFT JOIN customer_home_period AS h
    ON h.customer_number = d.customer_number
    AND d.business_date >= h.valid_from
    AND (
      h.valid_until IS NULL OR d.business_date < h.valid_until
    )
  UNION ALL
  SELECT
    organisation_code,
    customer_kind,
    relation,
    business_date,
    1 AS change,
    0 AS new_count,
    0 AS lost_count
  FROM taken_along
  UNION ALL
  SELECT
    previous_organisation_code AS organisation_code,
    customer_kind,
    relation,
    business_date,
    -1 AS change,
    0 AS new_count,
    0 AS lost_count
  FROM taken_along
), daily AS (
  SELECT
    c.organisation_code,
    c.customer_kind,
    GREATEST(c.business_date, b.first_day) AS business_date,
    CAST(COALESCE(SUM(c.change) FILTER(WHERE
      c.relation = 'holder'), 0) AS BIGINT) AS customer_change,
    CAST(COALESCE(SUM(c.change) FILTER(WHERE
      c.relation = 'depositor'), 0) AS BIGINT) AS depositor_change,
    CAST(COALESCE(SUM(c.change) FILTER(WHERE
      c.relation = 'borrower'), 0) AS BIGINT) AS borrower_change,
    CAST(COALESCE(SUM(c.new_count) FILTER(WHERE
      c.business_date >= b.first_day), 0) AS BIGINT) AS new_count,
    CAST(COALESCE(SUM(c.lost_count) FILTER(WHERE
      c.business_date >= b.first_day), 0) AS BIGINT) AS lost_count
  FROM changes AS c, bounds AS b
  WHERE
    c.business_date <= CAST('2026-10-31' AS DATE)
  GROUP BY
    c.organisation_code,
    c.customer_kind,
    GREATEST(c.business_date, b.first_day)
), merged AS (
  SELECT
    customer_number,
    surviving_number,
    valid_from,
    valid_until
  FROM customer_merge
  UNION ALL
  SELECT
    surviving_number AS customer_number,
    surviving_number,
    MIN(valid_from) AS valid_from,
    CAST(NULL AS DATE) AS valid_until
  FROM customer_merge
  GROUP BY
    surviving_number
), held_twice AS (
  SELECT
    customer_number,
    organisation_code,
    customer_kind,
    relation,
    business_date
  FROM (
    SELECT
      r.customer_number,
      COALESCE(h.organisation_code, r.organisation_code) AS organisation_code,
      r.customer_kind,
      r.relation,
      c.business_date,
      ROW_NUMBER() OVER (
        PARTITION BY m.surviving_number, r.relation, c.business_date
        ORDER BY CASE WHEN r.customer_number = m.surviving_number THEN 0 ELSE 1 END NULLS LAST, r.customer_number NULLS LAST
      ) AS _w
    FROM merged AS m
    INNER JOIN relations AS r
      ON r.customer_number = m.customer_number
    INNER JOIN calendar_day AS c
      ON c.business_date >= GREATEST(m.valid_from, r.valid_from)
      AND (
        m.valid_until IS NULL OR c.business_date < m.valid_until
      )
      AND (
        r.valid_until IS NULL OR c.business_date < r.valid_until
      )
    LEFT JOIN customer_home_period AS h
      ON h.customer_number = r.customer_number
      AND c.business_date >= h.valid_from
      AND (
        h.valid_until IS NULL OR c.business_date < h.valid_until
      )
  ) AS _t
  WHERE
    _w > 1
), repeated AS (
  SELECT
    organisation_code,
    customer_kind,
    business_date,
    COUNT(*) FILTER(WHERE
      relation = 'holder') AS repeated_count,
    COUNT(*) FILTER(WHERE
      relation = 'depositor') AS repeated_depositor_count,
    COUNT(*) FILTER(WHERE
      relation = 'borrower') AS repeated_borrower_count
  FROM held_twice
  GROUP BY
    organisation_code,
    customer_kind,
    business_date
), groups AS (
  SELECT
    organisation_code,
    customer_kind,
    MIN(business_date) AS first_on
  FROM daily
  GROUP BY
    organisation_code,
    customer_kind
), spine AS (
  SELECT
    g.organisation_code,
    g.customer_kind,
    c.business_date
  FROM groups AS g
  INNER JOIN calendar_day AS c
    ON c.business_date >= g.first_on
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.customer_count AS BIGINT) AS customer_count,
  CAST(q.person_count AS BIGINT) AS person_count,
  CAST(q.depositor_count AS BIGINT) AS depositor_count,
  CAST(q.borrower_count AS BIGINT) AS borrower_count,
  CAST(q.new_customer_count AS BIGINT) AS new_customer_count,
  CAST(q.lost_customer_count AS BIGINT) AS lost_customer_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.organisation_code,
    s.customer_kind,
    s.business_date,
    CAST(SUM(COALESCE(d.customer_change, 0)) OVER (
      PARTITION BY s.organisation_code, s.customer_kind
      ORDER BY s.business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) AS customer_count,
    CAST(SUM(COALESCE(d.customer_change, 0)) OVER (
      PARTITION BY s.organisation_code, s.customer_kind
      ORDER BY s.business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) - COALESCE(t.repeated_count, 0) AS person_count,
    CAST(SUM(COALESCE(d.depositor_change, 0)) OVER (
      PARTITION BY s.organisation_code, s.customer_kind
      ORDER BY s.business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) - COALESCE(t.repeated_depositor_count, 0) AS depositor_count,
    CAST(SUM(COALESCE(d.borrower_change, 0)) OVER (
      PARTITION BY s.organisation_code, s.customer_kind
      ORDER BY s.business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS BIGINT) - COALESCE(t.repeated_borrower_count, 0) AS borrower_count,
    COALESCE(d.new_count, 0) AS new_customer_count,
    COALESCE(d.lost_count, 0) AS lost_customer_count
  FROM spine AS s
  LEFT JOIN repeated AS t
    ON t.organisation_code = s.organisation_code
    AND t.customer_kind = s.customer_kind
    AND t.business_date = s.business_date
  LEFT JOIN daily AS d
    ON d.organisation_code = s.organisation_code
    AND d.customer_kind = s.customer_kind
    AND d.business_date = s.business_date
) AS q

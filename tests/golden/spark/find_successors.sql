WITH RECURSIVE ends AS (
  SELECT
    organisation_code,
    COALESCE(MAX(valid_until) FILTER(WHERE
      is_open), MIN(valid_from)) AS closed_on,
    COUNT(*) FILTER(WHERE
      valid_until IS NULL AND is_open) AS open_count
  FROM organisation_period
  GROUP BY
    organisation_code
), closed AS (
  SELECT
    organisation_code,
    closed_on
  FROM ends
  WHERE
    open_count = 0
), by_profile AS (
  SELECT
    organisation_code,
    successor_code
  FROM (
    SELECT
      p.organisation_code,
      p.successor_code,
      ROW_NUMBER() OVER (
        PARTITION BY p.organisation_code
        ORDER BY p.reported_on DESC, p.source_file_id DESC, p.source_line DESC
      ) AS _w
    FROM outlet_profile_snapshot AS p
    WHERE
      NOT p.successor_code IS NULL AND p.successor_code <> p.organisation_code
  ) AS _t
  WHERE
    _w = 1
), remarks AS (
  SELECT
    organisation_code,
    remark
  FROM (
    SELECT
      organisation_code,
      remark,
      ROW_NUMBER() OVER (
        PARTITION BY organisation_code
        ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
      ) AS _w
    FROM organisation_snapshot
    WHERE
      NOT is_open AND NOT remark IS NULL
  ) AS _t
  WHERE
    _w = 1
), by_remark AS (
  SELECT
    organisation_code,
    successor_code
  FROM (
    SELECT
      r.organisation_code,
      o.organisation_code AS successor_code,
      ROW_NUMBER() OVER (
        PARTITION BY r.organisation_code
        ORDER BY LENGTH(o.organisation_code) DESC, o.organisation_code NULLS LAST
      ) AS _w
    FROM remarks AS r
    INNER JOIN organisation AS o
      ON o.organisation_code <> r.organisation_code
      AND (
        CONTAINS(r.remark, o.organisation_code)
        OR CONTAINS(r.remark, o.organisation_name)
      )
  ) AS _t
  WHERE
    _w = 1
), moved AS (
  SELECT
    p.previous_organisation_code AS organisation_code,
    p.organisation_code AS successor_code,
    COUNT(*) AS moved_account_count
  FROM account_organisation_period AS p
  INNER JOIN closed AS c
    ON c.organisation_code = p.previous_organisation_code
  GROUP BY
    p.previous_organisation_code,
    p.organisation_code
), stayed AS (
  SELECT
    a.organisation_code,
    COUNT(*) AS account_count
  FROM account AS a
  INNER JOIN closed AS c
    ON c.organisation_code = a.organisation_code
  WHERE
    a.closed_on IS NULL OR a.closed_on >= c.closed_on
  GROUP BY
    a.organisation_code
), totals AS (
  SELECT
    organisation_code,
    CAST(SUM(account_count) AS BIGINT) AS account_count
  FROM (
    SELECT
      organisation_code,
      moved_account_count AS account_count
    FROM moved
    UNION ALL
    SELECT
      organisation_code,
      account_count
    FROM stayed
  ) AS t
  GROUP BY
    organisation_code
), by_accounts AS (
  SELECT
    m.organisation_code,
    m.successor_code
  FROM moved AS m
  INNER JOIN totals AS t
    ON t.organisation_code = m.organisation_code
  WHERE
    m.moved_account_count * 2 > t.account_count
), found AS (
  SELECT
    c.organisation_code,
    c.closed_on,
    COALESCE(p.successor_code, r.successor_code, a.successor_code) AS successor_code,
    CASE
      WHEN NOT p.successor_code IS NULL
      THEN 'profile'
      WHEN NOT r.successor_code IS NULL
      THEN 'remark'
      ELSE 'accounts'
    END AS evidence
  FROM closed AS c
  LEFT JOIN by_profile AS p
    ON p.organisation_code = c.organisation_code
  LEFT JOIN by_remark AS r
    ON r.organisation_code = c.organisation_code
  LEFT JOIN by_accounts AS a
    ON a.organisation_code = c.organisation_code
), taken_over AS (
  SELECT
    f.organisation_code,
    f.closed_on,
    f.successor_code,
    f.evidence
  FROM found AS f
  INNER JOIN organisation AS o
    ON o.organisation_code = f.successor_code
), chain AS (
  SELECT
    organisation_code,
    successor_code AS current_successor_code,
    1 AS distance
  FROM taken_over
  UNION ALL
  SELECT
    c.organisation_code,
    t.successor_code AS current_successor_code,
    c.distance + 1 AS distance
  FROM chain AS c
  INNER JOIN taken_over AS t
    ON t.organisation_code = c.current_successor_code
  WHERE
    c.distance < 10 AND t.successor_code <> c.organisation_code
), finals AS (
  SELECT
    organisation_code,
    current_successor_code
  FROM (
    SELECT
      organisation_code,
      current_successor_code,
      ROW_NUMBER() OVER (
        PARTITION BY organisation_code
        ORDER BY distance DESC, current_successor_code NULLS LAST
      ) AS _w
    FROM chain
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.closed_on AS DATE) AS closed_on,
  CAST(q.successor_code AS STRING) AS successor_code,
  CAST(q.current_successor_code AS STRING) AS current_successor_code,
  CAST(q.evidence AS STRING) AS evidence,
  CAST(q.is_inferred AS BOOLEAN) AS is_inferred,
  CAST(q.moved_account_count AS BIGINT) AS moved_account_count,
  CAST(q.account_count AS BIGINT) AS account_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    t.organisation_code,
    t.closed_on,
    t.successor_code,
    f.current_successor_code,
    t.evidence,
    t.evidence = 'accounts' AS is_inferred,
    COALESCE(m.moved_account_count, 0) AS moved_account_count,
    COALESCE(a.account_count, 0) AS account_count
  FROM taken_over AS t
  INNER JOIN finals AS f
    ON f.organisation_code = t.organisation_code
  LEFT JOIN moved AS m
    ON m.organisation_code = t.organisation_code AND m.successor_code = t.successor_code
  LEFT JOIN totals AS a
    ON a.organisation_code = t.organisation_code
) AS q

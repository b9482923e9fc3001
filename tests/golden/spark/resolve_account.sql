WITH feeds AS (
  SELECT DISTINCT
    source_code,
    feed_code
  FROM delivery
  WHERE
    source_file_id IN (
      SELECT
        source_file_id
      FROM account_snapshot
    )
), feed_days AS (
  SELECT
    source_code,
    feed_code,
    business_date,
    LEAD(business_date) OVER (PARTITION BY source_code, feed_code ORDER BY business_date NULLS LAST) AS next_on
  FROM (
    SELECT DISTINCT
      d.source_code,
      d.feed_code,
      d.business_date
    FROM delivery AS d
    INNER JOIN feeds AS f
      ON f.source_code = d.source_code AND f.feed_code = d.feed_code
  ) AS days
), spans AS (
  SELECT
    account_number,
    currency,
    MIN(reported_on) AS first_reported_on,
    MAX(reported_on) AS last_reported_on
  FROM account_snapshot
  GROUP BY
    account_number,
    currency
), recent AS (
  SELECT
    account_number,
    currency,
    account_kind,
    customer_number,
    organisation_code,
    product_code,
    product_group,
    subject_code,
    interest_rate,
    opened_on,
    closed_on,
    account_status,
    reported_on,
    source_file_id,
    source_line,
    first_reported_on
  FROM (
    SELECT
      s.account_number,
      s.currency,
      s.account_kind,
      s.customer_number,
      s.organisation_code,
      s.product_code,
      s.product_group,
      s.subject_code,
      s.interest_rate,
      s.opened_on,
      s.closed_on,
      s.account_status,
      s.reported_on,
      s.source_file_id,
      s.source_line,
      p.first_reported_on,
      ROW_NUMBER() OVER (
        PARTITION BY s.account_number, s.currency
        ORDER BY s.closed_on DESC NULLS FIRST, s.cash_form NULLS LAST, s.source_file_id DESC, s.source_line DESC
      ) AS _w
    FROM account_snapshot AS s
    INNER JOIN spans AS p
      ON p.account_number = s.account_number
      AND p.currency = s.currency
      AND p.last_reported_on = s.reported_on
  ) AS _t
  WHERE
    _w = 1
), latest AS (
  SELECT
    r.account_number,
    r.currency,
    r.account_kind,
    r.customer_number,
    r.organisation_code,
    r.product_code,
    r.product_group,
    r.subject_code,
    r.interest_rate,
    COALESCE(r.opened_on, r.first_reported_on) AS opened_on,
    COALESCE(r.closed_on, f.next_on) AS closed_on,
    r.account_status,
    r.closed_on IS NULL AND NOT f.next_on IS NULL AS is_vanished,
    r.reported_on AS last_reported_on,
    r.source_file_id,
    r.source_line
  FROM recent AS r
  INNER JOIN delivery AS d
    ON d.source_file_id = r.source_file_id
  INNER JOIN feed_days AS f
    ON f.source_code = d.source_code
    AND f.feed_code = d.feed_code
    AND f.business_date = r.reported_on
), unreported AS (
  SELECT
    account_number,
    currency,
    account_kind,
    customer_number,
    organisation_code,
    posted_on,
    source_file_id,
    source_line
  FROM (
    SELECT
      t.account_number,
      t.currency,
      t.account_kind,
      COALESCE(t.customer_number, 'none') AS customer_number,
      t.holding_organisation_code AS organisation_code,
      t.posted_on,
      t.source_file_id,
      t.source_line,
      ROW_NUMBER() OVER (
        PARTITION BY t.account_number, t.currency
        ORDER BY t.posted_on NULLS LAST, t.transaction_number NULLS LAST, t.source_file_id NULLS LAST, t.source_line NULLS LAST
      ) AS _w
    FROM account_transaction AS t
    WHERE
      NOT EXISTS(
        SELECT
          1
        FROM latest AS l
        WHERE
          l.account_number = t.account_number AND l.currency = t.currency
      )
  ) AS _t
  WHERE
    _w = 1
), every AS (
  SELECT
    account_number,
    currency,
    account_kind,
    customer_number,
    organisation_code,
    product_code,
    product_group,
    subject_code,
    interest_rate,
    opened_on,
    closed_on,
    account_status,
    is_vanished,
    last_reported_on,
    source_file_id,
    source_line
  FROM latest
  UNION ALL
  SELECT
    account_number,
    currency,
    account_kind,
    customer_number,
    organisation_code,
    'unknown' AS product_code,
    CAST(NULL AS STRING) AS product_group,
    CAST(NULL AS STRING) AS subject_code,
    CAST(NULL AS DECIMAL(12, 6)) AS interest_rate,
    posted_on AS opened_on,
    CAST(NULL AS DATE) AS closed_on,
    CAST(NULL AS STRING) AS account_status,
    FALSE AS is_vanished,
    CAST(NULL AS DATE) AS last_reported_on,
    source_file_id,
    source_line
  FROM unreported
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_category AS STRING) AS product_category,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.interest_rate AS DECIMAL(12, 6)) AS interest_rate,
  CAST(q.opened_on AS DATE) AS opened_on,
  CAST(q.closed_on AS DATE) AS closed_on,
  CAST(q.account_status AS STRING) AS account_status,
  CAST(q.is_vanished AS BOOLEAN) AS is_vanished,
  CAST(q.last_reported_on AS DATE) AS last_reported_on,
  CAST(q.source_file_id AS STRING) AS source_file_id,
  CAST(q.source_line AS BIGINT) AS source_line
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    e.account_number,
    e.currency,
    e.account_kind,
    e.customer_number,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    e.organisation_code,
    e.product_code,
    CASE
      WHEN e.product_group IS NULL OR e.product_group = p.product_group
      THEN COALESCE(p.product_category, 'unmapped')
      ELSE e.product_group
    END AS product_category,
    COALESCE(e.product_group, p.product_group, 'unmapped') AS product_group,
    CASE
      WHEN e.product_group IS NULL
      THEN COALESCE(p.product_line, 'unmapped')
      ELSE COALESCE(g.parent_code, 'unmapped')
    END AS product_line,
    e.subject_code,
    e.interest_rate,
    e.opened_on,
    e.closed_on,
    e.account_status,
    e.is_vanished,
    e.last_reported_on,
    e.source_file_id,
    e.source_line
  FROM every AS e
  LEFT JOIN product AS p
    ON p.product_code = e.product_code
  LEFT JOIN product_level AS g
    ON g.level_kind = 'group' AND g.level_code = e.product_group
  LEFT JOIN customer AS c
    ON c.customer_number = e.customer_number
) AS q

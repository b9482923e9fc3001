WITH reports AS (
  SELECT
    organisation_code,
    organisation_name,
    organisation_kind,
    parent_code,
    region_code,
    opened_on,
    is_open,
    reported_on,
    MIN(reported_on) OVER (PARTITION BY organisation_code) AS first_reported_on,
    ROW_NUMBER() OVER (
      PARTITION BY organisation_code
      ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
    ) AS recency
  FROM organisation_snapshot
), latest AS (
  SELECT
    organisation_code,
    organisation_name,
    organisation_kind,
    parent_code,
    region_code,
    opened_on,
    is_open,
    first_reported_on,
    reported_on AS last_reported_on
  FROM reports
  WHERE
    recency = 1
), mentioned AS (
  SELECT
    organisation_code,
    MIN(seen_on) AS first_seen_on,
    MAX(seen_on) AS last_seen_on
  FROM (
    SELECT
      organisation_code,
      reported_on AS seen_on
    FROM account_snapshot
    UNION ALL
    SELECT
      holding_organisation_code AS organisation_code,
      posted_on AS seen_on
    FROM account_transaction
    UNION ALL
    SELECT
      organisation_code,
      reported_on AS seen_on
    FROM ledger_snapshot
    UNION ALL
    SELECT
      organisation_code,
      reported_on AS seen_on
    FROM loan_snapshot
  ) AS m
  GROUP BY
    organisation_code
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.organisation_name AS STRING) AS organisation_name,
  CAST(q.organisation_kind AS STRING) AS organisation_kind,
  CAST(q.parent_code AS STRING) AS parent_code,
  CAST(q.region_code AS STRING) AS region_code,
  CAST(q.opened_on AS DATE) AS opened_on,
  CAST(q.is_open AS BOOLEAN) AS is_open,
  CAST(q.first_reported_on AS DATE) AS first_reported_on,
  CAST(q.last_reported_on AS DATE) AS last_reported_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    COALESCE(l.organisation_code, m.organisation_code) AS organisation_code,
    l.organisation_name,
    COALESCE(l.organisation_kind, 'other') AS organisation_kind,
    p.organisation_code AS parent_code,
    l.region_code,
    l.opened_on,
    COALESCE(l.is_open, TRUE) AS is_open,
    COALESCE(l.first_reported_on, m.first_seen_on) AS first_reported_on,
    COALESCE(l.last_reported_on, m.last_seen_on) AS last_reported_on
  FROM latest AS l
  FULL JOIN mentioned AS m
    ON m.organisation_code = l.organisation_code
  LEFT JOIN latest AS p
    ON p.organisation_code = l.parent_code
) AS q

WITH RECURSIVE parents AS (
  SELECT
    organisation_code,
    parent_code,
    valid_from,
    LAG(COALESCE(parent_code, '')) OVER (PARTITION BY organisation_code ORDER BY valid_from NULLS LAST) AS parent_before
  FROM organisation_period
), edges AS (
  SELECT
    organisation_code,
    parent_code,
    CASE WHEN parent_before IS NULL THEN CAST('1900-01-01' AS DATE) ELSE valid_from END AS valid_from,
    COALESCE(
      LEAD(valid_from) OVER (PARTITION BY organisation_code ORDER BY valid_from NULLS LAST),
      CAST('9999-12-31' AS DATE)
    ) AS valid_until
  FROM parents
  WHERE
    parent_before IS NULL OR parent_before <> COALESCE(parent_code, '')
), above AS (
  SELECT DISTINCT
    organisation_code AS ancestor_code,
    organisation_code,
    CAST('1900-01-01' AS DATE) AS valid_from,
    CAST('9999-12-31' AS DATE) AS valid_until,
    0 AS distance
  FROM organisation_period
  UNION ALL
  SELECT
    e.parent_code AS ancestor_code,
    a.organisation_code,
    GREATEST(a.valid_from, e.valid_from) AS valid_from,
    LEAST(a.valid_until, e.valid_until) AS valid_until,
    a.distance + 1 AS distance
  FROM above AS a
  INNER JOIN edges AS e
    ON e.organisation_code = a.ancestor_code
    AND e.valid_from < a.valid_until
    AND e.valid_until > a.valid_from
  WHERE
    NOT e.parent_code IS NULL AND a.distance < 20
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.ancestor_code AS STRING) AS ancestor_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.distance AS BIGINT) AS distance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    ancestor_code,
    organisation_code,
    valid_from,
    NULLIF(MAX(valid_until), CAST('9999-12-31' AS DATE)) AS valid_until,
    MIN(distance) AS distance
  FROM above
  GROUP BY
    ancestor_code,
    organisation_code,
    valid_from
) AS q

WITH RECURSIVE above AS (
  SELECT
    organisation_code AS ancestor_code,
    organisation_code,
    0 AS distance
  FROM organisation
  UNION ALL
  SELECT
    o.parent_code AS ancestor_code,
    a.organisation_code,
    a.distance + 1 AS distance
  FROM above AS a
  INNER JOIN organisation AS o
    ON o.organisation_code = a.ancestor_code
  WHERE
    NOT o.parent_code IS NULL AND a.distance < 20
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.ancestor_code AS STRING) AS ancestor_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.distance AS BIGINT) AS distance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    ancestor_code,
    organisation_code,
    distance
  FROM above
) AS q

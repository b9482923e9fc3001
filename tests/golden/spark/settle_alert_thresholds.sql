WITH lines AS (
  SELECT
    SPLIT_PART(parameter_code, '.', 2) AS threshold_code,
    SPLIT_PART(parameter_code, '.', 3) AS stated_for,
    valid_from,
    valid_until,
    number_value
  FROM parameter
  WHERE
    STARTSWITH(parameter_code, 'alert.') AND NOT number_value IS NULL
), changes AS (
  SELECT
    threshold_code,
    valid_from,
    LEAD(valid_from) OVER (PARTITION BY threshold_code ORDER BY valid_from NULLS LAST) AS valid_until
  FROM (
    SELECT DISTINCT
      threshold_code,
      valid_from
    FROM lines
  ) AS d
), reach AS (
  SELECT
    organisation_code,
    ancestor_code,
    distance
  FROM organisation_closure
  UNION ALL
  SELECT
    organisation_code,
    '' AS ancestor_code,
    1000 AS distance
  FROM (
    SELECT
      organisation_code
    FROM organisation_closure
    UNION
    SELECT
      organisation_code
    FROM account
    UNION
    SELECT
      organisation_code
    FROM loan
  ) AS every
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.threshold_code AS STRING) AS threshold_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.threshold_value AS DECIMAL(12, 6)) AS threshold_value
FROM (
  SELECT
    legal_entity_code,
    threshold_code,
    organisation_code,
    valid_from,
    valid_until,
    threshold_value
  FROM (
    SELECT
      'BANK' AS legal_entity_code,
      c.threshold_code,
      r.organisation_code,
      c.valid_from,
      c.valid_until,
      l.number_value AS threshold_value,
      ROW_NUMBER() OVER (
        PARTITION BY c.threshold_code, r.organisation_code, c.valid_from
        ORDER BY r.distance NULLS LAST, l.stated_for NULLS LAST
      ) AS _w
    FROM changes AS c
    INNER JOIN lines AS l
      ON l.threshold_code = c.threshold_code
      AND c.valid_from >= l.valid_from
      AND (
        l.valid_until IS NULL OR c.valid_from < l.valid_until
      )
    INNER JOIN reach AS r
      ON LOWER(r.ancestor_code) = l.stated_for
  ) AS _t
  WHERE
    _w = 1
) AS q

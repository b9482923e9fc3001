WITH days AS (
  SELECT
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.input_code AS STRING) AS input_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.measured_on AS DATE) AS measured_on,
  CAST(q.input_amount AS DECIMAL(18, 2)) AS input_amount
FROM (
  SELECT
    legal_entity_code,
    input_code,
    business_date,
    measured_on,
    input_amount
  FROM (
    SELECT
      'BANK' AS legal_entity_code,
      r.input_code,
      d.business_date,
      r.measured_on,
      r.input_amount,
      ROW_NUMBER() OVER (PARTITION BY d.business_date, r.input_code ORDER BY r.measured_on DESC) AS _w
    FROM regulatory_input AS r
    INNER JOIN days AS d
      ON d.business_date >= r.measured_on
  ) AS _t
  WHERE
    _w = 1
) AS q

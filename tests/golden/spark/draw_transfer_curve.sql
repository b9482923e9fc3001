WITH prices AS (
  SELECT
    t.currency,
    t.tenor_day_count,
    t.effective_from,
    t.transfer_rate
  FROM transfer_price AS t
  WHERE
    t.effective_from <= CAST('2026-10-31' AS DATE)
    AND t.curve_code IN (
      SELECT
        text_value
      FROM parameter
      WHERE
        parameter_code = 'transfer_curve'
        AND valid_from <= CAST('2026-10-31' AS DATE)
        AND (
          valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
        )
    )
), editions AS (
  SELECT
    currency,
    effective_from,
    LEAD(effective_from) OVER (PARTITION BY currency ORDER BY effective_from NULLS LAST) AS valid_until,
    ROW_NUMBER() OVER (PARTITION BY currency ORDER BY effective_from NULLS LAST) AS place
  FROM (
    SELECT DISTINCT
      currency,
      effective_from
    FROM prices
  ) AS days
), points AS (
  SELECT
    currency,
    effective_from,
    valid_until,
    place,
    tenor_day_count,
    transfer_rate
  FROM (
    SELECT
      e.currency,
      e.effective_from,
      e.valid_until,
      e.place,
      p.tenor_day_count,
      p.transfer_rate,
      ROW_NUMBER() OVER (
        PARTITION BY e.currency, e.effective_from, p.tenor_day_count
        ORDER BY p.effective_from DESC
      ) AS _w
    FROM editions AS e
    INNER JOIN prices AS p
      ON p.currency = e.currency AND p.effective_from <= e.effective_from
  ) AS _t
  WHERE
    _w = 1
), pieces AS (
  SELECT
    currency,
    effective_from,
    valid_until,
    place,
    tenor_day_count AS tenor_from_day_count,
    LEAD(tenor_day_count) OVER (PARTITION BY currency, effective_from ORDER BY tenor_day_count NULLS LAST) AS tenor_until_day_count,
    transfer_rate AS start_rate,
    LEAD(transfer_rate) OVER (PARTITION BY currency, effective_from ORDER BY tenor_day_count NULLS LAST) AS end_rate
  FROM points
), below AS (
  SELECT
    currency,
    effective_from,
    valid_until,
    place,
    MIN(tenor_day_count) AS first_tenor_day_count
  FROM points
  GROUP BY
    currency,
    effective_from,
    valid_until,
    place
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.effective_from AS DATE) AS effective_from,
  CAST(q.tenor_from_day_count AS BIGINT) AS tenor_from_day_count,
  CAST(q.tenor_until_day_count AS BIGINT) AS tenor_until_day_count,
  CAST(q.start_rate AS DECIMAL(12, 6)) AS start_rate,
  CAST(q.end_rate AS DECIMAL(12, 6)) AS end_rate
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    currency,
    CASE WHEN place = 1 THEN CAST('1900-01-01' AS DATE) ELSE effective_from END AS valid_from,
    valid_until,
    effective_from,
    tenor_from_day_count,
    COALESCE(tenor_until_day_count, 1000000) AS tenor_until_day_count,
    start_rate,
    COALESCE(end_rate, start_rate) AS end_rate
  FROM pieces
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    b.currency,
    CASE WHEN b.place = 1 THEN CAST('1900-01-01' AS DATE) ELSE b.effective_from END AS valid_from,
    b.valid_until,
    b.effective_from,
    CAST(0 AS BIGINT) AS tenor_from_day_count,
    b.first_tenor_day_count AS tenor_until_day_count,
    p.transfer_rate AS start_rate,
    p.transfer_rate AS end_rate
  FROM below AS b
  INNER JOIN points AS p
    ON p.currency = b.currency
    AND p.effective_from = b.effective_from
    AND p.tenor_day_count = b.first_tenor_day_count
  WHERE
    b.first_tenor_day_count > 0
) AS q

"""The transfer price curve as straight pieces between its tenors, one set for each day on which a price changed."""

from maisui.steps.step import Step
from maisui.tables.transfer_curve_segment import TRANSFER_CURVE_SEGMENT

DRAW_TRANSFER_CURVE = Step(
    name="draw_transfer_curve",
    writes=TRANSFER_CURVE_SEGMENT,
    reads=("transfer_price", "parameter"),
    query="""
WITH prices AS (
  SELECT t.currency, t.tenor_day_count, t.effective_from, t.transfer_rate
  FROM transfer_price AS t
  WHERE t.effective_from <= $reporting_date AND t.curve_code IN (
    SELECT text_value
    FROM parameter
    WHERE parameter_code = 'transfer_curve' AND valid_from <= $reporting_date AND (valid_until IS NULL OR valid_until > $reporting_date)
  )
),
editions AS (
  SELECT
    currency, effective_from,
    lead(effective_from) OVER (PARTITION BY currency ORDER BY effective_from) AS valid_until,
    row_number() OVER (PARTITION BY currency ORDER BY effective_from) AS place
  FROM (SELECT DISTINCT currency, effective_from FROM prices) AS days
),
points AS (
  SELECT e.currency, e.effective_from, e.valid_until, e.place, p.tenor_day_count, p.transfer_rate
  FROM editions AS e
  INNER JOIN prices AS p ON p.currency = e.currency AND p.effective_from <= e.effective_from
  QUALIFY row_number() OVER (
    PARTITION BY e.currency, e.effective_from, p.tenor_day_count ORDER BY p.effective_from DESC
  ) = 1
),
pieces AS (
  SELECT
    currency, effective_from, valid_until, place, tenor_day_count AS tenor_from_day_count,
    lead(tenor_day_count) OVER (PARTITION BY currency, effective_from ORDER BY tenor_day_count) AS tenor_until_day_count,
    transfer_rate AS start_rate,
    lead(transfer_rate) OVER (PARTITION BY currency, effective_from ORDER BY tenor_day_count) AS end_rate
  FROM points
),
below AS (
  SELECT currency, effective_from, valid_until, place, min(tenor_day_count) AS first_tenor_day_count
  FROM points
  GROUP BY currency, effective_from, valid_until, place
)
SELECT
  $legal_entity_code AS legal_entity_code,
  currency,
  CASE WHEN place = 1 THEN DATE '1900-01-01' ELSE effective_from END AS valid_from,
  valid_until,
  effective_from,
  tenor_from_day_count,
  coalesce(tenor_until_day_count, 1000000) AS tenor_until_day_count,
  start_rate,
  coalesce(end_rate, start_rate) AS end_rate
FROM pieces
UNION ALL
SELECT
  $legal_entity_code AS legal_entity_code,
  b.currency,
  CASE WHEN b.place = 1 THEN DATE '1900-01-01' ELSE b.effective_from END AS valid_from,
  b.valid_until,
  b.effective_from,
  CAST(0 AS BIGINT) AS tenor_from_day_count,
  b.first_tenor_day_count AS tenor_until_day_count,
  p.transfer_rate AS start_rate,
  p.transfer_rate AS end_rate
FROM below AS b
INNER JOIN points AS p
  ON p.currency = b.currency AND p.effective_from = b.effective_from AND p.tenor_day_count = b.first_tenor_day_count
WHERE b.first_tenor_day_count > 0
""",
)

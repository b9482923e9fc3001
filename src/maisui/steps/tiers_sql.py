"""The tiers in force on a day, each with its lowest amount and its rank among them; written once for all who ask."""

TIERS = """tiers AS (
  SELECT
    d.business_date, substr(p.parameter_code, 6) AS tier_code, CAST(p.number_value * 10000 AS DECIMAL(18,2)) AS from_amount,
    row_number() OVER (PARTITION BY d.business_date ORDER BY p.number_value, p.parameter_code) AS tier_rank
  FROM days AS d
  INNER JOIN parameter AS p ON p.valid_from <= d.business_date AND (p.valid_until IS NULL OR p.valid_until > d.business_date)
  WHERE p.parameter_code LIKE 'tier.%'
)"""
"""Of every `business_date` of `days`; a tier has another rank on days with other tiers, so that ranks of two days are not compared."""

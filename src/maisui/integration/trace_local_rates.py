"""From when until when each foreign currency had which rate to the local one."""

from maisui.steps.step import Step
from maisui.tables.local_rate import LOCAL_RATE

LONG_AGO = "DATE '1900-01-01'"


TRACE_LOCAL_RATES = Step(
    name="trace_local_rates",
    writes=LOCAL_RATE,
    reads=("exchange_rate",),
    query=f"""
WITH local AS (
  SELECT local_currency, count(*) AS row_count
  FROM exchange_rate
  GROUP BY local_currency
  ORDER BY row_count DESC, local_currency
  LIMIT 1
),
quoted AS (
  SELECT
    e.currency, e.valid_from, e.quoted_amount, e.exchange_rate,
    lag(e.quoted_amount) OVER (PARTITION BY e.currency ORDER BY e.valid_from) AS quoted_before,
    lag(e.exchange_rate) OVER (PARTITION BY e.currency ORDER BY e.valid_from) AS rate_before
  FROM exchange_rate AS e
  INNER JOIN local AS l ON l.local_currency = e.local_currency
  WHERE e.currency <> e.local_currency AND e.quoted_amount > 0 AND e.exchange_rate > 0 AND e.valid_from <= $reporting_date
),
changes AS (
  SELECT
    currency, quoted_amount, exchange_rate,
    CASE WHEN rate_before IS NULL THEN {LONG_AGO} ELSE valid_from END AS valid_from
  FROM quoted
  WHERE rate_before IS NULL OR rate_before <> exchange_rate OR quoted_before <> quoted_amount
)
SELECT
  $legal_entity_code AS legal_entity_code,
  currency,
  valid_from,
  lead(valid_from) OVER (PARTITION BY currency ORDER BY valid_from) AS valid_until,
  quoted_amount,
  exchange_rate
FROM changes
""",
    # A currency's first rate also holds before it, and a file may bring rates of days before its month.
    reaches_back=f"""
SELECT min(day)
FROM (
  SELECT {LONG_AGO} AS day
  FROM exchange_rate
  GROUP BY currency
  HAVING min(valid_from) >= $first_day
  UNION ALL
  SELECT e.valid_from AS day
  FROM exchange_rate AS e
  INNER JOIN delivery AS d ON d.source_file_id = e.source_file_id
  WHERE d.business_date >= $first_day AND e.valid_from < $first_day
) AS altered
""",
)

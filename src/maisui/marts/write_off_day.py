"""What was written off and what came back, each on its day, and nothing on days whose register tells of nothing new."""

from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.step import Step
from maisui.tables.write_off_day import WRITE_OFF_DAY

_AMOUNTS = {
    "written_off_principal_amount": "f.principal",
    "written_off_interest_amount": "f.interest",
    "recovered_principal_amount": "f.principal_since",
    "recovered_interest_amount": "f.interest_since",
}
_SUMMED = ",\n  ".join(f"CAST(sum({in_local_currency(amount, 'x')}) AS DECIMAL(38,2)) AS {name}" for name, amount in _AMOUNTS.items())

WRITE_OFF_DAY_MART = Step(
    name="fill_write_off_day",
    writes=WRITE_OFF_DAY,
    reads=("write_off_snapshot", "delivery", "local_rate"),
    query=f"""
WITH reports AS (
  SELECT
    loan_number, coalesce(currency, 'CNY') AS currency, coalesce(written_off_on, reported_on) AS written_off_on, reported_on,
    max(coalesce(organisation_code, 'none')) AS organisation_code,
    max(coalesce(recovered_on, reported_on)) AS recovered_on,
    CAST(sum(coalesce(written_off_principal_amount, 0)) AS DECIMAL(38,2)) AS principal,
    CAST(sum(coalesce(written_off_interest_amount, 0)) AS DECIMAL(38,2)) AS interest,
    CAST(sum(coalesce(recovered_principal_amount, 0)) AS DECIMAL(38,2)) AS recovered_principal,
    CAST(sum(coalesce(recovered_interest_amount, 0)) AS DECIMAL(38,2)) AS recovered_interest
  FROM write_off_snapshot
  GROUP BY loan_number, coalesce(currency, 'CNY'), coalesce(written_off_on, reported_on), reported_on
),
followed AS (
  SELECT
    loan_number, currency, written_off_on, organisation_code, recovered_on, principal, interest,
    recovered_principal - lag(recovered_principal, 1, CAST(0 AS DECIMAL(38,2))) OVER (
      PARTITION BY loan_number, currency, written_off_on ORDER BY reported_on
    ) AS principal_since,
    recovered_interest - lag(recovered_interest, 1, CAST(0 AS DECIMAL(38,2))) OVER (
      PARTITION BY loan_number, currency, written_off_on ORDER BY reported_on
    ) AS interest_since,
    row_number() OVER (PARTITION BY loan_number, currency, written_off_on ORDER BY reported_on DESC) AS age
  FROM reports
),
feeds AS (
  SELECT DISTINCT source_code, feed_code
  FROM delivery
  WHERE source_file_id IN (SELECT source_file_id FROM write_off_snapshot)
),
register_days AS (
  SELECT DISTINCT d.business_date
  FROM delivery AS d
  INNER JOIN feeds AS f ON f.source_code = d.source_code AND f.feed_code = d.feed_code
),
places AS (
  SELECT DISTINCT organisation_code, currency FROM reports
),
flows AS (
  SELECT
    organisation_code, currency, written_off_on AS business_date, principal, interest,
    CAST(0 AS DECIMAL(38,2)) AS principal_since, CAST(0 AS DECIMAL(38,2)) AS interest_since
  FROM followed
  WHERE age = 1
  UNION ALL
  SELECT
    organisation_code, currency, recovered_on AS business_date, CAST(0 AS DECIMAL(38,2)) AS principal,
    CAST(0 AS DECIMAL(38,2)) AS interest, principal_since, interest_since
  FROM followed
  WHERE principal_since <> 0 OR interest_since <> 0
  UNION ALL
  SELECT
    p.organisation_code, p.currency, d.business_date, CAST(0 AS DECIMAL(38,2)) AS principal, CAST(0 AS DECIMAL(38,2)) AS interest,
    CAST(0 AS DECIMAL(38,2)) AS principal_since, CAST(0 AS DECIMAL(38,2)) AS interest_since
  FROM places AS p
  CROSS JOIN register_days AS d
)
SELECT
  $legal_entity_code AS legal_entity_code,
  f.organisation_code,
  f.currency,
  f.business_date,
  {_SUMMED}
FROM flows AS f
{rate_of_day("f", "f.business_date", "x")}
WHERE f.business_date <= $reporting_date
GROUP BY f.organisation_code, f.currency, f.business_date
""",
)

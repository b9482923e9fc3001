"""Which interest rate each account had between two reports."""

from maisui.steps.step import Step
from maisui.tables.account_rate_period import ACCOUNT_RATE_PERIOD

# Most accounts never change their rate: only those that did are put in order.
TRACE_ACCOUNT_RATES = Step(
    name="trace_account_rates",
    writes=ACCOUNT_RATE_PERIOD,
    reads=("account_snapshot",),
    query="""
WITH known AS (
  SELECT account_number, currency, min(interest_rate) AS lowest_rate, max(interest_rate) AS highest_rate
  FROM account_snapshot
  WHERE interest_rate IS NOT NULL
  GROUP BY account_number, currency
),
reported AS (
  SELECT s.account_number, s.currency, s.reported_on, max(s.interest_rate) AS interest_rate
  FROM account_snapshot AS s
  INNER JOIN known AS k ON k.account_number = s.account_number AND k.currency = s.currency AND k.lowest_rate <> k.highest_rate
  WHERE s.interest_rate IS NOT NULL
  GROUP BY s.account_number, s.currency, s.reported_on
),
followed AS (
  SELECT
    account_number, currency, reported_on, interest_rate,
    lag(interest_rate) OVER (PARTITION BY account_number, currency ORDER BY reported_on) AS rate_before,
    lag(reported_on) OVER (PARTITION BY account_number, currency ORDER BY reported_on) AS reported_before
  FROM reported
),
changes AS (
  SELECT
    account_number, currency,
    CASE WHEN reported_before IS NULL THEN DATE '1900-01-01' ELSE reported_on END AS valid_from,
    interest_rate,
    coalesce(date_diff('day', reported_before, reported_on) > 1, false) AS is_estimated
  FROM followed
  WHERE rate_before IS NULL OR rate_before <> interest_rate
)
SELECT
  $legal_entity_code AS legal_entity_code,
  account_number,
  currency,
  valid_from,
  lead(valid_from) OVER (PARTITION BY account_number, currency ORDER BY valid_from) AS valid_until,
  interest_rate,
  is_estimated
FROM changes
UNION ALL
SELECT
  $legal_entity_code AS legal_entity_code,
  account_number,
  currency,
  DATE '1900-01-01' AS valid_from,
  CAST(NULL AS DATE) AS valid_until,
  lowest_rate AS interest_rate,
  false AS is_estimated
FROM known
WHERE lowest_rate = highest_rate
""",
    covers="""
SELECT DISTINCT account_number, currency FROM account_snapshot WHERE interest_rate IS NOT NULL
""",
)

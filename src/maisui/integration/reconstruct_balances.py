"""What each account held at each day end, in local currency: the last report plus the movements since, at the rate of the day."""

from maisui.steps.local_currency_sql import in_local_currency, rate_from, rate_until, rates_of_interval
from maisui.steps.step import Step
from maisui.tables.account_balance import ACCOUNT_BALANCE

RECONSTRUCT_BALANCES = Step(
    name="reconstruct_balances",
    writes=ACCOUNT_BALANCE,
    reads=("balance_point", "local_rate"),
    # What the neighbouring days say is looked up in one window over the days themselves: a second look at what
    # follows from the first would sort the largest table of the batch once more. A reported balance is certain; where
    # movements do not lead from it to the next one, what follows is estimated from the day after it on.
    query=f"""
WITH beside AS (
  SELECT
    account_number, currency, business_date, reported_balance IS NOT NULL AS is_reported,
    running_movement + coalesce(earlier_offset, later_offset, CAST(0 AS DECIMAL(38,2))) AS balance,
    coalesce(earlier_offset <> later_offset, false) AS is_broken,
    lead(business_date) OVER (PARTITION BY account_number, currency ORDER BY business_date) AS next_on,
    lag(business_date) OVER (PARTITION BY account_number, currency ORDER BY business_date) AS last_on,
    lag(running_movement + coalesce(earlier_offset, later_offset, CAST(0 AS DECIMAL(38,2)))) OVER (
      PARTITION BY account_number, currency ORDER BY business_date
    ) AS balance_before,
    lag(coalesce(earlier_offset <> later_offset, false)) OVER (PARTITION BY account_number, currency ORDER BY business_date) AS was_broken,
    lag(reported_balance IS NOT NULL) OVER (PARTITION BY account_number, currency ORDER BY business_date) AS was_reported
  FROM balance_point
),
judged AS (
  SELECT
    account_number, currency, business_date, balance, balance_before,
    is_broken AND NOT is_reported AS is_estimated,
    was_broken AND NOT (was_reported AND business_date = CAST(last_on + 1 AS DATE)) AS was_estimated,
    is_broken AND is_reported AND next_on > CAST(business_date + 1 AS DATE) AS is_last_certain
  FROM beside
),
changes AS (
  SELECT
    j.account_number, j.currency, j.balance, j.is_estimated OR d.days_on = 1 AS is_estimated,
    CASE WHEN d.days_on = 1 THEN CAST(j.business_date + 1 AS DATE) ELSE j.business_date END AS business_date
  FROM judged AS j
  INNER JOIN (SELECT 0 AS days_on UNION ALL SELECT 1 AS days_on) AS d
    ON CASE
      WHEN d.days_on = 1 THEN j.is_last_certain
      ELSE j.balance_before IS NULL OR j.balance_before <> j.balance OR j.was_estimated <> j.is_estimated
    END
),
held AS (
  SELECT
    account_number, currency, business_date AS valid_from,
    lead(business_date) OVER (PARTITION BY account_number, currency ORDER BY business_date) AS valid_until,
    balance, is_estimated
  FROM changes
)
SELECT
  $legal_entity_code AS legal_entity_code,
  h.account_number,
  h.currency,
  {rate_from("h", "r")} AS valid_from,
  {rate_until("h", "r")} AS valid_until,
  {in_local_currency("h.balance", "r")} AS balance,
  h.is_estimated
FROM held AS h
{rates_of_interval("h", "r")}
""",
    covers="""
SELECT DISTINCT account_number, currency FROM balance_point
""",
)

"""Where balances are anchored: running movements beside reported balances, day by day."""

from maisui.steps.step import Step
from maisui.tables.balance_point import BALANCE_POINT

BUILD_BALANCE_POINTS = Step(
    name="build_balance_points",
    writes=BALANCE_POINT,
    reads=("account_transaction", "account_snapshot", "daily_balance", "account", "calendar_day"),
    query="""
WITH first_day AS (
  SELECT min(business_date) AS day FROM calendar_day
),
events AS (
  SELECT
    account_number, currency, posted_on AS business_date, balance_change, CAST(NULL AS DECIMAL(18,2)) AS reported_balance,
    CAST(NULL AS DECIMAL(18,2)) AS daily_balance
  FROM account_transaction
  UNION ALL
  SELECT
    account_number, currency, reported_on AS business_date, CAST(0 AS DECIMAL(18,2)) AS balance_change, balance AS reported_balance,
    CAST(NULL AS DECIMAL(18,2)) AS daily_balance
  FROM account_snapshot
  WHERE balance IS NOT NULL
  UNION ALL
  SELECT
    d.account_number, d.currency, d.held_on AS business_date, CAST(0 AS DECIMAL(18,2)) AS balance_change,
    CAST(NULL AS DECIMAL(18,2)) AS reported_balance, d.balance AS daily_balance
  FROM daily_balance AS d
  INNER JOIN account AS a ON a.account_number = d.account_number AND a.currency = d.currency
  UNION ALL
  SELECT
    account_number, currency, closed_on AS business_date, CAST(0 AS DECIMAL(18,2)) AS balance_change,
    CAST(0 AS DECIMAL(18,2)) AS reported_balance, CAST(NULL AS DECIMAL(18,2)) AS daily_balance
  FROM account
  WHERE is_vanished
  UNION ALL
  SELECT
    a.account_number, a.currency, CAST(f.day - 1 AS DATE) AS business_date, CAST(0 AS DECIMAL(18,2)) AS balance_change,
    CAST(NULL AS DECIMAL(18,2)) AS reported_balance, CAST(NULL AS DECIMAL(18,2)) AS daily_balance
  FROM account AS a, first_day AS f
  WHERE a.opened_on < f.day
),
days AS (
  SELECT
    e.account_number, e.currency, e.business_date,
    CAST(sum(e.balance_change) AS DECIMAL(38,2)) AS movement,
    CAST(coalesce(sum(e.daily_balance), sum(e.reported_balance)) AS DECIMAL(38,2)) AS reported_balance,
    count(e.daily_balance) > 0 AS is_daily
  FROM events AS e, first_day AS f
  WHERE e.business_date >= CAST(f.day - 1 AS DATE) AND e.business_date <= $reporting_date
  GROUP BY e.account_number, e.currency, e.business_date
),
running AS (
  SELECT
    account_number, currency, business_date, reported_balance, is_daily,
    CAST(sum(movement) OVER (
      PARTITION BY account_number, currency ORDER BY business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS DECIMAL(38,2)) AS running_movement
  FROM days
)
SELECT
  $legal_entity_code AS legal_entity_code,
  account_number,
  currency,
  business_date,
  running_movement,
  reported_balance,
  last_value(reported_balance - running_movement IGNORE NULLS) OVER (
    PARTITION BY account_number, currency ORDER BY business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS earlier_offset,
  first_value(reported_balance - running_movement IGNORE NULLS) OVER (
    PARTITION BY account_number, currency ORDER BY business_date ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
  ) AS later_offset,
  is_daily
FROM running
""",
)

"""Where balances are anchored: running movements beside reported balances, day by day."""

from maisui.steps.step import Step
from maisui.tables.balance_point import BALANCE_POINT

_LOOKED_BACK = "CAST($needed_from - 62 AS DATE)"
"""A report before this day is not looked for: such an account is followed from the beginning."""

BUILD_BALANCE_POINTS = Step(
    name="build_balance_points",
    writes=BALANCE_POINT,
    reads=("account_transaction", "account_snapshot", "daily_balance", "account", "calendar_day"),
    # A kind of account of which nobody delivered a balance has none: neither accounts alone tell one nor movements alone. Accounts
    # reported with their movements but without balances are followed from nought.
    # What an account held later follows from its last report before and the movements since: of a batch that needs rows from
    # a later day on only those are looked at, and that day is a point of every account.
    query=f"""
WITH first_day AS (
  SELECT min(business_date) AS day FROM calendar_day
),
reported_before AS (
  SELECT account_number, currency, max(reported_on) AS day
  FROM (
    SELECT account_number, currency, reported_on
    FROM account_snapshot
    WHERE balance IS NOT NULL AND reported_on >= {_LOOKED_BACK} AND reported_on < $needed_from
    UNION ALL
    SELECT account_number, currency, held_on AS reported_on
    FROM daily_balance
    WHERE held_on >= {_LOOKED_BACK} AND held_on < $needed_from
  ) AS r
  GROUP BY account_number, currency
),
moving_kinds AS (
  SELECT DISTINCT a.account_kind
  FROM account_transaction AS t
  INNER JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency
),
told_kinds AS (
  SELECT account_kind FROM account_snapshot WHERE balance IS NOT NULL
  UNION
  SELECT a.account_kind
  FROM daily_balance AS d
  INNER JOIN account AS a ON a.account_number = d.account_number AND a.currency = d.currency
  UNION
  SELECT s.account_kind
  FROM account_snapshot AS s
  INNER JOIN moving_kinds AS m ON m.account_kind = s.account_kind
),
told AS (
  SELECT a.account_number, a.currency, a.opened_on, a.closed_on, a.is_vanished
  FROM account AS a
  INNER JOIN told_kinds AS k ON k.account_kind = a.account_kind
),
untold AS (
  SELECT a.account_number, a.currency
  FROM account AS a
  LEFT JOIN told_kinds AS k ON k.account_kind = a.account_kind
  WHERE k.account_kind IS NULL
),
events AS (
  SELECT
    account_number, currency, posted_on AS business_date, balance_change, CAST(NULL AS DECIMAL(18,2)) AS reported_balance,
    CAST(NULL AS DECIMAL(18,2)) AS daily_balance
  FROM account_transaction AS t
  WHERE NOT EXISTS (SELECT 1 FROM untold AS u WHERE u.account_number = t.account_number AND u.currency = t.currency)
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
  FROM told
  WHERE is_vanished
  UNION ALL
  SELECT
    a.account_number, a.currency, CAST(f.day - 1 AS DATE) AS business_date, CAST(0 AS DECIMAL(18,2)) AS balance_change,
    CAST(NULL AS DECIMAL(18,2)) AS reported_balance, CAST(NULL AS DECIMAL(18,2)) AS daily_balance
  FROM told AS a, first_day AS f
  WHERE a.opened_on < f.day
  UNION ALL
  SELECT
    account_number, currency, $needed_from AS business_date, CAST(0 AS DECIMAL(18,2)) AS balance_change,
    CAST(NULL AS DECIMAL(18,2)) AS reported_balance, CAST(NULL AS DECIMAL(18,2)) AS daily_balance
  FROM told
  WHERE opened_on < $needed_from
),
days AS (
  SELECT
    e.account_number, e.currency, e.business_date,
    CAST(sum(e.balance_change) AS DECIMAL(38,2)) AS movement,
    CAST(coalesce(sum(e.daily_balance), sum(e.reported_balance)) AS DECIMAL(38,2)) AS reported_balance
  FROM events AS e
  CROSS JOIN first_day AS f
  LEFT JOIN reported_before AS r ON r.account_number = e.account_number AND r.currency = e.currency
  WHERE e.business_date >= coalesce(r.day, CAST(f.day - 1 AS DATE)) AND e.business_date <= $reporting_date
  GROUP BY e.account_number, e.currency, e.business_date
),
running AS (
  SELECT
    account_number, currency, business_date, reported_balance,
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
  last_value(reported_balance - running_movement IGNORE NULLS) OVER (
    PARTITION BY account_number, currency ORDER BY business_date ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS previous_offset
FROM running
""",
)

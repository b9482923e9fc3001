WITH first_day AS (
  SELECT
    MIN(business_date) AS day
  FROM calendar_day
), reported_before AS (
  SELECT
    account_number,
    currency,
    MAX(reported_on) AS day
  FROM (
    SELECT
      account_number,
      currency,
      reported_on
    FROM account_snapshot
    WHERE
      NOT balance IS NULL
      AND reported_on >= CAST(CAST('0001-01-01' AS DATE) - 62 AS DATE)
      AND reported_on < CAST('0001-01-01' AS DATE)
    UNION ALL
    SELECT
      account_number,
      currency,
      held_on AS reported_on
    FROM daily_balance
    WHERE
      held_on >= CAST(CAST('0001-01-01' AS DATE) - 62 AS DATE)
      AND held_on < CAST('0001-01-01' AS DATE)
  ) AS r
  GROUP BY
    account_number,
    currency
), moving_kinds AS (
  SELECT DISTINCT
    a.account_kind
  FROM account_transaction AS t
  INNER JOIN account AS a
    ON a.account_number = t.account_number AND a.currency = t.currency
), told_kinds AS (
  SELECT
    account_kind
  FROM account_snapshot
  WHERE
    NOT balance IS NULL
  UNION
  SELECT
    a.account_kind
  FROM daily_balance AS d
  INNER JOIN account AS a
    ON a.account_number = d.account_number AND a.currency = d.currency
  UNION
  SELECT
    s.account_kind
  FROM account_snapshot AS s
  INNER JOIN moving_kinds AS m
    ON m.account_kind = s.account_kind
), told AS (
  SELECT
    a.account_number,
    a.currency,
    a.opened_on,
    a.closed_on,
    a.is_vanished
  FROM account AS a
  INNER JOIN told_kinds AS k
    ON k.account_kind = a.account_kind
), untold AS (
  SELECT
    a.account_number,
    a.currency
  FROM account AS a
  LEFT JOIN told_kinds AS k
    ON k.account_kind = a.account_kind
  WHERE
    k.account_kind IS NULL
), events AS (
  SELECT
    account_number,
    currency,
    posted_on AS business_date,
    balance_change,
    CAST(NULL AS DECIMAL(18, 2)) AS reported_balance,
    CAST(NULL AS DECIMAL(18, 2)) AS daily_balance
  FROM account_transaction AS t
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM untold AS u
      WHERE
        u.account_number = t.account_number AND u.currency = t.currency
    )
  UNION ALL
  SELECT
    account_number,
    currency,
    reported_on AS business_date,
    CAST(0 AS DECIMAL(18, 2)) AS balance_change,
    balance AS reported_balance,
    CAST(NULL AS DECIMAL(18, 2)) AS daily_balance
  FROM account_snapshot
  WHERE
    NOT balance IS NULL
  UNION ALL
  SELECT
    d.account_number,
    d.currency,
    d.held_on AS business_date,
    CAST(0 AS DECIMAL(18, 2)) AS balance_change,
    CAST(NULL AS DECIMAL(18, 2)) AS reported_balance,
    d.balance AS daily_balance
  FROM daily_balance AS d
  INNER JOIN account AS a
    ON a.account_number = d.account_number AND a.currency = d.currency
  UNION ALL
  SELECT
    account_number,
    currency,
    closed_on AS business_date,
    CAST(0 AS DECIMAL(18, 2)) AS balance_change,
    CAST(0 AS DECIMAL(18, 2)) AS reported_balance,
    CAST(NULL AS DECIMAL(18, 2)) AS daily_balance
  FROM told
  WHERE
    is_vanished
  UNION ALL
  SELECT
    a.account_number,
    a.currency,
    CAST(f.day - 1 AS DATE) AS business_date,
    CAST(0 AS DECIMAL(18, 2)) AS balance_change,
    CAST(NULL AS DECIMAL(18, 2)) AS reported_balance,
    CAST(NULL AS DECIMAL(18, 2)) AS daily_balance
  FROM told AS a, first_day AS f
  WHERE
    a.opened_on < f.day
  UNION ALL
  SELECT
    account_number,
    currency,
    CAST('0001-01-01' AS DATE) AS business_date,
    CAST(0 AS DECIMAL(18, 2)) AS balance_change,
    CAST(NULL AS DECIMAL(18, 2)) AS reported_balance,
    CAST(NULL AS DECIMAL(18, 2)) AS daily_balance
  FROM told
  WHERE
    opened_on < CAST('0001-01-01' AS DATE)
), days AS (
  SELECT
    e.account_number,
    e.currency,
    e.business_date,
    CAST(SUM(e.balance_change) AS DECIMAL(38, 2)) AS movement,
    CAST(COALESCE(SUM(e.daily_balance), SUM(e.reported_balance)) AS DECIMAL(38, 2)) AS reported_balance
  FROM events AS e
  CROSS JOIN first_day AS f
  LEFT JOIN reported_before AS r
    ON r.account_number = e.account_number AND r.currency = e.currency
  WHERE
    e.business_date >= COALESCE(r.day, CAST(f.day - 1 AS DATE))
    AND e.business_date <= CAST('2026-10-31' AS DATE)
  GROUP BY
    e.account_number,
    e.currency,
    e.business_date
), running AS (
  SELECT
    account_number,
    currency,
    business_date,
    reported_balance,
    CAST(SUM(movement) OVER (
      PARTITION BY account_number, currency
      ORDER BY business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS DECIMAL(38, 2)) AS running_movement
  FROM days
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.running_movement AS DECIMAL(38, 2)) AS running_movement,
  CAST(q.reported_balance AS DECIMAL(38, 2)) AS reported_balance,
  CAST(q.earlier_offset AS DECIMAL(38, 2)) AS earlier_offset,
  CAST(q.later_offset AS DECIMAL(38, 2)) AS later_offset,
  CAST(q.previous_offset AS DECIMAL(38, 2)) AS previous_offset
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    account_number,
    currency,
    business_date,
    running_movement,
    reported_balance,
    LAST_VALUE(reported_balance - running_movement) IGNORE NULLS OVER (
      PARTITION BY account_number, currency
      ORDER BY business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS earlier_offset,
    FIRST_VALUE(reported_balance - running_movement) IGNORE NULLS OVER (
      PARTITION BY account_number, currency
      ORDER BY business_date NULLS LAST
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS later_offset,
    LAST_VALUE(reported_balance - running_movement) IGNORE NULLS OVER (
      PARTITION BY account_number, currency
      ORDER BY business_date NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS previous_offset
  FROM running
) AS q

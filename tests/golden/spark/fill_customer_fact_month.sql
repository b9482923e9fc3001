WITH history AS (
  SELECT
    MIN(business_date) AS first_on,
    CAST(YEAR(MIN(business_date)) * 12 + MONTH(MIN(business_date)) AS BIGINT) AS first_month
  FROM calendar_day
), days AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date,
    CAST(YEAR(month_start) * 12 + MONTH(month_start) AS BIGINT) AS month_number
  FROM calendar_day
  WHERE
    business_date >= CAST(CAST('0001-01-01' AS DATE) - 31 AS DATE)
  GROUP BY
    month_start
), persons AS (
  SELECT
    m.customer_number,
    d.business_date,
    m.surviving_number
  FROM customer_merge AS m
  INNER JOIN days AS d
    ON d.business_date >= m.valid_from
    AND (
      m.valid_until IS NULL OR d.business_date < m.valid_until
    )
), moved AS (
  SELECT
    business_date,
    MAX(last_on) AS last_on
  FROM customer_recent_month
  GROUP BY
    business_date
), due AS (
  SELECT
    t.account_number,
    t.currency,
    d.business_date
  FROM deposit_term_snapshot AS t
  INNER JOIN days AS d
    ON t.reported_on <= d.business_date
  WHERE
    t.matures_on > d.business_date
    AND t.matures_on <= CAST(d.business_date + 30 AS DATE)
    AND NOT COALESCE(t.is_auto_renewal, FALSE)
  GROUP BY
    t.account_number,
    t.currency,
    d.business_date
), maturing AS (
  SELECT
    COALESCE(p.surviving_number, a.customer_number) AS customer_number,
    u.business_date,
    CAST(SUM(b.balance) AS DECIMAL(38, 2)) AS maturing_deposit_amount
  FROM due AS u
  INNER JOIN account AS a
    ON a.account_number = u.account_number
    AND a.currency = u.currency
    AND a.account_kind = 'deposit'
  INNER JOIN account_balance AS b
    ON b.account_number = u.account_number
    AND b.currency = u.currency
    AND b.valid_from <= u.business_date
    AND (
      b.valid_until IS NULL OR u.business_date < b.valid_until
    )
  LEFT JOIN persons AS p
    ON p.customer_number = a.customer_number AND p.business_date = u.business_date
  GROUP BY
    COALESCE(p.surviving_number, a.customer_number),
    u.business_date
), lent AS (
  SELECT
    COALESCE(p.surviving_number, l.customer_number) AS customer_number,
    d.business_date,
    d.month_number,
    CAST(SUM(CASE WHEN s.overdue_since <= d.business_date THEN s.balance ELSE 0 END) AS DECIMAL(38, 2)) AS overdue_balance,
    MAX(
      CASE
        WHEN s.overdue_since <= d.business_date
        THEN DATEDIFF(DAY, s.overdue_since, d.business_date)
        ELSE 0
      END
    ) AS overdue_day_count,
    MAX(
      CASE s.loan_class
        WHEN 'pass'
        THEN 1
        WHEN 'substandard'
        THEN 3
        WHEN 'doubtful'
        THEN 4
        WHEN 'loss'
        THEN 5
        ELSE 2
      END
    ) AS loan_class_rank,
    CAST(SUM(
      CASE
        WHEN s.loan_class IN ('substandard', 'doubtful', 'loss')
        THEN s.balance
        ELSE 0
      END
    ) AS DECIMAL(38, 2)) AS bad_loan_balance
  FROM loan AS l
  INNER JOIN loan_state AS s
    ON s.loan_number = l.loan_number
  INNER JOIN days AS d
    ON s.valid_from <= d.business_date
    AND (
      s.valid_until IS NULL OR s.valid_until > d.business_date
    )
  LEFT JOIN persons AS p
    ON p.customer_number = l.customer_number AND p.business_date = d.business_date
  WHERE
    s.balance > 0 AND NOT s.loan_status IN ('written_off', 'transferred', 'settled')
  GROUP BY
    COALESCE(p.surviving_number, l.customer_number),
    d.business_date,
    d.month_number
), guaranteed AS (
  SELECT
    COALESCE(p.surviving_number, g.customer_number) AS customer_number,
    g.business_date,
    CAST(SUM(g.given_amount) AS DECIMAL(38, 2)) AS guaranteed_amount
  FROM guarantee_party AS g
  LEFT JOIN persons AS p
    ON p.customer_number = g.customer_number AND p.business_date = g.business_date
  WHERE
    NOT g.customer_number IS NULL
    AND (
      NOT g.chain_code IS NULL OR NOT g.circle_code IS NULL
    )
  GROUP BY
    COALESCE(p.surviving_number, g.customer_number),
    g.business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.is_holder AS BOOLEAN) AS is_holder,
  CAST(q.first_held_on AS DATE) AS first_held_on,
  CAST(q.held_month_count AS BIGINT) AS held_month_count,
  CAST(q.tier_code AS STRING) AS tier_code,
  CAST(q.is_tier_by_hand AS BOOLEAN) AS is_tier_by_hand,
  CAST(q.is_quality AS BOOLEAN) AS is_quality,
  CAST(q.is_effective AS BOOLEAN) AS is_effective,
  CAST(q.product_group_count AS BIGINT) AS product_group_count,
  CAST(q.asset_average_balance AS DECIMAL(38, 2)) AS asset_average_balance,
  CAST(q.recent_asset_balance AS DECIMAL(38, 2)) AS recent_asset_balance,
  CAST(q.earlier_asset_balance AS DECIMAL(38, 2)) AS earlier_asset_balance,
  CAST(q.deposit_average_balance AS DECIMAL(38, 2)) AS deposit_average_balance,
  CAST(q.loan_balance AS DECIMAL(38, 2)) AS loan_balance,
  CAST(q.inflow_amount AS DECIMAL(38, 2)) AS inflow_amount,
  CAST(q.outflow_amount AS DECIMAL(38, 2)) AS outflow_amount,
  CAST(q.payroll_amount AS DECIMAL(38, 2)) AS payroll_amount,
  CAST(q.own_elsewhere_amount AS DECIMAL(38, 2)) AS own_elsewhere_amount,
  CAST(q.transaction_count AS BIGINT) AS transaction_count,
  CAST(q.idle_day_count AS BIGINT) AS idle_day_count,
  CAST(q.maturing_deposit_amount AS DECIMAL(38, 2)) AS maturing_deposit_amount,
  CAST(q.overdue_balance AS DECIMAL(38, 2)) AS overdue_balance,
  CAST(q.overdue_day_count AS BIGINT) AS overdue_day_count,
  CAST(q.loan_class_rank AS BIGINT) AS loan_class_rank,
  CAST(q.previous_loan_class_rank AS BIGINT) AS previous_loan_class_rank,
  CAST(q.bad_loan_balance AS DECIMAL(38, 2)) AS bad_loan_balance,
  CAST(q.guaranteed_amount AS DECIMAL(38, 2)) AS guaranteed_amount,
  CAST(q.complaint_count AS BIGINT) AS complaint_count,
  CAST(q.contribution_amount AS DECIMAL(38, 2)) AS contribution_amount,
  CAST(q.year_contribution_amount AS DECIMAL(38, 2)) AS year_contribution_amount,
  CAST(q.year_expected_loss_amount AS DECIMAL(38, 2)) AS year_expected_loss_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    k.customer_number,
    k.business_date,
    COALESCE(s.organisation_code, h.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
    COALESCE(s.customer_kind, c.customer_kind, 'unknown') AS customer_kind,
    NOT s.customer_number IS NULL AS is_holder,
    k.first_held_on,
    COALESCE(
      d.month_number - CAST(YEAR(k.first_held_on) * 12 + MONTH(k.first_held_on) AS BIGINT),
      0
    ) AS held_month_count,
    COALESCE(s.tier_code, 'none') AS tier_code,
    NOT s.tier_decision_number IS NULL AS is_tier_by_hand,
    COALESCE(s.is_quality, FALSE) AS is_quality,
    COALESCE(s.is_effective, FALSE) AS is_effective,
    COALESCE(s.product_group_count, 0) AS product_group_count,
    COALESCE(s.asset_average_balance, 0) AS asset_average_balance,
    CAST(CASE
      WHEN (
        CAST(CAST(k.recent_asset_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      ) <> (
        CAST(CAST(3 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(CAST(CAST(k.recent_asset_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))) + ABS(CAST(CAST(3 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(3 AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS recent_asset_balance,
    CASE
      WHEN d.month_number - y.first_month >= 5
      THEN CAST(CASE
        WHEN (
          CAST(CAST(k.earlier_asset_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
        ) <> (
          CAST(CAST(3 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(CAST(CAST(k.earlier_asset_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))) + ABS(CAST(CAST(3 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
      ) DIV NULLIF(2 * ABS(CAST(CAST(3 AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS earlier_asset_balance,
    COALESCE(s.deposit_average_balance, 0) AS deposit_average_balance,
    COALESCE(s.loan_balance, 0) AS loan_balance,
    k.inflow_amount,
    k.outflow_amount,
    k.payroll_amount,
    k.own_elsewhere_amount,
    k.transaction_count,
    CASE
      WHEN v.last_on IS NULL
      THEN NULL
      WHEN k.first_held_on IS NULL
      THEN 0
      ELSE DATEDIFF(
        DAY,
        GREATEST(COALESCE(k.last_on, k.first_held_on), k.first_held_on, y.first_on),
        k.business_date
      )
    END AS idle_day_count,
    COALESCE(t.maturing_deposit_amount, 0) AS maturing_deposit_amount,
    COALESCE(l.overdue_balance, 0) AS overdue_balance,
    COALESCE(l.overdue_day_count, 0) AS overdue_day_count,
    COALESCE(l.loan_class_rank, 0) AS loan_class_rank,
    COALESCE(b.loan_class_rank, 0) AS previous_loan_class_rank,
    COALESCE(l.bad_loan_balance, 0) AS bad_loan_balance,
    COALESCE(g.guaranteed_amount, 0) AS guaranteed_amount,
    k.complaint_count,
    k.contribution_amount,
    k.year_contribution_amount,
    k.year_expected_loss_amount
  FROM customer_recent_month AS k
  INNER JOIN days AS d
    ON d.business_date = k.business_date
  INNER JOIN moved AS v
    ON v.business_date = k.business_date
  CROSS JOIN history AS y
  LEFT JOIN customer_standing AS s
    ON s.customer_number = k.customer_number AND s.business_date = k.business_date
  LEFT JOIN customer AS c
    ON c.customer_number = k.customer_number
  LEFT JOIN customer_home_period AS h
    ON h.customer_number = k.customer_number
    AND k.business_date >= h.valid_from
    AND (
      h.valid_until IS NULL OR k.business_date < h.valid_until
    )
  LEFT JOIN maturing AS t
    ON t.customer_number = k.customer_number AND t.business_date = k.business_date
  LEFT JOIN lent AS l
    ON l.customer_number = k.customer_number AND l.business_date = k.business_date
  LEFT JOIN lent AS b
    ON b.customer_number = k.customer_number AND b.month_number = d.month_number - 1
  LEFT JOIN guaranteed AS g
    ON g.customer_number = k.customer_number AND g.business_date = k.business_date
) AS q

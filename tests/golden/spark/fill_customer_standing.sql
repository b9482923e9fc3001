WITH days AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date,
    CAST(COUNT(*) AS BIGINT) AS day_count,
    CAST(YEAR(month_start) * 12 + MONTH(month_start) AS BIGINT) AS month_number
  FROM calendar_day
  GROUP BY
    month_start
), settings AS (
  SELECT
    d.business_date,
    p.parameter_code,
    p.text_value,
    p.number_value
  FROM days AS d
  INNER JOIN parameter AS p
    ON p.valid_from <= d.business_date
    AND (
      p.valid_until IS NULL OR p.valid_until > d.business_date
    )
), tiers AS (
  SELECT
    d.business_date,
    SUBSTRING(p.parameter_code, 6) AS tier_code,
    CAST(p.number_value * 10000 AS DECIMAL(18, 2)) AS from_amount,
    ROW_NUMBER() OVER (
      PARTITION BY d.business_date
      ORDER BY p.number_value NULLS LAST, p.parameter_code NULLS LAST
    ) AS tier_rank
  FROM days AS d
  INNER JOIN parameter AS p
    ON p.valid_from <= d.business_date
    AND (
      p.valid_until IS NULL OR p.valid_until > d.business_date
    )
  WHERE
    p.parameter_code LIKE 'tier.%'
), quality AS (
  SELECT
    s.business_date,
    t.tier_rank
  FROM settings AS s
  INNER JOIN tiers AS t
    ON t.business_date = s.business_date AND t.tier_code = s.text_value
  WHERE
    s.parameter_code = 'quality_tier'
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
), holders AS (
  SELECT
    customer_number,
    home_number,
    month_start,
    business_date,
    day_count,
    month_number
  FROM (
    SELECT
      COALESCE(p.surviving_number, r.customer_number) AS customer_number,
      r.customer_number AS home_number,
      d.month_start,
      d.business_date,
      d.day_count,
      d.month_number,
      ROW_NUMBER() OVER (
        PARTITION BY COALESCE(p.surviving_number, COALESCE(p.surviving_number, r.customer_number)), d.business_date
        ORDER BY CASE WHEN p.surviving_number IS NULL THEN 0 ELSE 1 END NULLS LAST, COALESCE(p.surviving_number, r.customer_number) NULLS LAST
      ) AS _w
    FROM customer_relation AS r
    INNER JOIN days AS d
      ON r.valid_from <= d.business_date
      AND (
        r.valid_until IS NULL OR r.valid_until > d.business_date
      )
    LEFT JOIN persons AS p
      ON p.customer_number = r.customer_number AND p.business_date = d.business_date
    WHERE
      r.relation = 'holder'
  ) AS _t
  WHERE
    _w = 1
), held AS (
  SELECT
    customer_number,
    month_start,
    account_kind AS product_line,
    balance_days,
    closing_balance
  FROM account_month
  UNION ALL
  SELECT
    h.customer_number,
    d.month_start,
    h.product_line,
    CAST(h.market_amount * DATEDIFF(
      DAY,
      GREATEST(h.valid_from, d.month_start),
      LEAST(
        COALESCE(h.valid_until, CAST(d.business_date + 1 AS DATE)),
        CAST(d.business_date + 1 AS DATE)
      )
    ) AS DECIMAL(38, 2)) AS balance_days,
    CAST(0 AS DECIMAL(18, 2)) AS closing_balance
  FROM asset_holding AS h
  INNER JOIN days AS d
    ON h.valid_from <= d.business_date
    AND (
      h.valid_until IS NULL OR h.valid_until > d.month_start
    )
), weights AS (
  SELECT
    d.month_start,
    SUBSTRING(s.parameter_code, 13) AS product_line,
    s.number_value AS weight
  FROM settings AS s
  INNER JOIN days AS d
    ON d.business_date = s.business_date
  WHERE
    s.parameter_code LIKE 'tier_weight.%'
), assets AS (
  SELECT
    COALESCE(p.surviving_number, h.customer_number) AS customer_number,
    h.month_start,
    CAST(SUM(CASE WHEN h.product_line <> 'loan' THEN h.balance_days ELSE 0 END) AS DECIMAL(38, 2)) AS asset_days,
    CAST(SUM(
      CASE
        WHEN h.product_line <> 'loan'
        THEN CAST(CAST(h.balance_days AS DECIMAL(20, 2)) * COALESCE(w.weight, CAST(1 AS DECIMAL(12, 6))) AS DECIMAL(38, 2))
        ELSE 0
      END
    ) AS DECIMAL(38, 2)) AS weighted_days,
    CAST(SUM(CASE WHEN h.product_line = 'deposit' THEN h.balance_days ELSE 0 END) AS DECIMAL(38, 2)) AS deposit_days,
    CAST(SUM(CASE WHEN h.product_line = 'loan' THEN h.balance_days ELSE 0 END) AS DECIMAL(38, 2)) AS loan_days,
    CAST(SUM(CASE WHEN h.product_line = 'loan' THEN h.closing_balance ELSE 0 END) AS DECIMAL(38, 2)) AS loan_balance
  FROM held AS h
  INNER JOIN days AS d
    ON d.month_start = h.month_start
  LEFT JOIN persons AS p
    ON p.customer_number = h.customer_number AND p.business_date = d.business_date
  LEFT JOIN weights AS w
    ON w.month_start = h.month_start AND w.product_line = h.product_line
  GROUP BY
    COALESCE(p.surviving_number, h.customer_number),
    h.month_start
), groups_held AS (
  SELECT
    customer_number,
    business_date,
    COUNT(*) AS product_group_count
  FROM customer_product_month
  GROUP BY
    customer_number,
    business_date
), averaged AS (
  SELECT
    h.customer_number,
    h.home_number,
    h.business_date,
    h.month_number,
    CAST(CASE
      WHEN (
        CAST(CAST(COALESCE(a.asset_days, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      ) <> (
        CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(COALESCE(a.asset_days, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))
      ) + ABS(CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS asset_average_balance,
    CAST(CASE
      WHEN (
        CAST(CAST(COALESCE(a.weighted_days, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      ) <> (
        CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(COALESCE(a.weighted_days, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))
      ) + ABS(CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS tier_average_balance,
    CAST(CASE
      WHEN (
        CAST(CAST(COALESCE(a.deposit_days, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      ) <> (
        CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(COALESCE(a.deposit_days, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))
      ) + ABS(CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS deposit_average_balance,
    CAST(CASE
      WHEN (
        CAST(CAST(COALESCE(a.loan_days, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      ) <> (
        CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(COALESCE(a.loan_days, CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))
      ) + ABS(CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(h.day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS loan_average_balance,
    COALESCE(a.loan_balance, CAST(0 AS DECIMAL(38, 2))) AS loan_balance
  FROM holders AS h
  LEFT JOIN assets AS a
    ON a.customer_number = h.customer_number AND a.month_start = h.month_start
), bands AS (
  SELECT
    business_date,
    tier_code,
    tier_rank,
    from_amount,
    LEAD(from_amount) OVER (PARTITION BY business_date ORDER BY tier_rank NULLS LAST) AS below_amount
  FROM tiers
), reached AS (
  SELECT
    a.customer_number,
    a.business_date,
    a.month_number,
    t.tier_code,
    t.tier_rank
  FROM averaged AS a
  INNER JOIN bands AS t
    ON t.business_date = a.business_date
    AND t.from_amount <= GREATEST(a.tier_average_balance, CAST(0 AS DECIMAL(18, 2)))
    AND (
      t.below_amount IS NULL
      OR t.below_amount > GREATEST(a.tier_average_balance, CAST(0 AS DECIMAL(18, 2)))
    )
), protected AS (
  SELECT
    d.business_date,
    e.month_number AS earlier_month
  FROM days AS d
  INNER JOIN settings AS s
    ON s.business_date = d.business_date AND s.parameter_code = 'tier_protection_months'
  INNER JOIN days AS e
    ON e.month_number <= d.month_number
    AND e.month_number >= d.month_number - CAST(s.number_value AS BIGINT)
), best AS (
  SELECT
    r.customer_number,
    p.business_date,
    MAX(t.tier_rank) AS tier_rank
  FROM reached AS r
  INNER JOIN protected AS p
    ON p.earlier_month = r.month_number
  INNER JOIN tiers AS t
    ON t.business_date = p.business_date AND t.tier_code = r.tier_code
  GROUP BY
    r.customer_number,
    p.business_date
), kept AS (
  SELECT
    r.customer_number,
    r.business_date,
    r.tier_code AS reached_tier_code,
    t.tier_code,
    t.tier_rank
  FROM reached AS r
  INNER JOIN best AS b
    ON b.customer_number = r.customer_number AND b.business_date = r.business_date
  INNER JOIN tiers AS t
    ON t.business_date = b.business_date AND t.tier_rank = b.tier_rank
), by_hand AS (
  SELECT
    customer_number,
    business_date,
    decision_number,
    tier_code,
    tier_rank
  FROM (
    SELECT
      COALESCE(p.surviving_number, v.customer_number) AS customer_number,
      d.business_date,
      v.decision_number,
      t.tier_code,
      t.tier_rank,
      ROW_NUMBER() OVER (
        PARTITION BY COALESCE(p.surviving_number, COALESCE(p.surviving_number, v.customer_number)), d.business_date
        ORDER BY v.decision_number DESC
      ) AS _w
    FROM tier_decision AS v
    INNER JOIN days AS d
      ON v.valid_from <= d.business_date AND v.valid_until > d.business_date
    INNER JOIN tiers AS t
      ON t.business_date = d.business_date AND t.tier_code = v.tier_code
    LEFT JOIN persons AS p
      ON p.customer_number = v.customer_number AND p.business_date = d.business_date
    WHERE
      v.is_accepted AND v.decision_kind = 'set'
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.asset_average_balance AS DECIMAL(18, 2)) AS asset_average_balance,
  CAST(q.tier_average_balance AS DECIMAL(18, 2)) AS tier_average_balance,
  CAST(q.deposit_average_balance AS DECIMAL(18, 2)) AS deposit_average_balance,
  CAST(q.loan_average_balance AS DECIMAL(18, 2)) AS loan_average_balance,
  CAST(q.loan_balance AS DECIMAL(38, 2)) AS loan_balance,
  CAST(q.reached_tier_code AS STRING) AS reached_tier_code,
  CAST(q.tier_code AS STRING) AS tier_code,
  CAST(q.ruled_tier_code AS STRING) AS ruled_tier_code,
  CAST(q.tier_decision_number AS BIGINT) AS tier_decision_number,
  CAST(q.tier_rank AS BIGINT) AS tier_rank,
  CAST(q.is_quality AS BOOLEAN) AS is_quality,
  CAST(q.is_effective AS BOOLEAN) AS is_effective,
  CAST(q.product_group_count AS BIGINT) AS product_group_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    a.customer_number,
    a.business_date,
    COALESCE(o.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    a.asset_average_balance,
    a.tier_average_balance,
    a.deposit_average_balance,
    a.loan_average_balance,
    a.loan_balance,
    k.reached_tier_code,
    COALESCE(v.tier_code, k.tier_code) AS tier_code,
    k.tier_code AS ruled_tier_code,
    v.decision_number AS tier_decision_number,
    CAST(COALESCE(v.tier_rank, k.tier_rank) AS BIGINT) AS tier_rank,
    COALESCE(v.tier_rank, k.tier_rank) >= q.tier_rank AS is_quality,
    a.loan_balance > 0
    OR a.asset_average_balance >= CAST(e.number_value AS DECIMAL(18, 2)) AS is_effective,
    COALESCE(g.product_group_count, 0) AS product_group_count
  FROM averaged AS a
  INNER JOIN kept AS k
    ON k.customer_number = a.customer_number AND k.business_date = a.business_date
  LEFT JOIN by_hand AS v
    ON v.customer_number = a.customer_number AND v.business_date = a.business_date
  INNER JOIN quality AS q
    ON q.business_date = a.business_date
  INNER JOIN settings AS e
    ON e.business_date = a.business_date
    AND e.parameter_code = 'effective_customer_balance'
  LEFT JOIN customer AS c
    ON c.customer_number = a.home_number
  LEFT JOIN customer_home_period AS o
    ON o.customer_number = a.home_number
    AND a.business_date >= o.valid_from
    AND (
      o.valid_until IS NULL OR a.business_date < o.valid_until
    )
  LEFT JOIN groups_held AS g
    ON g.customer_number = a.customer_number AND g.business_date = a.business_date
) AS q

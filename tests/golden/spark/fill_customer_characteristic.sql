WITH settings AS (
  SELECT
    MAX(CASE WHEN parameter_code = 'characteristic.window_months' THEN number_value END) AS window_months,
    MAX(
      CASE
        WHEN parameter_code = 'characteristic.own_account_months'
        THEN number_value
      END
    ) AS own_account_months,
    MAX(
      CASE
        WHEN parameter_code = 'characteristic.own_account_transfers'
        THEN number_value
      END
    ) AS own_account_transfers,
    MAX(CASE WHEN parameter_code = 'characteristic.regular_months' THEN number_value END) AS regular_months,
    MAX(CASE WHEN parameter_code = 'characteristic.pension_age' THEN number_value END) AS pension_age,
    MAX(
      CASE
        WHEN parameter_code = 'characteristic.subsidy_payer_customers'
        THEN number_value
      END
    ) AS subsidy_payer_customers,
    MAX(CASE WHEN parameter_code = 'characteristic.takings_count' THEN number_value END) AS takings_count,
    MAX(CASE WHEN parameter_code = 'characteristic.takings_months' THEN number_value END) AS takings_months,
    MAX(CASE WHEN parameter_code = 'characteristic.rent_months' THEN number_value END) AS rent_months,
    MAX(
      CASE WHEN parameter_code = 'characteristic.rent_spread_share' THEN number_value END
    ) AS rent_spread_share,
    MAX(
      CASE WHEN parameter_code = 'characteristic.school_payments' THEN number_value END
    ) AS school_payments,
    MAX(CASE WHEN parameter_code = 'characteristic.habit_count' THEN number_value END) AS habit_count,
    MAX(CASE WHEN parameter_code = 'characteristic.cash_share' THEN number_value END) AS cash_share,
    MAX(CASE WHEN parameter_code = 'characteristic.night_share' THEN number_value END) AS night_share,
    MAX(CASE WHEN parameter_code = 'characteristic.migrant_months' THEN number_value END) AS migrant_months,
    MAX(
      CASE
        WHEN parameter_code = 'characteristic.migrant_inflow_share'
        THEN number_value
      END
    ) AS migrant_inflow_share,
    MAX(
      CASE
        WHEN parameter_code = 'characteristic.harvest_inflow_share'
        THEN number_value
      END
    ) AS harvest_inflow_share,
    MAX(CASE WHEN parameter_code = 'migrant_occupation_word' THEN text_value END) AS migrant_word
  FROM parameter
  WHERE
    valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
), totals AS (
  SELECT
    e.customer_number,
    CAST(SUM(CASE WHEN e.is_own THEN 1 ELSE 0 END) AS BIGINT) AS own_count,
    CAST(SUM(
      CASE
        WHEN e.is_incoming AND e.transaction_type IN ('transfer', 'cash_deposit', 'payroll')
        THEN e.amount
        ELSE 0
      END
    ) AS DECIMAL(38, 2)) AS inflow_amount,
    CAST(SUM(
      CASE
        WHEN e.is_incoming AND e.transaction_type IN ('transfer', 'cash_deposit')
        THEN e.amount
        ELSE 0
      END
    ) AS DECIMAL(38, 2)) AS free_inflow_amount
  FROM customer_event AS e
  WHERE
    e.is_recent
  GROUP BY
    e.customer_number
), long_totals AS (
  SELECT
    e.customer_number,
    CAST(SUM(e.amount) AS DECIMAL(38, 2)) AS free_inflow_amount
  FROM customer_event AS e
  CROSS JOIN settings AS s
  WHERE
    e.is_incoming
    AND e.transaction_type IN ('transfer', 'cash_deposit')
    AND e.months_ago < s.migrant_months
  GROUP BY
    e.customer_number
), paid AS (
  SELECT
    customer_number,
    CASE WHEN counterparty_account <> 'none' THEN counterparty_account END AS counterparty_account,
    counterparty_name,
    counterparty_bank_name,
    usual_day,
    median_amount,
    total_amount,
    event_count,
    month_count,
    recent_month_count AS recent_months,
    months_ago,
    first_seen_on,
    last_seen_on
  FROM customer_party_fact
  WHERE
    rule_code = 'payroll'
), payers AS (
  SELECT
    counterparty_account,
    CAST(COUNT(DISTINCT customer_number) AS BIGINT) AS customer_count
  FROM paid
  WHERE
    NOT counterparty_account IS NULL
  GROUP BY
    counterparty_account
), incomes AS (
  SELECT
    p.customer_number,
    CASE
      WHEN NOT (
        p.recent_months >= s.regular_months AND p.months_ago <= 1
      )
      THEN 'subsidy'
      WHEN COALESCE(
        DATEDIFF(DAY, c.born_on, CAST('2026-10-31' AS DATE)) >= s.pension_age * 365.25,
        FALSE
      )
      THEN 'pension'
      ELSE 'wage'
    END AS characteristic_code,
    p.counterparty_account,
    p.counterparty_name,
    p.counterparty_bank_name,
    p.usual_day,
    p.median_amount,
    p.total_amount,
    p.event_count,
    p.month_count,
    CAST(CASE
      WHEN (
        (
          CAST(CAST(p.total_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
        ) < 0
      ) <> (
        CAST(CAST(t.inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        (
          CAST(CAST(p.total_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
        )
      ) + ABS(CAST(CAST(t.inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(t.inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.000001' AS DECIMAL(7, 6)) AS DECIMAL(18, 6)) AS evidence_share,
    p.first_seen_on,
    p.last_seen_on,
    CASE
      WHEN p.recent_months >= s.regular_months AND p.months_ago <= 1
      THEN NOT c.born_on IS NULL AND p.month_count >= 2 * s.regular_months
      ELSE p.month_count >= 2
    END AS is_sure
  FROM paid AS p
  CROSS JOIN settings AS s
  INNER JOIN totals AS t
    ON t.customer_number = p.customer_number
  LEFT JOIN customer AS c
    ON c.customer_number = p.customer_number
  LEFT JOIN payers AS y
    ON y.counterparty_account = p.counterparty_account
  WHERE
    (
      p.recent_months >= s.regular_months AND p.months_ago <= 1
    )
    OR (
      p.month_count <= s.regular_months
      AND y.customer_count >= s.subsidy_payer_customers
    )
), subsidised AS (
  SELECT DISTINCT
    customer_number
  FROM incomes
  WHERE
    characteristic_code = 'subsidy'
), shared AS (
  SELECT
    g.customer_number,
    g.rule_code AS characteristic_code,
    g.counterparty_name,
    g.counterparty_bank_name,
    g.usual_day,
    g.median_amount,
    g.total_amount,
    g.event_count,
    g.month_count,
    CASE
      WHEN g.rule_code IN ('cash', 'night')
      THEN CAST(CASE
        WHEN (
          (
            CAST(CAST(g.event_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          ) < 0
        ) <> (
          CAST(CAST(t.own_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS((
          CAST(CAST(g.event_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
        )) + ABS(CAST(CAST(t.own_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
      ) DIV NULLIF(2 * ABS(CAST(CAST(t.own_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.000001' AS DECIMAL(7, 6)) AS DECIMAL(18, 6))
      WHEN g.rule_code = 'migrant'
      THEN CAST(CASE
        WHEN (
          (
            CAST(CAST(g.total_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        ) <> (
          CAST(CAST(l.free_inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          (
            CAST(CAST(g.total_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ) + ABS(CAST(CAST(l.free_inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
      ) DIV NULLIF(2 * ABS(CAST(CAST(l.free_inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.000001' AS DECIMAL(7, 6)) AS DECIMAL(18, 6))
      WHEN g.rule_code = 'farming_season'
      THEN CAST(CASE
        WHEN (
          (
            CAST(CAST(g.total_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        ) <> (
          CAST(CAST(t.free_inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          (
            CAST(CAST(g.total_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ) + ABS(CAST(CAST(t.free_inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
      ) DIV NULLIF(2 * ABS(CAST(CAST(t.free_inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.000001' AS DECIMAL(7, 6)) AS DECIMAL(18, 6))
      WHEN g.rule_code = 'takings'
      THEN CAST(CASE
        WHEN (
          (
            CAST(CAST(g.total_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        ) <> (
          CAST(CAST(t.inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          (
            CAST(CAST(g.total_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ) + ABS(CAST(CAST(t.inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
      ) DIV NULLIF(2 * ABS(CAST(CAST(t.inflow_amount AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.000001' AS DECIMAL(7, 6)) AS DECIMAL(18, 6))
    END AS evidence_share,
    g.first_seen_on,
    g.last_seen_on
  FROM customer_habit_fact AS g
  INNER JOIN totals AS t
    ON t.customer_number = g.customer_number
  LEFT JOIN long_totals AS l
    ON l.customer_number = g.customer_number
), recognised AS (
  SELECT
    customer_number,
    characteristic_code,
    counterparty_account,
    counterparty_name,
    counterparty_bank_name,
    usual_day,
    median_amount,
    total_amount,
    event_count,
    month_count,
    evidence_share,
    first_seen_on,
    last_seen_on,
    is_sure
  FROM incomes
  UNION ALL
  SELECT
    e.customer_number,
    e.rule_code AS characteristic_code,
    e.counterparty_account,
    e.counterparty_name,
    e.counterparty_bank_name,
    e.usual_day,
    e.median_amount,
    e.total_amount,
    e.event_count,
    e.month_count,
    CAST(NULL AS DECIMAL(12, 6)) AS evidence_share,
    e.first_seen_on,
    e.last_seen_on,
    e.event_count >= 2 * s.own_account_transfers AS is_sure
  FROM customer_party_fact AS e
  CROSS JOIN settings AS s
  WHERE
    e.rule_code = 'own_account_elsewhere'
    AND e.event_count >= s.own_account_transfers
  UNION ALL
  SELECT
    f.customer_number,
    f.rule_code AS characteristic_code,
    f.counterparty_account,
    f.counterparty_name,
    f.counterparty_bank_name,
    f.usual_day,
    f.median_amount,
    f.total_amount,
    f.event_count,
    f.month_count,
    CAST(NULL AS DECIMAL(12, 6)) AS evidence_share,
    f.first_seen_on,
    f.last_seen_on,
    f.month_count >= 2 * s.rent_months AS is_sure
  FROM customer_party_fact AS f
  CROSS JOIN settings AS s
  WHERE
    f.rule_code = 'rent'
    AND f.month_count >= s.rent_months
    AND f.event_count = f.month_count
    AND f.months_ago <= 1
    AND f.most_months_ago - f.months_ago + 1 = f.month_count
    AND f.most_amount - f.least_amount <= CAST(CAST(f.median_amount AS DECIMAL(18, 2)) * s.rent_spread_share AS DECIMAL(18, 2))
  UNION ALL
  SELECT
    g.customer_number,
    g.characteristic_code,
    CAST(NULL AS STRING) AS counterparty_account,
    CASE WHEN g.characteristic_code = 'school_fee' THEN g.counterparty_name END AS counterparty_name,
    CASE WHEN g.characteristic_code = 'school_fee' THEN g.counterparty_bank_name END AS counterparty_bank_name,
    CASE WHEN g.characteristic_code = 'school_fee' THEN g.usual_day END AS usual_day,
    g.median_amount,
    g.total_amount,
    g.event_count,
    g.month_count,
    g.evidence_share,
    g.first_seen_on,
    g.last_seen_on,
    CASE g.characteristic_code
      WHEN 'takings'
      THEN g.event_count >= 2 * s.takings_count
      WHEN 'school_fee'
      THEN g.month_count >= 2 * s.school_payments
      WHEN 'cash'
      THEN g.event_count >= 2 * s.habit_count
      WHEN 'night'
      THEN g.event_count >= 2 * s.habit_count
      WHEN 'migrant'
      THEN g.event_count >= 2 AND g.evidence_share >= s.migrant_inflow_share
      ELSE g.event_count >= 2 AND g.evidence_share >= s.harvest_inflow_share
    END AS is_sure
  FROM shared AS g
  CROSS JOIN settings AS s
  LEFT JOIN customer AS c
    ON c.customer_number = g.customer_number
  LEFT JOIN subsidised AS u
    ON u.customer_number = g.customer_number
  WHERE
    CASE g.characteristic_code
      WHEN 'takings'
      THEN g.event_count >= s.takings_count
      AND g.month_count >= s.takings_months
      AND COALESCE(c.customer_kind, 'personal') = 'personal'
      WHEN 'school_fee'
      THEN g.month_count >= s.school_payments
      WHEN 'cash'
      THEN g.event_count >= s.habit_count AND g.evidence_share >= s.cash_share
      WHEN 'night'
      THEN g.event_count >= s.habit_count AND g.evidence_share >= s.night_share
      WHEN 'migrant'
      THEN CONTAINS(COALESCE(c.occupation, ''), s.migrant_word)
      WHEN 'farming_season'
      THEN COALESCE(c.is_farmer, FALSE) AND NOT u.customer_number IS NULL
      ELSE FALSE
    END
), chosen AS (
  SELECT
    customer_number,
    characteristic_code,
    counterparty_account,
    counterparty_name,
    counterparty_bank_name,
    usual_day,
    median_amount,
    total_amount,
    event_count,
    month_count,
    evidence_share,
    first_seen_on,
    last_seen_on,
    is_sure
  FROM (
    SELECT
      customer_number,
      characteristic_code,
      counterparty_account,
      counterparty_name,
      counterparty_bank_name,
      usual_day,
      median_amount,
      total_amount,
      event_count,
      month_count,
      evidence_share,
      first_seen_on,
      last_seen_on,
      is_sure,
      ROW_NUMBER() OVER (
        PARTITION BY customer_number, characteristic_code
        ORDER BY total_amount DESC, last_seen_on DESC, counterparty_account NULLS LAST
      ) AS _w
    FROM recognised
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.characteristic_code AS STRING) AS characteristic_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.confidence_code AS STRING) AS confidence_code,
  CAST(q.counterparty_account AS STRING) AS counterparty_account,
  CAST(q.counterparty_name AS STRING) AS counterparty_name,
  CAST(q.counterparty_bank_name AS STRING) AS counterparty_bank_name,
  CAST(q.usual_day AS BIGINT) AS usual_day,
  CAST(q.median_amount AS DECIMAL(18, 2)) AS median_amount,
  CAST(q.total_amount AS DECIMAL(38, 2)) AS total_amount,
  CAST(q.event_count AS BIGINT) AS event_count,
  CAST(q.month_count AS BIGINT) AS month_count,
  CAST(q.evidence_share AS DECIMAL(12, 6)) AS evidence_share,
  CAST(q.first_seen_on AS DATE) AS first_seen_on,
  CAST(q.last_seen_on AS DATE) AS last_seen_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    r.customer_number,
    r.characteristic_code,
    CAST('2026-10-31' AS DATE) AS business_date,
    COALESCE(c.home_organisation_code, 'none') AS organisation_code,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    CASE WHEN r.is_sure THEN 'high' ELSE 'medium' END AS confidence_code,
    r.counterparty_account,
    r.counterparty_name,
    r.counterparty_bank_name,
    r.usual_day,
    r.median_amount,
    r.total_amount,
    r.event_count,
    r.month_count,
    r.evidence_share,
    r.first_seen_on,
    r.last_seen_on
  FROM chosen AS r
  LEFT JOIN customer AS c
    ON c.customer_number = r.customer_number
) AS q

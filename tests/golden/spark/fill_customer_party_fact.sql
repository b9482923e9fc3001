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
), own_bank_codes AS (
  SELECT DISTINCT
    bank_code
  FROM organisation_snapshot
  WHERE
    NOT bank_code IS NULL
), own_names AS (
  SELECT DISTINCT
    organisation_name
  FROM organisation_snapshot
  WHERE
    NOT organisation_name IS NULL
), regular AS (
  SELECT
    e.customer_number,
    e.counterparty_account
  FROM customer_event AS e
  CROSS JOIN settings AS s
  WHERE
    e.is_recent
    AND e.transaction_type = 'transfer'
    AND NOT e.is_incoming
    AND e.is_own
    AND NOT e.is_namesake
    AND NOT e.counterparty_account IS NULL
  GROUP BY
    e.customer_number,
    e.counterparty_account
  HAVING
    COUNT(*) >= MAX(s.rent_months)
), facts AS (
  SELECT
    e.customer_number,
    'payroll' AS rule_code,
    COALESCE(e.counterparty_account, 'none') AS counterparty_account,
    MAX(e.counterparty_name) AS counterparty_name,
    MAX(e.counterparty_bank_name) AS counterparty_bank_name,
    CAST(COUNT(*) AS BIGINT) AS event_count,
    CAST(COUNT(DISTINCT e.months_ago) AS BIGINT) AS month_count,
    CAST(COUNT(DISTINCT CASE WHEN e.months_ago < 6 THEN e.months_ago END) AS BIGINT) AS recent_month_count,
    CAST(SUM(e.amount) AS DECIMAL(38, 2)) AS total_amount,
    PERCENTILE_APPROX(e.amount, 0.5) AS median_amount,
    MIN(e.amount) AS least_amount,
    MAX(e.amount) AS most_amount,
    CAST(PERCENTILE_APPROX(DAY(e.posted_on), 0.5) AS BIGINT) AS usual_day,
    MIN(e.months_ago) AS months_ago,
    MAX(e.months_ago) AS most_months_ago,
    MIN(e.posted_on) AS first_seen_on,
    MAX(e.posted_on) AS last_seen_on
  FROM customer_event AS e
  WHERE
    e.is_recent AND e.transaction_type = 'payroll' AND e.is_incoming
  GROUP BY
    e.customer_number,
    COALESCE(e.counterparty_account, 'none')
  UNION ALL
  SELECT
    e.customer_number,
    'own_account_elsewhere' AS rule_code,
    COALESCE(e.counterparty_account, 'none') AS counterparty_account,
    MAX(e.counterparty_name) AS counterparty_name,
    MAX(e.counterparty_bank_name) AS counterparty_bank_name,
    CAST(COUNT(*) AS BIGINT) AS event_count,
    CAST(COUNT(DISTINCT e.months_ago) AS BIGINT) AS month_count,
    CAST(COUNT(DISTINCT CASE WHEN e.months_ago < 6 THEN e.months_ago END) AS BIGINT) AS recent_month_count,
    CAST(SUM(e.amount) AS DECIMAL(38, 2)) AS total_amount,
    PERCENTILE_APPROX(e.amount, 0.5) AS median_amount,
    MIN(e.amount) AS least_amount,
    MAX(e.amount) AS most_amount,
    CAST(PERCENTILE_APPROX(DAY(e.posted_on), 0.5) AS BIGINT) AS usual_day,
    MIN(e.months_ago) AS months_ago,
    MAX(e.months_ago) AS most_months_ago,
    MIN(e.posted_on) AS first_seen_on,
    MAX(e.posted_on) AS last_seen_on
  FROM customer_event AS e
  CROSS JOIN settings AS s
  LEFT JOIN account_alias AS a
    ON a.alias_number = e.counterparty_account
  LEFT JOIN own_bank_codes AS c
    ON c.bank_code = e.counterparty_bank_code
  LEFT JOIN own_names AS n
    ON n.organisation_name = e.counterparty_bank_name
  WHERE
    e.transaction_type = 'transfer'
    AND NOT e.is_incoming
    AND e.is_namesake
    AND NOT e.counterparty_account IS NULL
    AND a.alias_number IS NULL
    AND c.bank_code IS NULL
    AND n.organisation_name IS NULL
    AND e.months_ago < s.own_account_months
  GROUP BY
    e.customer_number,
    COALESCE(e.counterparty_account, 'none')
  UNION ALL
  SELECT
    e.customer_number,
    'rent' AS rule_code,
    COALESCE(e.counterparty_account, 'none') AS counterparty_account,
    MAX(e.counterparty_name) AS counterparty_name,
    MAX(e.counterparty_bank_name) AS counterparty_bank_name,
    CAST(COUNT(*) AS BIGINT) AS event_count,
    CAST(COUNT(DISTINCT e.months_ago) AS BIGINT) AS month_count,
    CAST(COUNT(DISTINCT CASE WHEN e.months_ago < 6 THEN e.months_ago END) AS BIGINT) AS recent_month_count,
    CAST(SUM(e.amount) AS DECIMAL(38, 2)) AS total_amount,
    PERCENTILE_APPROX(e.amount, 0.5) AS median_amount,
    MIN(e.amount) AS least_amount,
    MAX(e.amount) AS most_amount,
    CAST(PERCENTILE_APPROX(DAY(e.posted_on), 0.5) AS BIGINT) AS usual_day,
    MIN(e.months_ago) AS months_ago,
    MAX(e.months_ago) AS most_months_ago,
    MIN(e.posted_on) AS first_seen_on,
    MAX(e.posted_on) AS last_seen_on
  FROM customer_event AS e
  INNER JOIN regular AS g
    ON g.customer_number = e.customer_number
    AND g.counterparty_account = e.counterparty_account
  WHERE
    e.is_recent
    AND e.transaction_type = 'transfer'
    AND NOT e.is_incoming
    AND e.is_own
    AND NOT e.is_namesake
    AND NOT e.counterparty_account IS NULL
  GROUP BY
    e.customer_number,
    COALESCE(e.counterparty_account, 'none')
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.rule_code AS STRING) AS rule_code,
  CAST(q.counterparty_account AS STRING) AS counterparty_account,
  CAST(q.counterparty_name AS STRING) AS counterparty_name,
  CAST(q.counterparty_bank_name AS STRING) AS counterparty_bank_name,
  CAST(q.event_count AS BIGINT) AS event_count,
  CAST(q.month_count AS BIGINT) AS month_count,
  CAST(q.recent_month_count AS BIGINT) AS recent_month_count,
  CAST(q.total_amount AS DECIMAL(38, 2)) AS total_amount,
  CAST(q.median_amount AS DECIMAL(18, 2)) AS median_amount,
  CAST(q.least_amount AS DECIMAL(18, 2)) AS least_amount,
  CAST(q.most_amount AS DECIMAL(18, 2)) AS most_amount,
  CAST(q.usual_day AS BIGINT) AS usual_day,
  CAST(q.months_ago AS BIGINT) AS months_ago,
  CAST(q.most_months_ago AS BIGINT) AS most_months_ago,
  CAST(q.first_seen_on AS DATE) AS first_seen_on,
  CAST(q.last_seen_on AS DATE) AS last_seen_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    customer_number,
    rule_code,
    counterparty_account,
    counterparty_name,
    counterparty_bank_name,
    event_count,
    month_count,
    recent_month_count,
    total_amount,
    median_amount,
    least_amount,
    most_amount,
    usual_day,
    months_ago,
    most_months_ago,
    first_seen_on,
    last_seen_on
  FROM facts
) AS q

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
), school_words AS (
  SELECT
    text_value AS school_word
  FROM parameter
  WHERE
    parameter_code LIKE 'school_name_word.%'
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
), festival AS (
  SELECT DISTINCT
    d.festival_on
  FROM (
    SELECT
      CASE
        WHEN parameter_code = 'spring_festival'
        THEN MAKE_DATE(
          YEAR(valid_from),
          CAST(number_value AS BIGINT) DIV 100,
          CAST(number_value AS BIGINT) % 100
        )
      END AS festival_on
    FROM parameter
  ) AS d
  WHERE
    d.festival_on <= CAST('2026-10-31' AS DATE)
), schools AS (
  SELECT DISTINCT
    e.counterparty_name
  FROM customer_event AS e
  INNER JOIN school_words AS w
    ON CONTAINS(e.counterparty_name, w.school_word)
  WHERE
    e.is_recent
), facts AS (
  SELECT
    e.customer_number,
    'takings' AS rule_code,
    CAST(NULL AS STRING) AS counterparty_name,
    CAST(NULL AS STRING) AS counterparty_bank_name,
    CAST(NULL AS BIGINT) AS usual_day,
    CAST(COUNT(*) AS BIGINT) AS event_count,
    CAST(COUNT(DISTINCT e.months_ago) AS BIGINT) AS month_count,
    CAST(SUM(e.amount) AS DECIMAL(38, 2)) AS total_amount,
    PERCENTILE_APPROX(e.amount, 0.5) AS median_amount,
    MIN(e.posted_on) AS first_seen_on,
    MAX(e.posted_on) AS last_seen_on
  FROM customer_event AS e
  WHERE
    e.is_recent
    AND e.transaction_type = 'transfer'
    AND e.is_incoming
    AND e.channel_code IN ('third_party', 'pos')
  GROUP BY
    e.customer_number
  UNION ALL
  SELECT
    e.customer_number,
    'school_fee' AS rule_code,
    MAX(e.counterparty_name) AS counterparty_name,
    MAX(e.counterparty_bank_name) AS counterparty_bank_name,
    CAST(PERCENTILE_APPROX(DAY(e.posted_on), 0.5) AS BIGINT) AS usual_day,
    CAST(COUNT(*) AS BIGINT) AS event_count,
    CAST(COUNT(DISTINCT e.months_ago) AS BIGINT) AS month_count,
    CAST(SUM(e.amount) AS DECIMAL(38, 2)) AS total_amount,
    PERCENTILE_APPROX(e.amount, 0.5) AS median_amount,
    MIN(e.posted_on) AS first_seen_on,
    MAX(e.posted_on) AS last_seen_on
  FROM customer_event AS e
  WHERE
    e.is_recent
    AND NOT e.is_incoming
    AND e.counterparty_name IN (
      SELECT
        n.counterparty_name
      FROM schools AS n
    )
  GROUP BY
    e.customer_number
  UNION ALL
  SELECT
    e.customer_number,
    'cash' AS rule_code,
    CAST(NULL AS STRING) AS counterparty_name,
    CAST(NULL AS STRING) AS counterparty_bank_name,
    CAST(NULL AS BIGINT) AS usual_day,
    CAST(COUNT(*) AS BIGINT) AS event_count,
    CAST(COUNT(DISTINCT e.months_ago) AS BIGINT) AS month_count,
    CAST(SUM(e.amount) AS DECIMAL(38, 2)) AS total_amount,
    PERCENTILE_APPROX(e.amount, 0.5) AS median_amount,
    MIN(e.posted_on) AS first_seen_on,
    MAX(e.posted_on) AS last_seen_on
  FROM customer_event AS e
  WHERE
    e.is_recent AND e.is_own AND e.is_cash
  GROUP BY
    e.customer_number
  UNION ALL
  SELECT
    e.customer_number,
    'night' AS rule_code,
    CAST(NULL AS STRING) AS counterparty_name,
    CAST(NULL AS STRING) AS counterparty_bank_name,
    CAST(NULL AS BIGINT) AS usual_day,
    CAST(COUNT(*) AS BIGINT) AS event_count,
    CAST(COUNT(DISTINCT e.months_ago) AS BIGINT) AS month_count,
    CAST(SUM(e.amount) AS DECIMAL(38, 2)) AS total_amount,
    PERCENTILE_APPROX(e.amount, 0.5) AS median_amount,
    MIN(e.posted_on) AS first_seen_on,
    MAX(e.posted_on) AS last_seen_on
  FROM customer_event AS e
  WHERE
    e.is_recent AND e.is_own AND e.is_night
  GROUP BY
    e.customer_number
  UNION ALL
  SELECT
    e.customer_number,
    'migrant' AS rule_code,
    CAST(NULL AS STRING) AS counterparty_name,
    CAST(NULL AS STRING) AS counterparty_bank_name,
    CAST(NULL AS BIGINT) AS usual_day,
    CAST(COUNT(*) AS BIGINT) AS event_count,
    CAST(COUNT(DISTINCT e.months_ago) AS BIGINT) AS month_count,
    CAST(SUM(e.amount) AS DECIMAL(38, 2)) AS total_amount,
    PERCENTILE_APPROX(e.amount, 0.5) AS median_amount,
    MIN(e.posted_on) AS first_seen_on,
    MAX(e.posted_on) AS last_seen_on
  FROM customer_event AS e
  CROSS JOIN settings AS s
  INNER JOIN festival AS f
    ON f.festival_on >= e.posted_on AND DATEDIFF(DAY, e.posted_on, f.festival_on) <= 24
  WHERE
    e.is_incoming
    AND e.transaction_type IN ('transfer', 'cash_deposit')
    AND e.months_ago < s.migrant_months
  GROUP BY
    e.customer_number
  UNION ALL
  SELECT
    e.customer_number,
    'farming_season' AS rule_code,
    CAST(NULL AS STRING) AS counterparty_name,
    CAST(NULL AS STRING) AS counterparty_bank_name,
    CAST(NULL AS BIGINT) AS usual_day,
    CAST(COUNT(*) AS BIGINT) AS event_count,
    CAST(COUNT(DISTINCT e.months_ago) AS BIGINT) AS month_count,
    CAST(SUM(e.amount) AS DECIMAL(38, 2)) AS total_amount,
    PERCENTILE_APPROX(e.amount, 0.5) AS median_amount,
    MIN(e.posted_on) AS first_seen_on,
    MAX(e.posted_on) AS last_seen_on
  FROM customer_event AS e
  WHERE
    e.is_recent
    AND e.is_incoming
    AND e.transaction_type IN ('transfer', 'cash_deposit')
    AND MONTH(e.posted_on) IN (6, 10, 11)
  GROUP BY
    e.customer_number
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.rule_code AS STRING) AS rule_code,
  CAST(q.counterparty_name AS STRING) AS counterparty_name,
  CAST(q.counterparty_bank_name AS STRING) AS counterparty_bank_name,
  CAST(q.event_count AS BIGINT) AS event_count,
  CAST(q.month_count AS BIGINT) AS month_count,
  CAST(q.total_amount AS DECIMAL(38, 2)) AS total_amount,
  CAST(q.median_amount AS DECIMAL(18, 2)) AS median_amount,
  CAST(q.usual_day AS BIGINT) AS usual_day,
  CAST(q.first_seen_on AS DATE) AS first_seen_on,
  CAST(q.last_seen_on AS DATE) AS last_seen_on
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    customer_number,
    rule_code,
    counterparty_name,
    counterparty_bank_name,
    event_count,
    month_count,
    total_amount,
    median_amount,
    usual_day,
    first_seen_on,
    last_seen_on
  FROM facts
) AS q

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
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.transaction_number AS STRING) AS transaction_number,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.posted_on AS DATE) AS posted_on,
  CAST(q.is_night AS BOOLEAN) AS is_night,
  CAST(q.transaction_type AS STRING) AS transaction_type,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.counterparty_account AS STRING) AS counterparty_account,
  CAST(q.counterparty_name AS STRING) AS counterparty_name,
  CAST(q.counterparty_bank_code AS STRING) AS counterparty_bank_code,
  CAST(q.counterparty_bank_name AS STRING) AS counterparty_bank_name,
  CAST(q.is_namesake AS BOOLEAN) AS is_namesake,
  CAST(q.is_cash AS BOOLEAN) AS is_cash,
  CAST(q.is_own AS BOOLEAN) AS is_own,
  CAST(q.is_incoming AS BOOLEAN) AS is_incoming,
  CAST(q.amount AS DECIMAL(18, 2)) AS amount,
  CAST(q.months_ago AS BIGINT) AS months_ago,
  CAST(q.is_recent AS BOOLEAN) AS is_recent
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    t.account_number,
    t.currency,
    t.transaction_number,
    t.customer_number,
    t.posted_on,
    COALESCE(t.posted_time >= '220000' OR t.posted_time < '060000', FALSE) AS is_night,
    t.transaction_type,
    t.channel_code,
    t.counterparty_account,
    t.counterparty_name,
    t.counterparty_bank_code,
    t.counterparty_bank_name,
    COALESCE(t.is_counterparty_namesake, FALSE) AS is_namesake,
    COALESCE(t.is_cash, FALSE) AS is_cash,
    COALESCE(t.initiator_code, 'none') = 'customer' AS is_own,
    t.balance_change > 0 AS is_incoming,
    ABS(t.balance_change) AS amount,
    CAST((
      YEAR(CAST('2026-10-31' AS DATE)) * 12 + MONTH(CAST('2026-10-31' AS DATE)) - (
        YEAR(t.posted_on) * 12 + MONTH(t.posted_on)
      )
    ) AS BIGINT) AS months_ago,
    (
      YEAR(CAST('2026-10-31' AS DATE)) * 12 + MONTH(CAST('2026-10-31' AS DATE)) - (
        YEAR(t.posted_on) * 12 + MONTH(t.posted_on)
      )
    ) < s.window_months AS is_recent
  FROM account_transaction AS t
  CROSS JOIN settings AS s
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  WHERE
    t.account_kind = 'deposit'
    AND NOT t.customer_number IS NULL
    AND t.posted_on <= CAST('2026-10-31' AS DATE)
    AND t.balance_change <> 0
    AND NOT t.is_bank_initiated
    AND r.transaction_number IS NULL
    AND (
      YEAR(CAST('2026-10-31' AS DATE)) * 12 + MONTH(CAST('2026-10-31' AS DATE)) - (
        YEAR(t.posted_on) * 12 + MONTH(t.posted_on)
      )
    ) < GREATEST(s.window_months, s.own_account_months, s.migrant_months)
) AS q

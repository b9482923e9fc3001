WITH electronic AS (
  SELECT
    text_value AS channel_code,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until
  FROM parameter
  WHERE
    parameter_code LIKE 'electronic_channel.%'
), own_electronic AS (
  SELECT
    text_value AS channel_code,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until
  FROM parameter
  WHERE
    parameter_code LIKE 'own_electronic_channel.%'
), quick_pay_limit AS (
  SELECT
    number_value AS daily_limit,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until
  FROM parameter
  WHERE
    parameter_code = 'quick_pay_daily_limit'
), small_limit AS (
  SELECT
    CAST(number_value AS DECIMAL(18, 2)) AS most_amount,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until
  FROM parameter
  WHERE
    parameter_code = 'small_transaction_limit'
), bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
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
), quick_pays AS (
  SELECT
    account_number,
    currency,
    transaction_number,
    posted_on,
    ROW_NUMBER() OVER (
      PARTITION BY account_number, currency, posted_on
      ORDER BY posted_time, transaction_number NULLS LAST
    ) AS place
  FROM account_transaction
  WHERE
    channel_code = 'third_party'
    AND account_kind = 'deposit'
    AND NOT is_bank_initiated
    AND NOT is_reversal
), beyond_limit AS (
  SELECT
    q.account_number,
    q.currency,
    q.transaction_number
  FROM quick_pays AS q
  INNER JOIN quick_pay_limit AS l
    ON q.posted_on >= l.valid_from
    AND q.posted_on < l.valid_until
    AND q.place > l.daily_limit
), transactions AS (
  SELECT
    t.holding_organisation_code AS organisation_code,
    COALESCE(t.handling_organisation_code, 'none') AS handling_organisation_code,
    t.account_kind,
    COALESCE(a.customer_kind, 'unknown') AS customer_kind,
    t.channel_code,
    t.transaction_type,
    t.currency,
    t.is_bank_initiated,
    COALESCE(t.initiator_code, CASE WHEN t.is_bank_initiated THEN 'bank' ELSE 'customer' END) AS initiator_code,
    CASE
      WHEN t.is_cash
      THEN 'cash'
      WHEN o.customer_number = t.customer_number
      AND o.account_kind = 'deposit'
      AND o.account_number <> t.account_number
      THEN 'own_account'
      WHEN NOT o.account_number IS NULL
      THEN 'on_us'
      WHEN NOT c.bank_code IS NULL OR NOT n.organisation_name IS NULL
      THEN CASE WHEN t.is_counterparty_namesake THEN 'own_account' ELSE 'on_us' END
      WHEN t.counterparty_account IS NULL
      AND t.counterparty_bank_code IS NULL
      AND t.counterparty_bank_name IS NULL
      THEN 'none'
      WHEN t.is_counterparty_namesake
      THEN 'own_account_elsewhere'
      ELSE 'off_us'
    END AS counterparty_code,
    t.posted_on AS business_date,
    CASE
      WHEN x.currency IS NULL
      THEN t.amount
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(t.amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(t.amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS amount,
    CASE
      WHEN x.currency IS NULL
      THEN t.balance_change
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(t.balance_change AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(t.balance_change AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS balance_change,
    COALESCE(r.counts_as, 1) AS counts_as,
    COALESCE(r.is_event, FALSE) AS is_reversal_event,
    NOT y.transaction_number IS NULL AS is_beyond_limit,
    CASE
      WHEN x.currency IS NULL
      THEN t.amount
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(t.amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(t.amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END <= s.most_amount AS is_small
  FROM account_transaction AS t
  INNER JOIN bounds AS b
    ON t.posted_on >= b.first_day
  LEFT JOIN small_limit AS s
    ON t.posted_on >= s.valid_from AND t.posted_on < s.valid_until
  LEFT JOIN account AS a
    ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  LEFT JOIN local_rate AS x
    ON x.currency = t.currency
    AND t.posted_on >= x.valid_from
    AND (
      x.valid_until IS NULL OR t.posted_on < x.valid_until
    )
  LEFT JOIN account_alias AS o
    ON o.alias_number = t.counterparty_account
  LEFT JOIN own_bank_codes AS c
    ON c.bank_code = t.counterparty_bank_code
  LEFT JOIN own_names AS n
    ON n.organisation_name = t.counterparty_bank_name
  LEFT JOIN beyond_limit AS y
    ON y.account_number = t.account_number
    AND y.currency = t.currency
    AND y.transaction_number = t.transaction_number
  WHERE
    t.posted_on <= CAST('2026-10-31' AS DATE)
), counted AS (
  SELECT
    organisation_code,
    handling_organisation_code,
    account_kind,
    customer_kind,
    channel_code,
    transaction_type,
    currency,
    is_bank_initiated,
    initiator_code,
    counterparty_code,
    business_date,
    CAST(SUM(counts_as) AS BIGINT) AS transaction_count,
    CAST(SUM(CASE WHEN is_small THEN counts_as ELSE 0 END) AS BIGINT) AS small_transaction_count,
    CAST(SUM(CASE counts_as WHEN 1 THEN amount WHEN -1 THEN -amount ELSE 0 END) AS DECIMAL(38, 2)) AS transaction_amount,
    COUNT(*) FILTER(WHERE
      is_reversal_event) AS reversal_count,
    COUNT(*) AS posting_count,
    COUNT(*) FILTER(WHERE
      is_beyond_limit) AS quick_pay_beyond_limit_count,
    CAST(SUM(CASE WHEN balance_change > 0 THEN balance_change ELSE 0 END) AS DECIMAL(38, 2)) AS credit_amount,
    CAST(SUM(CASE WHEN balance_change < 0 THEN -balance_change ELSE 0 END) AS DECIMAL(38, 2)) AS debit_amount,
    CAST(SUM(
      CASE
        WHEN (
          counts_as = 1 AND balance_change > 0
        )
        OR (
          counts_as = -1 AND balance_change < 0
        )
        THEN balance_change
        ELSE 0
      END
    ) AS DECIMAL(38, 2)) AS inflow_amount,
    CAST(SUM(
      CASE
        WHEN (
          counts_as = 1 AND balance_change < 0
        )
        OR (
          counts_as = -1 AND balance_change > 0
        )
        THEN -balance_change
        ELSE 0
      END
    ) AS DECIMAL(38, 2)) AS outflow_amount
  FROM transactions
  GROUP BY
    organisation_code,
    handling_organisation_code,
    account_kind,
    customer_kind,
    channel_code,
    transaction_type,
    currency,
    is_bank_initiated,
    initiator_code,
    counterparty_code,
    business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.handling_organisation_code AS STRING) AS handling_organisation_code,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.transaction_type AS STRING) AS transaction_type,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.is_bank_initiated AS BOOLEAN) AS is_bank_initiated,
  CAST(q.initiator_code AS STRING) AS initiator_code,
  CAST(q.counterparty_code AS STRING) AS counterparty_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.is_electronic AS BOOLEAN) AS is_electronic,
  CAST(q.is_own_electronic AS BOOLEAN) AS is_own_electronic,
  CAST(q.transaction_count AS BIGINT) AS transaction_count,
  CAST(q.small_transaction_count AS BIGINT) AS small_transaction_count,
  CAST(q.transaction_amount AS DECIMAL(38, 2)) AS transaction_amount,
  CAST(q.reversal_count AS BIGINT) AS reversal_count,
  CAST(q.posting_count AS BIGINT) AS posting_count,
  CAST(q.quick_pay_beyond_limit_count AS BIGINT) AS quick_pay_beyond_limit_count,
  CAST(q.credit_amount AS DECIMAL(38, 2)) AS credit_amount,
  CAST(q.debit_amount AS DECIMAL(38, 2)) AS debit_amount,
  CAST(q.inflow_amount AS DECIMAL(38, 2)) AS inflow_amount,
  CAST(q.outflow_amount AS DECIMAL(38, 2)) AS outflow_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    c.organisation_code,
    c.handling_organisation_code,
    c.account_kind,
    c.customer_kind,
    c.channel_code,
    c.transaction_type,
    c.currency,
    c.is_bank_initiated,
    c.initiator_code,
    c.counterparty_code,
    c.business_date,
    NOT e.channel_code IS NULL AS is_electronic,
    NOT w.channel_code IS NULL AS is_own_electronic,
    c.transaction_count,
    c.small_transaction_count,
    c.transaction_amount,
    c.reversal_count,
    c.posting_count,
    c.quick_pay_beyond_limit_count,
    c.credit_amount,
    c.debit_amount,
    c.inflow_amount,
    c.outflow_amount
  FROM counted AS c
  LEFT JOIN electronic AS e
    ON e.channel_code = c.channel_code
    AND c.business_date >= e.valid_from
    AND c.business_date < e.valid_until
  LEFT JOIN own_electronic AS w
    ON w.channel_code = c.channel_code
    AND c.business_date >= w.valid_from
    AND c.business_date < w.valid_until
) AS q

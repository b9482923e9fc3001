WITH months AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date,
    CAST(COUNT(*) AS BIGINT) AS day_count,
    CAST(DAY(LAST_DAY(month_start)) AS BIGINT) AS month_day_count
  FROM calendar_day
  GROUP BY
    month_start
), ends AS (
  SELECT
    business_date,
    day_count,
    month_day_count,
    LEAD(business_date) OVER (ORDER BY business_date NULLS LAST) AS next_on
  FROM (
    SELECT
      business_date,
      day_count,
      month_day_count
    FROM months
    UNION ALL
    SELECT
      CAST(MIN(month_start) - 1 AS DATE) AS business_date,
      CAST(0 AS BIGINT) AS day_count,
      CAST(1 AS BIGINT) AS month_day_count
    FROM months
  ) AS e
), lent AS (
  SELECT
    l.loan_number,
    l.account_number,
    l.currency,
    a.product_group,
    l.disbursed_on,
    l.loan_class,
    l.loan_status
  FROM loan AS l
  INNER JOIN account AS a
    ON a.account_number = l.account_number AND a.currency = l.currency
), reported AS (
  SELECT
    l.loan_number,
    l.account_number,
    l.currency,
    l.product_group,
    e.business_date,
    e.day_count,
    e.month_day_count,
    e.next_on,
    s.loan_class,
    s.loan_status,
    CASE
      WHEN s.loan_status IN ('written_off', 'transferred', 'settled')
      THEN CAST(0 AS DECIMAL(18, 2))
      ELSE s.balance
    END AS balance
  FROM lent AS l
  INNER JOIN ends AS e
    ON l.disbursed_on <= e.business_date
  INNER JOIN loan_state AS s
    ON s.loan_number = l.loan_number
    AND s.valid_from <= e.business_date
    AND (
      s.valid_until IS NULL OR s.valid_until > e.business_date
    )
), gone AS (
  SELECT
    loan_number,
    MAX(next_on) AS business_date
  FROM reported
  GROUP BY
    loan_number
  HAVING
    COUNT(*) = COUNT(next_on)
), stood AS (
  SELECT
    loan_number,
    account_number,
    currency,
    product_group,
    business_date,
    day_count,
    month_day_count,
    loan_class,
    loan_status,
    balance
  FROM reported
  UNION ALL
  SELECT
    l.loan_number,
    l.account_number,
    l.currency,
    l.product_group,
    e.business_date,
    e.day_count,
    e.month_day_count,
    l.loan_class,
    l.loan_status,
    CAST(0 AS DECIMAL(18, 2)) AS balance
  FROM gone AS g
  INNER JOIN lent AS l
    ON l.loan_number = g.loan_number
  INNER JOIN ends AS e
    ON e.business_date = g.business_date
), required AS (
  SELECT
    s.loan_number,
    s.account_number,
    s.currency,
    s.business_date,
    s.day_count,
    s.month_day_count,
    s.loan_class,
    s.loan_status,
    s.balance,
    COALESCE(p.number_value, CAST(0 AS DECIMAL(12, 6))) AS probability,
    COALESCE(g.loss_given_default, CAST(0 AS DECIMAL(12, 6))) AS loss_given_default,
    s.loan_class IN ('substandard', 'doubtful', 'loss')
    OR s.loan_status = 'written_off' AS is_non_performing,
    CAST(CASE
      WHEN (
        CAST(CAST(CAST(s.balance * COALESCE(v.number_value, CAST(0 AS DECIMAL(12, 6))) AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
      ) <> (
        (
          CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
        ) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(CAST(s.balance * COALESCE(v.number_value, CAST(0 AS DECIMAL(12, 6))) AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
      ) + ABS((
        CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
      ))
    ) DIV NULLIF(2 * ABS((
      CAST(CAST(1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
    )), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS required_amount
  FROM stood AS s
  LEFT JOIN parameter AS v
    ON v.parameter_code = 'provision_rate.' || s.loan_class
    AND v.valid_from <= s.business_date
    AND (
      v.valid_until IS NULL OR v.valid_until > s.business_date
    )
  LEFT JOIN parameter AS p
    ON p.parameter_code = 'default_probability.' || s.loan_class
    AND p.valid_from <= s.business_date
    AND (
      p.valid_until IS NULL OR p.valid_until > s.business_date
    )
  LEFT JOIN contribution_setting AS g
    ON g.business_date = s.business_date
    AND g.account_kind = 'loan'
    AND g.product_group = s.product_group
), followed AS (
  SELECT
    loan_number,
    account_number,
    currency,
    business_date,
    day_count,
    month_day_count,
    loan_class,
    loan_status,
    balance,
    probability,
    loss_given_default,
    required_amount,
    is_non_performing,
    LAG(is_non_performing) OVER (PARTITION BY loan_number ORDER BY business_date NULLS LAST) AS was_non_performing,
    LAG(required_amount) OVER (PARTITION BY loan_number ORDER BY business_date NULLS LAST) AS required_before,
    LAG(balance) OVER (PARTITION BY loan_number ORDER BY business_date NULLS LAST) AS balance_before
  FROM required
), judged AS (
  SELECT
    loan_number,
    account_number,
    currency,
    business_date,
    day_count,
    month_day_count,
    loan_class,
    loan_status,
    balance,
    probability,
    loss_given_default,
    required_amount,
    required_before,
    balance_before,
    is_non_performing OR COALESCE(was_non_performing, FALSE) AS is_by_provision
  FROM followed
  WHERE
    day_count > 0
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.loan_number AS STRING) AS loan_number,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.loan_class AS STRING) AS loan_class,
  CAST(q.method_code AS STRING) AS method_code,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance,
  CAST(q.expected_loss_amount AS DECIMAL(18, 2)) AS expected_loss_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.loan_number,
    s.account_number,
    s.currency,
    s.business_date,
    CASE WHEN s.balance = 0 THEN 'none' ELSE s.loan_class END AS loan_class,
    CASE WHEN s.is_by_provision THEN 'provision' ELSE 'probability' END AS method_code,
    s.balance,
    CASE
      WHEN NOT s.is_by_provision
      THEN CAST(CASE
        WHEN (
          CAST(CAST(CAST(CAST(CAST(s.balance * s.probability AS DECIMAL(28, 8)) * s.loss_given_default AS DECIMAL(38, 8)) * s.day_count AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(12 * s.month_day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(CAST(CAST(s.balance * s.probability AS DECIMAL(28, 8)) * s.loss_given_default AS DECIMAL(38, 8)) * s.day_count AS DECIMAL(38, 8)) AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(12 * s.month_day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(12 * s.month_day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) * 1000000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
      WHEN s.required_before IS NULL
      THEN CAST(0 AS DECIMAL(18, 2))
      ELSE CAST(s.required_amount - s.required_before + CASE
        WHEN s.loan_status = 'written_off'
        THEN s.balance_before - s.balance
        ELSE CAST(0 AS DECIMAL(18, 2))
      END AS DECIMAL(18, 2))
    END AS expected_loss_amount
  FROM judged AS s
) AS q

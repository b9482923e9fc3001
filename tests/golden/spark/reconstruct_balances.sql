WITH beside AS (
  SELECT
    account_number,
    currency,
    business_date,
    NOT reported_balance IS NULL AS is_reported,
    running_movement + COALESCE(earlier_offset, later_offset, CAST(0 AS DECIMAL(38, 2))) AS balance,
    COALESCE(earlier_offset <> later_offset, FALSE) AS is_broken,
    LEAD(business_date) OVER (PARTITION BY account_number, currency ORDER BY business_date NULLS LAST) AS next_on,
    LAG(business_date) OVER (PARTITION BY account_number, currency ORDER BY business_date NULLS LAST) AS last_on,
    LAG(
      running_movement + COALESCE(earlier_offset, later_offset, CAST(0 AS DECIMAL(38, 2)))
    ) OVER (PARTITION BY account_number, currency ORDER BY business_date NULLS LAST) AS balance_before,
    LAG(COALESCE(earlier_offset <> later_offset, FALSE)) OVER (PARTITION BY account_number, currency ORDER BY business_date NULLS LAST) AS was_broken,
    LAG(NOT reported_balance IS NULL) OVER (PARTITION BY account_number, currency ORDER BY business_date NULLS LAST) AS was_reported
  FROM balance_point
), judged AS (
  SELECT
    account_number,
    currency,
    business_date,
    balance,
    balance_before,
    is_broken AND NOT is_reported AS is_estimated,
    was_broken
    AND NOT (
      was_reported AND business_date = CAST(last_on + 1 AS DATE)
    ) AS was_estimated,
    is_broken AND is_reported AND next_on > CAST(business_date + 1 AS DATE) AS is_last_certain
  FROM beside
), changes AS (
  SELECT
    j.account_number,
    j.currency,
    j.balance,
    j.is_estimated OR d.days_on = 1 AS is_estimated,
    CASE
      WHEN d.days_on = 1
      THEN CAST(j.business_date + 1 AS DATE)
      ELSE j.business_date
    END AS business_date
  FROM judged AS j
  INNER JOIN (
    SELECT
      0 AS days_on
    UNION ALL
    SELECT
      1 AS days_on
  ) AS d
    ON CASE
      WHEN d.days_on = 1
      THEN j.is_last_certain
      ELSE j.balance_before IS NULL
      OR j.balance_before <> j.balance
      OR j.was_estimated <> j.is_estimated
    END
), held AS (
  SELECT
    account_number,
    currency,
    business_date AS valid_from,
    LEAD(business_date) OVER (PARTITION BY account_number, currency ORDER BY business_date NULLS LAST) AS valid_until,
    balance,
    is_estimated
  FROM changes
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance,
  CAST(q.is_estimated AS BOOLEAN) AS is_estimated
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    h.account_number,
    h.currency,
    CASE WHEN r.valid_from > h.valid_from THEN r.valid_from ELSE h.valid_from END AS valid_from,
    CASE
      WHEN h.valid_until IS NULL OR r.valid_until < h.valid_until
      THEN r.valid_until
      ELSE h.valid_until
    END AS valid_until,
    CASE
      WHEN r.currency IS NULL
      THEN h.balance
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(h.balance AS DECIMAL(20, 2)) * r.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(h.balance AS DECIMAL(20, 2)) * r.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS balance,
    h.is_estimated
  FROM held AS h
  LEFT JOIN local_rate AS r
    ON r.currency = h.currency
    AND (
      h.valid_until IS NULL OR r.valid_from < h.valid_until
    )
    AND (
      r.valid_until IS NULL OR r.valid_until > h.valid_from
    )
) AS q

WITH tenors AS (
  SELECT
    SUBSTRING(parameter_code, 21) AS product_group,
    CAST(number_value AS BIGINT) AS tenor_day_count
  FROM parameter
  WHERE
    parameter_code LIKE 'transfer_tenor_days.%'
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
), defaults AS (
  SELECT
    SUBSTRING(parameter_code, 29) AS account_kind,
    CAST(number_value AS BIGINT) AS tenor_day_count
  FROM parameter
  WHERE
    parameter_code LIKE 'transfer_default_tenor_days.%'
    AND valid_from <= CAST('2026-10-31' AS DATE)
    AND (
      valid_until IS NULL OR valid_until > CAST('2026-10-31' AS DATE)
    )
), demand AS (
  SELECT
    tenor_day_count
  FROM tenors
  WHERE
    product_group = 'demand_deposit'
), editions AS (
  SELECT DISTINCT
    currency,
    valid_from,
    effective_from
  FROM transfer_curve_segment
), terms AS (
  SELECT
    account_number,
    currency,
    COALESCE(value_on, reported_on) AS locked_on,
    MAX(matures_on) AS matures_on
  FROM deposit_term_snapshot
  WHERE
    reported_on <= CAST('2026-10-31' AS DATE)
  GROUP BY
    account_number,
    currency,
    COALESCE(value_on, reported_on)
), lent AS (
  SELECT
    account_number,
    currency,
    MIN(disbursed_on) AS locked_on,
    MAX(matures_on) AS matures_on
  FROM loan
  WHERE
    NOT account_number IS NULL AND NOT matures_on IS NULL
  GROUP BY
    account_number,
    currency
), matched AS (
  SELECT
    t.account_number,
    t.currency,
    t.locked_on AS since,
    t.locked_on,
    t.matures_on,
    'matched' AS pricing_kind
  FROM terms AS t
  INNER JOIN account AS a
    ON a.account_number = t.account_number AND a.currency = t.currency
  UNION ALL
  SELECT
    l.account_number,
    l.currency,
    l.locked_on AS since,
    l.locked_on,
    l.matures_on,
    'matched' AS pricing_kind
  FROM lent AS l
  INNER JOIN account AS a
    ON a.account_number = l.account_number AND a.currency = l.currency
  UNION ALL
  SELECT
    l.account_number,
    l.currency,
    r.valid_from AS since,
    r.valid_from AS locked_on,
    l.matures_on,
    'repriced' AS pricing_kind
  FROM lent AS l
  INNER JOIN account_rate_period AS r
    ON r.account_number = l.account_number
    AND r.currency = l.currency
    AND r.valid_from > l.locked_on
    AND r.valid_from < l.matures_on
), behavioural AS (
  SELECT
    a.account_number,
    a.currency,
    CASE WHEN t.tenor_day_count IS NULL THEN a.opened_on ELSE e.valid_from END AS since,
    CASE WHEN t.tenor_day_count IS NULL THEN a.opened_on ELSE e.effective_from END AS locked_on,
    COALESCE(t.tenor_day_count, k.tenor_day_count) AS tenor_day_count,
    CASE WHEN t.tenor_day_count IS NULL THEN 'default' ELSE 'behavioural' END AS pricing_kind
  FROM account AS a
  LEFT JOIN tenors AS t
    ON t.product_group = a.product_group
  LEFT JOIN defaults AS k
    ON k.account_kind = a.account_kind
  LEFT JOIN editions AS e
    ON NOT t.tenor_day_count IS NULL AND e.currency = a.currency
  WHERE
    NOT EXISTS(
      SELECT
        1
      FROM matched AS m
      WHERE
        m.account_number = a.account_number AND m.currency = a.currency
    )
), locks AS (
  SELECT
    account_number,
    currency,
    since,
    locked_on,
    matures_on,
    pricing_kind,
    GREATEST(DATEDIFF(DAY, locked_on, matures_on), 0) AS tenor_day_count
  FROM matched
  UNION ALL
  SELECT
    account_number,
    currency,
    since,
    locked_on,
    CAST(NULL AS DATE) AS matures_on,
    pricing_kind,
    COALESCE(tenor_day_count, 0) AS tenor_day_count
  FROM behavioural
  WHERE
    NOT since IS NULL
), ordered AS (
  SELECT
    account_number,
    currency,
    locked_on,
    matures_on,
    pricing_kind,
    tenor_day_count,
    CASE
      WHEN ROW_NUMBER() OVER (PARTITION BY account_number, currency ORDER BY since NULLS LAST) = 1
      THEN CAST('1900-01-01' AS DATE)
      ELSE since
    END AS valid_from,
    LEAD(since) OVER (PARTITION BY account_number, currency ORDER BY since NULLS LAST) AS valid_until
  FROM locks
), dated AS (
  SELECT
    o.account_number,
    o.currency,
    o.locked_on,
    o.matures_on,
    o.pricing_kind,
    o.tenor_day_count,
    r.interest_rate,
    GREATEST(o.valid_from, COALESCE(r.valid_from, o.valid_from)) AS valid_from,
    CASE
      WHEN o.valid_until IS NULL
      THEN r.valid_until
      WHEN r.valid_until IS NULL
      THEN o.valid_until
      ELSE LEAST(o.valid_until, r.valid_until)
    END AS valid_until,
    COALESCE(r.is_estimated, TRUE) OR o.pricing_kind = 'default' AS is_estimated
  FROM ordered AS o
  LEFT JOIN account_rate_period AS r
    ON r.account_number = o.account_number
    AND r.currency = o.currency
    AND (
      o.valid_until IS NULL OR r.valid_from < o.valid_until
    )
    AND (
      r.valid_until IS NULL OR r.valid_until > o.valid_from
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.interest_rate AS DECIMAL(12, 6)) AS interest_rate,
  CAST(q.transfer_rate AS DECIMAL(12, 6)) AS transfer_rate,
  CAST(q.demand_transfer_rate AS DECIMAL(12, 6)) AS demand_transfer_rate,
  CAST(q.locked_on AS DATE) AS locked_on,
  CAST(q.tenor_day_count AS BIGINT) AS tenor_day_count,
  CAST(q.matures_on AS DATE) AS matures_on,
  CAST(q.pricing_kind AS STRING) AS pricing_kind,
  CAST(q.is_estimated AS BOOLEAN) AS is_estimated
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    d.account_number,
    d.currency,
    d.valid_from,
    d.valid_until,
    d.interest_rate,
    CAST(s.start_rate + CAST(CASE
      WHEN (
        CAST(CAST(CAST((
          s.end_rate - s.start_rate
        ) * (
          d.tenor_day_count - s.tenor_from_day_count
        ) AS DECIMAL(38, 6)) AS DECIMAL(38, 6)) * 1000000 AS DECIMAL(38, 0)) < 0
      ) <> (
        CAST(CAST(s.tenor_until_day_count - s.tenor_from_day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(CAST((
          s.end_rate - s.start_rate
        ) * (
          d.tenor_day_count - s.tenor_from_day_count
        ) AS DECIMAL(38, 6)) AS DECIMAL(38, 6)) * 1000000 AS DECIMAL(38, 0))
      ) + ABS(
        CAST(CAST(s.tenor_until_day_count - s.tenor_from_day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))
      )
    ) DIV NULLIF(
      2 * ABS(
        CAST(CAST(s.tenor_until_day_count - s.tenor_from_day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))
      ),
      0
    ) AS DECIMAL(18, 0)) * CAST('0.000001' AS DECIMAL(7, 6)) AS DECIMAL(18, 6)) AS DECIMAL(12, 6)) AS transfer_rate,
    CAST(z.start_rate + CAST(CASE
      WHEN (
        CAST(CAST(CAST((
          z.end_rate - z.start_rate
        ) * (
          w.tenor_day_count - z.tenor_from_day_count
        ) AS DECIMAL(38, 6)) AS DECIMAL(38, 6)) * 1000000 AS DECIMAL(38, 0)) < 0
      ) <> (
        CAST(CAST(z.tenor_until_day_count - z.tenor_from_day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(CAST((
          z.end_rate - z.start_rate
        ) * (
          w.tenor_day_count - z.tenor_from_day_count
        ) AS DECIMAL(38, 6)) AS DECIMAL(38, 6)) * 1000000 AS DECIMAL(38, 0))
      ) + ABS(
        CAST(CAST(z.tenor_until_day_count - z.tenor_from_day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))
      )
    ) DIV NULLIF(
      2 * ABS(
        CAST(CAST(z.tenor_until_day_count - z.tenor_from_day_count AS DECIMAL(38, 0)) AS DECIMAL(38, 0))
      ),
      0
    ) AS DECIMAL(18, 0)) * CAST('0.000001' AS DECIMAL(7, 6)) AS DECIMAL(18, 6)) AS DECIMAL(12, 6)) AS demand_transfer_rate,
    d.locked_on,
    d.tenor_day_count,
    d.matures_on,
    d.pricing_kind,
    d.is_estimated OR d.locked_on < s.effective_from AS is_estimated
  FROM dated AS d
  CROSS JOIN demand AS w
  INNER JOIN transfer_curve_segment AS s
    ON s.currency = d.currency
    AND s.valid_from <= d.locked_on
    AND (
      s.valid_until IS NULL OR s.valid_until > d.locked_on
    )
    AND s.tenor_from_day_count <= d.tenor_day_count
    AND s.tenor_until_day_count > d.tenor_day_count
  INNER JOIN transfer_curve_segment AS z
    ON z.currency = d.currency
    AND z.valid_from <= d.locked_on
    AND (
      z.valid_until IS NULL OR z.valid_until > d.locked_on
    )
    AND z.tenor_from_day_count <= w.tenor_day_count
    AND z.tenor_until_day_count > w.tenor_day_count
) AS q

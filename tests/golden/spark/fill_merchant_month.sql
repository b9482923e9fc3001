WITH traded AS (
  SELECT
    t.merchant_number,
    c.month_start,
    MAX(t.traded_on) AS last_on,
    COUNT(DISTINCT t.traded_on) AS day_count,
    CAST(SUM(t.trade_count) AS BIGINT) AS trade_count,
    CAST(SUM(CASE WHEN t.payment_kind = 'scan' THEN t.trade_count ELSE 0 END) AS BIGINT) AS scan_count,
    CAST(SUM(t.trade_amount) AS DECIMAL(38, 2)) AS trade_amount,
    CAST(SUM(t.fee_income_amount) AS DECIMAL(38, 2)) AS fee_income_amount,
    CAST(SUM(t.fee_cost_amount) AS DECIMAL(38, 2)) AS fee_cost_amount
  FROM merchant_trade_day AS t
  INNER JOIN calendar_day AS c
    ON c.business_date = t.traded_on
  GROUP BY
    t.merchant_number,
    c.month_start
), months AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  WHERE
    month_start IN (
      SELECT
        month_start
      FROM traded
    )
  GROUP BY
    month_start
), begun AS (
  SELECT
    MIN(t.traded_on) AS begun_on
  FROM merchant_trade_day AS t
  INNER JOIN calendar_day AS c
    ON c.business_date = t.traded_on
), silences AS (
  SELECT
    m.month_start,
    m.business_date,
    b.begun_on,
    CAST(p.number_value AS BIGINT) AS silent_days
  FROM months AS m
  CROSS JOIN begun AS b
  INNER JOIN parameter AS p
    ON p.parameter_code = 'merchant_silent_days'
    AND m.business_date >= p.valid_from
    AND m.business_date < COALESCE(p.valid_until, CAST('9999-12-31' AS DATE))
), monthly AS (
  SELECT
    m.merchant_number,
    m.organisation_code,
    m.customer_kind,
    m.opened_on,
    s.month_start,
    s.business_date,
    s.begun_on,
    s.silent_days,
    (
      m.opened_on IS NULL OR m.opened_on <= s.business_date
    )
    AND (
      m.closed_on IS NULL OR m.closed_on > s.business_date
    ) AS is_open,
    MAX(t.last_on) OVER (
      PARTITION BY m.merchant_number
      ORDER BY s.month_start NULLS LAST
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS last_traded_on,
    NOT t.merchant_number IS NULL AS has_traded,
    COALESCE(t.day_count, 0) AS traded_day_count,
    COALESCE(t.trade_count, 0) AS trade_count,
    COALESCE(t.scan_count, 0) AS scan_count,
    COALESCE(t.trade_amount, 0) AS trade_amount,
    COALESCE(t.fee_income_amount, 0) AS fee_income_amount,
    COALESCE(t.fee_cost_amount, 0) AS fee_cost_amount
  FROM merchant AS m
  CROSS JOIN silences AS s
  LEFT JOIN traded AS t
    ON t.merchant_number = m.merchant_number AND t.month_start = s.month_start
), judged AS (
  SELECT
    merchant_number,
    organisation_code,
    customer_kind,
    business_date,
    is_open,
    last_traded_on,
    traded_day_count,
    trade_count,
    scan_count,
    trade_amount,
    fee_income_amount,
    fee_cost_amount,
    is_open
    AND NOT last_traded_on IS NULL
    AND DATEDIFF(DAY, last_traded_on, business_date) < silent_days AS is_active,
    CASE
      WHEN NOT is_open
      THEN FALSE
      WHEN NOT last_traded_on IS NULL
      AND DATEDIFF(DAY, last_traded_on, business_date) < silent_days
      THEN FALSE
      WHEN DATEDIFF(DAY, begun_on, business_date) + 1 < silent_days
      THEN NULL
      ELSE opened_on IS NULL OR DATEDIFF(DAY, opened_on, business_date) >= silent_days
    END AS is_silent
  FROM monthly
  WHERE
    is_open OR has_traded
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.merchant_number AS STRING) AS merchant_number,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.open_count AS BIGINT) AS open_count,
  CAST(q.active_count AS BIGINT) AS active_count,
  CAST(q.silent_count AS BIGINT) AS silent_count,
  CAST(q.is_silent AS BOOLEAN) AS is_silent,
  CAST(q.last_traded_on AS DATE) AS last_traded_on,
  CAST(q.traded_day_count AS BIGINT) AS traded_day_count,
  CAST(q.trade_count AS BIGINT) AS trade_count,
  CAST(q.scan_count AS BIGINT) AS scan_count,
  CAST(q.trade_amount AS DECIMAL(38, 2)) AS trade_amount,
  CAST(q.fee_income_amount AS DECIMAL(38, 2)) AS fee_income_amount,
  CAST(q.fee_cost_amount AS DECIMAL(38, 2)) AS fee_cost_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    merchant_number,
    business_date,
    organisation_code,
    customer_kind,
    CAST(CASE WHEN is_open THEN 1 ELSE 0 END AS BIGINT) AS open_count,
    CAST(CASE WHEN is_active THEN 1 ELSE 0 END AS BIGINT) AS active_count,
    CAST(CASE WHEN is_silent THEN 1 WHEN NOT is_silent IS NULL THEN 0 END AS BIGINT) AS silent_count,
    is_silent,
    last_traded_on,
    traded_day_count,
    trade_count,
    scan_count,
    CAST(trade_amount AS DECIMAL(38, 2)) AS trade_amount,
    CAST(fee_income_amount AS DECIMAL(38, 2)) AS fee_income_amount,
    CAST(fee_cost_amount AS DECIMAL(38, 2)) AS fee_cost_amount
  FROM judged
) AS q

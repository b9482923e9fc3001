WITH months AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date,
    MAX(DATEDIFF(DAY, month_start, month_end)) + 1 AS month_days
  FROM calendar_day
  GROUP BY
    month_start
), terminals AS (
  SELECT
    terminal_number,
    terminal_kind,
    organisation_code,
    merchant_number,
    is_away,
    installed_on,
    retired_on
  FROM (
    SELECT
      terminal_number,
      terminal_kind,
      organisation_code,
      merchant_number,
      is_away,
      installed_on,
      retired_on,
      ROW_NUMBER() OVER (PARTITION BY terminal_number ORDER BY reported_on DESC) AS _w
    FROM terminal_snapshot
  ) AS _t
  WHERE
    _w = 1
), logged AS (
  SELECT DISTINCT
    c.month_start,
    c.business_date
  FROM attempt_agency AS a
  INNER JOIN calendar_day AS c
    ON c.business_date = a.attempted_on
), used AS (
  SELECT
    terminal_number,
    attempted_on,
    COUNT(*) AS success_count,
    CAST(SUM(attempt_amount) AS DECIMAL(38, 2)) AS success_amount,
    CAST(SUM(fee_amount) AS DECIMAL(38, 2)) AS fee_amount
  FROM attempt_agency
  WHERE
    is_successful
    AND NOT terminal_number IS NULL
    AND NOT transaction_type IN ('enquiry', 'log_in')
  GROUP BY
    terminal_number,
    attempted_on
), unit_costs AS (
  SELECT
    month_start,
    channel_code,
    unit_cost_amount
  FROM (
    SELECT
      m.month_start,
      u.channel_code,
      u.unit_cost_amount,
      ROW_NUMBER() OVER (
        PARTITION BY m.month_start, u.cost_item_code, u.channel_code
        ORDER BY u.effective_from DESC
      ) AS _w
    FROM months AS m
    INNER JOIN unit_cost AS u
      ON u.effective_from <= m.business_date AND u.cost_unit_kind = 'transaction'
  ) AS _t
  WHERE
    _w = 1
), by_channel AS (
  SELECT
    month_start,
    channel_code,
    CAST(SUM(unit_cost_amount) AS DECIMAL(18, 2)) AS unit_cost_amount
  FROM unit_costs
  GROUP BY
    month_start,
    channel_code
), month_costs AS (
  SELECT
    SUBSTRING(parameter_code, 21) AS channel_code,
    CAST(number_value AS DECIMAL(18, 2)) AS month_cost_amount,
    valid_from,
    COALESCE(valid_until, CAST('9999-12-31' AS DATE)) AS valid_until
  FROM parameter
  WHERE
    parameter_code LIKE 'terminal_month_cost.%'
), bands AS (
  SELECT
    m.month_start,
    MAX(
      CASE
        WHEN p.parameter_code = 'terminal_band.first'
        THEN CAST(p.number_value AS BIGINT)
      END
    ) AS first_count,
    MAX(
      CASE
        WHEN p.parameter_code = 'terminal_band.second'
        THEN CAST(p.number_value AS BIGINT)
      END
    ) AS second_count,
    MAX(
      CASE
        WHEN p.parameter_code = 'terminal_band.third'
        THEN CAST(p.number_value AS BIGINT)
      END
    ) AS third_count
  FROM months AS m
  INNER JOIN parameter AS p
    ON p.parameter_code LIKE 'terminal_band.%'
    AND m.business_date >= p.valid_from
    AND m.business_date < COALESCE(p.valid_until, CAST('9999-12-31' AS DATE))
  GROUP BY
    m.month_start
), done AS (
  SELECT
    t.terminal_number,
    l.month_start,
    t.organisation_code,
    t.terminal_kind AS channel_code,
    t.merchant_number,
    t.is_away,
    COUNT(*) AS day_count,
    COUNT(u.terminal_number) AS used_day_count,
    CAST(COALESCE(SUM(u.success_count), 0) AS BIGINT) AS success_count,
    CAST(COALESCE(SUM(u.success_amount), 0) AS DECIMAL(38, 2)) AS success_amount,
    CAST(COALESCE(SUM(u.fee_amount), 0) AS DECIMAL(38, 2)) AS fee_amount
  FROM terminals AS t
  INNER JOIN logged AS l
    ON (
      t.installed_on IS NULL OR t.installed_on <= l.business_date
    )
    AND (
      t.retired_on IS NULL OR t.retired_on > l.business_date
    )
  LEFT JOIN used AS u
    ON u.terminal_number = t.terminal_number AND u.attempted_on = l.business_date
  GROUP BY
    t.terminal_number,
    l.month_start,
    t.organisation_code,
    t.terminal_kind,
    t.merchant_number,
    t.is_away
), valued AS (
  SELECT
    d.terminal_number,
    m.business_date,
    d.organisation_code,
    d.channel_code,
    d.merchant_number,
    d.is_away,
    CASE
      WHEN d.success_count = 0
      THEN 'silent'
      WHEN d.success_count * 90 >= b.third_count * d.day_count
      THEN 'third'
      WHEN d.success_count * 90 >= b.second_count * d.day_count
      THEN 'second'
      WHEN d.success_count * 90 >= b.first_count * d.day_count
      THEN 'first'
      ELSE 'below'
    END AS band_code,
    d.day_count,
    d.used_day_count,
    d.success_count,
    d.success_amount,
    d.fee_amount,
    CAST(CASE
      WHEN (
        CAST(CAST(p.month_cost_amount * d.day_count AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) < 0
      ) <> (
        CAST(CAST(m.month_days AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) < 0
      )
      THEN -1
      ELSE 1
    END * CAST((
      2 * ABS(
        CAST(CAST(p.month_cost_amount * d.day_count AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0))
      ) + ABS(CAST(CAST(m.month_days AS DECIMAL(38, 0)) AS DECIMAL(38, 0)))
    ) DIV NULLIF(2 * ABS(CAST(CAST(m.month_days AS DECIMAL(38, 0)) AS DECIMAL(38, 0))), 0) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2)) AS cost_amount,
    CASE
      WHEN d.channel_code IN ('atm', 'vtm')
      THEN CAST(o.unit_cost_amount - c.unit_cost_amount AS DECIMAL(18, 2))
      WHEN NOT o.unit_cost_amount IS NULL
      THEN CAST(0 AS DECIMAL(18, 2))
    END AS unit_saving_amount
  FROM done AS d
  INNER JOIN months AS m
    ON m.month_start = d.month_start
  LEFT JOIN bands AS b
    ON b.month_start = d.month_start
  LEFT JOIN month_costs AS p
    ON p.channel_code = d.channel_code
    AND m.business_date >= p.valid_from
    AND m.business_date < p.valid_until
  LEFT JOIN by_channel AS o
    ON o.month_start = d.month_start AND o.channel_code = 'counter'
  LEFT JOIN by_channel AS c
    ON c.month_start = d.month_start AND c.channel_code = d.channel_code
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.terminal_number AS STRING) AS terminal_number,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.merchant_number AS STRING) AS merchant_number,
  CAST(q.is_away AS BOOLEAN) AS is_away,
  CAST(q.band_code AS STRING) AS band_code,
  CAST(q.day_count AS BIGINT) AS day_count,
  CAST(q.used_day_count AS BIGINT) AS used_day_count,
  CAST(q.success_count AS BIGINT) AS success_count,
  CAST(q.success_amount AS DECIMAL(38, 2)) AS success_amount,
  CAST(q.fee_amount AS DECIMAL(38, 2)) AS fee_amount,
  CAST(q.cost_amount AS DECIMAL(18, 2)) AS cost_amount,
  CAST(q.unit_saving_amount AS DECIMAL(18, 2)) AS unit_saving_amount,
  CAST(q.saved_amount AS DECIMAL(38, 2)) AS saved_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    terminal_number,
    business_date,
    organisation_code,
    channel_code,
    merchant_number,
    is_away,
    band_code,
    day_count,
    used_day_count,
    success_count,
    success_amount,
    fee_amount,
    cost_amount,
    unit_saving_amount,
    CAST(success_count * unit_saving_amount AS DECIMAL(38, 2)) AS saved_amount
  FROM valued
) AS q

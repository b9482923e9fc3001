"""Whether each terminal is worth its place: its use, what it costs, and what the same transactions would cost at the counter."""

from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.tables.terminal_month import TERMINAL_MONTH

TERMINAL_MONTH_MART = Step(
    name="fill_terminal_month",
    writes=TERMINAL_MONTH,
    reads=("attempt_agency", "terminal_snapshot", "calendar_day", "parameter", "unit_cost"),
    query=f"""
WITH months AS (
  SELECT month_start, max(business_date) AS business_date, max(date_diff('day', month_start, month_end)) + 1 AS month_days
  FROM calendar_day
  GROUP BY month_start
),
terminals AS (
  SELECT terminal_number, terminal_kind, organisation_code, merchant_number, is_away, installed_on, retired_on
  FROM terminal_snapshot
  QUALIFY row_number() OVER (PARTITION BY terminal_number ORDER BY reported_on DESC) = 1
),
logged AS (
  SELECT DISTINCT c.month_start, c.business_date
  FROM attempt_agency AS a
  INNER JOIN calendar_day AS c ON c.business_date = a.attempted_on
),
used AS (
  SELECT
    terminal_number, attempted_on, count(*) AS success_count,
    CAST(sum(attempt_amount) AS DECIMAL(38,2)) AS success_amount, CAST(sum(fee_amount) AS DECIMAL(38,2)) AS fee_amount
  FROM attempt_agency
  WHERE is_successful AND terminal_number IS NOT NULL AND transaction_type NOT IN ('enquiry', 'log_in')
  GROUP BY terminal_number, attempted_on
),
unit_costs AS (
  SELECT m.month_start, u.channel_code, u.unit_cost_amount
  FROM months AS m
  INNER JOIN unit_cost AS u ON u.effective_from <= m.business_date AND u.cost_unit_kind = 'transaction'
  QUALIFY row_number() OVER (PARTITION BY m.month_start, u.cost_item_code, u.channel_code ORDER BY u.effective_from DESC) = 1
),
by_channel AS (
  SELECT month_start, channel_code, CAST(sum(unit_cost_amount) AS DECIMAL(18,2)) AS unit_cost_amount
  FROM unit_costs
  GROUP BY month_start, channel_code
),
month_costs AS (
  SELECT
    substr(parameter_code, 21) AS channel_code, CAST(number_value AS DECIMAL(18,2)) AS month_cost_amount,
    valid_from, coalesce(valid_until, DATE '9999-12-31') AS valid_until
  FROM parameter
  WHERE parameter_code LIKE 'terminal_month_cost.%'
),
bands AS (
  SELECT
    m.month_start,
    max(CASE WHEN p.parameter_code = 'terminal_band.first' THEN CAST(p.number_value AS BIGINT) END) AS first_count,
    max(CASE WHEN p.parameter_code = 'terminal_band.second' THEN CAST(p.number_value AS BIGINT) END) AS second_count,
    max(CASE WHEN p.parameter_code = 'terminal_band.third' THEN CAST(p.number_value AS BIGINT) END) AS third_count
  FROM months AS m
  INNER JOIN parameter AS p
    ON p.parameter_code LIKE 'terminal_band.%' AND m.business_date >= p.valid_from
    AND m.business_date < coalesce(p.valid_until, DATE '9999-12-31')
  GROUP BY m.month_start
),
done AS (
  SELECT
    t.terminal_number, l.month_start, t.organisation_code, t.terminal_kind AS channel_code, t.merchant_number, t.is_away,
    count(*) AS day_count,
    count(u.terminal_number) AS used_day_count,
    CAST(coalesce(sum(u.success_count), 0) AS BIGINT) AS success_count,
    CAST(coalesce(sum(u.success_amount), 0) AS DECIMAL(38,2)) AS success_amount,
    CAST(coalesce(sum(u.fee_amount), 0) AS DECIMAL(38,2)) AS fee_amount
  FROM terminals AS t
  INNER JOIN logged AS l
    ON (t.installed_on IS NULL OR t.installed_on <= l.business_date) AND (t.retired_on IS NULL OR t.retired_on > l.business_date)
  LEFT JOIN used AS u ON u.terminal_number = t.terminal_number AND u.attempted_on = l.business_date
  GROUP BY t.terminal_number, l.month_start, t.organisation_code, t.terminal_kind, t.merchant_number, t.is_away
),
valued AS (
  SELECT
    d.terminal_number, m.business_date, d.organisation_code, d.channel_code, d.merchant_number, d.is_away,
    CASE
      WHEN d.success_count = 0 THEN 'silent'
      WHEN d.success_count * 90 >= b.third_count * d.day_count THEN 'third'
      WHEN d.success_count * 90 >= b.second_count * d.day_count THEN 'second'
      WHEN d.success_count * 90 >= b.first_count * d.day_count THEN 'first'
      ELSE 'below'
    END AS band_code,
    d.day_count, d.used_day_count, d.success_count, d.success_amount, d.fee_amount,
    {div_half_up("p.month_cost_amount * d.day_count", "m.month_days")} AS cost_amount,
    CASE
      WHEN d.channel_code IN ('atm', 'vtm') THEN CAST(o.unit_cost_amount - c.unit_cost_amount AS DECIMAL(18,2))
      WHEN o.unit_cost_amount IS NOT NULL THEN CAST(0 AS DECIMAL(18,2))
    END AS unit_saving_amount
  FROM done AS d
  INNER JOIN months AS m ON m.month_start = d.month_start
  LEFT JOIN bands AS b ON b.month_start = d.month_start
  LEFT JOIN month_costs AS p ON p.channel_code = d.channel_code AND m.business_date >= p.valid_from AND m.business_date < p.valid_until
  LEFT JOIN by_channel AS o ON o.month_start = d.month_start AND o.channel_code = 'counter'
  LEFT JOIN by_channel AS c ON c.month_start = d.month_start AND c.channel_code = d.channel_code
)
SELECT
  $legal_entity_code AS legal_entity_code,
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
  CAST(success_count * unit_saving_amount AS DECIMAL(38,2)) AS saved_amount
FROM valued
""",
)

"""What each loan is expected to lose in each month: by probability while it performs, by required provision once it does not."""

from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.tables.loan_loss_month import LOAN_LOSS_MONTH

_BY_PROBABILITY = div_half_up(
    "CAST(CAST(CAST(s.balance * s.probability AS DECIMAL(28,8)) * s.loss_given_default AS DECIMAL(38,8)) * s.day_count AS DECIMAL(38,8))",
    "12 * s.month_day_count",
    numerator_scale=8,
)
_REQUIRED = div_half_up("CAST(s.balance * coalesce(v.number_value, CAST(0 AS DECIMAL(12,6))) AS DECIMAL(38,8))", "1", numerator_scale=8)

LOAN_LOSS_MONTH_MART = Step(
    name="fill_loan_loss_month",
    writes=LOAN_LOSS_MONTH,
    reads=("loan", "loan_state", "account", "contribution_setting", "calendar_day", "parameter"),
    query=f"""
WITH months AS (
  SELECT
    month_start, max(business_date) AS business_date, CAST(count(*) AS BIGINT) AS day_count,
    CAST(day(last_day(month_start)) AS BIGINT) AS month_day_count
  FROM calendar_day
  GROUP BY month_start
),
ends AS (
  SELECT
    business_date, day_count, month_day_count, lead(business_date) OVER (ORDER BY business_date) AS next_on
  FROM (
    SELECT business_date, day_count, month_day_count FROM months
    UNION ALL
    SELECT CAST(min(month_start) - 1 AS DATE) AS business_date, CAST(0 AS BIGINT) AS day_count, CAST(1 AS BIGINT) AS month_day_count
    FROM months
  ) AS e
),
lent AS (
  SELECT l.loan_number, l.account_number, l.currency, a.product_group, l.disbursed_on, l.loan_class, l.loan_status
  FROM loan AS l
  INNER JOIN account AS a ON a.account_number = l.account_number AND a.currency = l.currency
),
reported AS (
  SELECT
    l.loan_number, l.account_number, l.currency, l.product_group, e.business_date, e.day_count, e.month_day_count, e.next_on,
    s.loan_class, s.loan_status,
    CASE WHEN s.loan_status IN ('written_off', 'transferred', 'settled') THEN CAST(0 AS DECIMAL(18,2)) ELSE s.balance END AS balance
  FROM lent AS l
  INNER JOIN ends AS e ON l.disbursed_on <= e.business_date
  INNER JOIN loan_state AS s
    ON s.loan_number = l.loan_number AND s.valid_from <= e.business_date AND (s.valid_until IS NULL OR s.valid_until > e.business_date)
),
gone AS (
  SELECT loan_number, max(next_on) AS business_date
  FROM reported
  GROUP BY loan_number
  HAVING count(*) = count(next_on)
),
stood AS (
  SELECT
    loan_number, account_number, currency, product_group, business_date, day_count, month_day_count, loan_class, loan_status, balance
  FROM reported
  UNION ALL
  SELECT
    l.loan_number, l.account_number, l.currency, l.product_group, e.business_date, e.day_count, e.month_day_count, l.loan_class,
    l.loan_status, CAST(0 AS DECIMAL(18,2)) AS balance
  FROM gone AS g
  INNER JOIN lent AS l ON l.loan_number = g.loan_number
  INNER JOIN ends AS e ON e.business_date = g.business_date
),
required AS (
  SELECT
    s.loan_number, s.account_number, s.currency, s.business_date, s.day_count, s.month_day_count, s.loan_class, s.loan_status, s.balance,
    coalesce(p.number_value, CAST(0 AS DECIMAL(12,6))) AS probability,
    coalesce(g.loss_given_default, CAST(0 AS DECIMAL(12,6))) AS loss_given_default,
    s.loan_class IN ('substandard', 'doubtful', 'loss') OR s.loan_status = 'written_off' AS is_non_performing,
    {_REQUIRED} AS required_amount
  FROM stood AS s
  LEFT JOIN parameter AS v
    ON v.parameter_code = 'provision_rate.' || s.loan_class
    AND v.valid_from <= s.business_date AND (v.valid_until IS NULL OR v.valid_until > s.business_date)
  LEFT JOIN parameter AS p
    ON p.parameter_code = 'default_probability.' || s.loan_class
    AND p.valid_from <= s.business_date AND (p.valid_until IS NULL OR p.valid_until > s.business_date)
  LEFT JOIN contribution_setting AS g
    ON g.business_date = s.business_date AND g.account_kind = 'loan' AND g.product_group = s.product_group
),
followed AS (
  SELECT
    loan_number, account_number, currency, business_date, day_count, month_day_count, loan_class, loan_status, balance,
    probability, loss_given_default, required_amount, is_non_performing,
    lag(is_non_performing) OVER (PARTITION BY loan_number ORDER BY business_date) AS was_non_performing,
    lag(required_amount) OVER (PARTITION BY loan_number ORDER BY business_date) AS required_before,
    lag(balance) OVER (PARTITION BY loan_number ORDER BY business_date) AS balance_before
  FROM required
),
judged AS (
  SELECT
    loan_number, account_number, currency, business_date, day_count, month_day_count, loan_class, loan_status, balance,
    probability, loss_given_default, required_amount, required_before, balance_before,
    is_non_performing OR coalesce(was_non_performing, false) AS is_by_provision
  FROM followed
  WHERE day_count > 0
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.loan_number,
  s.account_number,
  s.currency,
  s.business_date,
  CASE WHEN s.balance = 0 THEN 'none' ELSE s.loan_class END AS loan_class,
  CASE WHEN s.is_by_provision THEN 'provision' ELSE 'probability' END AS method_code,
  s.balance,
  CASE
    WHEN NOT s.is_by_provision THEN {_BY_PROBABILITY}
    WHEN s.required_before IS NULL THEN CAST(0 AS DECIMAL(18,2))
    ELSE CAST(
      s.required_amount - s.required_before
      + CASE WHEN s.loan_status = 'written_off' THEN s.balance_before - s.balance ELSE CAST(0 AS DECIMAL(18,2)) END
      AS DECIMAL(18,2)
    )
  END AS expected_loss_amount
FROM judged AS s
""",
)

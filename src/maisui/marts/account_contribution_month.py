"""What each account contributed in each month: interest against the transfer price, fees, taxes, service, expected loss, capital."""

from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.tables.account_contribution_month import ACCOUNT_CONTRIBUTION_MONTH

_NIL = "CAST(0 AS DECIMAL(18,2))"


def _interest(days: str, rate: str, basis: str) -> str:
    """Return the amount that `days` of balance bear at the yearly `rate`, half-up to the cent."""
    return div_half_up(f"CAST(CAST({days} AS DECIMAL(22,2)) * {rate} AS DECIMAL(38,8))", basis, numerator_scale=8)


def _share(amount: str, rate: str) -> str:
    """Return `rate` of `amount`, half-up to the cent."""
    return div_half_up(f"CAST(CAST({amount} AS DECIMAL(20,2)) * {rate} AS DECIMAL(38,8))", "1", numerator_scale=8)


def _listed(alias: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{alias}.{column}" for column in columns)


_VAT = div_half_up(
    "CAST(CAST(CASE p.account_kind WHEN 'loan' THEN p.interest_amount ELSE CAST(0 AS DECIMAL(18,2)) END + p.fee_amount AS DECIMAL(18,2))"
    " * g.vat_rate AS DECIMAL(38,8))",
    "1 + g.vat_rate",
    numerator_scale=8,
    denominator_scale=6,
)
_CARRIED = (
    "account_number", "customer_number", "organisation_code", "product_code", "currency", "business_date", "account_kind", "customer_kind",
    "product_category", "product_group", "product_line", "interest_rate", "transfer_rate", "balance_days", "interest_amount",
    "transfer_amount", "fee_amount", "servicing_cost_amount", "expected_loss_amount", "is_estimated",
)  # fmt: skip
_BEFORE_TAX = "v.margin_amount + v.fee_amount - v.vat_amount - v.servicing_cost_amount - v.expected_loss_amount"

_RATE = "coalesce(s.interest_rate, CAST(0 AS DECIMAL(12,6)))"
_RATE_LOST = "CAST(coalesce(b.interest_rate, g.demand_deposit_rate) - g.demand_deposit_rate AS DECIMAL(12,6))"
_PRICE_LOST = "CAST(b.transfer_rate - b.demand_transfer_rate AS DECIMAL(12,6))"

# The months asked for, and all months of deposits that are withdrawn early in them.
_PRICED = f"""
broken AS (
  SELECT a.account_number, a.currency, m.month_start, a.account_kind, a.product_group, p.locked_on, p.demand_transfer_rate
  FROM account AS a
  INNER JOIN asked AS m ON a.closed_on >= m.month_start AND a.closed_on <= m.business_date
  INNER JOIN account_pricing AS p
    ON p.account_number = a.account_number AND p.currency = a.currency AND p.pricing_kind = 'matched' AND p.matures_on > a.closed_on
    AND p.locked_on <= a.closed_on AND p.valid_from <= a.closed_on AND (p.valid_until IS NULL OR p.valid_until > a.closed_on)
  WHERE a.account_kind = 'deposit' AND a.is_vanished = false
),
held AS (
  SELECT h.account_number, h.currency, h.month_start, h.account_kind, h.balance_days, m.business_date
  FROM account_month AS h
  INNER JOIN months AS m ON m.month_start = h.month_start
  LEFT JOIN (SELECT DISTINCT account_number, currency FROM broken) AS b ON b.account_number = h.account_number AND b.currency = h.currency
  WHERE h.month_start >= $needed_from OR b.account_number IS NOT NULL
),
priced AS (
  SELECT
    h.account_number, h.currency, h.month_start, h.account_kind, p.interest_rate, p.transfer_rate, p.is_estimated, p.locked_on,
    p.valid_from <= h.month_start AND (p.valid_until IS NULL OR p.valid_until > h.business_date) AS is_whole,
    p.valid_until IS NULL OR p.valid_until > h.business_date AS is_last,
    greatest(p.valid_from, h.month_start) AS from_on,
    least(coalesce(p.valid_until, CAST(h.business_date + 1 AS DATE)), CAST(h.business_date + 1 AS DATE)) AS until_on,
    h.balance_days
  FROM held AS h
  INNER JOIN account_pricing AS p
    ON p.account_number = h.account_number AND p.currency = h.currency
    AND p.valid_from <= h.business_date AND (p.valid_until IS NULL OR p.valid_until > h.month_start)
),
cut_days AS (
  SELECT
    p.account_number, p.currency, p.month_start, p.from_on,
    CAST(coalesce(sum(CAST(b.balance * greatest(date_diff(
      'day', greatest(b.valid_from, p.from_on), least(coalesce(b.valid_until, p.until_on), p.until_on)
    ), 0) AS DECIMAL(38,2))), 0) AS DECIMAL(38,2)) AS balance_days
  FROM priced AS p
  LEFT JOIN account_balance AS b
    ON b.account_number = p.account_number AND b.currency = p.currency
    AND b.valid_from < p.until_on AND (b.valid_until IS NULL OR b.valid_until > p.from_on)
  WHERE NOT p.is_whole
  GROUP BY p.account_number, p.currency, p.month_start, p.from_on
),
cut_sums AS (
  SELECT account_number, currency, month_start, CAST(sum(balance_days) AS DECIMAL(38,2)) AS balance_days
  FROM cut_days
  GROUP BY account_number, currency, month_start
),
stretches AS (
  SELECT
    p.account_number, p.currency, p.month_start, p.account_kind, p.interest_rate, p.transfer_rate, p.is_estimated, p.locked_on, p.is_last,
    CASE
      WHEN p.is_whole THEN p.balance_days
      WHEN p.is_last THEN p.balance_days - s.balance_days + c.balance_days
      ELSE c.balance_days
    END AS balance_days
  FROM priced AS p
  LEFT JOIN cut_days AS c
    ON c.account_number = p.account_number AND c.currency = p.currency AND c.month_start = p.month_start AND c.from_on = p.from_on
  LEFT JOIN cut_sums AS s ON s.account_number = p.account_number AND s.currency = p.currency AND s.month_start = p.month_start
),
borne AS (
  SELECT
    s.account_number, s.currency, s.month_start,
    CAST(sum({_interest("s.balance_days", _RATE, "g.day_basis_count")}) AS DECIMAL(18,2)) AS interest_amount,
    CAST(sum({_interest("s.balance_days", "s.transfer_rate", "g.day_basis_count")}) AS DECIMAL(18,2)) AS transfer_amount,
    max(CASE WHEN s.is_last THEN s.interest_rate END) AS interest_rate,
    max(CASE WHEN s.is_last THEN s.transfer_rate END) AS transfer_rate,
    count(*) FILTER (WHERE s.is_estimated) > 0 AS is_estimated
  FROM stretches AS s
  INNER JOIN account AS a ON a.account_number = s.account_number AND a.currency = s.currency
  INNER JOIN contribution_setting AS g
    ON g.month_start = s.month_start AND g.account_kind = a.account_kind AND g.product_group = a.product_group
  WHERE s.month_start >= $needed_from
  GROUP BY s.account_number, s.currency, s.month_start
)"""

# What was reckoned at the locked rates since the money took value is reckoned again at the rates of demand money.
_WITHDRAWN = f"""
broken_days AS (
  SELECT
    b.account_number, b.currency, b.month_start, b.account_kind, b.product_group, s.interest_rate, s.transfer_rate, b.demand_transfer_rate,
    CAST(sum(s.balance_days) AS DECIMAL(38,2)) AS balance_days
  FROM broken AS b
  INNER JOIN stretches AS s
    ON s.account_number = b.account_number AND s.currency = b.currency AND s.locked_on = b.locked_on AND s.month_start <= b.month_start
  GROUP BY
    b.account_number, b.currency, b.month_start, b.account_kind, b.product_group, s.interest_rate, s.transfer_rate, b.demand_transfer_rate
),
repriced AS (
  SELECT
    b.account_number, b.currency, b.month_start,
    CAST(sum({_interest("b.balance_days", _RATE_LOST, "g.day_basis_count")}) AS DECIMAL(18,2)) AS interest_amount,
    CAST(sum({_interest("b.balance_days", _PRICE_LOST, "g.day_basis_count")}) AS DECIMAL(18,2)) AS transfer_amount
  FROM broken_days AS b
  INNER JOIN contribution_setting AS g
    ON g.month_start = b.month_start AND g.account_kind = b.account_kind AND g.product_group = b.product_group
  GROUP BY b.account_number, b.currency, b.month_start
)"""

# Fees come from the feed of fees; where a bank has none, from its agency sales. They count in local currency, as balances do.
_CHARGED = f"""
charged AS (
  SELECT
    coalesce(account_number, 'none') AS account_number, customer_number, organisation_code,
    coalesce(product_code, 'none') AS product_code, currency, charged_on, fee_amount
  FROM fee_charge
  UNION ALL
  SELECT
    coalesce(account_number, 'none') AS account_number, customer_number, organisation_code, product_code, currency,
    traded_on AS charged_on, fee_amount
  FROM agency_sale
  WHERE fee_amount <> 0 AND NOT EXISTS (SELECT 1 FROM fee_charge)
),
fees AS (
  SELECT
    CASE WHEN h.account_number IS NULL THEN 'none' ELSE c.account_number END AS account_number,
    CASE WHEN h.account_number IS NULL THEN c.customer_number ELSE h.customer_number END AS customer_number,
    CASE WHEN h.account_number IS NULL THEN c.organisation_code ELSE h.organisation_code END AS organisation_code,
    CASE WHEN h.account_number IS NULL THEN c.product_code ELSE h.product_code END AS product_code,
    c.currency, m.month_start, CAST(sum({in_local_currency("c.fee_amount", "x")}) AS DECIMAL(18,2)) AS fee_amount
  FROM charged AS c
  INNER JOIN asked AS m ON c.charged_on >= m.month_start AND c.charged_on <= m.business_date
  {rate_of_day("c", "c.charged_on", "x")}
  LEFT JOIN account_month AS h
    ON h.account_number = c.account_number AND h.currency = c.currency AND h.month_start = m.month_start
  GROUP BY
    CASE WHEN h.account_number IS NULL THEN 'none' ELSE c.account_number END,
    CASE WHEN h.account_number IS NULL THEN c.customer_number ELSE h.customer_number END,
    CASE WHEN h.account_number IS NULL THEN c.organisation_code ELSE h.organisation_code END,
    CASE WHEN h.account_number IS NULL THEN c.product_code ELSE h.product_code END,
    c.currency, m.month_start
)"""

_PARTS = f"""
losses AS (
  SELECT account_number, currency, business_date, CAST(sum(expected_loss_amount) AS DECIMAL(18,2)) AS expected_loss_amount
  FROM loan_loss_month
  GROUP BY account_number, currency, business_date
),
services AS (
  SELECT account_number, currency, business_date, CAST(sum(cost_amount) AS DECIMAL(18,2)) AS servicing_cost_amount
  FROM account_activity_month
  GROUP BY account_number, currency, business_date
),
parts AS (
  SELECT
    h.account_number, h.customer_number, h.organisation_code, h.product_code, h.currency, m.month_start, m.business_date, a.account_kind,
    a.customer_kind, a.product_category, a.product_group, a.product_line, b.interest_rate, b.transfer_rate, h.balance_days,
    CAST(coalesce(b.interest_amount, {_NIL}) - coalesce(w.interest_amount, {_NIL}) AS DECIMAL(18,2)) AS interest_amount,
    CAST(coalesce(b.transfer_amount, {_NIL}) - coalesce(w.transfer_amount, {_NIL}) AS DECIMAL(18,2)) AS transfer_amount,
    coalesce(f.fee_amount, {_NIL}) AS fee_amount,
    coalesce(s.servicing_cost_amount, {_NIL}) AS servicing_cost_amount,
    coalesce(l.expected_loss_amount, {_NIL}) AS expected_loss_amount,
    coalesce(b.is_estimated, true) OR h.is_estimated AS is_estimated
  FROM account_month AS h
  INNER JOIN asked AS m ON m.month_start = h.month_start
  INNER JOIN account AS a ON a.account_number = h.account_number AND a.currency = h.currency
  LEFT JOIN borne AS b ON b.account_number = h.account_number AND b.currency = h.currency AND b.month_start = h.month_start
  LEFT JOIN repriced AS w ON w.account_number = h.account_number AND w.currency = h.currency AND w.month_start = h.month_start
  LEFT JOIN fees AS f ON f.account_number = h.account_number AND f.currency = h.currency AND f.month_start = h.month_start
  LEFT JOIN services AS s ON s.account_number = h.account_number AND s.currency = h.currency AND s.business_date = m.business_date
  LEFT JOIN losses AS l ON l.account_number = h.account_number AND l.currency = h.currency AND l.business_date = m.business_date
  WHERE EXISTS (SELECT 1 FROM transfer_curve_segment)
  UNION ALL
  SELECT
    f.account_number, f.customer_number, f.organisation_code, f.product_code, f.currency, m.month_start, m.business_date,
    'none' AS account_kind, coalesce(c.customer_kind, 'unknown') AS customer_kind,
    coalesce(p.product_category, 'unmapped') AS product_category, coalesce(p.product_group, 'unmapped') AS product_group,
    coalesce(p.product_line, 'unmapped') AS product_line, CAST(NULL AS DECIMAL(12,6)) AS interest_rate,
    CAST(NULL AS DECIMAL(12,6)) AS transfer_rate, CAST(0 AS DECIMAL(38,2)) AS balance_days,
    {_NIL} AS interest_amount, {_NIL} AS transfer_amount, f.fee_amount, {_NIL} AS servicing_cost_amount, {_NIL} AS expected_loss_amount,
    false AS is_estimated
  FROM fees AS f
  INNER JOIN asked AS m ON m.month_start = f.month_start
  LEFT JOIN customer AS c ON c.customer_number = f.customer_number
  LEFT JOIN product AS p ON p.product_code = f.product_code
  WHERE f.account_number = 'none' AND EXISTS (SELECT 1 FROM transfer_curve_segment)
)"""

ACCOUNT_CONTRIBUTION_MONTH_MART = Step(
    name="fill_account_contribution_month",
    writes=ACCOUNT_CONTRIBUTION_MONTH,
    reads=(
        "account_month",
        "account",
        "account_balance",
        "account_pricing",
        "account_activity_month",
        "agency_sale",
        "calendar_day",
        "contribution_setting",
        "customer",
        "fee_charge",
        "loan_loss_month",
        "local_rate",
        "product",
        "transfer_curve_segment",
    ),
    query=f"""
WITH months AS (
  SELECT month_start, max(business_date) AS business_date
  FROM calendar_day
  GROUP BY month_start
),
asked AS (
  SELECT month_start, business_date FROM months WHERE month_start >= $needed_from
),{_PRICED},{_WITHDRAWN},{_CHARGED},{_PARTS},
taxed AS (
  SELECT
    {_listed("p", _CARRIED)},
    CASE p.account_kind
      WHEN 'deposit' THEN p.transfer_amount - p.interest_amount
      ELSE p.interest_amount - p.transfer_amount
    END AS margin_amount,
    {_VAT} AS vat_before_surcharge_amount,
    {_share("greatest(p.balance_days, CAST(0 AS DECIMAL(38,2)))", "g.risk_weight")} AS risk_weighted_days,
    g.surcharge_rate, g.income_tax_rate, g.capital_ratio, g.capital_cost_rate
  FROM parts AS p
  INNER JOIN contribution_setting AS g
    ON g.month_start = p.month_start AND g.account_kind = p.account_kind
    AND g.product_group = CASE p.account_kind WHEN 'none' THEN 'none' ELSE p.product_group END
),
weighed AS (
  SELECT
    {_listed("t", _CARRIED)}, t.margin_amount, t.income_tax_rate, t.capital_cost_rate,
    CAST(t.vat_before_surcharge_amount + {_share("t.vat_before_surcharge_amount", "t.surcharge_rate")} AS DECIMAL(18,2)) AS vat_amount,
    {_share("t.risk_weighted_days", "t.capital_ratio")} AS capital_days
  FROM taxed AS t
),
valued AS (
  SELECT
    {_listed("v", _CARRIED)}, v.margin_amount, v.vat_amount, v.capital_days,
    {_share(_BEFORE_TAX, "v.income_tax_rate")} AS tax_amount,
    {_interest("v.capital_days", "v.capital_cost_rate", "365")} AS capital_charge_amount
  FROM weighed AS v
)
SELECT
  $legal_entity_code AS legal_entity_code,
  v.account_number,
  v.customer_number,
  v.organisation_code,
  v.product_code,
  v.currency,
  v.business_date,
  v.account_kind,
  v.customer_kind,
  v.product_category,
  v.product_group,
  v.product_line,
  v.interest_rate,
  v.transfer_rate,
  v.balance_days,
  v.interest_amount,
  v.transfer_amount,
  v.margin_amount,
  v.fee_amount,
  v.vat_amount,
  v.servicing_cost_amount,
  v.expected_loss_amount,
  v.tax_amount,
  {_BEFORE_TAX} - v.tax_amount AS contribution_amount,
  v.capital_days,
  v.capital_charge_amount,
  {_BEFORE_TAX} - v.tax_amount - v.capital_charge_amount AS economic_value_added_amount,
  v.is_estimated
FROM valued AS v
""",
)

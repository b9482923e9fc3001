"""At which customer rate and which transfer price each account runs, locked by matched term or by behaviour.

Loans lock when they are disbursed and again when their rate changes, over what is left of their term; deposits with a
delivered term lock on each value date; demand money moves with the curve at its behavioural tenor.
"""

from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.tables.account_pricing import ACCOUNT_PRICING


def _price(piece: str, tenor: str) -> str:
    """Return the price at `tenor` on the straight piece `piece` of the curve, to six decimals."""
    rise = div_half_up(
        f"CAST(({piece}.end_rate - {piece}.start_rate) * ({tenor} - {piece}.tenor_from_day_count) AS DECIMAL(38,6))",
        f"{piece}.tenor_until_day_count - {piece}.tenor_from_day_count",
        6,
        numerator_scale=6,
    )
    return f"CAST({piece}.start_rate + {rise} AS DECIMAL(12,6))"


def _on(piece: str, tenor: str) -> str:
    return (
        f"{piece}.currency = d.currency AND {piece}.valid_from <= d.locked_on "
        f"AND ({piece}.valid_until IS NULL OR {piece}.valid_until > d.locked_on) "
        f"AND {piece}.tenor_from_day_count <= {tenor} AND {piece}.tenor_until_day_count > {tenor}"
    )


PRICE_ACCOUNTS = Step(
    name="price_accounts",
    writes=ACCOUNT_PRICING,
    reads=("account", "account_rate_period", "deposit_term_snapshot", "loan", "transfer_curve_segment", "parameter"),
    query=f"""
WITH tenors AS (
  SELECT substr(parameter_code, 21) AS product_group, CAST(number_value AS BIGINT) AS tenor_day_count
  FROM parameter
  WHERE parameter_code LIKE 'transfer_tenor_days.%'
    AND valid_from <= $reporting_date AND (valid_until IS NULL OR valid_until > $reporting_date)
),
defaults AS (
  SELECT substr(parameter_code, 29) AS account_kind, CAST(number_value AS BIGINT) AS tenor_day_count
  FROM parameter
  WHERE parameter_code LIKE 'transfer_default_tenor_days.%'
    AND valid_from <= $reporting_date AND (valid_until IS NULL OR valid_until > $reporting_date)
),
demand AS (
  SELECT tenor_day_count FROM tenors WHERE product_group = 'demand_deposit'
),
editions AS (
  SELECT DISTINCT currency, valid_from, effective_from FROM transfer_curve_segment
),
terms AS (
  SELECT account_number, currency, coalesce(value_on, reported_on) AS locked_on, max(matures_on) AS matures_on
  FROM deposit_term_snapshot
  WHERE reported_on <= $reporting_date
  GROUP BY account_number, currency, coalesce(value_on, reported_on)
),
lent AS (
  SELECT account_number, currency, min(disbursed_on) AS locked_on, max(matures_on) AS matures_on
  FROM loan
  WHERE account_number IS NOT NULL AND matures_on IS NOT NULL
  GROUP BY account_number, currency
),
matched AS (
  SELECT t.account_number, t.currency, t.locked_on AS since, t.locked_on, t.matures_on, 'matched' AS pricing_kind
  FROM terms AS t
  INNER JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency
  UNION ALL
  SELECT l.account_number, l.currency, l.locked_on AS since, l.locked_on, l.matures_on, 'matched' AS pricing_kind
  FROM lent AS l
  INNER JOIN account AS a ON a.account_number = l.account_number AND a.currency = l.currency
  UNION ALL
  SELECT l.account_number, l.currency, r.valid_from AS since, r.valid_from AS locked_on, l.matures_on, 'repriced' AS pricing_kind
  FROM lent AS l
  INNER JOIN account_rate_period AS r
    ON r.account_number = l.account_number AND r.currency = l.currency AND r.valid_from > l.locked_on AND r.valid_from < l.matures_on
),
behavioural AS (
  SELECT
    a.account_number, a.currency,
    CASE WHEN t.tenor_day_count IS NULL THEN a.opened_on ELSE e.valid_from END AS since,
    CASE WHEN t.tenor_day_count IS NULL THEN a.opened_on ELSE e.effective_from END AS locked_on,
    coalesce(t.tenor_day_count, k.tenor_day_count) AS tenor_day_count,
    CASE WHEN t.tenor_day_count IS NULL THEN 'default' ELSE 'behavioural' END AS pricing_kind
  FROM account AS a
  LEFT JOIN tenors AS t ON t.product_group = a.product_group
  LEFT JOIN defaults AS k ON k.account_kind = a.account_kind
  LEFT JOIN editions AS e ON t.tenor_day_count IS NOT NULL AND e.currency = a.currency
  WHERE NOT EXISTS (SELECT 1 FROM matched AS m WHERE m.account_number = a.account_number AND m.currency = a.currency)
),
locks AS (
  SELECT
    account_number, currency, since, locked_on, matures_on, pricing_kind,
    greatest(date_diff('day', locked_on, matures_on), 0) AS tenor_day_count
  FROM matched
  UNION ALL
  SELECT
    account_number, currency, since, locked_on, CAST(NULL AS DATE) AS matures_on, pricing_kind,
    coalesce(tenor_day_count, 0) AS tenor_day_count
  FROM behavioural
  WHERE since IS NOT NULL
),
ordered AS (
  SELECT
    account_number, currency, locked_on, matures_on, pricing_kind, tenor_day_count,
    CASE
      WHEN row_number() OVER (PARTITION BY account_number, currency ORDER BY since) = 1 THEN DATE '1900-01-01' ELSE since
    END AS valid_from,
    lead(since) OVER (PARTITION BY account_number, currency ORDER BY since) AS valid_until
  FROM locks
),
dated AS (
  SELECT
    o.account_number, o.currency, o.locked_on, o.matures_on, o.pricing_kind, o.tenor_day_count, r.interest_rate,
    greatest(o.valid_from, coalesce(r.valid_from, o.valid_from)) AS valid_from,
    CASE
      WHEN o.valid_until IS NULL THEN r.valid_until
      WHEN r.valid_until IS NULL THEN o.valid_until
      ELSE least(o.valid_until, r.valid_until)
    END AS valid_until,
    coalesce(r.is_estimated, true) OR o.pricing_kind = 'default' AS is_estimated
  FROM ordered AS o
  LEFT JOIN account_rate_period AS r
    ON r.account_number = o.account_number AND r.currency = o.currency
    AND (o.valid_until IS NULL OR r.valid_from < o.valid_until) AND (r.valid_until IS NULL OR r.valid_until > o.valid_from)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  d.account_number,
  d.currency,
  d.valid_from,
  d.valid_until,
  d.interest_rate,
  {_price("s", "d.tenor_day_count")} AS transfer_rate,
  {_price("z", "w.tenor_day_count")} AS demand_transfer_rate,
  d.locked_on,
  d.tenor_day_count,
  d.matures_on,
  d.pricing_kind,
  d.is_estimated OR d.locked_on < s.effective_from AS is_estimated
FROM dated AS d
CROSS JOIN demand AS w
INNER JOIN transfer_curve_segment AS s ON {_on("s", "d.tenor_day_count")}
INNER JOIN transfer_curve_segment AS z ON {_on("z", "w.tenor_day_count")}
""",
)

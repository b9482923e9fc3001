"""Which parameter values hold for each month, kind of account and product group when contribution is reckoned."""

from maisui.steps.step import Step
from maisui.tables.contribution_setting import CONTRIBUTION_SETTING

_BY_GROUP = (
    ("day_basis_count", "interest_day_basis"),
    ("vat_rate", "vat_rate"),
    ("risk_weight", "risk_weight"),
    ("loss_given_default", "loss_given_default"),
)
"""Columns whose value a product group may have for itself (`code.<group>`), else that of its kind (`code.<kind>`)."""

_FOR_ALL = ("surcharge_rate", "income_tax_rate", "capital_ratio", "capital_cost_rate", "demand_deposit_rate")


def _value(code: str) -> str:
    return (
        f"coalesce(max(CASE WHEN p.parameter_code = '{code}.' || k.product_group THEN p.number_value END), "
        f"max(CASE WHEN p.parameter_code = '{code}.' || k.account_kind THEN p.number_value END), CAST(0 AS DECIMAL(12,6)))"
    )


def _columns() -> str:
    types = {column: "BIGINT" if column.endswith("_count") else "DECIMAL(12,6)" for column, _ in _BY_GROUP}
    grouped = [f"CAST({_value(code)} AS {types[column]}) AS {column}" for column, code in _BY_GROUP]
    common = [
        f"coalesce(max(CASE WHEN p.parameter_code = '{code}' THEN p.number_value END), CAST(0 AS DECIMAL(12,6))) AS {code}"
        for code in _FOR_ALL
    ]
    return ",\n  ".join([*grouped, *common])


SETTLE_CONTRIBUTION_SETTINGS = Step(
    name="settle_contribution_settings",
    writes=CONTRIBUTION_SETTING,
    reads=("account", "calendar_day", "parameter"),
    query=f"""
WITH months AS (
  SELECT month_start, max(business_date) AS business_date
  FROM calendar_day
  GROUP BY month_start
),
kinds AS (
  SELECT DISTINCT account_kind, product_group FROM account
  UNION
  SELECT 'none' AS account_kind, 'none' AS product_group
)
SELECT
  $legal_entity_code AS legal_entity_code,
  m.business_date,
  m.month_start,
  k.account_kind,
  k.product_group,
  CAST(
    max(CASE WHEN p.parameter_code = 'transfer_tenor_days.' || k.product_group THEN p.number_value END) AS BIGINT
  ) AS transfer_tenor_day_count,
  {_columns()}
FROM months AS m
CROSS JOIN kinds AS k
INNER JOIN parameter AS p ON p.valid_from <= m.business_date AND (p.valid_until IS NULL OR p.valid_until > m.business_date)
GROUP BY m.business_date, m.month_start, k.account_kind, k.product_group
""",
)

"""The dated parameters of product analysis as they were in force on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.parameters import product_lines
from maisui.warehouse.reader import Reader

_PREFIX = "product_"
_BY_STAGE = frozenset({"active_product_holder_count", "deposit_balance", "loan_balance", "aum_balance"})
STAGED_BY: dict[str, frozenset[str]] = {
    "product_growth_rate": _BY_STAGE,
    "product_decline_rate": _BY_STAGE,
    "product_fewest_holders": _BY_STAGE | {"product_holder_count"},
    "product_significance": frozenset({"product_holder_count"}),
    "product_band.age.": frozenset({"product_holder_count"}),
    "product_band.": frozenset({"deposit_balance", "loan_balance"}),
    "product_exit_loss_months": frozenset({"customer_contribution"}),
    "product_exit_active_share": frozenset({"active_product_holder_count", "product_holder_count"}),
    "product_upgrade_share": frozenset({"deposit_balance", "loan_balance"}),
    "product_outflow_share": frozenset({"aum_balance"}),
    "product_fewest_changes": frozenset({"deposit_ftp_margin", "loan_ftp_margin", "charged_fee_amount"}),
    "product_smallest_change": frozenset({"deposit_ftp_margin", "loan_ftp_margin"}),
    "product_rate_response.": frozenset({"deposit_ftp_margin", "loan_ftp_margin"}),
    "product_fee_response.": frozenset({"charged_fee_amount"}),
    "loan_target_return": frozenset({"economic_value_added"}),
}
"""Which metrics a parameter of product analysis judges, a family under its beginning: stages go by active holders and balances."""


def staged_by(code: str) -> frozenset[str]:
    """Return the metrics that the parameter `code` judges; none of another kind of parameter."""
    beginnings = (name for name in STAGED_BY if name.endswith(".") and code.startswith(name))
    return STAGED_BY.get(code) or STAGED_BY.get(next(beginnings, ""), frozenset())


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter in force: its value and the day from which it counts."""

    value: Decimal
    valid_from: date


@dataclass(frozen=True, slots=True)
class ProductSettings:
    """Every parameter of product analysis in force on `day`, by its code."""

    day: date
    by_code: dict[str, Setting]

    def number(self, code: str) -> Decimal:
        """Return the value of a parameter that every bank has."""
        return self.by_code[code].value

    def stated(self, code: str) -> Setting | None:
        """Return a parameter that a bank states itself; None where it has not."""
        return self.by_code.get(code)


def product_settings(reader: Reader, day: date) -> ProductSettings:
    """Return the parameters in force on `day`; a version from before there were any goes by the product's own."""
    own = {
        str(line["code"]): Setting(Decimal(str(line["number"])), line["valid_from"])
        for line in product_lines()
        if str(line["code"]).startswith(_PREFIX) and line["valid_from"] <= day
    }
    rows = reader.rows(
        "SELECT parameter_code, number_value, valid_from FROM parameter WHERE starts_with(parameter_code, ?) "
        "AND number_value IS NOT NULL AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
        [_PREFIX, day, day],
    )
    return ProductSettings(day, own | {code: Setting(Decimal(value), valid_from) for code, value, valid_from in rows})

"""What a customer is worth, as his page shows it: the steps from margins to economic value added, twelve months and this one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from maisui.answers import BY_CODE, ContributionMonth, CustomerValue
from maisui.answers.customer_value import MONTHS
from maisui.answers.figure import divide
from maisui.answers.worth import CustomerWorth
from maisui.web.pages.churn.words import RUNGS
from maisui.web.pages.contribution.figures import PARTS, drawn_steps, named
from maisui.web.pages.customer_value.words import ABSENT, share
from maisui.web.text import Text

_COLUMNS: dict[str, str] = {
    "deposit_ftp_margin": "deposit_margin_amount",
    "loan_ftp_margin": "loan_margin_amount",
    "charged_fee_amount": "fee_amount",
    "attributed_vat_amount": "vat_amount",
    "servicing_cost": "servicing_cost_amount",
    "expected_loss": "expected_loss_amount",
    "attributed_income_tax_amount": "tax_amount",
    "customer_contribution": "contribution_amount",
    "capital_charge": "capital_charge_amount",
    "economic_value_added": "economic_value_added_amount",
}
"""The column of a month behind each metric of the steps."""


def value_context(value: CustomerValue | None) -> dict[str, Any] | None:
    """Return what the panel of a customer's worth shows; None where contribution is not known."""
    if value is None:
        return None
    summed = [(code, sign, sum((_of(month, code) for month in value.months), Decimal("0.00"))) for code, sign in PARTS]
    steps = drawn_steps([(named(BY_CODE[code]), "", code, amount * (sign or 1), sign == 0) for code, sign, amount in summed])
    last = value.months[-1]
    return {
        "lines": [(step, _of(last, step.code) * (sign or 1)) for step, (_, sign) in zip(steps, PARTS, strict=True)],
        "months": [(month.day, month.contribution_amount, month.economic_value_added_amount) for month in reversed(value.months)],
        "count": len(value.months),
        "place": value.place,
        "peer_count": value.peer_count,
        "peer_average": value.peer_average,
        "tier_count": value.tier_count,
        "tier_average": value.tier_average,
        "month_amount": last.contribution_amount,
        "pricing": urlencode({"other": f"{_a_year(value):f}"}),
        "is_estimated": last.is_estimated,
    }


def _a_year(value: CustomerValue) -> Decimal:
    """Return the value added of his months brought to a year: what a loan to him may be credited with beyond its own rate."""
    added = sum((month.economic_value_added_amount for month in value.months), Decimal("0.00"))
    return divide(added * MONTHS, Decimal(len(value.months)), 2)


def worth_context(found: tuple[CustomerWorth, Any, dict[str, Any]] | None) -> dict[str, Any] | None:
    """Return what the panel of what is to come shows; None where nothing is reckoned."""
    if found is None:
        return None
    worth, standing, facts = found
    return {
        "row": worth,
        "rung": RUNGS[standing.rung.value],
        "said": Text(standing.said_zh, standing.said_en),
        "has_expected": standing.has_probabilities,
        "staying": share(worth.staying),
        "wallet": share(worth.wallet_share),
        "absent": ABSENT.get(worth.why_not or ""),
        "months": facts["months"],
        "horizon": facts["horizon"],
        "day": facts["day"],
    }


def _of(month: ContributionMonth, code: str) -> Decimal:
    return getattr(month, _COLUMNS[code])

"""What one customer is worth: the parts of his contribution month by month, and his place among those of his outlet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.warehouse.reader import Reader

MONTHS = 12
_PARTS = (
    "deposit_margin_amount",
    "loan_margin_amount",
    "fee_amount",
    "vat_amount",
    "servicing_cost_amount",
    "expected_loss_amount",
    "tax_amount",
    "contribution_amount",
    "capital_charge_amount",
    "economic_value_added_amount",
)


@dataclass(frozen=True, slots=True)
class ContributionMonth:
    """What a customer contributed in a month, part by part; costs are positive amounts that count against him."""

    day: date
    deposit_margin_amount: Decimal
    loan_margin_amount: Decimal
    fee_amount: Decimal
    vat_amount: Decimal
    servicing_cost_amount: Decimal
    expected_loss_amount: Decimal
    tax_amount: Decimal
    contribution_amount: Decimal
    capital_charge_amount: Decimal
    economic_value_added_amount: Decimal
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class CustomerValue:
    """A customer's contribution: up to twelve months, the last one last, and where he stands among the customers of his outlet.

    `place` is his rank by contribution of the last month among `peer_count` customers at home in the same outlet;
    `peer_average` is their mean. `tier_average` is the mean over all customers of the same tier, None where he has no tier.
    """

    months: tuple[ContributionMonth, ...]
    place: int
    peer_count: int
    peer_average: Decimal
    tier_count: int
    tier_average: Decimal | None


def customer_value(reader: Reader, customer_number: str) -> CustomerValue | None:
    """Return what a customer contributed; None where contribution is not known for him in the reported month."""
    day = reader.manifest.reporting_date
    sums = ", ".join(f"CAST(sum({part}) AS DECIMAL(38,2))" for part in _PARTS)
    rows = reader.rows(
        f"SELECT business_date, {sums}, bool_or(is_estimated) FROM customer_contribution_month "
        "WHERE customer_number = ? GROUP BY business_date ORDER BY business_date DESC LIMIT ?",
        [customer_number, MONTHS],
    )
    if not rows or rows[0][0] != day:
        return None
    place, count, total = reader.rows(
        "WITH peers AS (SELECT p.customer_number, sum(p.contribution_amount) AS amount FROM customer_contribution_month AS p "
        "WHERE p.business_date = ? AND p.organisation_code = (SELECT max(organisation_code) FROM customer_contribution_month "
        "WHERE business_date = ? AND customer_number = ?) GROUP BY p.customer_number) "
        "SELECT count(*) FILTER (amount > (SELECT amount FROM peers WHERE customer_number = ?)) + 1, count(*), sum(amount) FROM peers",
        [day, day, customer_number, customer_number],
    )[0]
    average = (Decimal(total) / count).quantize(Decimal("0.01"))
    tier_count, tier_total = reader.rows(
        "WITH tiers AS (SELECT customer_number, tier_code FROM customer_standing WHERE business_date = ?) "
        "SELECT count(DISTINCT p.customer_number), sum(p.contribution_amount) FROM customer_contribution_month AS p "
        "INNER JOIN tiers AS t ON t.customer_number = p.customer_number WHERE p.business_date = ? AND t.tier_code = (SELECT s.tier_code "
        "FROM tiers AS s INNER JOIN customer AS c ON c.person_customer_number = s.customer_number WHERE c.customer_number = ?)",
        [day, day, customer_number],
    )[0]
    of_tier = (Decimal(tier_total) / tier_count).quantize(Decimal("0.01")) if tier_count else None
    months = tuple(ContributionMonth(*row) for row in reversed(rows))
    return CustomerValue(months, place, count, average, tier_count, of_tier)

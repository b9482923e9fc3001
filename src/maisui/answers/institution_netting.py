"""What stands between us and each other bank: its cards at our machines, ours at its, and the interchange both ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class InstitutionNet:
    """One other bank over a period: successful movements of money both ways, and the fees they earned and cost.

    Attributes:
        bank_code: payment-system code of the other bank; `none` where the log does not tell.
        level: `union`, `rural` or `other_bank`.
        acquired_count: its cards at our machines; acquired_amount and income_amount theirs.
        issued_count: our cards at its machines; issued_amount and cost_amount theirs.
        customer_count: customers of ours who used its machines.
    """

    bank_code: str
    level: str
    acquired_count: int
    acquired_amount: Decimal
    income_amount: Decimal
    issued_count: int
    issued_amount: Decimal
    cost_amount: Decimal
    customer_count: int

    @property
    def net_count(self) -> int:
        """Return uses of its cards here less uses of ours there."""
        return self.acquired_count - self.issued_count

    @property
    def net_amount(self) -> Decimal:
        """Return what its cards moved here less what ours moved there."""
        return self.acquired_amount - self.issued_amount

    @property
    def net_income(self) -> Decimal:
        """Return interchange earned less interchange paid."""
        return self.income_amount - self.cost_amount


def institution_netting(reader: Reader, organisation: str | None, first_day: date, day: date) -> tuple[InstitutionNet, ...]:
    """Return every other bank of the channel log between two days, the largest interchange net paid first; none without a log."""
    inside, bound = "true", list[object]()
    if organisation is not None:
        inside, bound = "organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?)", [organisation]
    acquired, issued = "agency_code = 'acquiring_for_others'", "agency_code = 'issued_used_elsewhere'"
    rows = reader.rows(
        f"SELECT coalesce(other_bank_code, 'none'), agency_level, count(*) FILTER (WHERE {acquired}), "
        f"coalesce(sum(attempt_amount) FILTER (WHERE {acquired}), 0)::DECIMAL(38,2), "
        f"coalesce(sum(fee_amount) FILTER (WHERE {acquired}), 0)::DECIMAL(38,2), count(*) FILTER (WHERE {issued}), "
        f"coalesce(sum(attempt_amount) FILTER (WHERE {issued}), 0)::DECIMAL(38,2), "
        f"coalesce(sum(-fee_amount) FILTER (WHERE {issued}), 0)::DECIMAL(38,2), "
        f"count(DISTINCT customer_number) FILTER (WHERE {issued}) FROM attempt_agency "
        "WHERE attempted_on >= ? AND attempted_on <= ? AND is_successful AND transaction_type NOT IN ('enquiry', 'log_in') "
        f"AND agency_code IN ('acquiring_for_others', 'issued_used_elsewhere') AND {inside} GROUP BY ALL",
        [first_day, day, *bound],
    )
    return tuple(sorted((InstitutionNet(*row) for row in rows), key=lambda one: (one.net_income, one.bank_code)))

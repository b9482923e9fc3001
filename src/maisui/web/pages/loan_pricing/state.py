"""What the address of loan pricing says: which loan, how long, how much, in which class, and what else counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from maisui.errors import QuestionError

CLASSES = ("pass", "special_mention", "unclassified")
_LARGEST = Decimal(10) ** 12
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class PricingState:
    """One loan: `product` is a product group, `service` yuan a year (None: what the product costs now), `other` yuan a year credited.

    `target` is the value added to be reached as a share of the balance a year, None the parameter's.
    """

    product: str = ""
    day: date | None = None
    months: int = 12
    amount: Decimal = Decimal(100_000)
    loan_class: str = CLASSES[0]
    service: Decimal | None = None
    other: Decimal = Decimal(0)
    target: Decimal | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        said, plain = {name: str(value).strip() for name, value in query.items()}, cls()
        months = _number(said.get("months", "") or str(plain.months), "months")
        if months != int(months) or not 1 <= months <= _LONGEST:
            raise QuestionError("a term is whole months", where="months", next_step=f"write a number from 1 to {_LONGEST}")
        loan_class = said.get("class", "") or plain.loan_class
        if loan_class not in CLASSES:
            raise QuestionError(f"there is no class {loan_class!r}", where="class", next_step=f"choose one of: {', '.join(CLASSES)}")
        try:
            day = date.fromisoformat(said["date"]) if said.get("date") else None
        except ValueError as error:
            raise QuestionError(f"{said['date']!r} is not a day", where="date", next_step="write it as YYYY-MM-DD") from error
        return cls(
            said.get("product", ""),
            day,
            int(months),
            _number(said.get("amount", "") or str(plain.amount), "amount"),
            loan_class,
            _number(said["service"], "service") if said.get("service") else None,
            _number(said.get("other", "") or "0", "other"),
            _number(said["target"], "target") / 100 if said.get("target") else None,
        )

    def query(self) -> str:
        """Return the query string of this state; defaults are left out."""
        plain = type(self)()
        pairs = [
            ("product", self.product),
            ("date", self.day.isoformat() if self.day else ""),
            ("months", str(self.months) if self.months != plain.months else ""),
            ("amount", f"{self.amount:f}" if self.amount != plain.amount else ""),
            ("class", self.loan_class if self.loan_class != plain.loan_class else ""),
            ("service", f"{self.service:f}" if self.service is not None else ""),
            ("other", f"{self.other:f}" if self.other else ""),
            ("target", f"{self.target * 100:f}" if self.target is not None else ""),
        ]
        return urlencode([(name, value) for name, value in pairs if value])


def _number(word: str, where: str) -> Decimal:
    try:
        found = Decimal(word.replace(",", ""))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > _LARGEST:
        raise QuestionError(f"{word!r} is no number", where=where, next_step="write digits, with a point before decimals")
    return found

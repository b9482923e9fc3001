"""To whom a product group may be offered: rules as dated parameters, and who is barred by them on a day.

Closed by default: a group without a line `next_product.offered.<group>` is offered to nobody, an age that is unknown fits no
limit of age, and a product riskier than what a customer has accepted before does not suit him.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from maisui.errors import QuestionError
from maisui.models.panel import Marts

PREFIX = "next_product."
KINDS = ("personal", "corporate", "both", "farmer", "none")
"""To whom a group is sold; `none` where the bank has no licence for it, or no longer sells it."""
_DEBT_LINES = ("loan",)
_DEBT_GROUPS = ("credit_card",)
_PERFORMING_CLASS = 1


@dataclass(frozen=True, slots=True)
class Offer:
    """The rules of one product group: to whom it is sold, ages within which (both ends included), its risk from 1 to 5, whether it is a debt."""

    group: str
    sold_to: str
    youngest: int | None
    oldest: int | None
    risk: int
    is_debt: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force on a day; `assumed_risk` is the risk anybody may be told of without having accepted as much before."""

    offers: tuple[Offer, ...]
    assumed_risk: int

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the product groups with rules, in the order of their codes."""
        return tuple(one.group for one in self.offers)


@dataclass(frozen=True, slots=True)
class Person:
    """What suitability asks of the customers of a day, one entry a customer; `age` is -1 where it is unknown."""

    kinds: np.ndarray
    is_farmer: np.ndarray
    age: np.ndarray
    is_sound: np.ndarray


def rules_on(reader: Marts, day: date) -> Rules:
    """Return the rules in force on a day.

    Raises:
        QuestionError: when the version knows none, or a line says nothing that is understood.
    """
    found = {
        code.removeprefix(PREFIX): (text, number)
        for code, text, number in reader.rows(
            "SELECT parameter_code, text_value, number_value FROM parameter WHERE starts_with(parameter_code, ?) "
            "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?) ORDER BY parameter_code",
            [PREFIX, day, day],
        )
    }
    if "assumed_risk" not in found or not any(code.startswith("offered.") for code in found):
        raise QuestionError(
            f"the version knows no {PREFIX}*", where="next_product", next_step="publish a version with this release: `maisui run`"
        )
    lines = dict(reader.rows("SELECT DISTINCT product_group, product_line FROM product ORDER BY product_group"))
    offers = tuple(
        Offer(
            group=group,
            sold_to=_kind(code, text),
            youngest=_number(found, f"youngest.{group}"),
            oldest=_number(found, f"oldest.{group}"),
            risk=_number(found, f"risk.{group}") or 1,
            is_debt=lines.get(group) in _DEBT_LINES or group.endswith("_loan") or group in _DEBT_GROUPS,
        )
        for code, (text, _) in sorted(found.items())
        if code.startswith("offered.") and (group := code.removeprefix("offered."))
    )
    return Rules(offers, _number(found, "assumed_risk") or 1)


def suitable(rules: Rules, people: Person, holds: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Return for each customer and group whether it may be offered: not held, sold to his kind, within ages and risk, no debt in arrears.

    `holds` and `held` say which groups each holds, or held before; the riskiest of them is the risk he has accepted.
    """
    risks = np.array([one.risk for one in rules.offers])
    accepted = np.maximum(((holds | held) * risks).max(axis=1, initial=0), rules.assumed_risk)
    found = ~holds & (risks <= accepted[:, None])
    for place, one in enumerate(rules.offers):
        found[:, place] &= _is_sold_to(one, people) & _is_of_age(one, people)
        if one.is_debt:
            found[:, place] &= people.is_sound
    return found


def is_sound(overdue: np.ndarray, class_rank: np.ndarray) -> np.ndarray:
    """Return who has no loan in arrears and none worse than pass."""
    return (overdue <= 0) & (class_rank <= _PERFORMING_CLASS)


def _is_sold_to(one: Offer, people: Person) -> np.ndarray:
    if one.sold_to == "both":
        return np.isin(people.kinds, ("personal", "corporate"))
    if one.sold_to == "farmer":
        return (people.kinds == "personal") & people.is_farmer
    return people.kinds == one.sold_to


def _is_of_age(one: Offer, people: Person) -> np.ndarray:
    """Return whose age is within the limits; ages are of persons, firms have none to keep to."""
    within = np.ones(len(people.age), bool)
    if one.youngest is not None:
        within &= people.age >= one.youngest
    if one.oldest is not None:
        within &= (people.age >= 0) & (people.age <= one.oldest)
    return within | (people.kinds == "corporate")


def _kind(code: str, text: str | None) -> str:
    if text not in KINDS:
        raise QuestionError(f"{PREFIX}{code} is {text!r}", where="parameters", next_step=f"choose one of: {', '.join(KINDS)}")
    return text


def _number(found: dict[str, tuple[str | None, Decimal | None]], code: str) -> int | None:
    number = found.get(code, (None, None))[1]
    return None if number is None else int(number)

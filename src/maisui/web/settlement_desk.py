"""What a month or quarter pays to whom: reckoned from one version, frozen as text, held against the same and against later versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from maisui.answers import Period
from maisui.answers.manual_work import manual_rates
from maisui.errors import MaisuiError
from maisui.web.allocations.models import Settlement
from maisui.web.manual_work.converted import approved_workload
from maisui.web.schemes.assessment import Assessed, assessed, ground_of
from maisui.web.schemes.desk import schemes_on
from maisui.web.schemes.terms import Terms, terms_from, terms_json

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

SETTLED_PERIODS: dict[str, Period] = {"month": Period.MONTH, "quarter": Period.QUARTER}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A period as one version reckons it: the schemes, a line for each person and outlet that earns, and the sum, all in plain words."""

    version: str
    scheme: dict[str, Any]
    lines: list[dict[str, Any]]

    @property
    def total_pay(self) -> Decimal:
        """Return what is paid to people; what outlets earn is theirs to share out and stands apart."""
        return sum((Decimal(line["pay"]) for line in self.lines if not line["is_outlet"]), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class PayDifference:
    """One person or outlet whose pay is another when reckoned anew; None where he has no line in one of the two."""

    number: str
    name: str
    settled: Decimal | None
    reckoned: Decimal | None

    @property
    def difference(self) -> Decimal:
        """Return how much more the new reckoning pays."""
        return (self.reckoned or Decimal(0)) - (self.settled or Decimal(0))


@dataclass(frozen=True, slots=True)
class Recomputation:
    """A settlement held against a version: its differences, none where it comes out to the cent; not `is_kept` where it is gone."""

    version: str
    is_kept: bool
    differences: tuple[PayDifference, ...] = ()


def first_day_of(last_day: date, period: Period) -> date:
    """Return the first day of the month or quarter that ends on a day."""
    return last_day.replace(month=last_day.month if period is Period.MONTH else (last_day.month - 1) // 3 * 3 + 1, day=1)


def period_of(settlement: Settlement) -> Period:
    """Return whether a settlement is of a month or of a quarter."""
    return Period.MONTH if settlement.first_day.month == settlement.last_day.month else Period.QUARTER


def reckoned(
    gateway: Gateway, last_day: date, period: Period, version: str | None = None, frozen: Mapping[str, Any] | None = None
) -> Reckoned:
    """Return what a period pays, out of a version (None: the published one), over the whole bank.

    `frozen` are the schemes and the manual work of a settlement; None takes those that hold and are approved today.
    The caller has made sure that the viewer may see it.

    Raises:
        MaisuiError: when the version is gone or the period cannot be asked.
    """
    with gateway.bank.reader(version) as reader:
        ground = ground_of(reader, last_day, period)
        if frozen is None:
            schemes, manual = schemes_on(reader, last_day), approved_workload(manual_rates(reader), ground.first_day, last_day)
        else:
            schemes = tuple(terms_from(plain) for plain in frozen["schemes"])
            manual = {number: Decimal(text) for number, text in frozen["manual"].items()}
        found = assessed(replace(ground, manual=manual), schemes)
        scheme = {
            "schemes": [terms_json(terms) for terms in schemes],
            "manual": {number: f"{value:f}" for number, value in sorted(manual.items())},
        }
        return Reckoned(reader.manifest.version, scheme, [line_json(one) for one in found])


def schemes_of(settlement: Settlement) -> tuple[Terms, ...]:
    """Return the schemes by which a settlement was frozen."""
    return tuple(terms_from(plain) for plain in settlement.scheme["schemes"])


def line_json(one: Assessed) -> dict[str, Any]:
    """Return one statement as plain words, in which it is frozen and shown."""
    statement = one.statement
    return {
        "number": one.holder.number,
        "name": one.holder.name,
        "post": one.holder.post,
        "organisation": one.holder.organisation,
        "place": one.holder.place,
        "is_outlet": one.holder.is_outlet,
        "scheme": one.terms.code,
        "points": f"{statement.points:f}",
        "pay": f"{statement.pay:f}",
        "parts": [
            {
                "metric": part.metric.code,
                "method": part.indicator.method.value,
                "basis": part.indicator.basis.value,
                "actual": f"{part.reached:f}",
                "target": _text(part.target),
                "completion": _text(part.completion),
                "counted": f"{part.counted:f}",
                "weight": f"{part.indicator.weight:f}",
                "points": f"{part.points:f}",
                "pay": f"{part.pay:f}",
                "manual": f"{part.manual:f}",
            }
            for part in statement.parts
        ],
    }


def held_against(gateway: Gateway, settlement: Settlement, version: str | None) -> Recomputation:
    """Return a settlement held against what a version reckons by the frozen schemes; None is the published version."""
    try:
        again = reckoned(gateway, settlement.last_day, period_of(settlement), version, settlement.scheme)
    except MaisuiError:
        return Recomputation(version or "", is_kept=False)
    settled, now = _pay_by_number(settlement.lines), _pay_by_number(again.lines)
    names = {_key(line): line["name"] for line in [*again.lines, *settlement.lines]}
    differences = tuple(
        PayDifference(key[1], names[key], settled.get(key), now.get(key))
        for key in sorted(set(settled) | set(now))
        if settled.get(key) != now.get(key)
    )
    return Recomputation(again.version, is_kept=True, differences=differences)


def hash_of(content: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return the fingerprint of frozen content, the same wherever it is reckoned."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def content_hash(*, first_day: date, last_day: date, version: str, scheme: Mapping[str, Any], lines: Sequence[Any]) -> str:
    """Return the fingerprint over everything that is frozen."""
    return hash_of(
        {"first_day": str(first_day), "last_day": str(last_day), "version": version, "scheme": dict(scheme), "lines": list(lines)}
    )


def is_as_frozen(settlement: Settlement) -> bool:
    """Return whether nothing of a settlement was changed since it was frozen."""
    return (
        content_hash(
            first_day=settlement.first_day,
            last_day=settlement.last_day,
            version=settlement.version,
            scheme=settlement.scheme,
            lines=settlement.lines,
        )
        == settlement.content_hash
    )


def _key(line: Mapping[str, Any]) -> tuple[bool, str]:
    return line["is_outlet"], line["number"]


def _pay_by_number(lines: Sequence[Mapping[str, Any]]) -> dict[tuple[bool, str], Decimal]:
    return {_key(line): Decimal(line["pay"]) for line in lines}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"

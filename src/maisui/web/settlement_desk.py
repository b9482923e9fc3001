"""What a month or quarter pays to whom: reckoned from one version, frozen as text, held against the same and against later versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from maisui.answers import Period, Question, Scheme, by_target, employments, organisation_tree, scheme_of, target_lines_of
from maisui.errors import MaisuiError
from maisui.web.allocations.models import Settlement
from maisui.web.pages.performance.scheme import statements_of

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

SETTLED_PERIODS: dict[str, Period] = {"month": Period.MONTH, "quarter": Period.QUARTER}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A period as one version reckons it: the scheme, a line for each person who earns by it, and the sum, all in plain words."""

    version: str
    scheme: dict[str, Any]
    lines: list[dict[str, Any]]

    @property
    def total_pay(self) -> Decimal:
        """Return what is paid in all."""
        return sum((Decimal(line["pay"]) for line in self.lines), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class PayDifference:
    """One person whose pay is another when reckoned anew; None where he has no line in one of the two."""

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


def reckoned(gateway: Gateway, last_day: date, period: Period, version: str | None = None) -> Reckoned:
    """Return what a period pays by the scheme of its last day, out of a version (None: the published one), over the whole bank.

    The caller has made sure that the viewer may see it.

    Raises:
        MaisuiError: when the version is gone or the period cannot be asked.
    """
    question = by_target(Question("target_completion_rate", ("manager",), None, last_day, period))
    with gateway.bank.reader(version) as reader:
        scheme = scheme_of(reader, last_day)
        made = statements_of(target_lines_of(reader, question), scheme)
        staff = employments(reader)
        names = {node.code: node.name for node in organisation_tree(reader)}
        found = reader.manifest.version
    lines: list[dict[str, Any]] = []
    for number, statement in made.items():
        one = staff.get(number)
        lines.append(
            {
                "number": number,
                "name": one.employee_name if one else number,
                "post": one.post_name if one else "",
                "organisation": one.organisation_code if one else "",
                "place": names.get(one.organisation_code, "") if one else "",
                "points": f"{statement.points:f}",
                "pay": f"{statement.pay:f}",
                "parts": [
                    {
                        "metric": part.line.metric.code,
                        "actual": _text(part.line.actual),
                        "target": f"{part.line.target:f}",
                        "completion": _text(part.line.completion),
                        "counted": f"{part.counted:f}",
                        "weight": f"{part.weight:f}",
                        "points": f"{part.points:f}",
                    }
                    for part in statement.parts
                ],
            }
        )
    return Reckoned(found, _scheme(scheme), lines)


def held_against(gateway: Gateway, settlement: Settlement, version: str | None) -> Recomputation:
    """Return a settlement held against what a version reckons; None is the published one."""
    try:
        again = reckoned(gateway, settlement.last_day, period_of(settlement), version)
    except MaisuiError:
        return Recomputation(version or "", is_kept=False)
    settled, now = _pay_by_number(settlement.lines), _pay_by_number(again.lines)
    names = {line["number"]: line["name"] for line in [*again.lines, *settlement.lines]}
    differences = tuple(
        PayDifference(number, names[number], settled.get(number), now.get(number))
        for number in sorted(set(settled) | set(now))
        if settled.get(number) != now.get(number)
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


def _scheme(scheme: Scheme) -> dict[str, Any]:
    return {
        "weights": {metric: f"{weight:f}" for metric, weight in scheme.weights},
        "cap": f"{scheme.cap:f}",
        "floor": f"{scheme.floor:f}",
        "point_price": f"{scheme.point_price:f}",
    }


def _pay_by_number(lines: Sequence[Mapping[str, Any]]) -> dict[str, Decimal]:
    return {line["number"]: Decimal(line["pay"]) for line in lines}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"

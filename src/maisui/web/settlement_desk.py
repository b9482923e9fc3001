"""What a month or quarter pays to whom: reckoned from one version, frozen as text, held against the same and against later versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from maisui.answers import Period
from maisui.answers.manual_work import manual_rates
from maisui.errors import MaisuiError
from maisui.web.allocations.models import Settlement, State
from maisui.web.manual_work.converted import approved_workload
from maisui.web.schemes.assessment import Assessed, assessed, ground_of
from maisui.web.schemes.desk import schemes_on
from maisui.web.schemes.terms import Terms, terms_from, terms_json

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

TakenOver = Mapping[int, Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]]
"""Of each settlement, by its key, the lines of others that pay differences of it, each with the entry that does."""
SETTLED_PERIODS: dict[str, Period] = {"month": Period.MONTH, "quarter": Period.QUARTER}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A period as one version reckons it: the schemes, a line for each person and outlet that earns, and the sum, all in plain words."""

    version: str
    scheme: dict[str, Any]
    lines: list[dict[str, Any]]

    @property
    def total_pay(self) -> Decimal:
        """Return what is paid to people, differences carried over included; what outlets earn is theirs to share out and stands apart."""
        return sum((Decimal(line["pay"]) + carried_in(line) for line in self.lines if not line["is_outlet"]), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class PayDifference:
    """One person or outlet whose pay is another when reckoned anew; None where he has no line in one of the two.

    `carried` is what of the difference later settlements have taken over, `line` the newest line of whom it is.
    """

    line: Mapping[str, Any]
    settled: Decimal | None
    reckoned: Decimal | None
    carried: Decimal = Decimal("0.00")

    @property
    def number(self) -> str:
        """Return the employee number or the code of the outlet."""
        return self.line["number"]

    @property
    def name(self) -> str:
        """Return the name of the person or outlet."""
        return self.line["name"]

    @property
    def difference(self) -> Decimal:
        """Return how much more the new reckoning pays."""
        return (self.reckoned or Decimal(0)) - (self.settled or Decimal(0))

    @property
    def open(self) -> Decimal:
        """Return what no settlement has taken over yet."""
        return self.difference - self.carried


@dataclass(frozen=True, slots=True)
class Recomputation:
    """A settlement held against a version: its differences, none where it comes out to the cent; not `is_kept` where it is gone.

    `lines` are those of the new reckoning, by whether they are of an outlet, and number.
    """

    version: str
    is_kept: bool
    differences: tuple[PayDifference, ...] = ()
    lines: Mapping[tuple[bool, str], Mapping[str, Any]] = field(default_factory=dict)

    def of(self, line: Mapping[str, Any]) -> PayDifference | None:
        """Return the difference of whom a settled line is of; None where there is none."""
        return next((one for one in self.differences if _key(one.line) == _key(line)), None)

    @property
    def open_lines(self) -> tuple[PayDifference, ...]:
        """Return the differences of which something is not carried over yet."""
        return tuple(one for one in self.differences if one.open)

    @property
    def open_pay(self) -> Decimal:
        """Return what is open of people's pay; what outlets share out stands apart."""
        return sum((one.open for one in self.differences if not one.line["is_outlet"]), Decimal("0.00"))


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


def held_against(gateway: Gateway, settlement: Settlement, version: str | None, taken_over: TakenOver | None = None) -> Recomputation:
    """Return a settlement held against what a version reckons by the frozen schemes; None is the published version.

    `taken_over` is what later settlements pay of earlier ones, for callers that hold several against a version; None reads it.
    """
    try:
        again = _reckoned_again(gateway, settlement, version)
    except MaisuiError:
        return Recomputation(version or "", is_kept=False)
    settled, now = _pay_by_number(settlement.lines), _pay_by_number(again.lines)
    taking = (differences_taken_over() if taken_over is None else taken_over).get(settlement.pk, ())
    taken: dict[tuple[bool, str], Decimal] = {}
    for line, entry in taking:
        taken[_key(line)] = taken.get(_key(line), Decimal("0.00")) + Decimal(entry["pay"])
    known = {_key(line): line for line in [*(line for line, _ in taking), *settlement.lines, *again.lines]}
    differences = tuple(
        PayDifference(known[key], settled.get(key), now.get(key), taken.get(key, Decimal("0.00")))
        for key in sorted(set(settled) | set(now) | set(taken))
        if settled.get(key) != now.get(key) or taken.get(key)
    )
    return Recomputation(again.version, is_kept=True, differences=differences, lines={_key(line): line for line in again.lines})


def _reckoned_again(gateway: Gateway, settlement: Settlement, version: str | None) -> Reckoned:
    """Return what a version reckons by the frozen schemes; what the published one says is kept for everybody until the next one."""

    def found(version: str) -> Reckoned:
        return reckoned(gateway, settlement.last_day, period_of(settlement), version, settlement.scheme)

    if version is not None:
        return found(version)
    return gateway.shared(("settlement", settlement.pk, settlement.content_hash), lambda reader: found(reader.manifest.version))


def differences_taken_over() -> TakenOver:
    """Return the lines, and their entries, by which settlements that wait or stand pay differences of others, by the key of the latter."""
    found: dict[int, list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
    for line in _standing_lines():
        for entry in line.get("carried", ()):
            found.setdefault(entry["settlement"], []).append((line, entry))
    return found


def carried_in(line: Mapping[str, Any]) -> Decimal:
    """Return the differences of earlier periods that a frozen line pays beside its own."""
    return sum((Decimal(entry["pay"]) for entry in line.get("carried", ())), Decimal("0.00"))


def last_revisions(before: date | None = None) -> list[Settlement]:
    """Return the approved settlements whose differences may be carried over: of each period over by `before` the last revision."""
    found: dict[tuple[date, date], Settlement] = {}
    for one in Settlement.objects.filter(state=State.APPROVED).order_by("-last_day", "-revision"):
        if before is None or one.last_day < before:
            found.setdefault((one.first_day, one.last_day), one)
    return list(found.values())


def is_carried_from(first_day: date, last_day: date) -> bool:
    """Return whether a settlement that waits or stands pays differences of a period."""
    sources = set(Settlement.objects.filter(first_day=first_day, last_day=last_day).values_list("pk", flat=True))
    return not sources.isdisjoint(differences_taken_over())


def with_carried(gateway: Gateway, found: Reckoned, sources: Sequence[Settlement]) -> Reckoned:
    """Return a reckoning whose lines also pay what is open of the differences of `sources`; who earns nothing else gets a line of his own.

    Raises:
        MaisuiError: when a period cannot be asked.
    """
    lines, taken_over = {_key(line): dict(line) for line in found.lines}, differences_taken_over()
    for source in sources:
        for one in held_against(gateway, source, None, taken_over).differences:
            if one.open:
                line = lines.setdefault(_key(one.line), _only_carried(one.line))
                entry = {"settlement": source.pk, "period": f"{source.first_day} – {source.last_day}", "pay": f"{one.open:f}"}
                line["carried"] = [*line.get("carried", ()), entry]
    return replace(found, lines=[lines[key] for key in sorted(lines)])


def _only_carried(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return the line of who earns nothing in the period itself."""
    return {**line, "points": "0", "pay": "0.00", "parts": [], "carried": []}


def _standing_lines() -> list[dict[str, Any]]:
    kept = Settlement.objects.filter(state__in=(State.WAITING, State.APPROVED))
    return [line for lines in kept.values_list("lines", flat=True) for line in lines]


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
    return {_key(line): Decimal(line["pay"]) for line in lines if line["parts"]}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"

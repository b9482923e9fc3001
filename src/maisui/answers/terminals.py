"""Terminals one by one: use, cost, yield, break-even, and what might be done about those that do not pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from maisui.warehouse.reader import Reader

_CENT = Decimal("0.01")
_NIL = Decimal(0)
_LEAST_GAIN = Decimal("0.1")
"""A machine is not moved for less than a tenth of what it costs."""
SELF_SERVICE = ("atm", "vtm")
"""Kinds whose uses would otherwise come to the counter."""


@dataclass(frozen=True, slots=True)
class TerminalUse:
    """One terminal over the months of a period; amounts in yuan, None where the cost parameter or unit costs are missing."""

    terminal_number: str
    organisation_code: str
    channel_code: str
    merchant_number: str | None
    is_away: bool | None
    band_code: str
    day_count: int
    used_day_count: int
    success_count: int
    success_amount: Decimal
    fee_amount: Decimal
    cost_amount: Decimal | None
    unit_saving_amount: Decimal | None
    saved_amount: Decimal | None

    @property
    def per_day(self) -> Decimal:
        """Return the uses a day in use."""
        return _rounded(Decimal(self.success_count) / self.day_count)

    @property
    def idle_day_count(self) -> int:
        """Return the days in use without a movement of money."""
        return self.day_count - self.used_day_count

    @property
    def net_amount(self) -> Decimal | None:
        """Return fees and what was saved at the counter less the fixed cost."""
        return None if self.cost_amount is None or self.saved_amount is None else self.fee_amount + self.saved_amount - self.cost_amount

    @property
    def break_even_per_day(self) -> Decimal | None:
        """Return how many uses a day would pay the fixed cost; None where a use yields nothing or a figure is missing."""
        if self.cost_amount is None or self.unit_saving_amount is None:
            return None
        yield_each = self.unit_saving_amount + (self.fee_amount / self.success_count if self.success_count else _NIL)
        return _rounded(self.cost_amount / yield_each / self.day_count) if yield_each > 0 else None


class TerminalAdvice(StrEnum):
    """What might be done: one machine fewer at an outlet, one that moves, one more, or a terminal without use looked into."""

    REMOVE = "remove"
    MOVE = "move"
    ADD = "add"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion with its counterfactual, over the days looked at.

    Attributes:
        advice: what might be done.
        terminal: the terminal it is about; of those to be added, the busiest there.
        machines: machines of the kind at the outlet now.
        per_day: uses a machine and day there now.
        per_day_after: the same had it been so all the time, all uses staying; at the other outlet for a move; nothing where the last goes.
        amount: yuan spared: by removing, all its uses going to the machines beside it; by taking a lone one back, its uses coming to the
            counter; by moving, the same, for no other need be bought. None where unknown.
        other_organisation: where a machine might move to.
    """

    advice: TerminalAdvice
    terminal: TerminalUse
    machines: int
    per_day: Decimal
    per_day_after: Decimal
    amount: Decimal | None
    other_organisation: str | None = None


@dataclass(frozen=True, slots=True)
class BusyOutlet:
    """The outlet whose self-service machines of one kind have the most uses a machine and day."""

    organisation_code: str
    channel_code: str
    per_day: Decimal


@dataclass(frozen=True, slots=True)
class Terminals:
    """Every terminal of an organisation and what lies below it over a period; none where no channel log tells of them.

    A machine is added, or moved, only where the uses a machine and day reach `busy_per_day`, None where no parameter says; `busiest` is
    the outlet that comes nearest.
    """

    first_day: date
    day: date
    terminals: tuple[TerminalUse, ...]
    suggestions: tuple[Suggestion, ...]
    busiest: BusyOutlet | None
    busy_per_day: Decimal | None


def terminals(reader: Reader, organisation: str | None, first_day: date, day: date) -> Terminals:
    """Return the terminals over the months whose last day lies between two days, the least yield first."""
    inside, bound = "true", list[object]()
    if organisation is not None:
        inside, bound = "organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?)", [organisation]
    rows = reader.rows(
        "SELECT terminal_number, arg_max(organisation_code, business_date), arg_max(channel_code, business_date), "
        "arg_max(merchant_number, business_date), arg_max(is_away, business_date), arg_max(band_code, business_date), "
        "sum(day_count)::BIGINT, sum(used_day_count)::BIGINT, sum(success_count)::BIGINT, sum(success_amount), sum(fee_amount), "
        "CASE WHEN count(cost_amount) = count(*) THEN sum(cost_amount) END, arg_max(unit_saving_amount, business_date), "
        "CASE WHEN count(saved_amount) = count(*) THEN sum(saved_amount) END "
        f"FROM terminal_month WHERE business_date >= ? AND business_date <= ? AND {inside} "
        "GROUP BY terminal_number ORDER BY terminal_number",
        [first_day, day, *bound],
    )
    found = tuple(TerminalUse(*row) for row in rows)
    ordered = sorted(found, key=lambda one: (one.net_amount is None, one.net_amount or _NIL, one.terminal_number))
    busy = _second_band(reader, day)
    return Terminals(first_day, day, tuple(ordered), suggestions_of(found, busy), busiest_outlet(found), busy)


def busiest_outlet(found: Sequence[TerminalUse]) -> BusyOutlet | None:
    """Return where self-service machines of one kind are used most; None where there is none."""
    groups = _by_outlet(one for one in found if one.channel_code in SELF_SERVICE)
    rows = (BusyOutlet(outlet, kind, _per_machine(machines, len(machines))) for (outlet, kind), machines in groups.items())
    return max(rows, key=lambda one: (one.per_day, one.organisation_code), default=None)


def suggestions_of(found: Sequence[TerminalUse], busy_per_day: Decimal | None) -> tuple[Suggestion, ...]:
    """Return what might be done, the most yuan first; `busy_per_day` is the use from which one machine more is worth a thought.

    Where one outlet wants a machine and a machine of the kind does not pay elsewhere, that one moves there instead of a new one.
    """
    alone: dict[str, list[Suggestion]] = defaultdict(list)
    for (_, kind), machines in sorted(_by_outlet(found).items()):
        first = _at_outlet(machines, busy_per_day) if kind in SELF_SERVICE else None
        alone[kind] += (first,) if first else ()
        alone[kind] += [_unused(one, len(machines)) for one in machines if _is_unused(one) and (first is None or one is not first.terminal)]
    suggestions = [one for kind, those in alone.items() for one in (_moved(those) if kind in SELF_SERVICE else those)]
    return tuple(sorted(suggestions, key=lambda one: (-(one.amount or _NIL), one.advice, one.terminal.terminal_number)))


def _by_outlet(found: Iterable[TerminalUse]) -> dict[tuple[str, str], list[TerminalUse]]:
    """Return the terminals of each outlet and kind."""
    groups: dict[tuple[str, str], list[TerminalUse]] = defaultdict(list)
    for one in found:
        groups[one.organisation_code, one.channel_code].append(one)
    return groups


def _is_unused(one: TerminalUse) -> bool:
    """Return whether nobody used a terminal; a self-service machine that costs nothing, or nobody knows what, may stand idle."""
    return not one.success_count and (one.channel_code not in SELF_SERVICE or bool(one.cost_amount))


def _unused(one: TerminalUse, machines: int) -> Suggestion:
    """Return that a terminal nobody uses is looked into: its whole cost is spared, and nobody comes elsewhere for it."""
    return Suggestion(TerminalAdvice.VISIT, one, machines, _NIL, _NIL, one.cost_amount)


def _at_outlet(machines: Sequence[TerminalUse], busy_per_day: Decimal | None) -> Suggestion | None:
    """Return what might be done about the machines of one kind at one outlet, looked at alone."""
    now = _per_machine(machines, len(machines))
    if busy_per_day is not None and now >= busy_per_day:
        busiest = max(machines, key=lambda one: (one.per_day, one.terminal_number))
        return Suggestion(TerminalAdvice.ADD, busiest, len(machines), now, _per_machine(machines, len(machines) + 1), None)
    worst = min(machines, key=lambda one: (one.net_amount or _NIL, one.terminal_number))
    if worst.net_amount is None or worst.net_amount >= 0:
        return None
    if len(machines) > 1:
        after = _per_machine(machines, len(machines) - 1)
        return Suggestion(TerminalAdvice.REMOVE, worst, len(machines), now, after, worst.cost_amount)
    return Suggestion(TerminalAdvice.VISIT, worst, 1, now, _NIL, -worst.net_amount)


def _moved(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """Return the suggestions about one kind, spare machines paired with outlets that want one: the least used with the busiest.

    Uses change nowhere but where a lone machine leaves: they come to the counter. What is gained is the cost of the machine that need not
    be bought.
    """
    wanting = sorted(
        (one for one in suggestions if one.advice is TerminalAdvice.ADD), key=lambda one: (-one.per_day, one.terminal.organisation_code)
    )
    places = {one.terminal.organisation_code for one in wanting}
    spare = sorted(
        (
            one
            for one in suggestions
            if one.amount is not None and one.terminal.cost_amount and one.amount >= one.terminal.cost_amount * _LEAST_GAIN
            if one.terminal.organisation_code not in places
        ),
        key=lambda one: (one.terminal.per_day, one.terminal.terminal_number),
    )
    pairs = list(zip(wanting, spare, strict=False))
    paired = {one.terminal.terminal_number for pair in pairs for one in pair}
    moves = [
        replace(one, advice=TerminalAdvice.MOVE, per_day_after=to.per_day_after, other_organisation=to.terminal.organisation_code)
        for to, one in pairs
    ]
    return moves + [one for one in suggestions if one.terminal.terminal_number not in paired]


def _per_machine(machines: Sequence[TerminalUse], count: int) -> Decimal:
    """Return the uses a machine and day had there been `count` of them with the same uses in all."""
    days = sum(one.day_count for one in machines)
    return _rounded(Decimal(sum(one.success_count for one in machines)) * len(machines) / (Decimal(days) * count))


def _second_band(reader: Reader, day: date) -> Decimal | None:
    rows = reader.rows(
        "SELECT number_value FROM parameter WHERE parameter_code = 'terminal_band.second' AND valid_from <= ? "
        "AND (valid_until IS NULL OR valid_until > ?)",
        [day, day],
    )
    return _rounded(Decimal(rows[0][0]) / 90) if rows else None


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)

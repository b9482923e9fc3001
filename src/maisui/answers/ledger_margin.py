"""Where the interest margin comes from: what earns, what costs, and by how much volume, days and rates changed it, to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from maisui.answers.ask import Note
from maisui.answers.figure import divide
from maisui.answers.ledger import NIL, LedgerFrame, LedgerQuestion, LedgerSubject, ledger_frame, ledger_subjects
from maisui.answers.ledger_averages import BalanceDays, Flow, average_notes, balance_days, flows_of, yearly_rate
from maisui.answers.ledger_interest import GROUPS, InterestGroup, InterestSubject, interest_subjects
from maisui.answers.periods import window_of
from maisui.metrics.measure_sql import Window
from maisui.warehouse.reader import Reader

_CENTS, _PRECISION = 2, 60


@dataclass(frozen=True, slots=True)
class Side:
    """Balances and interest of one span: average balance, interest, and the yearly rate of it; None without data."""

    average: Decimal | None
    interest: Decimal | None
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Effects:
    """Why interest changed: more or less balance, more or fewer days, higher or lower rates, and what they do together.

    `volume` + `days` + `rate` + `mixed` is the change, to the cent.
    """

    volume: Decimal
    days: Decimal
    rate: Decimal
    mixed: Decimal

    @property
    def change(self) -> Decimal:
        """Return the whole change."""
        return self.volume + self.days + self.rate + self.mixed


@dataclass(frozen=True, slots=True)
class MarginRow:
    """One group of balances that earn (or cost) interest: now, in the span it is held against, and why it changed."""

    code: str
    is_earning: bool
    now: Side
    base: Side | None
    effects: Effects | None


@dataclass(frozen=True, slots=True)
class Margin:
    """The margin of a scope: its groups, the sums of both sides, and what is left.

    Effects of what costs count against the margin. `net` is interest earned less paid; `margin` is that a year over earning
    assets, `spread` the yield of earning assets less the cost of bearing liabilities.
    """

    frame: LedgerFrame
    span: Window
    base_span: Window | None
    rows: tuple[MarginRow, ...]
    earning: MarginRow
    bearing: MarginRow
    margin: Decimal | None
    base_margin: Decimal | None
    unmatched: tuple[LedgerSubject, ...]
    notes: tuple[Note, ...]

    @property
    def net(self) -> Decimal | None:
        """Return interest earned less interest paid."""
        return _less(self.earning.now.interest, self.bearing.now.interest)

    @property
    def base_net(self) -> Decimal | None:
        """Return the same of the span it is held against."""
        return _less(self.earning.base.interest, self.bearing.base.interest) if self.earning.base and self.bearing.base else None

    @property
    def spread(self) -> Decimal | None:
        """Return yield less cost."""
        return _less(self.earning.now.rate, self.bearing.now.rate)

    @property
    def base_spread(self) -> Decimal | None:
        """Return the same of the span it is held against."""
        return _less(self.earning.base.rate, self.bearing.base.rate) if self.earning.base and self.bearing.base else None

    @property
    def net_effects(self) -> Effects | None:
        """Return why the net changed: what earns less what costs."""
        if self.earning.effects is None or self.bearing.effects is None:
            return None
        return _added([self.earning.effects, self.bearing.effects])


def margin(reader: Reader, question: LedgerQuestion, base: date | None = None) -> Margin:
    """Return the margin of the question's period, held against the same period up to the day `base`.

    Volumes are averages over calendar days of the statement lines that earn or cost; interest is what their subjects added to
    profit. Interest whose balances nobody knows has a group of its own and no rate.

    Raises:
        QuestionError: when organisation, day or currency are unknown, or no ledger was delivered.
    """
    frame = ledger_frame(reader, question)
    windows = [frame.window]
    if base is not None:
        windows.append(window_of(base, question.period, reader.manifest.first_date))
    subjects = ledger_subjects(reader)
    matched = interest_subjects(reader, subjects, frame.window.day)
    volumes = [balance_days(reader, frame, window) for window in windows]
    flows = flows_of(reader, frame, windows)
    has_base = len(windows) > 1 and volumes[1].span.days > 0 and flows[1] is not None
    spans = 2 if has_base else 1
    held = [_Held(subjects.values(), matched, volumes[place], flows[place]) for place in range(spans)]
    rows = tuple(row for group in GROUPS if (row := _row(group, held)) is not None)
    earning, bearing = (_total(rows, held, is_earning=is_earning) for is_earning in (True, False))
    alone = tuple(one.subject for one in matched if not one.group.lines and any(flow and flow.get(one.subject.code) for flow in flows))
    sides = [(earning.now, bearing.now), *([(earning.base, bearing.base)] if earning.base and bearing.base else [])]
    nets = [_less(earned.interest, paid.interest) for earned, paid in sides]
    margins = [yearly_rate(net, one.twice(is_earning=True)) for net, one in zip(nets, held, strict=True)]
    return Margin(
        frame,
        windows[0],
        windows[1] if has_base else None,
        rows,
        earning,
        bearing,
        margins[0],
        margins[1] if has_base else None,
        alone,
        (*frame.notes, *average_notes(volumes[0].span)),
    )


class _Held:
    """Balance-days and interest of every group over one span."""

    def __init__(
        self, subjects: Iterable[LedgerSubject], matched: Sequence[InterestSubject], volume: BalanceDays, flow: Flow | None
    ) -> None:
        self.days = volume.span.days
        self._volume, self._flow = volume, flow
        self._leaves: dict[str, list[str]] = {}
        for subject in subjects:
            self._leaves.setdefault(subject.line, []).append(subject.code)
        self._matched = matched

    def twice_of(self, group: InterestGroup) -> Decimal:
        """Return twice the balance-days of a group, positive on its side."""
        found = sum((self._volume.of(self._leaves.get(line, [])) for line in group.lines), NIL)
        return found if group.is_earning else -found

    def twice(self, *, is_earning: bool) -> Decimal:
        """Return twice the balance-days of one side."""
        return sum((self.twice_of(group) for group in GROUPS if group.is_earning is is_earning), NIL)

    def interest_of(self, group: InterestGroup) -> Decimal | None:
        """Return the interest of a group, positive where it earns or costs; None where no ledger tells."""
        if self._flow is None:
            return None
        found = sum((self._flow.get(one.subject.code, NIL) for one in self._matched if one.group == group), NIL)
        return found if group.is_earning else -found

    def side(self, twice: Decimal, interest: Decimal | None) -> Side:
        """Return balances and interest with their yearly rate."""
        return Side(self._volume.average(twice), interest, yearly_rate(interest, twice))


def _row(group: InterestGroup, held: Sequence[_Held]) -> MarginRow | None:
    """Return one group; None where it has neither balances nor interest."""
    sides = [(one.twice_of(group), one.interest_of(group)) for one in held]
    if not any(twice or interest for twice, interest in sides):
        return None
    shown = [one.side(*side) for one, side in zip(held, sides, strict=True)]
    effects = _effects(held, sides) if len(held) > 1 else None
    if effects is not None and not group.is_earning:
        effects = Effects(-effects.volume, -effects.days, -effects.rate, -effects.mixed)
    return MarginRow(group.code, group.is_earning, shown[0], shown[1] if len(shown) > 1 else None, effects)


def _effects(held: Sequence[_Held], sides: Sequence[tuple[Decimal, Decimal | None]]) -> Effects | None:
    """Return why the interest of a group changed; without balances before, all of it is volume, without any, all is mixed."""
    (twice, interest), (base_twice, base_interest) = sides
    if interest is None or base_interest is None:
        return None
    change = interest - base_interest
    now, base = held
    if not base_twice or not twice:
        is_new = bool(twice or base_twice)
        return Effects(change if is_new else NIL, NIL, NIL, NIL if is_new else change)
    with localcontext() as exact:
        exact.prec = _PRECISION
        volume = divide(base_interest * (twice * base.days - base_twice * now.days), base_twice * now.days, _CENTS)
        days = divide(base_interest * (now.days - base.days), Decimal(base.days), _CENTS)
        rate = divide(interest * base_twice, twice, _CENTS) - base_interest
    return Effects(volume, days, rate, change - volume - days - rate)


def _total(rows: Sequence[MarginRow], held: Sequence[_Held], *, is_earning: bool) -> MarginRow:
    """Return the sum of one side; its effects are those of its groups, so that what moved between groups shows in them."""
    own = [row for row in rows if row.is_earning is is_earning]
    groups = [group for group in GROUPS if group.is_earning is is_earning]
    sides = [one.side(one.twice(is_earning=is_earning), _sum([one.interest_of(group) for group in groups])) for one in held]
    effects = [row.effects for row in own]
    known = [one for one in effects if one is not None]
    return MarginRow(
        "earning" if is_earning else "bearing",
        is_earning,
        sides[0],
        sides[1] if len(sides) > 1 else None,
        _added(known) if len(held) > 1 and len(known) == len(effects) else None,
    )


def _added(effects: Sequence[Effects]) -> Effects:
    return Effects(
        sum((one.volume for one in effects), NIL),
        sum((one.days for one in effects), NIL),
        sum((one.rate for one in effects), NIL),
        sum((one.mixed for one in effects), NIL),
    )


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, NIL) if len(known) == len(amounts) else None


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other

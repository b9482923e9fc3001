"""The signals that become tasks for outlets: found anew by what an address names, and what is measured of them now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from maisui.answers import Period, Suggestion, TerminalAdvice
from maisui.answers.counter_staffing import CounterStaffing, StaffingAdvice
from maisui.answers.periods import window_of
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.outlet_tasks import Signal
from maisui.web.gateway import Gateway
from maisui.web.outlet_tasks.models import SignalSource
from maisui.web.pages.outlet_tasks.told import launch_words
from maisui.web.pages.overview.figures import first_day_of
from maisui.web.pages.overview.state import State
from maisui.web.pages.overview.words import WEEKDAY_WORDS
from maisui.web.pages.product_signals.launches import Launch, launches, shares_now
from maisui.web.pages.terminals.figures import terminals_of
from maisui.web.text import Text

Names = Mapping[str, str]


def staffing_subject(one: StaffingAdvice) -> str:
    """Return how a task names what a suggestion about a counter is about: outlet, weekday, more or fewer."""
    return f"{one.organisation_code}/{one.weekday}/{'fewer' if one.change < 0 else 'more'}"


def signal_of(gateway: Gateway, source: str, subject: str, state: State, day: date, names: Names) -> Signal:
    """Return the signal that an address names, as the page of its source finds it in that state.

    Raises:
        NotVisibleError: when there is none, or it is out of sight.
    """
    state = _by_months(state)
    found: Signal | None = None
    if source == SignalSource.TERMINAL:
        suggestions = terminals_of(gateway, state, day).suggestions
        found = next((_of_terminal(one, names) for one in suggestions if one.terminal.terminal_number == subject), None)
    elif source == SignalSource.STAFFING:
        staffing = _staffing(gateway, state, day)
        found = next((_of_counter(one, staffing, names) for one in staffing.advice if staffing_subject(one) == subject), None)
    elif source == SignalSource.LAUNCH:
        found = next((_of_launch(one, names) for one in launches(gateway, state) if one.subject == subject), None)
    if found is None:
        raise NotVisibleError("there is no such suggestion", where="outlet tasks", next_step="go back to the page of suggestions")
    return found


def figures_now(gateway: Gateway, source: str, state: State, day: date) -> dict[str, Decimal | None]:
    """Return what is measured now, by what a task is about: a terminal, outlet and weekday, or a launch (see `measured_of`)."""
    state = _by_months(state)
    if source == SignalSource.TERMINAL:
        return {one.terminal_number: one.per_day for one in terminals_of(gateway, state, day).terminals}
    if source == SignalSource.LAUNCH:
        return shares_now(gateway, state)
    staffing = _staffing(gateway, state, day)
    places = {(hour.organisation_code, hour.weekday) for hour in staffing.hours}
    return {f"{outlet}/{weekday}": _highest(staffing, outlet, weekday) for outlet, weekday in places}


def measured_of(source: str, subject: str) -> str:
    """Return under which name `figures_now` holds what a task is about."""
    return subject.rpartition("/")[0] if source == SignalSource.STAFFING else subject


def _by_months(state: State) -> State:
    """Return the state as both pages read it: what is kept by month is not asked by day."""
    return replace(state, period=Period.MONTH) if state.period is Period.DAY else state


def _of_terminal(one: Suggestion, names: Names) -> Signal:
    machine, outlet = one.terminal.terminal_number, names.get(one.terminal.organisation_code, one.terminal.organisation_code)
    other = names.get(one.other_organisation or "", one.other_organisation or "")
    words = {
        TerminalAdvice.MOVE: Text(f"把 {machine} 移到{other}", f"move {machine} to {other}"),
        TerminalAdvice.REMOVE: Text(
            f"撤下 {machine}，业务由{outlet}其余机具承接", f"take {machine} away; those beside it at {outlet} serve"
        ),
        TerminalAdvice.ADD: Text(f"{outlet}加一台同类机具", f"one more machine of the kind at {outlet}"),
        TerminalAdvice.VISIT: Text(f"核查 {machine} 的使用，决定保留或收回", f"look into the use of {machine}: keep it or take it back"),
    }
    return Signal(
        SignalSource.TERMINAL,
        machine,
        one.terminal.organisation_code,
        one.other_organisation or "",
        words[one.advice],
        one.terminal.per_day,
        one.amount,
    )


def _of_counter(one: StaffingAdvice, staffing: CounterStaffing, names: Names) -> Signal:
    day, hours = WEEKDAY_WORDS[str(one.weekday)], f"{one.hours[0]:02d}–{one.hours[-1] + 1:02d}"
    other = names.get(one.other_organisation or "", one.other_organisation or "")
    if one.change < 0:
        words = Text(f"{day.zh}少排 {-one.change} 名柜员", f"{day.en}: {-one.change} tellers fewer")
    elif other:
        words = Text(
            f"{day.zh} {hours} 时加 {one.change} 名柜员，从{other}调", f"{day.en} {hours}: {one.change} tellers more, from {other}"
        )
    else:
        words = Text(f"{day.zh} {hours} 时加 {one.change} 名柜员", f"{day.en} {hours}: {one.change} tellers more")
    return Signal(
        SignalSource.STAFFING,
        staffing_subject(one),
        one.organisation_code,
        one.other_organisation or "",
        words,
        _highest(staffing, one.organisation_code, one.weekday),
        None,
    )


def _of_launch(one: Launch, names: Names) -> Signal:
    chance = one.chance
    outlet = names.get(chance.organisation, chance.organisation)
    offer = launch_words(outlet, one.customer_kind, chance.first, chance.second)
    words = Text(
        f"{offer.zh}，{chance.without_count} 户未持有，可增 {chance.customer_count} 户",
        f"{offer.en}; {chance.without_count} without it, {chance.customer_count} more",
    )
    return Signal(SignalSource.LAUNCH, one.subject, chance.organisation, "", words, chance.share, chance.amount)


def _staffing(gateway: Gateway, state: State, day: date) -> CounterStaffing:
    window = window_of(day, state.period, first_day_of(gateway))
    return gateway.channels.staffing(state.organisation, window.period_start, window.day)


def _highest(staffing: CounterStaffing, outlet: str, weekday: int) -> Decimal | None:
    uses = [
        hour.use_share
        for hour in staffing.hours
        if (hour.organisation_code, hour.weekday) == (outlet, weekday) and hour.use_share is not None
    ]
    return max(uses, default=None)

"""One subject as the page shows it: its course, its parts, its organisations, whether accounts hold it, and the accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers import Comparison, LedgerSubject, SubjectAccounts, SubjectView, Timing, Unit
from maisui.answers.figure import moved
from maisui.answers.ledger_subject import SubjectAccount, SubjectTie
from maisui.answers.periods import base_day
from maisui.web.access.permissions import Permission
from maisui.web.components.figures import EXACT, Scale, largest_of, scale_of, short
from maisui.web.gateway import Gateway
from maisui.web.pages.ledger.state import YUAN, State
from maisui.web.pages.ledger.statements import Change, share_of
from maisui.web.pages.ledger.words import SETS
from maisui.web.pages.overview.drawings import Bar, bars
from maisui.web.pages.overview.figures import TREND_MONTHS, Tried, attempt, months_before
from maisui.web.pages.overview.state import COMPARISON_NAMES
from maisui.web.text import Text, choose


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the subject's balance: a subject below it or an organisation, with its bar, its share and where it leads."""

    code: str
    name: str
    balance: Decimal
    bar: Bar | None
    share: Decimal | None
    address: str


@dataclass(frozen=True, slots=True)
class ShownSubject:
    """A subject on the screen; `accounts` is None until they are asked for."""

    view: SubjectView
    scale: Scale
    changes: tuple[tuple[Text, date | None, Change], ...]
    points: tuple[tuple[date, Decimal | None, Decimal | None], ...]
    chart: dict[str, Any]
    is_drawn: bool
    parts: tuple[Part, ...]
    organisations: tuple[Part, ...]
    path: tuple[tuple[LedgerSubject, str], ...]
    choices: tuple[LedgerSubject, ...]
    ties: tuple[tuple[SubjectTie, Text], ...]
    accounts: Tried[SubjectAccounts] | None
    account_rows: tuple[tuple[SubjectAccount, str], ...]
    may_see_accounts: bool
    account_pages: tuple[tuple[int, str], ...]


def shown_subject(gateway: Gateway, state: State, day: date) -> ShownSubject:
    """Return the subject of the state, the largest top subject where none is named; its accounts where they are asked for.

    Raises:
        MaisuiError: as the gateway does.
    """
    days = months_before(day, gateway.month_ends(), TREND_MONTHS)
    bases = [(comparison, base_day(day, comparison, Timing.POINT, gateway.calendar(comparison))) for comparison in state.comparisons]
    earlier = [base_day(one, Comparison.SAME_DATE_LAST_YEAR, Timing.POINT) for one in days]
    asked = [*(base for _, base in bases), *days, *earlier]
    view = gateway.ledger.subject(state.ledger_question(), state.subject, asked)
    based, course, before = _cut(view.points[1:], len(bases), len(days))
    state = replace(state, subject=view.subject.code)
    names = {node.code: node.name for node in gateway.organisations()}
    may_see = gateway.may(Permission.CUSTOMER_VIEW)
    accounts = attempt(lambda: _accounts(gateway, state)) if state.lists_accounts and may_see else None
    pages = accounts.value.pages if accounts and accounts.value else 1
    listed = accounts.value.rows if accounts and accounts.value else ()
    points = tuple((one, now, then) for one, now, then in zip(days, course, before, strict=True))
    return ShownSubject(
        view,
        EXACT if state.unit == YUAN else scale_of(largest_of([view.balance, *course]), Unit.YUAN),
        tuple(
            (COMPARISON_NAMES[comparison], point.ledger_day, Change(point.balance, *moved(view.balance, point.balance)))
            for (comparison, _), point in zip(bases, based, strict=True)
        ),
        points,
        _chart(points),
        sum(value is not None for value in course) > 1,
        _parts(view, ((one.code, f"{one.code} {one.name}", amount) for one, amount in view.parts), lambda code: state.query(subject=code)),
        _parts(
            view,
            ((code, names.get(code, code), amount) for code, amount in view.organisations),
            lambda code: state.query(organisation=code) if code in names and code != (state.organisation or gateway.top) else "",
        ),
        tuple((one, state.query(subject=one.code)) for one in view.path[:-1]),
        gateway.ledger.subjects(),
        tuple((tie, SETS.get(tie.control, Text(tie.control, tie.control))) for tie in view.ties),
        accounts,
        tuple((row, names.get(row.organisation_code, row.organisation_code)) for row in listed),
        may_see,
        tuple((number, state.query(page=number)) for number in _near(state.page, pages)),
    )


def _cut(points: Sequence[Any], bases: int, days: int) -> tuple[Sequence[Any], list[Decimal | None], list[Decimal | None]]:
    """Return the points of the bases, and the balances of the course and of a year before it."""
    return (
        points[:bases],
        [point.balance for point in points[bases : bases + days]],
        [point.balance for point in points[bases + days :]],
    )


def _accounts(gateway: Gateway, state: State) -> SubjectAccounts:
    return gateway.ledger.subject_accounts(state.ledger_question(), state.subject, page=state.page)


def _near(page: int, pages: int) -> Iterable[int]:
    """Return the numbers of the pages around one, with the first and the last."""
    return sorted({1, pages, *range(max(1, page - 3), min(pages, page + 3) + 1)})


def _parts(view: SubjectView, found: Iterable[tuple[str, str, Decimal]], address: Any) -> tuple[Part, ...]:
    listed = list(found)
    drawn = bars([amount for *_, amount in listed])
    return tuple(
        Part(code, name, amount, bar, share_of(amount, view.balance), address(code))
        for (code, name, amount), bar in zip(listed, drawn, strict=True)
    )


def _chart(points: Sequence[tuple[date, Decimal | None, Decimal | None]]) -> dict[str, Any]:
    """Return what the chart of a trend draws."""
    return {
        "days": [day.isoformat() for day, *_ in points],
        "values": [None if value is None else str(value) for _, value, _ in points],
        "base": [None if base is None else str(base) for *_, base in points],
        "unit": Unit.YUAN.name,
        "names": [choose("本期", "This period"), choose("上年同期", "Last year")],
        "shown": ["".join(short(value, Unit.YUAN)) for _, value, _ in points],
        "shown_base": ["".join(short(base, Unit.YUAN)) for *_, base in points],
    }

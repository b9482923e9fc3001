"""What falls due in the week after a day, and which loans fell into arrears in the week up to it: the talk of a branch in the morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maisui.answers.ask import place_of, window_at
from maisui.answers.periods import Period
from maisui.metrics.measure_sql import View, subtree_condition
from maisui.warehouse.reader import Reader

DAYS = 7


@dataclass(frozen=True, slots=True)
class DueQuery:
    """Whose dues are asked: of an organisation and everything below it (None is the whole bank), or of one manager's accounts there.

    `homes` are the tops of the subtrees whose customers may be named; None is everybody. `most` is how many loans are listed.
    """

    day: date | None = None
    organisation: str | None = None
    manager: str | None = None
    homes: tuple[str, ...] | None = None
    most: int = 8


@dataclass(frozen=True, slots=True)
class MaturingDay:
    """Term deposits that fall due on one day."""

    day: date
    account_count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A loan with its customer: `on` is the day it falls due, or that on which it fell into arrears."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    on: date
    balance: Decimal


@dataclass(frozen=True, slots=True)
class LoanList:
    """The loans with the largest balances, and count and balance of all of them, those of customers who may not be named included."""

    count: int
    balance: Decimal
    lines: tuple[LoanLine, ...]


@dataclass(frozen=True, slots=True)
class DueSoon:
    """What falls due within seven days after the day, and what fell into arrears within the seven days up to it.

    `maturing_deposits` holds each of the seven days, those without anything too; None where a manager's dues are asked: terms of
    deposits are kept by outlet.
    """

    day: date
    maturing_deposits: tuple[MaturingDay, ...] | None
    maturing_loans: LoanList
    overdue_loans: LoanList


_LOANS = """
WITH found AS (
  SELECT
    l.customer_number, c.customer_name, coalesce(c.customer_kind, 'unknown') AS customer_kind, {on} AS due_on, s.balance,
    c.customer_number IS NOT NULL{homes} AS is_named, l.loan_number
  FROM loan AS l
  INNER JOIN loan_state AS s
    ON s.loan_number = l.loan_number AND s.valid_from <= ? AND (s.valid_until IS NULL OR s.valid_until > ?)
  LEFT JOIN customer AS c ON c.customer_number = l.customer_number
  WHERE s.balance > 0 AND {on} > ? AND {on} <= ?{where}
)
"""
_MANAGED = (
    " AND EXISTS (SELECT 1 FROM account_allocation AS m WHERE m.account_number = l.account_number AND m.currency = l.currency"
    " AND m.employee_number = ? AND m.valid_from <= ? AND (m.valid_until IS NULL OR m.valid_until > ?))"
)


def due_soon(reader: Reader, query: DueQuery) -> DueSoon:
    """Return what falls due after the day of `query`, and what fell into arrears up to it.

    Raises:
        QuestionError: when the organisation or the day is unknown.
    """
    day = window_at(reader, query.day, Period.DAY).day
    week = timedelta(days=DAYS)
    return DueSoon(
        day,
        _deposits(reader, query, day) if query.manager is None else None,
        _loans(reader, query, day, "l.matures_on", day, day + week),
        _loans(reader, query, day, "s.overdue_since", day - week, day),
    )


def _deposits(reader: Reader, query: DueQuery, day: date) -> tuple[MaturingDay, ...]:
    where = ""
    if query.organisation is not None:
        place = place_of(reader, query.organisation, View.AS_WAS)
        where = f" AND {subtree_condition(place, 'm.organisation_code', 'm.business_date')}"
    rows = reader.rows(
        "SELECT business_date, CAST(sum(account_count) AS BIGINT), sum(maturing_amount) FROM maturity_day AS m "
        f"WHERE business_date > ? AND business_date <= ?{where} GROUP BY business_date",
        [day, day + timedelta(days=DAYS)],
    )
    known = {row[0]: (row[1], Decimal(row[2])) for row in rows}
    days = [day + timedelta(days=after) for after in range(1, DAYS + 1)]
    return tuple(MaturingDay(one, *known.get(one, (0, Decimal("0.00")))) for one in days)


def _loans(reader: Reader, query: DueQuery, day: date, on: str, after: date, until: date) -> LoanList:
    homes, where, values = "", "", list[Any]()
    if query.homes is not None:
        places = ", ".join("?" for _ in query.homes)
        inside = f"c.home_organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))"
        homes = f" AND {inside}" if places else " AND false"
        values += query.homes
    values += [day, day, after, until]
    if query.organisation is not None:
        place = place_of(reader, query.organisation, View.AS_WAS)
        where += " AND " + subtree_condition(place, "s.organisation_code", f"DATE '{day}'")
    if query.manager is not None:
        where += _MANAGED
        values += [query.manager, day, day]
    found = _LOANS.format(on=on, homes=homes, where=where)
    count, balance = reader.rows(f"{found} SELECT count(*), coalesce(sum(balance), 0) FROM found", values)[0]
    lines = reader.rows(
        f"{found} SELECT customer_number, customer_name, customer_kind, due_on, balance FROM found WHERE is_named "
        "ORDER BY balance DESC, loan_number LIMIT ?",
        [*values, query.most],
    )
    return LoanList(count, Decimal(balance), tuple(LoanLine(*line) for line in lines))

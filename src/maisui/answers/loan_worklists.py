"""Loans somebody must talk about: those that fall due within so many days, and those in arrears; loan by loan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maisui.warehouse.reader import Reader

DUE_WITHIN = (30, 60, 90)
"""The spans offered for loans that fall due, in days after the reporting date."""


@dataclass(frozen=True, slots=True)
class WorklistQuery:
    """Which loans: those due within `due_within` days after the reporting date, or in arrears where it is None.

    `homes` are the tops of the subtrees at which the borrowers are at home; None is the whole bank. Only loans of the customers `only`
    where it is not None, and none of the customers `without`.
    """

    due_within: int | None
    homes: tuple[str, ...] | None
    page: int = 1
    size: int = 50
    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkedLoan:
    """One loan: `on` is the day it falls due, or since which it is in arrears."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    on: date
    disbursed_amount: Decimal
    balance: Decimal
    loan_class: str
    currency: str


@dataclass(frozen=True, slots=True)
class WorklistPage:
    """One page of loans, by day; a page after the last is the last."""

    day: date
    page: int
    total_count: int
    rows: tuple[WorkedLoan, ...]


def loan_worklist(reader: Reader, query: WorklistQuery) -> WorklistPage:
    """Return one page of the loans with a balance on the reporting date that a query asks for; loans of no known customer are left out."""
    day = reader.manifest.reporting_date
    on, found, asked = _asked(query, day)
    ((count,),) = reader.rows(f"SELECT count(*) {found}", asked)
    page = min(max(query.page, 1), max(1, -(-count // query.size)))
    rows = reader.rows(
        "SELECT l.customer_number, c.customer_name, coalesce(c.customer_kind, 'unknown'), "
        f"coalesce(o.organisation_name, c.home_organisation_code, ''), {on}, l.disbursed_amount, s.balance, s.loan_class, l.currency "
        f"{found} ORDER BY {on}, s.balance DESC, l.loan_number LIMIT ? OFFSET ?",
        [*asked, query.size, (page - 1) * query.size],
    )
    return WorklistPage(day, page, count, tuple(WorkedLoan(*row) for row in rows))


def worklist_customers(reader: Reader, query: WorklistQuery, most: int | None = None) -> tuple[str, ...]:
    """Return the borrowers of a worklist, each once, at most `most` of them."""
    _, found, asked = _asked(query, reader.manifest.reporting_date)
    limit = "" if most is None else f" LIMIT {most}"
    return tuple(number for (number,) in reader.rows(f"SELECT DISTINCT l.customer_number {found} ORDER BY 1{limit}", asked))


def _asked(query: WorklistQuery, day: date) -> tuple[str, str, list[Any]]:
    """Return the day that counts, the FROM and WHERE of a worklist, and its values."""
    on = "s.overdue_since" if query.due_within is None else "l.matures_on"
    first, last = (date.min, day) if query.due_within is None else (day + timedelta(days=1), day + timedelta(days=query.due_within))
    where: list[str] = []
    values: list[Any] = [day, day, first, last]
    if query.homes is not None:
        places = ", ".join("?" for _ in query.homes)
        inside = f"c.home_organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))"
        where.append(inside if places else "false")
        values += query.homes
    if query.only is not None:
        where.append("l.customer_number IN (SELECT unnest(CAST(? AS VARCHAR[])))")
        values.append(sorted(query.only))
    if query.without:
        where.append("l.customer_number NOT IN (SELECT unnest(CAST(? AS VARCHAR[])))")
        values.append(sorted(query.without))
    found = (
        "FROM loan AS l INNER JOIN loan_state AS s ON s.loan_number = l.loan_number AND s.valid_from <= ? "
        "AND (s.valid_until IS NULL OR s.valid_until > ?) INNER JOIN customer AS c ON c.customer_number = l.customer_number "
        "LEFT JOIN organisation AS o ON o.organisation_code = c.home_organisation_code "
        f"WHERE {' AND '.join(['s.balance > 0', f'{on} >= ?', f'{on} <= ?', *where])}"
    )
    return on, found, values

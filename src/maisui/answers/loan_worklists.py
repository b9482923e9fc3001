"""Loans somebody must talk about: those that fall due within so many days, and those in arrears; loan by loan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maisui.warehouse.reader import Reader

DUE_WITHIN = (30, 60, 90)
"""The spans offered for loans that fall due, in days after the reporting date."""
RENEWED_WITHIN = timedelta(days=30)
"""How long before or after its due day a new loan counts as the renewal of an old one."""
_BILL = "票据贴现"
"""A bill that was discounted stands among the loans; its acceptor pays it when it falls due, and nobody renews it."""
_NEVER_LENT_ANEW = (_BILL, "垫款")
"""Neither a bill nor an advance is a new loan in place of an old one."""
_KEPT = "s.balance > 0 AND s.loan_status NOT IN ('written_off', 'transferred', 'settled')"
"""A loan somebody must still talk about; what is written off or transferred is none of the book, whatever balance it reports."""


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
    """One loan: `on` is the day it falls due, or since which it is in arrears; `is_bill` is a bill that was discounted."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    on: date
    disbursed_amount: Decimal
    balance: Decimal
    loan_class: str
    currency: str
    is_bill: bool


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
        f"coalesce(o.organisation_name, c.home_organisation_code, ''), {on}, l.disbursed_amount, s.balance, s.loan_class, l.currency, "
        f"l.product_code = ? {found} ORDER BY {on}, s.balance DESC, l.loan_number LIMIT ? OFFSET ?",
        [_BILL, *asked, query.size, (page - 1) * query.size],
    )
    return WorklistPage(day, page, count, tuple(WorkedLoan(*row) for row in rows))


@dataclass(frozen=True, slots=True)
class DueResult:
    """What became of the loans that fell due in a span that ends with the reporting date, each counted once.

    Attributes:
        count: how many fell due, bills aside.
        settled_count: of them settled, renewed or not.
        renewed_count: of those settled whose borrower was lent anew within RENEWED_WITHIN of the due day, under any number of his.
        given_up_count: written off or transferred.
        open_count: with a balance still.
    """

    count: int
    settled_count: int
    renewed_count: int
    given_up_count: int
    open_count: int
    bill_count: int


def due_result(reader: Reader, query: WorklistQuery) -> DueResult:
    """Return what became of the loans of the last `due_within` days, of the borrowers a query asks for; bills are only counted."""
    day, span = reader.manifest.reporting_date, query.due_within or DUE_WITHIN[0]
    where, values = _borrowers(query)
    rows = reader.rows(
        "WITH due AS ("
        "SELECT l.loan_number, c.person_customer_number, l.product_code, l.disbursed_on, l.matures_on, l.ended_on, "
        "coalesce(max_by(s.loan_status, s.valid_from), l.loan_status) AS loan_status, "
        "coalesce(max_by(s.balance, s.valid_from) FILTER (s.valid_until IS NULL OR s.valid_until > ?), 0) AS balance "
        "FROM loan AS l INNER JOIN customer AS c ON c.customer_number = l.customer_number "
        "LEFT JOIN loan_state AS s ON s.loan_number = l.loan_number AND s.valid_from <= ? "
        f"WHERE {' AND '.join(['l.matures_on > ?', 'l.matures_on <= ?', *where])} "
        "GROUP BY l.loan_number, c.person_customer_number, l.product_code, l.disbursed_on, l.matures_on, l.ended_on, l.loan_status), "
        "lent AS (SELECT k.person_customer_number, n.loan_number, n.disbursed_on FROM loan AS n "
        "INNER JOIN customer AS k ON k.customer_number = n.customer_number WHERE n.product_code NOT IN (?, ?)), "
        "ended AS (SELECT d.product_code = ? AS is_bill, d.loan_status IN ('written_off', 'transferred') AS is_given_up, "
        "d.balance > 0 AND (d.ended_on IS NULL OR d.ended_on > ?) AS is_open, EXISTS ("
        "SELECT 1 FROM lent AS n WHERE n.person_customer_number = d.person_customer_number AND n.loan_number <> d.loan_number "
        "AND n.disbursed_on > d.disbursed_on "
        "AND n.disbursed_on BETWEEN d.matures_on - ? AND least(d.matures_on + ?, ?)) AS is_renewed FROM due AS d) "
        "SELECT count(*) FILTER (NOT is_bill), count(*) FILTER (NOT is_bill AND NOT is_given_up AND NOT is_open), "
        "count(*) FILTER (NOT is_bill AND NOT is_given_up AND NOT is_open AND is_renewed), "
        "count(*) FILTER (NOT is_bill AND is_given_up), count(*) FILTER (NOT is_bill AND NOT is_given_up AND is_open), "
        "count(*) FILTER (is_bill) FROM ended",
        [
            *(day, day, day - timedelta(days=span), day, *values),
            *(*_NEVER_LENT_ANEW, _BILL, day, RENEWED_WITHIN.days, RENEWED_WITHIN.days, day),
        ],
    )
    return DueResult(*rows[0])


def borrowers_at_home(reader: Reader, numbers: Collection[str], query: WorklistQuery) -> frozenset[str]:
    """Return those of `numbers` whom a query covers, whether or not they have a loan that is on its list."""
    where, values = _borrowers(query)
    rows = reader.rows(
        "SELECT l.customer_number FROM customer AS l INNER JOIN customer AS c ON c.customer_number = l.customer_number "
        f"WHERE {' AND '.join(['l.customer_number IN (SELECT unnest(CAST(? AS VARCHAR[])))', *where])}",
        [sorted(numbers), *values],
    )
    return frozenset(number for (number,) in rows)


def worklist_customers(reader: Reader, query: WorklistQuery, most: int | None = None) -> tuple[str, ...]:
    """Return the borrowers of a worklist, each once, at most `most` of them."""
    _, found, asked = _asked(query, reader.manifest.reporting_date)
    limit = "" if most is None else f" LIMIT {most}"
    return tuple(number for (number,) in reader.rows(f"SELECT DISTINCT l.customer_number {found} ORDER BY 1{limit}", asked))


def with_bills_alone(reader: Reader, query: WorklistQuery) -> frozenset[str]:
    """Return the customers of a worklist who have nothing but bills on it."""
    _, found, asked = _asked(query, reader.manifest.reporting_date)
    rows = reader.rows(f"SELECT l.customer_number {found} GROUP BY 1 HAVING bool_and(l.product_code = ?) ORDER BY 1", [*asked, _BILL])
    return frozenset(number for (number,) in rows)


def _asked(query: WorklistQuery, day: date) -> tuple[str, str, list[Any]]:
    """Return the day that counts, the FROM and WHERE of a worklist, and its values."""
    on = "s.overdue_since" if query.due_within is None else "l.matures_on"
    first, last = (date.min, day) if query.due_within is None else (day + timedelta(days=1), day + timedelta(days=query.due_within))
    where, values = _borrowers(query)
    found = (
        "FROM loan AS l INNER JOIN loan_state AS s ON s.loan_number = l.loan_number AND s.valid_from <= ? "
        "AND (s.valid_until IS NULL OR s.valid_until > ?) INNER JOIN customer AS c ON c.customer_number = l.customer_number "
        "LEFT JOIN organisation AS o ON o.organisation_code = c.home_organisation_code "
        f"WHERE {' AND '.join([_KEPT, f'{on} >= ?', f'{on} <= ?', *where])}"
    )
    return on, found, [day, day, first, last, *values]


def _borrowers(query: WorklistQuery) -> tuple[list[str], list[Any]]:
    """Return the conditions on who the borrowers are, and their values."""
    where: list[str] = []
    values: list[Any] = []
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
    return where, values

"""Customers found at home in an organisation: one page of them, and what is said of all.

Customers are listed by the outlet that is their home, as the metric `customer_count` counts them. Balances come from
`customer_month` at the reporting date and are all a customer holds under his number, wherever it is booked; his tier is that
of the person, with all numbers that are merged (ADR 0011). What people type is bound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from maisui.answers.group_fields import FIELDS, FieldKind, GroupField
from maisui.answers.groups import Selection, compiled
from maisui.errors import QuestionError
from maisui.warehouse.reader import Reader

KINDS = ("personal", "corporate", "unknown")
_NOTHING = Decimal("0.00")


class CustomerSearch(StrEnum):
    """By what customers are searched."""

    NUMBER = "number"
    NAME = "name"
    CERTIFICATE = "certificate"
    ACCOUNT = "account"
    PHONE = "phone"


class CustomerOrder(StrEnum):
    """By what customers are ordered; the customer number always decides last."""

    DEPOSITS = "deposit_balance"
    LOANS = "loan_balance"
    ASSETS = "asset_average_balance"
    CONTRIBUTION = "year_contribution_amount"
    NAME = "name"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """Which customers: at home at or below `organisations` (None is the whole bank), and of those searched.

    Attributes:
        organisations: tops of subtrees; an empty tuple finds nobody.
        search: by what `words` are searched; None for no search.
        words: customer number or its beginning, part of a name, whole certificate number, whole account number, or the end of a
            telephone number, SHORTEST_PHONE digits at least.
        kind: personal, corporate or unknown; None for all.
        tier: code of the tier at the reporting date; None for all, and those without an open account have none.
        within: of whom the rule of a group holds, as persons; None for all.
        numbers: only these customers; None for all.
        with_open_account: only customers who hold an open account, as `customer_count` counts; others are only counted.
        columns: codes of CUSTOMER_COLUMNS that each row holds besides.
        order: what decides the order: one of CustomerOrder, or of CUSTOMER_COLUMNS.
        is_descending: the largest first.
        page: from 1; a page after the last is the last.
        size: rows a page; what a viewer may ask for at once is limited by whoever asks for him.
    """

    organisations: tuple[str, ...] | None = None
    search: CustomerSearch | None = None
    words: str = ""
    kind: str | None = None
    tier: str | None = None
    within: Selection | None = None
    numbers: tuple[str, ...] | None = None
    with_open_account: bool = True
    columns: tuple[str, ...] = ()
    order: str = CustomerOrder.DEPOSITS
    is_descending: bool = True
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer of a list; average assets, contribution of twelve months and `columns`, by code, are those of the person, in yuan."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_code: str
    home_organisation_name: str
    deposit_balance: Decimal
    loan_balance: Decimal
    has_open_account: bool
    tier_code: str | None
    asset_average_balance: Decimal | None
    year_contribution_amount: Decimal | None
    is_tier_by_hand: bool = False
    columns: Mapping[str, Decimal | int | None] = field(default_factory=dict[str, Decimal | int | None])


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """One page of the customers found, with the sums over all of them, not only over the page.

    `left_out_count` are those found who hold no open account, where the query wants only holders. `tiers` are the codes of
    the tiers that somebody in the bank has, the lowest first. `labels` are the labels borne by those listed, each with their number;
    `kind_counts` and `tier_counts` are how many another choice of kind, or of tier, would list beside what else is asked.
    """

    query: CustomerQuery
    version: str
    day: date
    page: int
    total_count: int
    deposit_balance: Decimal
    loan_balance: Decimal
    left_out_count: int
    tiers: tuple[str, ...]
    labels: tuple[tuple[str, int], ...]
    rows: tuple[CustomerRow, ...]
    kind_counts: Mapping[str, int]
    tier_counts: Mapping[str, int]


_ORDERS: dict[str, tuple[str, str]] = {
    CustomerOrder.DEPOSITS: ("coalesce(h.deposit_balance, 0)", "h"),
    CustomerOrder.LOANS: ("coalesce(h.loan_balance, 0)", "h"),
    CustomerOrder.ASSETS: ("f.asset_average_balance", "f"),
    CustomerOrder.CONTRIBUTION: ("f.year_contribution_amount", "f"),
    CustomerOrder.NAME: ("c.customer_name", ""),
    CustomerOrder.NUMBER: ("c.customer_number", ""),
}
"""What decides an order, and what of `_JOINS` it looks at."""
CUSTOMER_COLUMNS: dict[str, GroupField] = {
    code: one
    for code, one in FIELDS.items()
    if one.kind in (FieldKind.AMOUNT, FieldKind.COUNT) and one.expression == f"f.{code}" and code not in _ORDERS
}
"""Every fact of customers that a list may hold and be ordered by, beside those it always holds."""
SHORTEST_PHONE = 4
_SEARCHES: dict[CustomerSearch, str] = {
    CustomerSearch.NUMBER: "starts_with(c.customer_number, ?)",
    CustomerSearch.NAME: "contains(c.customer_name, ?)",
    CustomerSearch.CERTIFICATE: "upper(c.certificate_number) = upper(?)",
    CustomerSearch.PHONE: "ends_with(c.phone_number, ?)",
    CustomerSearch.ACCOUNT: "c.customer_number IN (SELECT customer_number FROM account WHERE account_number = ?)",
}
_HELD = "held AS (SELECT customer_number, deposit_balance, loan_balance FROM customer_month WHERE month_start = {month})"
_HOLDERS = """holders AS (
  SELECT DISTINCT customer_number FROM customer_relation
  WHERE relation = 'holder' AND valid_from <= {day} AND (valid_until IS NULL OR valid_until > {day})
)"""
_JOINS = {
    "h": "LEFT JOIN held AS h ON h.customer_number = c.customer_number",
    "n": "LEFT JOIN holders AS n ON n.customer_number = c.customer_number",
    "s": "LEFT JOIN customer_standing AS s ON s.customer_number = c.person_customer_number AND s.business_date = {day}",
    "f": "LEFT JOIN customer_fact_month AS f ON f.customer_number = c.person_customer_number AND f.business_date = {day}",
    "o": "LEFT JOIN organisation AS o ON o.organisation_code = c.home_organisation_code",
}
"""What stands beside a customer; at most one row each, so that a question joins only what it asks for."""
_COLUMNS = (
    "c.customer_number",
    "c.customer_name",
    "c.customer_kind",
    "c.home_organisation_code",
    "coalesce(o.organisation_name, c.home_organisation_code) AS home_organisation_name",
    "coalesce(h.deposit_balance, 0) AS deposit_balance",
    "coalesce(h.loan_balance, 0) AS loan_balance",
    "n.customer_number IS NOT NULL AS has_open_account",
    "s.tier_code",
    "f.asset_average_balance",
    "f.year_contribution_amount",
    "coalesce(f.is_tier_by_hand, false)",
)
_FIXED = len(_COLUMNS)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The condition that customers meet, the values it binds, and what it looks at beside them."""

    day: date
    where: str
    values: list[Any]
    joins: str

    def select(self, columns: str, joins: str) -> str:
        """Return the SELECT of `columns` of the customers asked for, who stand as `c` beside `joins`; `with_facts` makes it a question."""
        return f"SELECT {columns} FROM customer AS c\n{_joined(self.joins + joins)}\nWHERE {self.where}"

    def with_facts(self, query: str) -> str:
        """Return `query`, which may read what customers hold and who holds an account on the day."""
        text = f"WITH {_HELD}, {_HOLDERS}\n{query}"
        return text.replace("{day}", f"DATE '{self.day}'").replace("{month}", f"DATE '{self.day.replace(day=1)}'")


def _joined(joins: str) -> str:
    return "\n".join(text for name, text in _JOINS.items() if name in joins)


@dataclass(frozen=True, slots=True)
class CustomerCounts:
    """What is said of all customers of a list, whatever its page, order and columns: how many, their sums, and the counts of choices."""

    total_count: int
    left_out_count: int
    deposit_balance: Decimal
    loan_balance: Decimal
    labels: tuple[tuple[str, int], ...]
    kind_counts: dict[str, int]
    tier_counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class CustomerCell:
    """Customers of one kind and tier at home in one outlet: those listed, with what they hold and bear, and how many are left out."""

    home_code: str | None
    kind: str
    tier_code: str | None
    listed_count: int
    left_out_count: int
    deposit_balance: Decimal
    loan_balance: Decimal
    labels: tuple[tuple[str, int], ...]


def customer_cells(reader: Reader, query: CustomerQuery) -> tuple[CustomerCell, ...]:
    """Return all that is counted of the customers that `query` means, whatever kind and tier it asks for.

    Of the whole bank they are the same for everybody, and `counts_of_cells` cuts from them what one list is about.
    """
    day = reader.manifest.reporting_date
    asked = _asked(replace(query, kind=None, tier=None), day)
    is_listed = _is_listed(query)
    place = "c.home_organisation_code, c.customer_kind, s.tier_code"
    counts = (
        f"count(*) FILTER ({is_listed}), count(*) FILTER (NOT ({is_listed})), "
        f"coalesce(sum(h.deposit_balance) FILTER ({is_listed}), 0), coalesce(sum(h.loan_balance) FILTER ({is_listed}), 0)"
    )
    counted = reader.rows(asked.with_facts(f"{asked.select(f'{place}, {counts}', 'hns')} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"), asked.values)
    found = f"{asked.select(f'{place}, c.person_customer_number', 'ns')} AND {is_listed}"
    borne = reader.rows(
        asked.with_facts(
            "SELECT f.home_organisation_code, f.customer_kind, f.tier_code, b.label_code, count(*) "
            f"FROM ({found}) AS f INNER JOIN customer_label AS b "
            "ON b.customer_number = f.person_customer_number AND b.business_date = {day} AND b.reason_rank = 1 "
            "GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
        ),
        asked.values,
    )
    labels: dict[tuple[str | None, str, str | None], list[tuple[str, int]]] = {}
    for home, kind, tier, label, count in borne:
        labels.setdefault((home, kind, tier), []).append((label, count))
    return tuple(CustomerCell(*row, labels=tuple(labels.get((row[0], row[1], row[2]), ()))) for row in counted)


def counts_of_cells(cells: Sequence[CustomerCell], homes: Collection[str] | None, kind: str | None, tier: str | None) -> CustomerCounts:
    """Return what `cells` say of a kind and a tier (None: of all) at home in `homes`; None is the whole bank."""
    near = [cell for cell in cells if homes is None or cell.home_code in homes]
    chosen = [cell for cell in near if kind in (None, cell.kind) and tier in (None, cell.tier_code)]
    kinds, tiers, labels = Counter[str](), Counter[str](), Counter[str]()
    for cell in near:
        if cell.listed_count and tier in (None, cell.tier_code):
            kinds[cell.kind] += cell.listed_count
        if cell.listed_count and kind in (None, cell.kind):
            tiers[cell.tier_code or "none"] += cell.listed_count
    for cell in chosen:
        for label, count in cell.labels:
            labels[label] += count
    return CustomerCounts(
        sum(cell.listed_count for cell in chosen),
        sum(cell.left_out_count for cell in chosen),
        sum((cell.deposit_balance for cell in chosen), _NOTHING),
        sum((cell.loan_balance for cell in chosen), _NOTHING),
        labels=tuple(sorted(labels.items())),
        kind_counts=dict(sorted(kinds.items())),
        tier_counts=dict(sorted(tiers.items())),
    )


def count_customers(reader: Reader, query: CustomerQuery) -> CustomerCounts:
    """Return what is said of all the customers that `query` means."""
    return counts_of_cells(customer_cells(reader, query), None, query.kind, query.tier)


def _is_listed(query: CustomerQuery) -> str:
    return "n.customer_number IS NOT NULL" if query.with_open_account else "true"


def list_customers(reader: Reader, query: CustomerQuery, counts: CustomerCounts | None = None) -> CustomerPage:
    """Return one page of the customers that `query` means, and the sums over all of them; `counts` where they are known already.

    Raises:
        QuestionError: when nobody has the tier asked for, or when there is no such column or order.
    """
    day = reader.manifest.reporting_date
    asked = _asked(query, day)
    tiers = _tiers(reader, day)
    if query.tier is not None and query.tier not in tiers:
        raise QuestionError("there is no such tier", where="tier", next_step=f"choose one of: {', '.join(tiers)}")
    facts = _facts_asked(query)
    counted = counts or count_customers(reader, query)
    size = max(query.size, 1)
    page = min(max(query.page, 1), max(1, -(-counted.total_count // size)))
    rows = reader.rows(
        asked.with_facts(_page(query, asked, _is_listed(query), facts)),
        [*asked.values, size, (page - 1) * size],
    )
    return CustomerPage(
        query=query,
        version=reader.manifest.version,
        day=day,
        page=page,
        total_count=counted.total_count,
        deposit_balance=counted.deposit_balance,
        loan_balance=counted.loan_balance,
        left_out_count=counted.left_out_count,
        tiers=tiers,
        labels=counted.labels,
        kind_counts=counted.kind_counts,
        tier_counts=counted.tier_counts,
        rows=tuple(CustomerRow(*row[:_FIXED], columns=dict(zip(facts, row[_FIXED:], strict=True))) for row in rows),
    )


def _facts_asked(query: CustomerQuery) -> tuple[str, ...]:
    """Return the columns that rows hold besides, and the one they are ordered by."""
    asked = tuple(dict.fromkeys((*query.columns, *(() if query.order in _ORDERS else (query.order,)))))
    if unknown := [code for code in asked if code not in CUSTOMER_COLUMNS]:
        raise QuestionError(
            f"a list of customers knows no {unknown[0]}", where="columns", next_step=f"choose of: {', '.join(CUSTOMER_COLUMNS)}"
        )
    return asked


def _asked(query: CustomerQuery, day: date) -> _Asked:
    conditions, values, joins = ["true"], list[Any](), ""
    if query.organisations is not None:
        places = ", ".join("?" for _ in query.organisations)
        inside = f"c.home_organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))"
        conditions.append(inside if places else "false")
        values.extend(query.organisations)
    if query.kind is not None:
        conditions.append("c.customer_kind = ?")
        values.append(query.kind)
    if query.tier is not None:
        joins += "s"
        conditions.append("s.tier_code = ?")
        values.append(query.tier)
    if query.within is not None:
        joins += "f"
        asked = compiled(query.within, day)
        conditions.append(f"f.customer_number IS NOT NULL AND ({asked.text})")
        values.extend(asked.values)
    if query.numbers is not None:
        conditions.append("c.customer_number IN (SELECT unnest(CAST(? AS VARCHAR[])))")
        values.append(list(query.numbers))
    if query.search is not None:
        if query.search is CustomerSearch.PHONE and len(query.words) < SHORTEST_PHONE:
            raise QuestionError(
                "too few digits of a telephone number", where="words", next_step=f"give the last {SHORTEST_PHONE} digits or more"
            )
        conditions.append(_SEARCHES[query.search])
        values.append(query.words)
    return _Asked(day, " AND ".join(conditions), values, joins)


def _page(query: CustomerQuery, asked: _Asked, is_listed: str, facts: tuple[str, ...]) -> str:
    """Return the SELECT of one page: its customers are found first, and only beside them stands all the rest, `facts` last."""
    column, joins = _ORDERS.get(query.order) or (f"f.{query.order}", "f")
    columns = ", ".join((*_COLUMNS, *(f"f.{code}" for code in facts)))
    order = f"ORDER BY {column} {'DESC' if query.is_descending else 'ASC'} NULLS LAST, c.customer_number"
    return (
        f"SELECT {columns} FROM ({asked.select('c.customer_number', 'n' + joins)} AND {is_listed}\n{order} LIMIT ? OFFSET ?) AS listed "
        f"INNER JOIN customer AS c ON c.customer_number = listed.customer_number\n{_joined(''.join(_JOINS))}\n{order}"
    )


def _tiers(reader: Reader, day: date) -> tuple[str, ...]:
    rows = reader.rows("SELECT DISTINCT tier_rank, tier_code FROM customer_standing WHERE business_date = ? ORDER BY 1", [day])
    return tuple(code for _, code in rows)

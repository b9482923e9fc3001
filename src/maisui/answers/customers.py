"""Customers one by one: found at home in an organisation, and one of them with who he is, what he is and what he holds.

Customers are listed by the outlet that is their home, as the metric `customer_count` counts them. Balances come from
`customer_month` at the reporting date and are all a customer holds under his number, wherever it is booked; his tier is that
of the person, with all numbers that are merged (ADR 0011). What people type is bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from maisui.answers.customer_header import CustomerHeader, customer_header
from maisui.answers.group_fields import FIELDS, FieldKind, GroupField
from maisui.answers.groups import Selection, compiled
from maisui.answers.tier_decisions import TierDecision, tier_decision
from maisui.errors import QuestionError
from maisui.steps.phone_sql import PHONE_FORM
from maisui.warehouse.reader import Reader

KINDS = ("personal", "corporate", "unknown")


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


@dataclass(frozen=True, slots=True)
class CustomerStanding:
    """What a customer is at the reporting date: his tier, those of the rule and of this month's average alone, and who set it by hand."""

    tier_code: str
    reached_tier_code: str
    is_quality: bool
    is_effective: bool
    product_group_count: int
    asset_average_balance: Decimal
    ruled_tier_code: str
    by_hand: TierDecision | None


@dataclass(frozen=True, slots=True)
class CustomerDetails:
    """What the bank's records say of a customer beside who he is: of a person or of a firm, each as last reported.

    `has_phone_form` tells whether the telephone number can be one: another value may be deformed and is not shown as a
    number. `is_deformed` tells whether name and certificate are deformed; None where nothing of their file could be judged.
    """

    phone_number: str | None = None
    has_phone_form: bool | None = None
    address: str | None = None
    education: str | None = None
    occupation: str | None = None
    employer_name: str | None = None
    annual_income_amount: Decimal | None = None
    is_married: bool | None = None
    is_blacklisted: bool | None = None
    blacklisted_on: date | None = None
    industry_code: str | None = None
    size_class: str | None = None
    credit_rating: str | None = None
    registered_capital_amount: Decimal | None = None
    registered_capital_currency: str | None = None
    staff_count: int | None = None
    warning_signal: str | None = None
    is_deformed: bool | None = None


@dataclass(frozen=True, slots=True)
class CustomerProfile:
    """Who one customer is and how he stands at the reporting date: what every part of his page rests on.

    `standing` is that of the person, with all his merged numbers; None without an open account.
    """

    customer_number: str
    customer_kind: str
    customer_name: str | None
    certificate_type: str | None
    certificate_number: str | None
    home_organisation_code: str
    home_organisation_name: str
    sex: str | None
    born_on: date | None
    is_farmer: bool | None
    is_employee: bool | None
    first_reported_on: date | None
    last_reported_on: date | None
    details: CustomerDetails
    version: str
    day: date
    deposit_balance: Decimal
    loan_balance: Decimal
    standing: CustomerStanding | None
    header: CustomerHeader


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


def count_customers(reader: Reader, query: CustomerQuery) -> CustomerCounts:
    """Return what is said of all the customers that `query` means."""
    day = reader.manifest.reporting_date
    asked = _asked(query, day)
    is_listed = _is_listed(query)
    counts = (
        f"count(*) FILTER ({is_listed}), count(*) FILTER (NOT ({is_listed})), "
        f"coalesce(sum(h.deposit_balance) FILTER ({is_listed}), 0), coalesce(sum(h.loan_balance) FILTER ({is_listed}), 0)"
    )
    totals = reader.rows(asked.with_facts(asked.select(counts, "hn")), asked.values)[0]
    found = f"{asked.select('c.person_customer_number', 'n')} AND {is_listed}"
    labels = reader.rows(
        asked.with_facts(
            f"SELECT b.label_code, count(*) FROM ({found}) AS found INNER JOIN customer_label AS b "
            "ON b.customer_number = found.person_customer_number AND b.business_date = {day} AND b.reason_rank = 1 "
            "GROUP BY b.label_code ORDER BY 1"
        ),
        asked.values,
    )
    choices = _counts_of_choices(reader, query, day, is_listed)
    return CustomerCounts(*totals, labels=tuple((code, count) for code, count in labels), **choices)


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


def _counts_of_choices(reader: Reader, query: CustomerQuery, day: date, is_listed: str) -> dict[str, dict[str, int]]:
    """Return how many each kind of customer, and each tier, would list where all but that choice stays as it is."""
    asked = _asked(replace(query, kind=None, tier=None), day)
    chosen = asked.select("c.customer_kind, coalesce(s.tier_code, 'none'), count(*)", "ns")
    found = f"{chosen} AND {is_listed} GROUP BY 1, 2 ORDER BY 1, 2"
    counts: dict[str, dict[str, int]] = {"kind_counts": {}, "tier_counts": {}}
    for kind, tier, count in reader.rows(asked.with_facts(found), asked.values):
        if query.tier in (None, tier):
            counts["kind_counts"][kind] = counts["kind_counts"].get(kind, 0) + count
        if query.kind in (None, kind):
            counts["tier_counts"][tier] = counts["tier_counts"].get(tier, 0) + count
    return counts


def _facts_asked(query: CustomerQuery) -> tuple[str, ...]:
    """Return the columns that rows hold besides, and the one they are ordered by."""
    asked = tuple(dict.fromkeys((*query.columns, *(() if query.order in _ORDERS else (query.order,)))))
    if unknown := [code for code in asked if code not in CUSTOMER_COLUMNS]:
        raise QuestionError(
            f"a list of customers knows no {unknown[0]}", where="columns", next_step=f"choose of: {', '.join(CUSTOMER_COLUMNS)}"
        )
    return asked


def home_of_customer(reader: Reader, customer_number: str) -> str | None:
    """Return the organisation in which a customer is at home; None when there is no such customer."""
    found = reader.rows("SELECT home_organisation_code FROM customer WHERE customer_number = ?", [customer_number])
    return found[0][0] if found else None


def homes_of_customers(reader: Reader, numbers: Sequence[str]) -> dict[str, str]:
    """Return the organisation in which each of `numbers` is at home; a number that is nobody's is left out."""
    return dict(
        reader.rows(
            "SELECT customer_number, home_organisation_code FROM customer "
            "WHERE customer_number IN (SELECT unnest(CAST(? AS VARCHAR[]))) ORDER BY 1",
            [list(numbers)],
        )
    )


def customer_profile(reader: Reader, customer_number: str) -> CustomerProfile | None:
    """Return who one customer is and how he stands; None when there is no such customer."""
    facts = reader.rows(
        "SELECT c.customer_number, c.customer_kind, c.customer_name, c.certificate_type, c.certificate_number, c.home_organisation_code, "
        "coalesce(o.organisation_name, c.home_organisation_code), c.sex, c.born_on, c.is_farmer, c.is_employee, "
        "c.first_reported_on, c.last_reported_on "
        "FROM customer AS c LEFT JOIN organisation AS o ON o.organisation_code = c.home_organisation_code WHERE c.customer_number = ?",
        [customer_number],
    )
    if not facts:
        return None
    day = reader.manifest.reporting_date
    held = reader.rows(
        "SELECT coalesce(deposit_balance, 0), coalesce(loan_balance, 0) FROM customer_month WHERE customer_number = ? AND month_start = ?",
        [customer_number, day.replace(day=1)],
    )
    deposits, loans = held[0] if held else (Decimal("0.00"), Decimal("0.00"))
    return CustomerProfile(
        *facts[0],
        details=_details(reader, customer_number),
        version=reader.manifest.version,
        day=day,
        deposit_balance=deposits,
        loan_balance=loans,
        standing=_standing(reader, customer_number, day),
        header=customer_header(reader, customer_number),
    )


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


def _details(reader: Reader, customer_number: str) -> CustomerDetails:
    found = reader.rows(
        f"SELECT phone_number, regexp_matches(phone_number, '{PHONE_FORM}'), address, education, occupation, employer_name, "
        "annual_income_amount, is_married, is_blacklisted, blacklisted_on, industry_code, size_class, credit_rating, "
        "registered_capital_amount, registered_capital_currency, staff_count, warning_signal, is_deformed "
        "FROM customer WHERE customer_number = ?",
        [customer_number],
    )
    return CustomerDetails(*found[0])


def _standing(reader: Reader, customer_number: str, day: date) -> CustomerStanding | None:
    found = reader.rows(
        "SELECT s.tier_code, s.reached_tier_code, s.is_quality, s.is_effective, s.product_group_count, s.asset_average_balance, "
        "coalesce(s.ruled_tier_code, s.tier_code), s.tier_decision_number "
        "FROM customer AS c INNER JOIN customer_standing AS s ON s.customer_number = c.person_customer_number "
        "WHERE c.customer_number = ? AND s.business_date = ?",
        [customer_number, day],
    )
    if not found:
        return None
    *standing, decision = found[0]
    return CustomerStanding(*standing, by_hand=None if decision is None else tier_decision(reader, decision))

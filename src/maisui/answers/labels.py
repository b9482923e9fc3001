"""The labels of customers: who bears one, why, and what is said of one customer.

Lists count each customer once, by the main reason, as the metrics of the labels do. What people choose is bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.labels import FAMILIES, Label, LabelFamily, Reason
from maisui.warehouse.reader import Reader

LABEL_FAMILIES: tuple[LabelFamily, ...] = FAMILIES
"""Every family of labels with its labels, rules in words and reasons."""
LABEL_BY_CODE: dict[str, Label] = {label.code: label for family in FAMILIES for label in family.labels}
"""Every label under its code."""
REASON_BY_CODE: dict[str, Reason] = {reason.code: reason for label in LABEL_BY_CODE.values() for reason in label.reasons}
"""Every reason under its code."""

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class LabelQuery:
    """Who bears `label` on the reporting date, at home at or below `organisations` (None is the whole bank).

    Attributes:
        label: code of the label.
        organisations: tops of subtrees; an empty tuple finds nobody.
        reason: code of the main reason; None for all.
        manager: employee number of a manager who had the customer in the month; None for all.
        page: from 1; a page after the last is the last.
        size: rows a page.
    """

    label: str
    organisations: tuple[str, ...] | None = None
    reason: str | None = None
    manager: str | None = None
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class GivenReason:
    """One reason with its facts, in yuan, days, months or cases."""

    reason: Reason
    amount: Decimal
    base: Decimal | None
    count: int | None


@dataclass(frozen=True, slots=True)
class LabelledCustomer:
    """One customer of a list, with the reasons, the main one first, and his managers of the month."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    tier_code: str
    held_since: date
    asset_average_balance: Decimal
    loan_balance: Decimal
    reasons: tuple[GivenReason, ...]
    managers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelPage:
    """One page of a list, the largest amounts first, with sums over all of it; `by_reason` and `managers` leave their own filter out."""

    query: LabelQuery
    version: str
    day: date
    page: int
    total_count: int
    amount: Decimal
    by_reason: tuple[tuple[Reason, int], ...]
    managers: tuple[str, ...]
    rows: tuple[LabelledCustomer, ...]


@dataclass(frozen=True, slots=True)
class BorneLabel:
    """A label of one customer on the reporting date."""

    family: LabelFamily
    label: Label
    held_since: date
    reasons: tuple[GivenReason, ...]


def list_labelled(reader: Reader, query: LabelQuery) -> LabelPage:
    """Return one page of those who bear a label, and the sums over all of them."""
    day = reader.manifest.reporting_date
    conditions, values = _bearers(query, day)
    by_reason = _by_reason(reader, conditions, values, query, day)
    managers = _managers(reader, conditions, values, day)
    narrowed, bound = _narrowed(conditions, values, query, day)
    where = " AND ".join(narrowed)
    ((count, amount),) = reader.rows(f"SELECT count(*), coalesce(sum(b.reason_amount), 0) FROM customer_label AS b WHERE {where}", bound)
    size = min(max(query.size, 1), MOST_ROWS)
    page = min(max(query.page, 1), max(1, -(-count // size)))
    rows = reader.rows(
        "SELECT b.customer_number, c.customer_name, b.customer_kind, coalesce(o.organisation_name, b.organisation_code), f.tier_code, "
        "b.held_since, f.asset_average_balance, f.loan_balance "
        "FROM customer_label AS b "
        "INNER JOIN customer_fact_month AS f ON f.customer_number = b.customer_number AND f.business_date = b.business_date "
        "LEFT JOIN customer AS c ON c.customer_number = b.customer_number "
        "LEFT JOIN organisation AS o ON o.organisation_code = b.organisation_code "
        f"WHERE {where} ORDER BY b.reason_amount DESC, b.customer_number LIMIT ? OFFSET ?",
        [*bound, size, (page - 1) * size],
    )
    reasons = _reasons(reader, [row[0] for row in rows], day, query.label)
    managed = _managed(reader, [row[0] for row in rows], day)
    return LabelPage(
        query=query,
        version=reader.manifest.version,
        day=day,
        page=page,
        total_count=count,
        amount=amount,
        by_reason=by_reason,
        managers=managers,
        rows=tuple(_labelled(row, reasons[row[0], query.label], managed.get(row[0], ())) for row in rows),
    )


def labelled_numbers(reader: Reader, query: LabelQuery, most: int) -> tuple[str, ...]:
    """Return the numbers of those whom a list holds, the largest amounts first; one more than `most` at most."""
    day = reader.manifest.reporting_date
    narrowed, bound = _narrowed(*_bearers(query, day), query, day)
    found = reader.rows(
        f"SELECT b.customer_number FROM customer_label AS b WHERE {' AND '.join(narrowed)} "
        "ORDER BY b.reason_amount DESC, b.customer_number LIMIT ?",
        [*bound, most + 1],
    )
    return tuple(number for (number,) in found)


def _bearers(query: LabelQuery, day: date) -> tuple[list[str], list[Any]]:
    """Return the condition that a row `b` is the main reason of a bearer at home in the organisations, and its values."""
    conditions, values = ["b.label_code = ?", "b.business_date = ?", "b.reason_rank = 1"], list[Any]([query.label, day])
    if query.organisations is not None:
        places = ", ".join("?" for _ in query.organisations)
        inside = f"b.organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))"
        conditions.append(inside if places else "false")
        values.extend(query.organisations)
    return conditions, values


def labels_of(reader: Reader, customer_number: str) -> tuple[BorneLabel, ...]:
    """Return the labels of one customer on the reporting date, in the order of the families; none for an unknown number."""
    day = reader.manifest.reporting_date
    found = reader.rows(
        "SELECT DISTINCT b.customer_number, b.label_code, b.held_since FROM customer_label AS b "
        "INNER JOIN customer AS c ON c.person_customer_number = b.customer_number "
        "WHERE c.customer_number = ? AND b.business_date = ?",
        [customer_number, day],
    )
    since = {label: held_since for _, label, held_since in found}
    reasons = _reasons(reader, [found[0][0]], day) if found else {}
    by_label = {label: given for (_, label), given in reasons.items()}
    return tuple(
        BorneLabel(family, label, since[label.code], by_label[label.code])
        for family in FAMILIES
        for label in family.labels
        if label.code in since
    )


def _labelled(row: tuple[Any, ...], reasons: tuple[GivenReason, ...], managers: tuple[str, ...]) -> LabelledCustomer:
    number, name, kind, home, tier, since, assets, loans = row
    return LabelledCustomer(number, name, kind, home, tier, since, assets, loans, reasons, managers)


def _narrowed(conditions: list[str], values: list[Any], query: LabelQuery, day: date) -> tuple[list[str], list[Any]]:
    narrowed, bound = list(conditions), list(values)
    if query.reason is not None:
        narrowed.append("b.reason_code = ?")
        bound.append(query.reason)
    if query.manager is not None:
        narrowed.append(
            "b.customer_number IN (SELECT customer_number FROM managed_customer_month "
            "WHERE employee_number = ? AND business_date >= ? AND business_date <= ?)"
        )
        bound.extend([query.manager, day.replace(day=1), day])
    return narrowed, bound


def _by_reason(reader: Reader, conditions: list[str], values: list[Any], query: LabelQuery, day: date) -> tuple[tuple[Reason, int], ...]:
    narrowed, bound = _narrowed(conditions, values, LabelQuery(query.label, manager=query.manager), day)
    found = reader.rows(
        f"SELECT b.reason_code, count(*) FROM customer_label AS b WHERE {' AND '.join(narrowed)} GROUP BY b.reason_code ORDER BY 2 DESC, 1",
        bound,
    )
    return tuple((REASON_BY_CODE[code], count) for code, count in found if code in REASON_BY_CODE)


def _managers(reader: Reader, conditions: list[str], values: list[Any], day: date) -> tuple[str, ...]:
    found = reader.rows(
        "SELECT DISTINCT m.employee_number FROM managed_customer_month AS m "
        "WHERE m.business_date >= ? AND m.business_date <= ? "
        f"AND m.customer_number IN (SELECT b.customer_number FROM customer_label AS b WHERE {' AND '.join(conditions)}) ORDER BY 1",
        [day.replace(day=1), day, *values],
    )
    return tuple(number for (number,) in found)


def _reasons(reader: Reader, customers: list[str], day: date, label: str | None = None) -> dict[tuple[str, str], tuple[GivenReason, ...]]:
    """Return the reasons of each customer and label, the main one first."""
    found: dict[tuple[str, str], tuple[GivenReason, ...]] = {}
    if not customers:
        return found
    places = ", ".join("?" for _ in customers)
    narrowed = " AND label_code = ?" if label else ""
    rows = reader.rows(
        "SELECT customer_number, label_code, reason_code, reason_amount, base_amount, day_count FROM customer_label "
        f"WHERE business_date = ? AND customer_number IN ({places}){narrowed} ORDER BY customer_number, label_code, reason_rank",
        [day, *customers, *([label] if label else [])],
    )
    for customer, code, reason, *facts in rows:
        if reason in REASON_BY_CODE:
            found[customer, code] = (*found.get((customer, code), ()), GivenReason(REASON_BY_CODE[reason], *facts))
    return found


def _managed(reader: Reader, customers: list[str], day: date) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    places = ", ".join("?" for _ in customers)
    for customer, employee in (
        reader.rows(
            "SELECT DISTINCT customer_number, employee_number FROM managed_customer_month "
            f"WHERE business_date >= ? AND business_date <= ? AND customer_number IN ({places}) ORDER BY 1, 2",
            [day.replace(day=1), day, *customers],
        )
        if customers
        else ()
    ):
        found[customer] = (*found.get(customer, ()), employee)
    return found

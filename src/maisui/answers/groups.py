"""Groups of customers: how a rule becomes one question with bound values, how large a group is, who is in it and why.

A group is asked on the reporting date of the version, over everybody known (`customer_fact_month`), within organisations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maisui.answers.group_fields import FIELDS, FieldKind, GroupField
from maisui.answers.group_rule import Branch, Condition, conditions_of
from maisui.errors import QuestionError
from maisui.warehouse.reader import Reader

MOST_ROWS = 200
MOST_FROZEN = 50_000


@dataclass(frozen=True, slots=True)
class Selection:
    """Who is meant: whom a living `rule` finds, or the `frozen` numbers; `groups` are those that the rule names, by their number.

    Those to whom others are tied are sought among the customers of `organisations` only (None is the whole bank).
    """

    rule: Branch | None = None
    frozen: tuple[str, ...] | None = None
    groups: Mapping[str, Selection] = field(default_factory=dict[str, "Selection"])
    organisations: tuple[str, ...] | None = None


EVERYBODY = Selection()
"""All customers of the organisations asked for: what a group is held against by default."""


@dataclass(frozen=True, slots=True)
class Question:
    """A condition over a row `f` as SQL, and the values of its `?`, in order."""

    text: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class GroupSize:
    """How large a group is on a day, in customers and yuan; `overlap_count` are those who are in `other_count` of another group too."""

    day: date
    customer_count: int
    asset_average_balance: Decimal
    loan_balance: Decimal
    year_contribution_amount: Decimal
    other_count: int | None = None
    overlap_count: int | None = None


@dataclass(frozen=True, slots=True)
class GroupMember:
    """One customer of a group."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    tier_code: str
    asset_average_balance: Decimal
    loan_balance: Decimal
    year_contribution_amount: Decimal


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of a group, the largest assets first."""

    day: date
    page: int
    total_count: int
    rows: tuple[GroupMember, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether one condition holds for a customer, and the value it was judged by; None where only yes or no is known."""

    condition: Condition
    holds: bool
    value: Any


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether a customer is in a group, and what each condition says; without conditions for a frozen list."""

    is_member: bool
    findings: tuple[Finding, ...]


def compiled(selection: Selection, day: date) -> Question:
    """Return the condition that a selection puts to a row `f` on `day`; everything a person typed is a bound value.

    Raises:
        QuestionError: when a rule names a group that is not there.
    """
    if selection.frozen is not None:
        return Question("f.customer_number IN (SELECT unnest(CAST(? AS VARCHAR[])))", (list(selection.frozen),))
    if selection.rule is None:
        return Question("true", ())
    return _branch(selection.rule, day, selection)


def group_size(reader: Reader, selection: Selection, organisations: tuple[str, ...] | None, against: Selection | None = None) -> GroupSize:
    """Return how large a group is within `organisations` (None is the whole bank), and how many are in another group as well."""
    day = reader.manifest.reporting_date
    one, place = compiled(selection, day), within(organisations)
    other = compiled(against, day) if against is not None else Question("false", ())
    ((count, assets, loans, worth, others, both),) = reader.rows(
        "WITH judged AS (SELECT f.asset_average_balance, f.loan_balance, f.year_contribution_amount, "
        f"({one.text}) AS is_in, ({other.text}) AS is_other FROM customer_fact_month AS f WHERE f.business_date = ? AND {place.text}) "
        "SELECT count(*) FILTER (is_in), coalesce(sum(asset_average_balance) FILTER (is_in), 0), "
        "coalesce(sum(loan_balance) FILTER (is_in), 0), coalesce(sum(year_contribution_amount) FILTER (is_in), 0), "
        "count(*) FILTER (is_other), count(*) FILTER (is_in AND is_other) FROM judged",
        [*one.values, *other.values, day, *place.values],
    )
    return GroupSize(day, count, assets, loans, worth, *((others, both) if against is not None else (None, None)))


def group_members(
    reader: Reader, selection: Selection, organisations: tuple[str, ...] | None, *, page: int = 1, size: int = 50
) -> MemberPage:
    """Return one page of a group's members within `organisations`; a page after the last is the last."""
    day = reader.manifest.reporting_date
    asked, place = compiled(selection, day), within(organisations)
    found = f"FROM customer_fact_month AS f WHERE f.business_date = ? AND {place.text} AND ({asked.text})"
    values = [day, *place.values, *asked.values]
    ((count,),) = reader.rows(f"SELECT count(*) {found}", values)
    size = min(max(size, 1), MOST_ROWS)
    page = min(max(page, 1), max(1, -(-count // size)))
    rows = reader.rows(
        "SELECT m.customer_number, c.customer_name, m.customer_kind, coalesce(o.organisation_name, m.organisation_code), m.tier_code, "
        "m.asset_average_balance, m.loan_balance, m.year_contribution_amount "
        f"FROM (SELECT f.* {found} ORDER BY f.asset_average_balance DESC, f.customer_number LIMIT ? OFFSET ?) AS m "
        "LEFT JOIN customer AS c ON c.customer_number = m.customer_number "
        "LEFT JOIN organisation AS o ON o.organisation_code = m.organisation_code "
        "ORDER BY m.asset_average_balance DESC, m.customer_number",
        [*values, size, (page - 1) * size],
    )
    return MemberPage(day, page, count, tuple(GroupMember(*row) for row in rows))


def group_numbers(reader: Reader, selection: Selection, organisations: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the numbers of all members, to be frozen.

    Raises:
        QuestionError: when they are more than may be frozen.
    """
    day = reader.manifest.reporting_date
    asked, place = compiled(selection, day), within(organisations)
    rows = reader.rows(
        "SELECT f.customer_number FROM customer_fact_month AS f "
        f"WHERE f.business_date = ? AND {place.text} AND ({asked.text}) ORDER BY 1 LIMIT ?",
        [day, *place.values, *asked.values, MOST_FROZEN + 1],
    )
    if len(rows) > MOST_FROZEN:
        raise QuestionError(
            f"more than {MOST_FROZEN} customers cannot be frozen", where="group", next_step="narrow the rule, or keep it living"
        )
    return tuple(number for (number,) in rows)


def membership(reader: Reader, selection: Selection, customer_number: str) -> Membership | None:
    """Return why a customer is in a group or not; None when he is not known on the reporting date."""
    day = reader.manifest.reporting_date
    conditions = conditions_of(selection.rule) if selection.rule is not None and selection.frozen is None else ()
    asked = [compiled(selection, day), *(_condition(one, day, selection) for one in conditions)]
    values = [_shown(one) for one in conditions]
    columns = ", ".join([*(f"({one.text})" for one in asked), *values])
    found = reader.rows(
        f"SELECT {columns} FROM customer_fact_month AS f INNER JOIN customer AS p ON p.person_customer_number = f.customer_number "
        "WHERE p.customer_number = ? AND f.business_date = ?",
        [*(value for one in asked for value in one.values), customer_number, day],
    )
    if not found:
        return None
    row = found[0]
    return Membership(
        bool(row[0]), tuple(Finding(one, bool(row[1 + place]), row[1 + len(conditions) + place]) for place, one in enumerate(conditions))
    )


def within(organisations: tuple[str, ...] | None) -> Question:
    """Return the condition that a row `f` is at home at or below `organisations`; None is the whole bank."""
    if organisations is None:
        return Question("true", ())
    places = ", ".join("?" for _ in organisations)
    inside = f"f.organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))"
    return Question(inside if places else "false", organisations)


def _branch(branch: Branch, day: date, asked: Selection) -> Question:
    parts = [_branch(node, day, asked) if isinstance(node, Branch) else _condition(node, day, asked) for node in branch.of]
    values = tuple(value for part in parts for value in part.values)
    if not parts:
        return Question("true", ())
    if branch.join == "all":
        return Question("(" + " AND ".join(part.text for part in parts) + ")", values)
    either = "(" + " OR ".join(part.text for part in parts) + ")"
    return Question(either if branch.join == "any" else f"(NOT {either})", values)


def _condition(one: Condition, day: date, asked: Selection) -> Question:
    """Return one condition of the rule of `asked`; what is not known of a customer does not fulfil it."""
    known = FIELDS[one.field]
    since = day - timedelta(days=one.days)
    text = known.expression.replace("$day", f"DATE '{day.isoformat()}'").replace("$since", f"DATE '{since.isoformat()}'")
    match known.kind:
        case FieldKind.AMOUNT | FieldKind.COUNT:
            sign = ">=" if one.compare == "at_least" else "<="
            return Question(f"coalesce({text} {sign} CAST(? AS DECIMAL(38,2)), false)", (one.value,))
        case FieldKind.FLAG:
            holds = f"coalesce({text}, false)"
            return Question(holds if one.compare == "yes" else f"(NOT {holds})", ())
        case FieldKind.GROUP:
            inside = compiled(_group_named(one, asked.groups), day)
            return Question(inside.text if one.compare == "is" else f"(NOT ({inside.text}))", inside.values)
        case FieldKind.TIED:
            numbers = _numbers_of(_group_named(one, asked.groups), day)
            holds = f"coalesce({text.replace('$group', numbers.text)}, false)"
            return Question(holds if one.compare == "is" else f"(NOT {holds})", numbers.values)
        case _:
            seen = _numbers_of(Selection(organisations=asked.organisations), day) if "$seen" in text else Question("", ())
            holds = f"coalesce({text.replace('$seen', seen.text)}, false)"
            return Question(holds if one.compare in ("is", "did") else f"(NOT {holds})", (one.value, *seen.values))


def _group_named(one: Condition, groups: Mapping[str, Selection]) -> Selection:
    if one.value not in groups:
        raise QuestionError("the rule names a group that is not there", where=one.id, next_step="take the condition out of the rule")
    return groups[one.value]


def _numbers_of(selection: Selection, day: date) -> Question:
    """Return the query of the numbers of a group's members within the organisations of the selection."""
    inside, place = compiled(selection, day), within(selection.organisations)
    text = f"SELECT f.customer_number FROM customer_fact_month AS f WHERE f.business_date = DATE '{day.isoformat()}'"
    return Question(f"{text} AND ({inside.text}) AND {place.text}", (*inside.values, *place.values))


def listed_values(reader: Reader, field: GroupField) -> tuple[tuple[str, str | None, str], ...]:
    """Return what a condition may be held against where only the version knows it: value, name, and a home outlet of whom it holds."""
    return tuple(reader.rows(f"{field.listing} ORDER BY 1, 2, 3"))


def knows_own_transactions(reader: Reader) -> bool:
    """Tell whether any transaction of a customer's own was delivered, without which no condition about what he did is offered."""
    return bool(reader.rows("SELECT count(idle_day_count) FROM customer_fact_month")[0][0])


def _shown(one: Condition) -> str:
    known = FIELDS[one.field]
    if known.kind is FieldKind.COUNT and not known.shown:
        return known.expression.replace("$day", "f.business_date")
    return known.shown or "NULL"

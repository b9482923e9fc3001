"""The six views of a group — composition, value, behaviour, churn, risk, fund flow — beside another group or everybody.

Every table is a cut of the same customers: its group counts add up to the group where the table says so (`is_whole`). Ratios are
computed from sums; a base that is empty gives none. A view is asked of each side in few questions over rows that are judged once, and
what a group is held against need not be asked again for the next group. Figures of few customers are withheld by the caller. Every view
has a course: one figure of today's members at each month end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers.group_curves import CurveTable, Ends, Lent, survival_ends, survival_table, vintage_sums, vintage_table
from maisui.answers.group_plans import COURSE_MONTHS, NOTHING, OF_THREE_MONTHS, PLANS, Cut, Lines, Plan, ViewTable, month_end_before
from maisui.answers.groups import Selection, compiled, within
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """One figure of today's members of group and base at an earlier month end; None where it cannot be computed."""

    day: date
    value: Decimal | None
    base: Decimal | None


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """The customers of today's group in an earlier month: how many, and two amounts."""

    day: date
    count: int
    amount: Decimal
    other_amount: Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a view in group and base; None where it cannot be computed."""

    code: str
    value: Decimal | None
    base: Decimal | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """One view of a group: sizes of group and base, tables, figures, months, curves by age, and the course of `course_code`."""

    code: str
    day: date
    count: int
    base_count: int
    tables: tuple[ViewTable, ...]
    figures: tuple[Figure, ...] = ()
    months: tuple[MonthPoint, ...] = ()
    curves: tuple[CurveTable, ...] = ()
    course_code: str = ""
    course: tuple[CoursePoint, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupSide:
    """One group as a view sees it, to stand beside another: lines of every table, figures, months, course, and what curves are made of."""

    view: str
    day: date
    count: int
    lines: Mapping[str, Lines]
    figures: Mapping[str, Decimal | None]
    months: tuple[MonthPoint, ...]
    course: Mapping[date, Decimal | None]
    survival: Ends
    vintage: Lent


def group_side(
    reader: Reader, view: str, selection: Selection, organisations: tuple[str, ...] | None, *, is_base: bool = False
) -> GroupSide:
    """Return what one of VIEWS asks of a group within `organisations`; of a base, which another is held against, nobody sees months."""
    day = reader.manifest.reporting_date
    one, place = compiled(selection, day), within(organisations)
    asked = _Asked(
        reader,
        "WITH s AS MATERIALIZED ("
        f"SELECT f.* FROM customer_fact_month AS f WHERE f.business_date = ? AND {place.text} AND ({one.text})), "
        "numbers AS (SELECT c.customer_number, c.person_customer_number FROM customer AS c "
        "WHERE c.person_customer_number IN (SELECT customer_number FROM s) UNION SELECT customer_number, customer_number FROM s)",
        [day, *place.values, *one.values],
    )
    plan = PLANS[view](day)
    lines: dict[str, dict[str, tuple[int, Decimal]]] = {}
    for code, key, count, amount in asked.rows(" UNION ALL ".join(cut.query for cut in (Cut("", "'all'"), *plan.cuts))):
        lines.setdefault(code, {})[key] = (count, amount)
    return GroupSide(
        view,
        day,
        lines.get("", {}).get("all", NOTHING)[0],
        lines,
        _figures(asked, plan),
        tuple(MonthPoint(*row) for row in asked.rows(plan.months)) if plan.months and not is_base else (),
        _course(asked, plan, day),
        survival_ends(reader, asked.head, asked.values) if view == "churn" else {},
        vintage_sums(reader, asked.head, asked.values, day) if view == "risk" else {},
    )


def beside(one: GroupSide, base: GroupSide) -> GroupView:
    """Return a group's view held against the same view of another group or everybody."""
    plan = PLANS[one.view](one.day)
    curves: tuple[CurveTable, ...] = ()
    if one.view == "churn":
        curves = (survival_table(one.survival, base.survival),)
    elif one.view == "risk":
        curves = (vintage_table(one.vintage, base.vintage),)
    return GroupView(
        one.view,
        one.day,
        one.count,
        base.count,
        tuple(cut.table(one.lines.get(cut.code, {}), base.lines.get(cut.code, {})) for cut in plan.cuts),
        tuple(Figure(code, one.figures[code], base.figures[code]) for code, _ in plan.ratios),
        one.months,
        curves,
        plan.course[0],
        tuple(CoursePoint(on, one.course.get(on), base.course.get(on)) for on in sorted(one.course.keys() | base.course.keys())),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rows `s` of a group's customers and all their `numbers`, as the beginning of a question, and the values it binds."""

    reader: Reader
    head: str
    values: list[Any]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.reader.rows(f"{self.head} {query}", self.values)


def _course(asked: _Asked, plan: Plan, day: date) -> dict[date, Decimal | None]:
    """Return the figure of the plan's course at each month end of the last two years."""
    code, part, whole = plan.course
    back = 2 if code in OF_THREE_MONTHS else 0
    rows = asked.rows(
        f"SELECT e.business_date, CAST(sum({part}) AS DECIMAL(38,2)), CAST(sum({whole}) AS DECIMAL(38,2)) "
        "FROM s INNER JOIN customer_fact_month AS e ON e.customer_number = s.customer_number "
        f"WHERE e.business_date > DATE '{month_end_before(day, COURSE_MONTHS)}' GROUP BY 1 ORDER BY 1"
    )
    first = asked.reader.manifest.first_date
    return {on: _divided(of, by) for on, of, by in rows if month_end_before(on, back) >= first}


def _divided(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return Decimal(part or 0) / Decimal(whole) if whole else None


def _figures(asked: _Asked, plan: Plan) -> dict[str, Decimal | None]:
    """Return part ÷ whole for each ratio; None where the whole is nothing."""
    if not plan.ratios:
        return {}
    queries = (f"SELECT '{code}' AS code, q.part, q.whole FROM ({ratio}) AS q(part, whole)" for code, ratio in plan.ratios)
    return {code: _divided(part, whole) for code, part, whole in asked.rows(" UNION ALL ".join(queries))}

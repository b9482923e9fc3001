"""The six views of a group — composition, value, behaviour, churn, risk, fund flow — beside another group or everybody.

Every table is a cut of the same customers: its group counts add up to the group where the table says so (`is_whole`). Ratios are
computed from sums; a base that is empty gives none. A view is asked of each side in few questions over rows that are judged once, and
what a group is held against need not be asked again for the next group. More than half of everybody are reckoned as everybody without
the others: what is asked of postings costs what those cost who are fewer. Figures of few customers are withheld by the caller. Every
view has a course: one figure of today's members at each month end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers.group_curves import CurveTable, Ends, Lent, survival_ends, survival_table, vintage_sums, vintage_table
from maisui.answers.group_plans import COURSE_MONTHS, NOTHING, OF_THREE_MONTHS, PLANS, Cut, Lines, Plan, ViewTable, month_end_before
from maisui.answers.groups import Selection, compiled, group_size, within
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
    """One group as a view sees it, to stand beside another: lines of every table, figures, months, course, and what curves are made of.

    A month end of the course has part and whole of its figure, of which all but `figures` and tables of ranks add up over groups that
    share nobody.
    """

    view: str
    day: date
    count: int
    lines: Mapping[str, Lines]
    figures: Mapping[str, Decimal | None]
    months: tuple[MonthPoint, ...]
    course: Mapping[date, tuple[Decimal, Decimal]]
    survival: Ends
    vintage: Lent


def group_side(reader: Reader, view: str, selection: Selection, organisations: tuple[str, ...] | None) -> GroupSide:
    """Return what one of VIEWS asks of a group within `organisations`."""
    plan = PLANS[view](reader.manifest.reporting_date)
    asked = _asked(reader, plan, selection, organisations)
    return replace(_added_up(asked, view, plan, plan.cuts), figures=_figures(asked, plan))


def large_group_side(
    reader: Reader, view: str, selection: Selection, organisations: tuple[str, ...] | None, everybody: GroupSide
) -> GroupSide:
    """Return what `group_side` returns, by way of `everybody` within `organisations` where the group is more than half of them."""
    if 2 * group_size(reader, selection, organisations).customer_count <= everybody.count:
        return group_side(reader, view, selection, organisations)
    plan = PLANS[view](reader.manifest.reporting_date)
    others = _asked(reader, plan, selection, organisations, is_rest=True)
    asked = _asked(reader, plan, selection, organisations)
    found = _without(everybody, _added_up(others, view, plan, tuple(cut for cut in plan.cuts if cut.adds_up)))
    ranked = tuple(cut for cut in plan.cuts if not cut.adds_up)
    lines = {**found.lines, **(_lines(asked, ranked) if ranked else {})}
    return replace(found, lines=lines, figures=_figures(asked, plan))


def _added_up(asked: _Asked, view: str, plan: Plan, cuts: Sequence[Cut]) -> GroupSide:
    """Return a group without its figures: what adds up over groups, and `cuts`."""
    day = asked.reader.manifest.reporting_date
    lines = _lines(asked, (Cut("", "'all'"), *cuts))
    return GroupSide(
        view,
        day,
        lines.get("", {}).get("all", NOTHING)[0],
        lines,
        {},
        tuple(MonthPoint(*row) for row in asked.rows(plan.months)) if plan.months else (),
        _course(asked, plan, day),
        survival_ends(asked.reader, asked.head, asked.values) if view == "churn" else {},
        vintage_sums(asked.reader, asked.head, asked.values, day) if view == "risk" else {},
    )


def _without(everybody: GroupSide, others: GroupSide) -> GroupSide:
    """Return the group that is left of everybody without the others; it has no figures yet, nor tables of ranks."""
    taken = {one.day: one for one in others.months}
    months = (
        MonthPoint(one.day, one.count - gone.count, one.amount - gone.amount, one.other_amount - gone.other_amount)
        for one in everybody.months
        for gone in (taken.get(one.day, MonthPoint(one.day, 0, Decimal(0), Decimal(0))),)
    )
    return replace(
        everybody,
        count=everybody.count - others.count,
        lines={code: _less(lines, others.lines.get(code, {})) for code, lines in everybody.lines.items()},
        figures={},
        months=tuple(one for one in months if one.count),
        course={
            on: (part - gone[0], whole - gone[1])
            for on, (part, whole) in everybody.course.items()
            for gone in (others.course.get(on, (Decimal(0), Decimal(0))),)
        },
        survival=_aged_less(everybody.survival, others.survival),
        vintage=_aged_less(everybody.vintage, others.vintage),
    )


def _less(whole: Lines, part: Lines) -> Lines:
    found = {key: (count - part.get(key, NOTHING)[0], amount - part.get(key, NOTHING)[1]) for key, (count, amount) in whole.items()}
    return {key: line for key, line in found.items() if line[0]}


def _aged_less(
    whole: Mapping[str, Mapping[int, Sequence[Any]]], part: Mapping[str, Mapping[int, Sequence[Any]]]
) -> dict[str, dict[int, Sequence[Any]]]:
    """Return sums by cohort and age without those of a part."""
    return {
        code: {
            age: [value - gone for value, gone in zip(values, part.get(code, {}).get(age, [0] * len(values)), strict=True)]
            for age, values in by_age.items()
        }
        for code, by_age in whole.items()
    }


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
        tuple(CoursePoint(on, _share_on(one, on), _share_on(base, on)) for on in sorted(one.course.keys() | base.course.keys())),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The rows `s` of a group's customers and all their `numbers`, as the beginning of a question, and the values it binds."""

    reader: Reader
    head: str
    values: list[Any]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.reader.rows(f"{self.head} {query}", self.values)


def _asked(reader: Reader, plan: Plan, selection: Selection, organisations: tuple[str, ...] | None, *, is_rest: bool = False) -> _Asked:
    """Return the beginning of questions about a group, or about everybody else (`is_rest`), within `organisations`."""
    day = reader.manifest.reporting_date
    one, place = compiled(selection, day), within(organisations)
    holds = f"({one.text}) IS NOT TRUE" if is_rest else f"({one.text})"
    return _Asked(
        reader,
        "WITH s AS MATERIALIZED ("
        f"SELECT f.* FROM customer_fact_month AS f WHERE f.business_date = ? AND {place.text} AND {holds}), "
        "numbers AS (SELECT c.customer_number, c.person_customer_number FROM customer AS c "
        "WHERE c.person_customer_number IN (SELECT customer_number FROM s) UNION SELECT customer_number, customer_number FROM s)"
        + (f", {plan.parts}" if plan.parts else ""),
        [day, *place.values, *one.values],
    )


def _lines(asked: _Asked, cuts: Sequence[Cut]) -> dict[str, dict[str, tuple[int, Decimal]]]:
    """Return the lines of tables, by the code of the table."""
    lines: dict[str, dict[str, tuple[int, Decimal]]] = {}
    for code, key, count, amount in asked.rows(" UNION ALL ".join(cut.query for cut in cuts)):
        lines.setdefault(code, {})[key] = (count, amount)
    return lines


def _course(asked: _Asked, plan: Plan, day: date) -> dict[date, tuple[Decimal, Decimal]]:
    """Return part and whole of the plan's course at each month end of the last two years."""
    code, part, whole = plan.course
    back = 2 if code in OF_THREE_MONTHS else 0
    rows = asked.rows(
        f"SELECT e.business_date, CAST(coalesce(sum({part}), 0) AS DECIMAL(38,2)), CAST(coalesce(sum({whole}), 0) AS DECIMAL(38,2)) "
        "FROM s INNER JOIN customer_fact_month AS e ON e.customer_number = s.customer_number "
        f"WHERE e.business_date > DATE '{month_end_before(day, COURSE_MONTHS)}' GROUP BY 1 ORDER BY 1"
    )
    first = asked.reader.manifest.first_date
    return {on: (of, by) for on, of, by in rows if month_end_before(on, back) >= first}


def _share_on(side: GroupSide, on: date) -> Decimal | None:
    return _divided(*side.course.get(on, (None, None)))


def _divided(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return Decimal(part or 0) / Decimal(whole) if whole else None


def _figures(asked: _Asked, plan: Plan) -> dict[str, Decimal | None]:
    """Return part ÷ whole for each ratio; None where the whole is nothing."""
    if not plan.ratios:
        return {}
    queries = (f"SELECT '{code}' AS code, q.part, q.whole FROM ({ratio}) AS q(part, whole)" for code, ratio in plan.ratios)
    return {code: _divided(part, whole) for code, part, whole in asked.rows(" UNION ALL ".join(queries))}

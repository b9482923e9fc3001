"""Which customers moved a figure between two days: new, lost, come, gone or stayed, with amounts that add up to its change to the cent.

A figure is taken apart by the rows of which its mart is the sum (`mover_sources`): accounts, loans, holdings, postings; a customer stands
with what counts at the organisations asked for, wherever he is at home. Who may not be named is counted and summed beside the rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any

from maisui.answers.ask import calendar_for, metric_of, place_of, tree_has_changed, window_at
from maisui.answers.mover_sources import MoverSource, source_of, why_no_movers
from maisui.answers.periods import Comparison, Period, base_day
from maisui.answers.question import CHILD
from maisui.errors import QuestionError
from maisui.metrics import DIMENSION_BY_CODE, Metric, Timing
from maisui.metrics.measure_sql import Scope, View, Window, has_rows_query, subtree_condition
from maisui.warehouse.reader import Reader

MOST_ROWS = 200


class MoverGroup(StrEnum):
    """What became of a customer between the two days.

    NEW and LOST are those who hold an account in the bank on one of the days only; CAME and LEFT those who were or stay with the bank and
    count here on one of the days only; STAYED all others.
    """

    NEW = "new"
    LOST = "lost"
    CAME = "came"
    LEFT = "left"
    STAYED = "stayed"


class MoverOrder(StrEnum):
    """By what customers are ordered; the customer number always decides last.

    ENDS are the most risen and the most fallen, a page's rows of either, on one page. VALUE lists everybody who has a part of the figure
    on the day, the largest first; the others list those whose part changed.
    """

    SIZE = "size"
    RISE = "rise"
    FALL = "fall"
    ENDS = "ends"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class MoverQuery:
    """Whose part in which change is asked.

    Attributes:
        metric: what can be taken apart by customer; see `has_movers`.
        day: the later day; None is the reporting date.
        comparison: against which base.
        period: of a flow, which period ends on the day; a balance has none.
        organisation: at or below which organisation it counts; None is the whole bank.
        within: dimensions narrowed to one value each, as in the table of drivers.
        manager: employee number whose accounts alone are asked; None for all. Balances of accounts only.
        homes: tops of the subtrees whose customers may be named; None is everybody.
        group: only these of the customers; None for all.
        order: what decides the order.
        page: from 1; a page after the last is the last.
        size: rows a page.
    """

    metric: str
    day: date | None = None
    comparison: Comparison = Comparison.PREVIOUS_MONTH
    period: Period = Period.MONTH
    organisation: str | None = None
    within: tuple[tuple[str, str], ...] = ()
    manager: str | None = None
    homes: tuple[str, ...] | None = None
    group: MoverGroup | None = None
    order: MoverOrder = MoverOrder.SIZE
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class MoverSum:
    """How many customers, and their part of the figure at the base and on the day."""

    count: int
    base: Decimal
    value: Decimal

    @property
    def change(self) -> Decimal:
        """Return their part of the change."""
        return self.value - self.base


@dataclass(frozen=True, slots=True)
class Mover:
    """One customer with his part of the figure at the base and on the day."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    group: MoverGroup
    base: Decimal
    value: Decimal

    @property
    def change(self) -> Decimal:
        """Return his part of the change."""
        return self.value - self.base


@dataclass(frozen=True, slots=True)
class MoverPage:
    """One page of the customers who moved a figure.

    A flow is that from `start` to `day` against that from `base_start` to `base_day`; of a balance these are the same days.
    `whole` is the figure itself, as `ask` answers it; `groups` add up to it, and so do `named` and `unnamed` of the group asked for:
    `unnamed` are those whose home lies outside, or whom no file names. Whose part did not change is counted, and listed only where VALUE
    is the order.
    """

    query: MoverQuery
    metric: Metric
    version: str
    day: date
    base_day: date
    start: date
    base_start: date
    whole: MoverSum
    groups: dict[MoverGroup, MoverSum]
    named: MoverSum
    unnamed: MoverSum
    page: int
    listed_count: int
    rows: tuple[Mover, ...]


_ORDERS = {
    MoverOrder.SIZE: "abs(value - base) DESC",
    MoverOrder.RISE: "value - base DESC",
    MoverOrder.FALL: "value - base",
    MoverOrder.ENDS: "value - base DESC",
    MoverOrder.VALUE: "value DESC",
}
_ROW = "customer_number, customer_name, customer_kind, home_organisation_name, group_code, base, value"
_SUMS_AND_ROWS = """, listed AS ({listed}
)
SELECT
  group_code, sum(base) AS base, sum(value) AS value, is_named, count(*) AS customers, count(*) FILTER ({part}) AS listed,
  CAST(NULL AS VARCHAR) AS customer_number, CAST(NULL AS VARCHAR) AS customer_name, CAST(NULL AS VARCHAR) AS customer_kind,
  CAST(NULL AS VARCHAR) AS home_organisation_name, 0 AS place
FROM moved GROUP BY group_code, is_named
UNION ALL
SELECT
  group_code, base, value, true, 0, 0, customer_number, customer_name, customer_kind, home_organisation_name,
  row_number() OVER (ORDER BY {order}, customer_number)
FROM listed
ORDER BY place, group_code, is_named
"""
_MANAGED = """EXISTS (
    SELECT 1 FROM account_allocation AS l
    WHERE l.account_number = m.account_number AND l.currency = m.currency AND l.employee_number = ?
      AND l.valid_from <= {day} AND (l.valid_until IS NULL OR l.valid_until > {day})
  )"""
_MOVED = """
WITH {common}base AS ({base}
), now AS ({now}
), held AS (
  SELECT
    customer_number,
    bool_or(valid_from <= {base_day} AND (valid_until IS NULL OR valid_until > {base_day})) AS was_there,
    bool_or(valid_from <= {day} AND (valid_until IS NULL OR valid_until > {day})) AS is_there
  FROM customer_relation WHERE relation = 'holder' GROUP BY customer_number
), sides AS (
  SELECT
    coalesce(n.customer_number, b.customer_number) AS customer_number,
    coalesce(b.amount, CAST(0 AS DECIMAL(38,2))) AS base, coalesce(n.amount, CAST(0 AS DECIMAL(38,2))) AS value
  FROM now AS n FULL OUTER JOIN base AS b ON b.customer_number = n.customer_number
), moved AS MATERIALIZED (
  SELECT
    s.customer_number, c.customer_name, coalesce(c.customer_kind, 'unknown') AS customer_kind,
    coalesce(o.organisation_name, c.home_organisation_code, '') AS home_organisation_name, s.base, s.value,
    CASE
      WHEN coalesce(h.is_there, false) AND NOT coalesce(h.was_there, false) THEN 'new'
      WHEN coalesce(h.was_there, false) AND NOT coalesce(h.is_there, false) THEN 'lost'
      WHEN s.base = 0 AND s.value <> 0 THEN 'came'
      WHEN s.value = 0 AND s.base <> 0 THEN 'left'
      ELSE 'stayed'
    END AS group_code,
    c.customer_number IS NOT NULL{homes} AS is_named
  FROM sides AS s
  LEFT JOIN held AS h ON h.customer_number = s.customer_number
  LEFT JOIN customer AS c ON c.customer_number = s.customer_number
  LEFT JOIN organisation AS o ON o.organisation_code = c.home_organisation_code
)
"""


def has_movers(metric: Metric, within: Iterable[str] = ()) -> bool:
    """Return whether customers' parts of a metric within some dimensions are known; `why_no_movers` says why they are not."""
    source = source_of(metric)
    return source is not None and not set(within) & set(source.without)


def movers(reader: Reader, query: MoverQuery) -> MoverPage:
    """Return one page of the customers who moved a figure, the largest part first, and the sums over all of them.

    Raises:
        QuestionError: when customers' parts of the metric are not known, the organisation, a day or a dimension is unknown, or the
            figure does not exist on one of the days.
    """
    metric = metric_of(query.metric)
    now, before, moved, values = _taken_apart(reader, query, metric)
    size = min(max(query.size, 1), MOST_ROWS)
    page = 1 if query.order is MoverOrder.ENDS else max(query.page, 1)
    found = _sums_and_rows(reader, moved, values, query, size, page)
    listed_count = sum(row[5] for row in found.sums if row[3] and query.group in (None, MoverGroup(row[0])))
    if not found.rows and page > 1:
        page = max(1, -(-listed_count // size))
        found = _sums_and_rows(reader, moved, values, query, size, page)
    groups = {(MoverGroup(row[0]), bool(row[3])): MoverSum(row[4], _amount(metric, row[1]), _amount(metric, row[2])) for row in found.sums}
    chosen = [key for key in groups if query.group is None or key[0] is query.group]
    return MoverPage(
        query=query,
        metric=metric,
        version=reader.manifest.version,
        day=now.day,
        base_day=before.day,
        start=now.period_start,
        base_start=before.period_start,
        whole=_sum(metric, groups.values()),
        groups={group: _sum(metric, (one for (code, _), one in groups.items() if code is group)) for group in MoverGroup},
        named=_sum(metric, (groups[key] for key in chosen if key[1])),
        unnamed=_sum(metric, (groups[key] for key in chosen if not key[1])),
        page=page,
        listed_count=listed_count,
        rows=tuple(
            Mover(*row[6:10], group=MoverGroup(row[0]), base=_amount(metric, row[1]), value=_amount(metric, row[2])) for row in found.rows
        ),
    )


def mover_numbers(reader: Reader, query: MoverQuery, most: int) -> tuple[str, ...]:
    """Return the numbers of all customers that `movers` would list on its pages, in its order; one more than `most` at most.

    Raises:
        QuestionError: as `movers` does.
    """
    *_, moved, values = _taken_apart(reader, query, metric_of(query.metric))
    order = f"ORDER BY {_ORDERS[query.order]}, customer_number LIMIT {most + 1}"
    return tuple(number for (number,) in reader.rows(f"{moved}SELECT customer_number FROM moved WHERE {_listed(query)} {order}", values))


def _taken_apart(reader: Reader, query: MoverQuery, metric: Metric) -> tuple[Window, Window, str, list[Any]]:
    """Return the window of the figure and that of its base, the common tables up to `moved` and the values they bind."""
    source = source_of(metric)
    if source is None:
        why = why_no_movers(metric)
        raise QuestionError(
            f"{metric.code} cannot be taken apart by customer: {why.en if why else ''}",
            where=metric.code,
            next_step="choose a balance of deposits or loans, a flow, a contribution or the number of customers",
        )
    period = Period.DAY if source.timing is Timing.POINT else query.period
    now = window_at(reader, query.day, period)
    base = base_day(now.day, query.comparison, metric.numerator.timing, calendar_for(reader, query.comparison))
    before = window_at(reader, base, period)
    for window in (before, now):
        if not source.is_nought_without_rows and not reader.facts(has_rows_query(metric.numerator, window))[0][0]:
            raise QuestionError(
                f"{metric.code} is not known from {window.period_start} to {window.day}",
                where=metric.code,
                next_step="choose another day, period or comparison",
            )
    return now, before, *_moved(reader, source, query, now, before)


def _listed(query: MoverQuery) -> str:
    """Return the condition on `moved` of who is listed: named, of the group asked for, and with a part as his order wants it."""
    return f"is_named AND {_part(query)}" + ("" if query.group is None else f" AND group_code = '{query.group.value}'")


def _part(query: MoverQuery) -> str:
    """Return the condition on the part of who is listed: that there is one on the day, or that it changed."""
    return "value <> 0" if query.order is MoverOrder.VALUE else "value <> base"


@dataclass(frozen=True, slots=True)
class _Found:
    """Sums by group and by whether they may be named, and the rows of a page; both as `_SUMS_AND_ROWS` has them."""

    sums: tuple[tuple[Any, ...], ...]
    rows: tuple[tuple[Any, ...], ...]


def _sums_and_rows(reader: Reader, moved: str, values: list[Any], query: MoverQuery, size: int, page: int) -> _Found:
    """Return sums and one page in one question: to take a figure apart is the dear part of it."""
    condition = _listed(query)
    orders = (MoverOrder.RISE, MoverOrder.FALL) if query.order is MoverOrder.ENDS else (query.order,)
    pages = (
        f"SELECT {_ROW} FROM moved WHERE {condition} ORDER BY {_ORDERS[order]}, customer_number LIMIT {size} OFFSET {(page - 1) * size}"
        for order in orders
    )
    listed = " UNION ".join(f"\n  (SELECT * FROM ({one}))" for one in pages)
    found = reader.rows(moved + _SUMS_AND_ROWS.format(listed=listed, part=_part(query), order=_ORDERS[query.order]), values)
    return _Found(tuple(row for row in found if row[-1] == 0), tuple(row for row in found if row[-1]))


def _sum(metric: Metric, parts: Iterable[MoverSum]) -> MoverSum:
    found = tuple(parts)
    base, value = (sum((side(one) for one in found), _amount(metric, 0)) for side in (attrgetter("base"), attrgetter("value")))
    return MoverSum(sum(one.count for one in found), base, value)


def _amount(metric: Metric, value: Decimal | int) -> Decimal:
    """Return a part with as many decimals as the figure has."""
    return Decimal(value).quantize(Decimal(1).scaleb(-metric.unit.decimals))


def _moved(reader: Reader, source: MoverSource, query: MoverQuery, window: Window, before: Window) -> tuple[str, list[Any]]:
    """Return the common tables up to `moved`, one row a customer, and the values they bind."""
    base, values_before = _side(reader, source, query, before)
    now, values_now = _side(reader, source, query, window)
    homes, home_values = "", list[Any]()
    if query.homes is not None:
        places = ", ".join("?" for _ in query.homes)
        inside = f"c.home_organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))"
        homes = f" AND {inside}" if places else " AND false"
        home_values.extend(query.homes)
    common = source.common + ",\n" if source.common else ""
    text = _MOVED.format(common=common, base=base, now=now, day=f"DATE '{window.day}'", base_day=f"DATE '{before.day}'", homes=homes)
    return text, [*values_before, *values_now, *home_values]


def _side(reader: Reader, source: MoverSource, query: MoverQuery, window: Window) -> tuple[str, list[Any]]:
    """Return the SELECT of each customer's part of the figure in one window, and the values it binds."""
    metric = metric_of(query.metric)
    if query.manager is not None and not source.is_by_manager:
        raise QuestionError(f"{metric.code} is not kept by manager here", where=metric.code, next_step="choose a balance of accounts")
    placed_on = f"DATE '{window.day}'" if source.timing is Timing.POINT else "m.business_date"
    values = list[Any]()
    conditions = [f"({metric.numerator.where})"] if metric.numerator.where else []
    if query.manager is not None:
        conditions.append(_MANAGED.format(day=placed_on))
        values.append(query.manager)
    if query.organisation is not None:
        conditions.append(subtree_condition(place_of(reader, query.organisation, View.AS_WAS), "m.organisation_code", placed_on))
    for dimension, value in query.within:
        condition, bound = _narrowed(reader, metric, query, dimension, value, placed_on)
        conditions.append(condition)
        values += bound
    where = f"\n  WHERE {' AND '.join(conditions)}" if conditions else ""
    amount = f"CAST({metric.numerator.expression} AS DECIMAL(38,2))"
    rows = f"(SELECT * FROM ({source.rows(window)}\n  ) AS r) AS m"
    return f"\n  SELECT m.customer_number, {amount} AS amount\n  FROM {rows}{where}\n  GROUP BY m.customer_number", values


def _narrowed(reader: Reader, metric: Metric, query: MoverQuery, dimension: str, value: str, day: str) -> tuple[str, list[Any]]:
    """Return the condition that a dimension has a value; the child that is the organisation itself are its own accounts only."""
    if dimension == CHILD:
        if value == query.organisation:
            return "m.organisation_code = ?", [value]
        place = Scope(value, None, View.AS_WAS, is_dated=tree_has_changed(reader))
        return subtree_condition(place, "m.organisation_code", day), []
    if dimension not in metric.dimensions or dimension not in DIMENSION_BY_CODE or not has_movers(metric, (dimension,)):
        raise QuestionError(f"{metric.code} cannot be narrowed by {dimension!r}", where="within", next_step="take it away")
    return f"m.{DIMENSION_BY_CODE[dimension].column} = ?", [value]

"""Which customers moved a figure between two days: new, lost, come, gone or stayed, with amounts that add up to its change to the cent.

A balance is taken apart account by account as its mart adds accounts up, the number of customers relation by relation; a customer stands
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
from maisui.answers.periods import Comparison, Period, base_day
from maisui.answers.question import CHILD
from maisui.errors import QuestionError
from maisui.metrics import DIMENSION_BY_CODE, Metric, Timing
from maisui.metrics.measure_sql import Scope, View, subtree_condition
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
    """By what customers are ordered; the customer number always decides last."""

    SIZE = "size"
    RISE = "rise"
    FALL = "fall"


@dataclass(frozen=True, slots=True)
class MoverQuery:
    """Whose part in which change is asked.

    Attributes:
        metric: a balance of accounts or the number of customers; see `has_movers`.
        day: the later day; None is the reporting date.
        comparison: against which base.
        organisation: at or below which organisation it counts; None is the whole bank.
        within: dimensions narrowed to one value each, as in the table of drivers.
        manager: employee number whose accounts alone are asked; None for all. Balances only.
        homes: tops of the subtrees whose customers may be named; None is everybody.
        group: only these of the customers; None for all.
        order: what decides the order.
        page: from 1; a page after the last is the last.
        size: rows a page.
    """

    metric: str
    day: date | None = None
    comparison: Comparison = Comparison.PREVIOUS_MONTH
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

    `whole` is the figure itself, as `ask` answers it; `groups` add up to it, and so do `named` and `unnamed` of the group asked for:
    `unnamed` are those whose home lies outside, or whom no file names. Customers whose part did not change are counted, never listed.
    """

    query: MoverQuery
    metric: Metric
    version: str
    day: date
    base_day: date
    whole: MoverSum
    groups: dict[MoverGroup, MoverSum]
    named: MoverSum
    unnamed: MoverSum
    page: int
    listed_count: int
    rows: tuple[Mover, ...]


_COUNTED = "CAST(sum(customer_count) AS BIGINT)"
"""The expression of the number of customers: of those in the relation `holder`."""
_ORDERS = {
    MoverOrder.SIZE: "abs(value - base) DESC",
    MoverOrder.RISE: "value - base DESC",
    MoverOrder.FALL: "value - base",
}
_ACCOUNTS = """
  SELECT
    a.customer_number, coalesce(p.organisation_code, a.organisation_code) AS organisation_code, a.account_kind, a.product_code,
    a.product_category, a.product_group, a.product_line, a.customer_kind, a.currency, b.balance AS amount
  FROM account AS a
  INNER JOIN account_balance AS b
    ON b.account_number = a.account_number AND b.currency = a.currency
    AND b.valid_from <= {day} AND (b.valid_until IS NULL OR b.valid_until > {day})
  LEFT JOIN account_organisation_period AS p
    ON p.account_number = a.account_number AND p.currency = a.currency
    AND p.valid_from <= {day} AND (p.valid_until IS NULL OR p.valid_until > {day}){managed}"""
_MANAGED = """
  WHERE EXISTS (
    SELECT 1 FROM account_allocation AS l
    WHERE l.account_number = a.account_number AND l.currency = a.currency AND l.employee_number = ?
      AND l.valid_from <= {day} AND (l.valid_until IS NULL OR l.valid_until > {day})
  )"""
_CUSTOMERS = """
  SELECT
    r.customer_number, coalesce(h.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
    coalesce(c.customer_kind, 'unknown') AS customer_kind, CAST(1 AS DECIMAL(18,2)) AS amount
  FROM customer_relation AS r
  LEFT JOIN customer AS c ON c.customer_number = r.customer_number
  LEFT JOIN customer_home_period AS h
    ON h.customer_number = r.customer_number AND h.valid_from <= {day} AND (h.valid_until IS NULL OR h.valid_until > {day})
  WHERE r.relation = 'holder' AND r.valid_from <= {day} AND (r.valid_until IS NULL OR r.valid_until > {day})"""
_MOVED = """
WITH base AS ({base}
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
), moved AS (
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


def has_movers(metric: Metric) -> bool:
    """Return whether customers' parts of a metric are known: balances of accounts on a day, and the number of customers on a day."""
    return metric.denominator is None and metric.numerator.timing is Timing.POINT and (_is_balance(metric) or _is_count(metric))


def movers(reader: Reader, query: MoverQuery) -> MoverPage:
    """Return one page of the customers who moved a figure, the largest part first, and the sums over all of them.

    Raises:
        QuestionError: when customers' parts of the metric are not known, or the organisation, a day or a dimension is unknown.
    """
    metric = metric_of(query.metric)
    if not has_movers(metric):
        raise QuestionError(
            f"{metric.code} cannot be taken apart by customer",
            where=metric.code,
            next_step="choose a balance of deposits or loans, or the number of customers",
        )
    day = window_at(reader, query.day, Period.DAY).day
    base = base_day(day, query.comparison, metric.numerator.timing, calendar_for(reader, query.comparison))
    before = window_at(reader, base, Period.DAY).day
    moved, values = _moved(reader, metric, query, day, before)
    found = reader.rows(
        f"{moved} SELECT group_code, is_named, count(*), sum(base), sum(value), count(*) FILTER (value <> base) "
        "FROM moved GROUP BY group_code, is_named ORDER BY group_code, is_named",
        values,
    )
    groups = {(MoverGroup(row[0]), bool(row[1])): MoverSum(row[2], Decimal(row[3]), Decimal(row[4])) for row in found}
    chosen = [key for key in groups if query.group is None or key[0] is query.group]
    is_listed = "is_named AND value <> base" + ("" if query.group is None else f" AND group_code = '{query.group.value}'")
    size = min(max(query.size, 1), MOST_ROWS)
    listed_count = sum(row[5] for row in found if row[1] and query.group in (None, MoverGroup(row[0])))
    page = min(max(query.page, 1), max(1, -(-listed_count // size)))
    rows = reader.rows(
        f"{moved} SELECT customer_number, customer_name, customer_kind, home_organisation_name, group_code, base, value FROM moved "
        f"WHERE {is_listed} ORDER BY {_ORDERS[query.order]}, customer_number LIMIT ? OFFSET ?",
        [*values, size, (page - 1) * size],
    )
    return MoverPage(
        query=query,
        metric=metric,
        version=reader.manifest.version,
        day=day,
        base_day=before,
        whole=_sum(groups.values()),
        groups={group: _sum(one for (code, _), one in groups.items() if code is group) for group in MoverGroup},
        named=_sum(groups[key] for key in chosen if key[1]),
        unnamed=_sum(groups[key] for key in chosen if not key[1]),
        page=page,
        listed_count=listed_count,
        rows=tuple(Mover(*row[:4], group=MoverGroup(row[4]), base=Decimal(row[5]), value=Decimal(row[6])) for row in rows),
    )


def _sum(parts: Iterable[MoverSum]) -> MoverSum:
    found = tuple(parts)
    base, value = (sum((side(one) for one in found), Decimal(0)) for side in (attrgetter("base"), attrgetter("value")))
    return MoverSum(sum(one.count for one in found), base, value)


def _is_balance(metric: Metric) -> bool:
    return metric.numerator.mart == "product_day" and metric.numerator.expression == "sum(balance)"


def _is_count(metric: Metric) -> bool:
    return metric.numerator.mart == "customer_day" and metric.numerator.expression == _COUNTED


def _moved(reader: Reader, metric: Metric, query: MoverQuery, day: date, before: date) -> tuple[str, list[Any]]:
    """Return the common tables up to `moved`, one row a customer, and the values they bind."""
    base, values_before = _side(reader, metric, query, before)
    now, values_now = _side(reader, metric, query, day)
    homes, home_values = "", list[Any]()
    if query.homes is not None:
        places = ", ".join("?" for _ in query.homes)
        inside = f"c.home_organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))"
        homes = f" AND {inside}" if places else " AND false"
        home_values.extend(query.homes)
    text = _MOVED.format(base=base, now=now, day=f"DATE '{day}'", base_day=f"DATE '{before}'", homes=homes)
    return text, [*values_before, *values_now, *home_values]


def _side(reader: Reader, metric: Metric, query: MoverQuery, day: date) -> tuple[str, list[Any]]:
    """Return the SELECT of each customer's part of the figure on one day, and the values it binds."""
    written, values = f"DATE '{day}'", list[Any]()
    if _is_balance(metric):
        managed = _MANAGED.format(day=written) if query.manager is not None else ""
        values += [query.manager] if query.manager is not None else []
        source = _ACCOUNTS.format(day=written, managed=managed)
    elif query.manager is not None:
        raise QuestionError(f"{metric.code} is not kept by manager here", where=metric.code, next_step="choose a balance")
    else:
        source = _CUSTOMERS.format(day=written)
    conditions = [f"({metric.numerator.where})"] if metric.numerator.where else []
    if query.organisation is not None:
        conditions.append(subtree_condition(place_of(reader, query.organisation, View.AS_WAS), "m.organisation_code", written))
    for dimension, value in query.within:
        condition, bound = _narrowed(reader, metric, query, dimension, value, written)
        conditions.append(condition)
        values += bound
    where = f"\n  WHERE {' AND '.join(conditions)}" if conditions else ""
    amount = "sum(m.amount)" if _is_balance(metric) else "max(m.amount)"
    return f"\n  SELECT m.customer_number, {amount} AS amount\n  FROM ({source}\n  ) AS m{where}\n  GROUP BY m.customer_number", values


def _narrowed(reader: Reader, metric: Metric, query: MoverQuery, dimension: str, value: str, day: str) -> tuple[str, list[Any]]:
    """Return the condition that a dimension has a value; the child that is the organisation itself are its own accounts only."""
    if dimension == CHILD:
        if value == query.organisation:
            return "m.organisation_code = ?", [value]
        place = Scope(value, None, View.AS_WAS, is_dated=tree_has_changed(reader))
        return subtree_condition(place, "m.organisation_code", day), []
    if dimension not in metric.dimensions or dimension not in DIMENSION_BY_CODE:
        raise QuestionError(f"{metric.code} cannot be narrowed by {dimension!r}", where="within", next_step="take it away")
    return f"m.{DIMENSION_BY_CODE[dimension].column} = ?", [value]

"""The course of every product, month by month: balance, holders, who uses it, who took it up and left; on three levels.

Balances are those of the metrics `deposit_balance`, `loan_balance` and, of what is held through the bank, `aum_balance`; products add
up to groups and groups to lines. Customers are counted once a level and come from `product_customer_month`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from maisui.answers.ask import place_of
from maisui.metrics import BY_CODE
from maisui.metrics.measure_sql import Scope, View, subtree_condition
from maisui.warehouse.reader import Reader

LEVELS = ("line", "group", "product")
"""The three levels of the catalogue, from the widest down."""
_HELD_THROUGH = "asset_kind = 'holding'"

Path = tuple[str, ...]
"""Line, group and product, as far down as the level goes."""


@dataclass(frozen=True, slots=True)
class ProductMonth:
    """One product on one day; None is what nobody delivers or counts on that day or level."""

    balance: Decimal | None = None
    holder_count: int | None = None
    active_holder_count: int | None = None
    taken_up_count: int | None = None
    left_count: int | None = None


@dataclass(frozen=True, slots=True)
class ProductCourses:
    """Every product on every level over `days`, under its path, and what products are called that the bank's own list names."""

    days: tuple[date, ...]
    by_path: dict[Path, dict[date, ProductMonth]]
    names: dict[str, str]

    def at(self, path: Path, day: date) -> ProductMonth:
        """Return one product on one day, empty where it has nothing then."""
        return self.by_path.get(path, {}).get(day, ProductMonth())


@dataclass(slots=True)
class _Gathered:
    balances: dict[tuple[Path, date], Decimal] = field(default_factory=dict[tuple[Path, date], Decimal])
    customers: dict[tuple[Path, date], tuple[int | None, ...]] = field(default_factory=dict[tuple[Path, date], tuple[int | None, ...]])

    def add(self, path: Path, day: date, amount: Decimal) -> None:
        """Add a balance to its product and to every level above."""
        for length in range(1, len(path) + 1):
            key = (path[:length], day)
            self.balances[key] = self.balances.get(key, Decimal(0)) + amount


def product_courses(reader: Reader, organisation: str | None, days: Sequence[date], view: View = View.AS_WAS) -> ProductCourses:
    """Return every product over `days` within an organisation and all below it; None is the whole bank.

    Raises:
        QuestionError: when there is no such organisation.
    """
    scope, wanted = place_of(reader, organisation, view), tuple(sorted(set(days)))
    found = _Gathered()
    for code, columns in (
        ("deposit_balance", "product_line, product_group, product_code"),
        ("loan_balance", "product_line, product_group, product_code"),
        ("aum_balance", "product_line, product_group"),
    ):
        _gather_balances(reader, found, code, columns, scope, wanted)
    _gather_customers(reader, found, scope, wanted)
    by_path: dict[Path, dict[date, ProductMonth]] = {}
    for path, day in sorted({*found.balances, *found.customers}):
        counts = found.customers.get((path, day), (None, None, None, None))
        by_path.setdefault(path, {})[day] = ProductMonth(found.balances.get((path, day)), *counts)
    names = dict(reader.rows("SELECT product_code, product_name FROM product WHERE product_name IS NOT NULL"))
    return ProductCourses(wanted, by_path, names)


def product_transactions(
    reader: Reader, organisation: str | None, first: date, last: date, view: View = View.AS_WAS
) -> dict[Path, Decimal]:
    """Return how often the accounts of every line, group and product were used in the months that end in a span, as channels count it.

    Raises:
        QuestionError: when there is no such organisation.
    """
    scope = place_of(reader, organisation, view)
    inside = "" if scope.organisation is None else f" AND {subtree_condition(scope, 'm.organisation_code', 'm.business_date')}"
    rows = reader.rows(
        "SELECT product_line, product_group, product_code, sum(transaction_count) FROM product_activity_month AS m "
        f"WHERE business_date BETWEEN ? AND ?{inside} GROUP BY 1, 2, 3",
        [first, last],
    )
    found: dict[Path, Decimal] = {}
    for *path, count in rows:
        for length in range(1, len(path) + 1):
            found[tuple(path[:length])] = found.get(tuple(path[:length]), Decimal(0)) + count
    return found


def _gather_balances(reader: Reader, found: _Gathered, code: str, columns: str, scope: Scope, days: Sequence[date]) -> None:
    """Add the balances of one metric, by the metric's own measure."""
    measure = BY_CODE[code].numerator
    narrowed = [measure.where] if measure.where else []
    if code == "aum_balance":
        narrowed.append(_HELD_THROUGH)
    rows = reader.rows(
        f"SELECT {columns}, business_date, {measure.expression} FROM {measure.mart} AS m "
        f"WHERE {_where(scope, days, narrowed)} GROUP BY {columns}, business_date"
    )
    for *path, day, amount in rows:
        found.add(tuple(path), day, Decimal(amount))


def _gather_customers(reader: Reader, found: _Gathered, scope: Scope, days: Sequence[date]) -> None:
    rows = reader.rows(
        "SELECT level_kind, product_line, product_group, level_code, business_date, sum(holder_count), sum(active_holder_count), "
        f"sum(taken_up_count), sum(left_count) FROM product_customer_month AS m WHERE {_where(scope, days, [])} "
        "GROUP BY level_kind, product_line, product_group, level_code, business_date"
    )
    for level, line, group, code, day, *counts in rows:
        path: Path = {"line": (line,), "group": (line, group)}.get(level, (line, group, code))
        found.customers[path, day] = tuple(None if count is None else int(count) for count in counts)


def _where(scope: Scope, days: Sequence[date], narrowed: Sequence[str]) -> str:
    listed = ", ".join(f"DATE '{day}'" for day in days) or "NULL"
    conditions = [f"m.business_date IN ({listed})", *(f"({text})" for text in narrowed)]
    if scope.organisation is not None:
        conditions.append(subtree_condition(scope, "m.organisation_code", "m.business_date"))
    return " AND ".join(conditions)

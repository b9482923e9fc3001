"""Where a product stands in the catalogue, and how rows of marts are narrowed to it within an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from maisui.answers.ask import place_of
from maisui.answers.product_months import LEVELS, Path
from maisui.errors import QuestionError
from maisui.metrics.measure_sql import Scope, View, quoted_text, subtree_condition
from maisui.warehouse.reader import Reader

_COLUMNS = {"line": "product_line", "group": "product_group", "product": "product_code"}


@dataclass(frozen=True, slots=True)
class ProductPlace:
    """One line, group or product: its code, its level, its path in the catalogue, and the name that the bank's own list gives it."""

    code: str
    level: str
    path: Path
    own_name: str | None

    @property
    def line(self) -> str:
        """Return the line it belongs to."""
        return self.path[0]

    @property
    def group(self) -> str | None:
        """Return the group it is or belongs to; None for a line."""
        return self.path[1] if len(self.path) > 1 else None

    @property
    def own_condition(self) -> str:
        """Return the condition on a row `m` that names line, group and product."""
        return f"m.{_COLUMNS[self.level]} = {quoted_text(self.code)}"

    @property
    def code_condition(self) -> str:
        """Return the condition on a row `m` that names the product only."""
        if self.level == "product":
            return self.own_condition
        return f"m.product_code IN (SELECT product_code FROM product WHERE {_COLUMNS[self.level]} = {quoted_text(self.code)})"


@dataclass(frozen=True, slots=True)
class ProductScope:
    """One product within an organisation and all below it, seen one way."""

    place: ProductPlace
    scope: Scope

    def where(self, *more: str, by_code: bool = False) -> str:
        """Return the conditions that narrow a mart's rows `m` to both; `by_code` where the mart knows neither line nor group."""
        found = [self.place.code_condition if by_code else self.place.own_condition, *more]
        if self.scope.organisation is not None:
            found.append(subtree_condition(self.scope, "m.organisation_code", "m.business_date"))
        return " AND ".join(found)


def product_place(reader: Reader, code: str, level: str = "") -> ProductPlace:
    """Return where `code` stands; on the widest level that has it unless `level` names one.

    Raises:
        QuestionError: when no product is called so.
    """
    rows = reader.rows(
        "SELECT level_kind, product_line, product_group, max(product_name) FROM ("
        " SELECT 'line' AS level_kind, product_line AS level_code, product_line, 'all' AS product_group, NULL AS product_name FROM product"
        " UNION ALL SELECT 'group', product_group, product_line, product_group, NULL FROM product"
        " UNION ALL SELECT 'product', product_code, product_line, product_group, product_name FROM product"
        " UNION ALL SELECT level_kind, level_code, product_line, product_group, NULL FROM product_customer_month"
        ") AS known WHERE level_code = ? GROUP BY level_kind, product_line, product_group ORDER BY level_kind, product_line, product_group",
        [code],
    )
    found = {str(kind): (str(line), str(group), name) for kind, line, group, name in rows}
    for wanted in (level,) if level else LEVELS:
        if wanted in found:
            line, group, name = found[wanted]
            path: Path = {"line": (line,), "group": (line, code)}.get(wanted, (line, group, code))
            return ProductPlace(code, wanted, path, name)
    raise QuestionError("there is no such product", where="products", next_step="choose one from the catalogue of products")


def product_scope(reader: Reader, place: ProductPlace, organisation: str | None, view: View) -> ProductScope:
    """Return a product within an organisation; None is the whole bank.

    Raises:
        QuestionError: when there is no such organisation.
    """
    return ProductScope(place, place_of(reader, organisation, view))


def between(first: date, last: date) -> str:
    """Return the condition on the days of a row `m`, both ends included."""
    return f"m.business_date >= DATE '{first}' AND m.business_date <= DATE '{last}'"


def on(day: date) -> str:
    """Return the condition on the day of a row `m`."""
    return f"m.business_date = DATE '{day}'"


def among(days: Iterable[date]) -> str:
    """Return the condition that the day of a row `m` is one of `days`."""
    listed = ", ".join(f"DATE '{day}'" for day in days) or "NULL"
    return f"m.business_date IN ({listed})"


def counted_on_the_reporting_date(reader: Reader, day: date) -> date:
    """Return the reporting date, on which alone some tables are counted.

    Raises:
        QuestionError: when `day` is another.
    """
    reporting_date = reader.manifest.reporting_date
    if day != reporting_date:
        raise QuestionError("this is counted on the reporting date only", where="date", next_step=f"choose {reporting_date}")
    return reporting_date

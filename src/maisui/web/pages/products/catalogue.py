"""What the catalogue of products shows: every line, group and product with its stage, customers, money and contribution."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers import Comparison, Metric, Timing, Unit
from maisui.answers.figure import divide, moved
from maisui.answers.periods import base_day
from maisui.answers.product_months import LEVELS, Path, ProductCourses, ProductMonth
from maisui.answers.product_settings import ProductSettings
from maisui.answers.product_stage import Life, life_of
from maisui.web.components.figures import Scale, table_scales
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.drawings import Sparkline, sparkline
from maisui.web.pages.overview.figures import first_day_of, months_before
from maisui.web.pages.overview.state import State
from maisui.web.pages.products.words import address_of, product_name
from maisui.web.text import Text

MONTHS = 13
SPLITS = ("product_line", "product_group", "product")
AVERAGES = ("deposit_average_daily_balance", "loan_average_daily_balance")
INCOME = ("deposit_ftp_margin", "loan_ftp_margin", "charged_fee_amount")
MONEY = (*INCOME, "servicing_cost", "expected_loss", "customer_contribution", "economic_value_added")
"""The metrics of contribution that stand in the table; the first three are its income."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the catalogue: code to sort by, name, explanation, unit and scale."""

    code: str
    name: Text
    note: Text
    unit: Unit
    scale: Scale


_COLUMNS: tuple[tuple[str, Text, Text, Unit], ...] = (
    ("holders", Text("持有客户", "Holders"), Text("下行为活跃客户", "active ones below"), Unit.COUNT),
    ("balance", Text("余额", "Balance"), Text("理财与代理为市值", "wealth and agency at market value"), Unit.YUAN),
    ("average", Text("日均余额", "Average balance"), Text("期间日均", "daily average of the period"), Unit.YUAN),
    (
        "transactions",
        Text("交易笔数", "Transactions"),
        Text("存款的与渠道总览同口径", "those of deposits as channels count them"),
        Unit.COUNT,
    ),
    ("income", Text("收入", "Income"), Text("存贷款利差加手续费", "margins and fees"), Unit.YUAN),
    ("servicing_cost", Text("服务成本", "Servicing cost"), Text("按作业单位成本", "by unit costs"), Unit.YUAN),
    ("expected_loss", Text("预期损失", "Expected loss"), Text("风险成本", "cost of risk"), Unit.YUAN),
    ("customer_contribution", Text("贡献", "Contribution"), Text("扣税后、资本成本前", "after tax, before capital"), Unit.YUAN),
    ("economic_value_added", Text("经济增加值", "Value added"), Text("贡献减资本成本", "less the capital charge"), Unit.YUAN),
)


_OF_RESULTS = ("income", "servicing_cost", "expected_loss", "customer_contribution", "economic_value_added")
"""Columns that are added to and taken from each other stand at one scale."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, group or product: its figures under the columns' codes, changes against the first comparison, life and course."""

    path: Path
    name: Text | str
    life: Life
    active: int | None
    values: Mapping[str, Decimal | None]
    changes: Mapping[str, tuple[Decimal | None, Decimal | None]]
    spark: Sparkline | None
    share: Decimal | None
    address: str

    @property
    def level(self) -> str:
        """Return the level: line, group or product."""
        return LEVELS[len(self.path) - 1]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every line of the catalogue down to the level of the state, each below what it belongs to; the whole; the rule of stages."""

    day: date
    before: date
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Mapping[str, Decimal | None]
    settings: ProductSettings

    def on(self, level: str) -> list[Line]:
        """Return the lines of one level."""
        return [line for line in self.lines if line.level == level]


def level_of(state: State) -> str:
    """Return the level down to which the state opens the catalogue."""
    return state.split if state.split in LEVELS else "group"


def catalogue(gateway: Gateway, state: State, day: date, *, level: str | None = None) -> Catalogue:
    """Return the catalogue of a state, opened down to `level`, that of the state where none is named.

    Raises:
        MaisuiError: as the gateway does.
    """
    before = base_day(day, Comparison.SAME_DATE_LAST_YEAR, Timing.POINT)
    compared = state.comparisons[0] if state.comparisons else None
    base = base_day(day, compared, Timing.POINT, gateway.calendar(compared)) if compared else None
    months = months_before(day, gateway.month_ends(), MONTHS)
    courses = gateway.products.courses(state.organisation, [*months, before, *([base] if base else [])], state.view)
    settings = gateway.products.settings(day)
    sums, earlier, whole = _sums(gateway, state, compared)
    has_history = before >= first_day_of(gateway)
    depth = LEVELS.index(level or level_of(state)) + 1
    paths = {path[:length] for path in (*courses.by_path, *sums) for length in range(1, min(depth, len(path)) + 1)}
    total = whole.get("customer_contribution")
    lines = [
        _line(
            path, courses, months, _Bases(day, before, base), sums.get(path, {}), earlier.get(path, {}), total, settings, has_history, state
        )
        for path in paths
    ]
    ordered = _nested(lines, _order(state))
    scales = table_scales({code: (unit, [line.values.get(code) for line in ordered]) for code, _, _, unit in _COLUMNS})
    columns = tuple(Column(code, name, note, unit, scales[code]) for code, name, note, unit in _COLUMNS)
    return Catalogue(day, before, columns, tuple(ordered), whole, settings)


@dataclass(frozen=True, slots=True)
class _Bases:
    day: date
    before: date
    base: date | None


Sums = dict[Path, dict[str, Decimal | None]]


def _sums(gateway: Gateway, state: State, compared: Comparison | None) -> tuple[Sums, Sums, dict[str, Decimal | None]]:
    """Return the additive figures of every path, the contribution at the base, and the figures of the whole."""
    gateway.read_together([state.question(code, SPLITS) for code in (*AVERAGES, *MONEY)])
    gateway.read_together([state.question(code) for code in MONEY])
    found: Sums = {}
    for code in AVERAGES:
        for path, value in _by_path(gateway, state, code).items():
            _add(found, path, "average", value)
    for code in MONEY:
        for path, value in _by_path(gateway, state, code).items():
            _add(found, path, code, value)
            if code in INCOME:
                _add(found, path, "income", value)
    window = gateway.ask(state.question(MONEY[0], SPLITS)).window
    for path, count in gateway.products.transactions(state.organisation, window.period_start, window.day, state.view).items():
        _add(found, path, "transactions", count)
    whole = {code: _whole(gateway, state, code) for code in MONEY}
    known = [value for code in INCOME if (value := whole[code]) is not None]
    whole["income"] = sum(known, Decimal(0)) if known else None
    earlier: Sums = {}
    if compared:
        answer = gateway.compare(state.question("customer_contribution", SPLITS), (compared,)).bases[compared]
        for row in answer.rows if answer else ():
            for path in _above(tuple(row.dimensions[split] for split in SPLITS)):
                _add(earlier, path, "customer_contribution", row.numerator)
    return found, earlier, whole


def _by_path(gateway: Gateway, state: State, code: str) -> dict[Path, Decimal | None]:
    """Return a figure on every path: exact sums of its products, an average divided once at the end."""
    answer = gateway.ask(state.question(code, SPLITS))
    sums: dict[Path, Decimal | None] = {}
    for row in answer.rows:
        value = row.numerator
        for path in _above(tuple(row.dimensions[split] for split in SPLITS)):
            sums[path] = value if sums.get(path) is None else sums[path] if value is None else (sums[path] or Decimal(0)) + value
    if answer.metric.numerator.timing is Timing.AVERAGE:
        days = Decimal(answer.window.days)
        return {path: None if value is None else divide(value, days, Unit.YUAN.decimals) for path, value in sums.items()}
    return sums


def _above(path: Path) -> tuple[Path, ...]:
    return tuple(path[:length] for length in range(1, len(path) + 1))


def _add(sums: Sums, path: Path, code: str, value: Decimal | None) -> None:
    line = sums.setdefault(path, {})
    known = line.get(code)
    line[code] = value if known is None else known if value is None else known + value


def _whole(gateway: Gateway, state: State, code: str) -> Decimal | None:
    rows = gateway.ask(state.question(code)).rows
    return rows[0].value if rows else None


def _line(
    path: Path,
    courses: ProductCourses,
    months: Sequence[date],
    days: _Bases,
    sums: Mapping[str, Decimal | None],
    earlier: Mapping[str, Decimal | None],
    total: Decimal | None,
    settings: ProductSettings,
    has_history: bool,
    state: State,
) -> Line:
    now = courses.at(path, days.day)
    values: dict[str, Decimal | None] = {
        **dict.fromkeys(code for code, *_ in _COLUMNS),
        **sums,
        "holders": None if now.holder_count is None else Decimal(now.holder_count),
        "balance": now.balance,
    }
    contribution = sums.get("customer_contribution")
    changes = {
        "balance": moved(now.balance, courses.at(path, days.base).balance) if days.base else (None, None),
        "customer_contribution": moved(contribution, earlier.get("customer_contribution")),
    }
    series = [_drawn(courses.at(path, month)) for month in months]
    return Line(
        path,
        product_name(path, courses.names),
        life_of(now, courses.at(path, days.before), settings, has_history=has_history),
        now.active_holder_count,
        values,
        changes,
        sparkline(series),
        contribution / total if contribution is not None and total else None,
        address_of(path, state),
    )


def _drawn(month: ProductMonth) -> Decimal | None:
    """Return what the line of a product draws: its balance, or its holders where it has none, as a card."""
    if month.balance is not None:
        return month.balance
    return None if month.holder_count is None else Decimal(month.holder_count)


def _order(state: State) -> Callable[[Line], tuple[bool, Decimal, Path]]:
    """Return by what siblings are ordered: a column of the state, the largest first unless it begins with `+`; else contribution."""
    code = state.sort.lstrip("+-")
    known = code if code in {column for column, *_ in _COLUMNS} else "customer_contribution"
    sign = 1 if state.sort == f"+{known}" else -1

    def rank(line: Line) -> tuple[bool, Decimal, Path]:
        value = line.values.get(known)
        return value is None, sign * (value or Decimal(0)), line.path

    return rank


def _nested(lines: Sequence[Line], rank: Callable[[Line], tuple[bool, Decimal, Path]], above: Path = ()) -> list[Line]:
    """Return the lines below `above`, each followed by its own."""
    found: list[Line] = []
    for line in sorted((line for line in lines if line.path[:-1] == above), key=rank):
        found += [line, *_nested(lines, rank, line.path)]
    return found


def metrics_of(gateway: Gateway) -> tuple[Metric, ...]:
    """Return the metrics that stand behind the catalogue."""
    known = {metric.code: metric for metric in gateway.catalogue()}
    codes = ("deposit_balance", "loan_balance", "aum_balance", "product_holder_count", "active_product_holder_count", *AVERAGES, *MONEY)
    return tuple(known[code] for code in codes if code in known)

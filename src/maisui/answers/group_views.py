"""The six views of a group — composition, value, behaviour, churn, risk, fund flow — beside another group or everybody.

Every table is a cut of the same customers: its group counts add up to the group where the table says so (`is_whole`). Ratios are
computed from sums; a base that is empty gives none. A view is asked in few questions over rows that are judged once. Figures of
few customers are withheld by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers.groups import EVERYBODY, Selection, compiled, within
from maisui.metrics.measure_sql import last_month_end
from maisui.warehouse.reader import Reader

VIEWS = ("composition", "value", "behaviour", "churn", "risk", "flow")
"""The codes of the views, in reading order."""
MONTHS = 12
DECILES = 10


@dataclass(frozen=True, slots=True)
class ViewLine:
    """One line: how many customers and what amount in the group, and the same in what it is held against."""

    code: str
    count: int
    amount: Decimal
    base_count: int
    base_amount: Decimal


@dataclass(frozen=True, slots=True)
class ViewTable:
    """One table of a view.

    Attributes:
        code: what it cuts by.
        amount_code: what the amount is.
        lines: in their order.
        is_whole: whether the counts add up to the group; where not, a customer may stand in several lines or in none.
        shares_amount: whether the share to read is that of the amount and not of the customers.
    """

    code: str
    amount_code: str
    lines: tuple[ViewLine, ...]
    is_whole: bool = True
    shares_amount: bool = False


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
    """One view of a group: sizes of group and base, tables, figures and months."""

    code: str
    day: date
    count: int
    base_count: int
    tables: tuple[ViewTable, ...]
    figures: tuple[Figure, ...] = ()
    months: tuple[MonthPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cut:
    """How a table is asked: the key of a row `s`, the amount, what is joined to it, for whom, and from which rows."""

    code: str
    key: str
    amount: str = "s.asset_average_balance"
    amount_code: str = "asset_average_balance"
    joined: str = ""
    where: str = "true"
    is_whole: bool = True
    shares_amount: bool = False
    source: str = "s"

    @property
    def query(self) -> str:
        """Return the lines of the table."""
        return (
            f"SELECT '{self.code}' AS code, k, count(*) FILTER (is_in), CAST(coalesce(sum(a) FILTER (is_in), 0) AS DECIMAL(38,2)), "
            "count(*) FILTER (is_base), CAST(coalesce(sum(a) FILTER (is_base), 0) AS DECIMAL(38,2)) "
            f"FROM (SELECT CAST({self.key} AS VARCHAR) AS k, {self.amount} AS a, s.is_in, s.is_base FROM {self.source} AS s {self.joined} "
            f"WHERE {self.where}) WHERE k IS NOT NULL GROUP BY k"
        )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a view asks for: cuts, ratios (part and whole as SQL over `s`, of whom `{flag}` holds), and months."""

    cuts: tuple[_Cut, ...]
    ratios: tuple[tuple[str, str], ...] = ()
    months: str = ""


def group_view(
    reader: Reader, view: str, selection: Selection, organisations: tuple[str, ...] | None, against: Selection = EVERYBODY
) -> GroupView:
    """Return one of VIEWS of a group within `organisations`, held against another group or everybody there."""
    day = reader.manifest.reporting_date
    one, other, place = compiled(selection, day), compiled(against, day), within(organisations)
    judged = (
        "WITH s AS MATERIALIZED (SELECT j.* FROM ("
        f"SELECT f.*, ({one.text}) AS is_in, ({other.text}) AS is_base FROM customer_fact_month AS f "
        f"WHERE f.business_date = ? AND {place.text}) AS j WHERE j.is_in OR j.is_base)"
    )
    values = [*one.values, *other.values, day, *place.values]
    plan = _PLANS[view](day)
    queries = [_Cut("", "'all'").query, *(cut.query for cut in plan.cuts)]
    lines: dict[str, list[ViewLine]] = {}
    for code, *line in reader.rows(f"{judged} {' UNION ALL '.join(queries)} ORDER BY 1, 2", values):
        lines.setdefault(code, []).append(ViewLine(*line))
    whole = lines.get("", [ViewLine("all", 0, Decimal(0), 0, Decimal(0))])[0]
    tables = tuple(
        ViewTable(cut.code, cut.amount_code, _in_order(lines.get(cut.code, [])), cut.is_whole, cut.shares_amount) for cut in plan.cuts
    )
    months = tuple(MonthPoint(*row) for row in reader.rows(f"{judged} {plan.months}", values)) if plan.months else ()
    return GroupView(view, day, whole.count, whole.base_count, tables, _figures(reader, judged, values, plan), months)


def _in_order(lines: list[ViewLine]) -> tuple[ViewLine, ...]:
    return tuple(line for line in lines if line.count or line.base_count)


def _figures(reader: Reader, judged: str, values: list[Any], plan: _Plan) -> tuple[Figure, ...]:
    """Return part ÷ whole of group and base for each ratio; None where the whole is nothing."""
    if not plan.ratios:
        return ()
    queries = [
        f"SELECT '{code}' AS code, '{flag}' AS side, q.part, q.whole FROM ({ratio.format(flag=f's.{flag}')}) AS q(part, whole)"
        for code, ratio in plan.ratios
        for flag in ("is_in", "is_base")
    ]
    found: dict[tuple[str, str], Decimal | None] = {}
    for code, side, part, whole in reader.rows(f"{judged} {' UNION ALL '.join(queries)}", values):
        found[code, side] = Decimal(part or 0) / Decimal(whole) if whole else None
    return tuple(Figure(code, found[code, "is_in"], found[code, "is_base"]) for code, _ in plan.ratios)


_CUSTOMER = "LEFT JOIN customer AS c ON c.customer_number = s.customer_number"
_LABEL = (
    "LEFT JOIN customer_label AS b ON b.customer_number = s.customer_number AND b.business_date = s.business_date "
    "AND b.reason_rank = 1 AND b.family_code = '{}'"
)
_EARLIER = "customer_fact_month AS e ON e.customer_number = s.customer_number AND e.business_date = DATE '{}'"


def _bands(column: str, *edges: int) -> str:
    """Return the band of a number as `place:from-until`, for edges in rising order; the last has no end."""
    cases = " ".join(
        f"WHEN {column} < {upper} THEN '{place}:{lower}-{upper}'"
        for place, (lower, upper) in enumerate(zip((0, *edges), edges, strict=False))
    )
    return f"CASE {cases} ELSE '{len(edges)}:{edges[-1]}-' END"


def _sum_ratio(part: str, whole: str) -> str:
    return f"SELECT CAST(sum({part}) AS DECIMAL(38,2)), CAST(sum({whole}) AS DECIMAL(38,2)) FROM s WHERE {{flag}}"


def _count_ratio(condition: str) -> str:
    return _sum_ratio(f"CASE WHEN {condition} THEN 1 ELSE 0 END", "1")


def _top_ratio(column: str, place: str) -> str:
    """Return the share of an amount that the rows hold whose `i` (rank) or `tenth` is of `place`."""
    rank = f"OVER (ORDER BY s.{column} DESC, s.customer_number)"
    return (
        f"SELECT CAST(sum(x) FILTER ({place}) AS DECIMAL(38,2)), CAST(sum(x) AS DECIMAL(38,2)) FROM (SELECT s.{column} AS x, "
        f"row_number() {rank} AS i, ntile({DECILES}) {rank} AS tenth FROM s WHERE {{flag}})"
    )


_GINI = (
    "SELECT CAST(sum(CAST(2 * i - n - 1 AS DECIMAL(18,0)) * x) AS DECIMAL(38,2)), CAST(count(*) * sum(x) AS DECIMAL(38,2)) FROM ("
    "SELECT x, row_number() OVER (ORDER BY x) AS i, count(*) OVER () AS n FROM ("
    "SELECT CAST(greatest(s.asset_average_balance, 0) AS DECIMAL(18,2)) AS x FROM s WHERE {flag}))"
)
"""Σ (2i − n − 1) x ÷ (n Σ x) over assets x in rising order, negative ones as nothing."""


def _composition(day: date) -> _Plan:
    del day
    years = _bands("date_sub('year', c.born_on, s.business_date)", 18, 30, 45, 60)
    age = f"CASE WHEN s.customer_kind <> 'personal' OR c.born_on IS NULL THEN 'none' ELSE {years} END"
    return _Plan(
        (
            _Cut("customer_kind", "s.customer_kind"),
            _Cut("sex", "coalesce(c.sex, 'none')", joined=_CUSTOMER),
            _Cut("age", age, joined=_CUSTOMER),
            _Cut("life_stage", "coalesce(b.label_code, 'none')", joined=_LABEL.format("life_stage")),
            _Cut("rural_group", "coalesce(b.label_code, 'none')", joined=_LABEL.format("rural_group")),
            _Cut("tenure_month", _bands("s.held_month_count", 6, 12, 36, 60, 120)),
            _Cut("organisation", "s.organisation_code"),
        )
    )


def _value(day: date) -> _Plan:
    rank = f"ntile({DECILES}) OVER (ORDER BY year_contribution_amount DESC, customer_number)"
    tenths = (
        f"(SELECT {rank} AS tenth, year_contribution_amount, true AS is_in, false AS is_base FROM s WHERE is_in UNION ALL "
        f"SELECT {rank} AS tenth, year_contribution_amount, false AS is_in, true AS is_base FROM s WHERE is_base)"
    )
    moved = "coalesce(e.tier_code, 'unknown') || '>' || s.tier_code"
    worth = "year_contribution_amount"
    return _Plan(
        (
            _Cut("tier", "s.tier_code"),
            _Cut("tier_move", moved, joined=f"LEFT JOIN {_EARLIER.format(_earlier(day, MONTHS))}"),
            _Cut("decile", "printf('%02d', s.tenth)", f"s.{worth}", worth, shares_amount=True, source=tenths),
            _Cut("asset_band", _bands("s.asset_average_balance", 1000, 10000, 50000, 200000, 500000)),
        ),
        (
            ("asset_gini", _GINI),
            ("top_tenth_share", _top_ratio("asset_average_balance", "tenth = 1")),
            ("contribution_each", _sum_ratio("s.year_contribution_amount", "1")),
            ("asset_each", _sum_ratio("s.asset_average_balance", "1")),
        ),
    )


def _behaviour(day: date) -> _Plan:
    used = (
        "INNER JOIN (SELECT p.person_customer_number AS number, m.channel_code, CAST(sum(m.transaction_count) AS DECIMAL(38,2)) AS deeds "
        "FROM customer_channel_month AS m INNER JOIN customer AS p ON p.customer_number = m.customer_number "
        f"WHERE m.month_start >= DATE '{_earlier(day, 2).replace(day=1)}' GROUP BY ALL) AS u ON u.number = s.customer_number"
    )
    held = (
        "INNER JOIN (SELECT DISTINCT p.person_customer_number AS number, a.product_group FROM account AS a "
        "INNER JOIN customer AS p ON p.customer_number = a.customer_number "
        f"WHERE a.opened_on <= DATE '{day}' AND (a.closed_on IS NULL OR a.closed_on > DATE '{day}')) AS h ON h.number = s.customer_number"
    )
    deeds = "CAST(s.transaction_count AS DECIMAL(38,2))"
    return _Plan(
        (
            _Cut("recency_day", _bands("s.idle_day_count", 7, 30, 90, 180), where="s.is_holder", is_whole=False),
            _Cut("frequency", _bands("s.transaction_count", 1, 5, 15, 50), deeds, "transaction_count"),
            _Cut("monetary", _bands("s.inflow_amount", 1000, 10000, 50000, 200000), "s.inflow_amount", "inflow_amount"),
            _Cut("channel", "u.channel_code", "u.deeds", "transaction_count", joined=used, is_whole=False),
            _Cut("product_group", "h.product_group", joined=held, is_whole=False),
            _Cut("product_count", _bands("s.product_group_count", 1, 2, 3, 5)),
        )
    )


def _churn(day: date) -> _Plan:
    signal = (
        "INNER JOIN customer_label AS b ON b.customer_number = s.customer_number AND b.business_date = s.business_date "
        "AND b.label_code IN ('silently_leaving', 'attention')"
    )
    year = "CAST(year(s.first_held_on) AS VARCHAR)"
    cohort = f"CASE WHEN s.first_held_on IS NOT NULL THEN {year} || CASE WHEN s.is_holder THEN ':stays' ELSE ':left' END END"
    kept = (
        "SELECT CAST(sum(s.asset_average_balance) AS DECIMAL(38,2)), CAST(sum(e.asset_average_balance) AS DECIMAL(38,2)) FROM s "
        f"INNER JOIN {_EARLIER.format(_earlier(day, MONTHS))} WHERE {{flag}}"
    )
    return _Plan(
        (
            _Cut("signal", "b.reason_code", "b.reason_amount", "reason_amount", joined=signal, is_whole=False),
            _Cut("life_stage", "coalesce(b.label_code, 'none')", joined=_LABEL.format("life_stage")),
            _Cut("cohort", cohort, is_whole=False),
        ),
        (("left_share", _count_ratio("NOT s.is_holder")), ("assets_kept_share", kept)),
        "SELECT e.business_date, count(*) FILTER (e.is_holder), sum(e.asset_average_balance), sum(e.loan_balance) FROM s "
        "INNER JOIN customer_fact_month AS e ON e.customer_number = s.customer_number "
        f"WHERE s.is_in AND e.business_date > DATE '{_earlier(day, MONTHS)}' GROUP BY 1 ORDER BY 1",
    )


def _risk(day: date) -> _Plan:
    lent, before = "s.loan_balance > 0", f"INNER JOIN {_EARLIER.format(_earlier(day, 1))}"
    moved = "CAST(e.loan_class_rank AS VARCHAR) || '>' || CAST(s.loan_class_rank AS VARCHAR)"
    circle = "CASE WHEN s.guaranteed_amount > 0 THEN 'in_circle' ELSE 'outside' END"

    def loans(code: str, key: str, joined: str = "", where: str = lent) -> _Cut:
        return _Cut(code, key, "s.loan_balance", "loan_balance", joined, where, is_whole=False, shares_amount=True)

    return _Plan(
        (
            loans("loan_class", "s.loan_class_rank"),
            loans("class_move", moved, before, f"{lent} AND e.loan_class_rank > 0"),
            loans("overdue_day", _bands("s.overdue_day_count", 1, 31, 91, 181)),
            _Cut("guaranteed", circle, "s.guaranteed_amount", "guaranteed_amount"),
        ),
        (
            ("bad_share", _sum_ratio("s.bad_loan_balance", "s.loan_balance")),
            ("overdue_share", _sum_ratio("s.overdue_balance", "s.loan_balance")),
            ("top_ten_share", _top_ratio("loan_balance", "i <= 10")),
        ),
    )


def _flow(day: date) -> _Plan:
    first = _earlier(day, 2).replace(day=1)
    flows = "INNER JOIN customer_flow_month AS w ON w.customer_number = s.customer_number"
    summed = (
        "INNER JOIN (SELECT customer_number, flow_code, sum(inflow_amount) AS inflow, sum(outflow_amount) AS outflow "
        f"FROM customer_flow_month WHERE month_start >= DATE '{first}' GROUP BY customer_number, flow_code) AS w "
        "ON w.customer_number = s.customer_number"
    )
    away = (
        "SELECT CAST(sum(w.outflow_amount) FILTER (w.flow_code IN ('off_us', 'own_account_elsewhere')) AS DECIMAL(38,2)), "
        f"CAST(sum(w.outflow_amount) AS DECIMAL(38,2)) FROM s {flows} WHERE w.month_start >= DATE '{first}' AND {{flag}}"
    )
    return _Plan(
        (
            _Cut("inflow", "w.flow_code", "w.inflow", "inflow_amount", summed, "w.inflow > 0", is_whole=False, shares_amount=True),
            _Cut("outflow", "w.flow_code", "w.outflow", "outflow_amount", summed, "w.outflow > 0", is_whole=False, shares_amount=True),
        ),
        (("elsewhere_share", away), ("payroll_share", _count_ratio("s.payroll_amount > 0"))),
        f"SELECT w.month_start, count(DISTINCT s.customer_number), sum(w.inflow_amount), sum(w.outflow_amount) FROM s {flows} "
        f"WHERE s.is_in AND w.month_start > DATE '{_earlier(day, MONTHS)}' GROUP BY 1 ORDER BY 1",
    )


_PLANS: dict[str, Callable[[date], _Plan]] = dict(zip(VIEWS, (_composition, _value, _behaviour, _churn, _risk, _flow), strict=True))


def _earlier(day: date, months: int) -> date:
    """Return the month end so many months before."""
    for _ in range(months):
        day = last_month_end(day)
    return day

"""The six views of a group — composition, value, behaviour, churn, risk, fund flow — each line beside the same of another group or of everybody.

Every table is a cut of the same customers: its group counts add up to the group where the table says so (`is_whole`). Ratios are
computed from sums; a base that is empty gives none. Figures of few customers are withheld by the caller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers.groups import EVERYBODY, Question, Selection, compiled, within
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
    """The customers of today's group at an earlier month end: how many held an account, and the amounts."""

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
class _Asked:
    """The rows `s` of everybody in the organisations, with `is_in` and `is_base`."""

    reader: Reader
    day: date
    text: str
    values: tuple[Any, ...]

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query that may select from `s`, the rows of the day, joined or not."""
        return self.reader.rows(f"WITH s AS ({self.text}) {query}", [*self.values, *values])

    def table(
        self, code: str, key: str, amount: str = "s.asset_average_balance", *, joined: str = "", where: str = "true", **said: Any
    ) -> ViewTable:
        """Return a cut of the rows by `key`; nulls are left out."""
        rows = self.rows(
            f"SELECT k, count(*) FILTER (is_in), coalesce(sum(a) FILTER (is_in), 0), count(*) FILTER (is_base), coalesce(sum(a) FILTER (is_base), 0) "
            f"FROM (SELECT CAST({key} AS VARCHAR) AS k, {amount} AS a, s.is_in, s.is_base FROM s {joined} WHERE {where}) WHERE k IS NOT NULL GROUP BY k ORDER BY k"
        )
        amount_code = said.pop("amount_code", "asset_average_balance")
        return ViewTable(code, amount_code, tuple(ViewLine(*row) for row in rows if row[1] or row[3]), **said)


def group_view(
    reader: Reader, view: str, selection: Selection, organisations: tuple[str, ...] | None, against: Selection = EVERYBODY
) -> GroupView:
    """Return one of VIEWS of a group within `organisations`, held against another group or everybody there."""
    day = reader.manifest.reporting_date
    one, other, place = compiled(selection, day), compiled(against, day), within(organisations)
    asked = _Asked(reader, day, *_rows(one, other, place, day))
    ((count, base_count),) = asked.rows("SELECT count(*) FILTER (is_in), count(*) FILTER (is_base) FROM s")
    tables, figures, months = _BUILDERS[view](asked)
    return GroupView(view, day, count, base_count, tables, figures, months)


def _rows(one: Question, other: Question, place: Question, day: date) -> tuple[str, tuple[Any, ...]]:
    text = (
        f"SELECT j.* FROM (SELECT f.*, ({one.text}) AS is_in, ({other.text}) AS is_base FROM customer_fact_month AS f "
        f"WHERE f.business_date = ? AND {place.text}) AS j WHERE j.is_in OR j.is_base"
    )
    return text, (*one.values, *other.values, day, *place.values)


_Built = tuple[tuple[ViewTable, ...], tuple[Figure, ...], tuple[MonthPoint, ...]]
_CUSTOMER = "LEFT JOIN customer AS c ON c.customer_number = s.customer_number"
_LABEL = "LEFT JOIN customer_label AS b ON b.customer_number = s.customer_number AND b.business_date = s.business_date AND b.reason_rank = 1 AND b.family_code = '{}'"


def _bands(column: str, *edges: int) -> str:
    """Return the band of a number as `from-until`, sorted as text, for edges in rising order."""
    cases = " ".join(
        f"WHEN {column} < {upper} THEN '{place}:{lower}-{upper}'"
        for place, (lower, upper) in enumerate(zip((0, *edges), edges, strict=False))
    )
    return f"CASE {cases} ELSE '{len(edges)}:{edges[-1]}-' END"


def _composition(asked: _Asked) -> _Built:
    years = _bands("date_sub('year', c.born_on, s.business_date)", 18, 30, 45, 60)
    age = f"CASE WHEN s.customer_kind <> 'personal' OR c.born_on IS NULL THEN 'none' ELSE {years} END"
    return (
        (
            asked.table("customer_kind", "s.customer_kind"),
            asked.table("sex", "coalesce(c.sex, 'none')", joined=_CUSTOMER),
            asked.table("age", age, joined=_CUSTOMER),
            asked.table("life_stage", "coalesce(b.label_code, 'none')", joined=_LABEL.format("life_stage")),
            asked.table("rural_group", "coalesce(b.label_code, 'none')", joined=_LABEL.format("rural_group")),
            asked.table("tenure_month", _bands("s.held_month_count", 6, 12, 36, 60, 120)),
            asked.table("organisation", "s.organisation_code"),
        ),
        (),
        (),
    )


def _value(asked: _Asked) -> _Built:
    tier = f"LEFT JOIN customer_fact_month AS e ON e.customer_number = s.customer_number AND e.business_date = DATE '{_earlier(asked, MONTHS)}'"
    return (
        (
            asked.table("tier", "s.tier_code"),
            asked.table("tier_move", "coalesce(e.tier_code, 'unknown') || '>' || s.tier_code", joined=tier),
            _deciles(asked),
            asked.table("asset_band", _bands("s.asset_average_balance", 1000, 10000, 50000, 200000, 500000)),
        ),
        (
            Figure("asset_gini", _gini(asked, "asset_average_balance", "is_in"), _gini(asked, "asset_average_balance", "is_base")),
            Figure("top_tenth_share", _top_share(asked, "is_in"), _top_share(asked, "is_base")),
            Figure(
                "contribution_each", _mean(asked, "year_contribution_amount", "is_in"), _mean(asked, "year_contribution_amount", "is_base")
            ),
            Figure("asset_each", _mean(asked, "asset_average_balance", "is_in"), _mean(asked, "asset_average_balance", "is_base")),
        ),
        (),
    )


def _behaviour(asked: _Asked) -> _Built:
    since = date(asked.day.year, asked.day.month, 1)
    for _ in range(2):
        since = last_month_end(since).replace(day=1)
    used = (
        "INNER JOIN (SELECT p.person_customer_number AS number, m.channel_code, CAST(sum(m.transaction_count) AS DECIMAL(38,2)) AS deeds "
        "FROM customer_channel_month AS m INNER JOIN customer AS p ON p.customer_number = m.customer_number "
        f"WHERE m.month_start >= DATE '{since}' GROUP BY ALL) AS u ON u.number = s.customer_number"
    )
    held = (
        "INNER JOIN (SELECT DISTINCT p.person_customer_number AS number, a.product_group FROM account AS a "
        "INNER JOIN customer AS p ON p.customer_number = a.customer_number "
        f"WHERE a.opened_on <= DATE '{asked.day}' AND (a.closed_on IS NULL OR a.closed_on > DATE '{asked.day}')) AS h ON h.number = s.customer_number"
    )
    return (
        (
            asked.table("recency_day", _bands("s.idle_day_count", 7, 30, 90, 180), where="s.is_holder"),
            asked.table(
                "frequency",
                _bands("s.transaction_count", 1, 5, 15, 50),
                "CAST(s.transaction_count AS DECIMAL(38,2))",
                amount_code="transaction_count",
            ),
            asked.table("monetary", _bands("s.inflow_amount", 1000, 10000, 50000, 200000), "s.inflow_amount", amount_code="inflow_amount"),
            asked.table("channel", "u.channel_code", "u.deeds", joined=used, amount_code="transaction_count", is_whole=False),
            asked.table("product_group", "h.product_group", joined=held, is_whole=False),
            asked.table("product_count", _bands("s.product_group_count", 1, 2, 3, 5)),
        ),
        (),
        (),
    )


def _churn(asked: _Asked) -> _Built:
    signal = (
        "INNER JOIN customer_label AS b ON b.customer_number = s.customer_number AND b.business_date = s.business_date "
        "AND b.label_code IN ('silently_leaving', 'attention')"
    )
    cohort = "CASE WHEN s.first_held_on IS NOT NULL THEN CAST(year(s.first_held_on) AS VARCHAR) || CASE WHEN s.is_holder THEN ':stays' ELSE ':left' END END"
    return (
        (
            asked.table("signal", "b.reason_code", "b.reason_amount", joined=signal, amount_code="reason_amount", is_whole=False),
            asked.table("life_stage", "coalesce(b.label_code, 'none')", joined=_LABEL.format("life_stage")),
            asked.table("cohort", cohort, is_whole=False),
        ),
        (
            Figure("left_share", _share(asked, "NOT s.is_holder", "is_in"), _share(asked, "NOT s.is_holder", "is_base")),
            Figure("assets_kept_share", _kept(asked, "is_in"), _kept(asked, "is_base")),
        ),
        _months(asked, "asset_average_balance", "loan_balance"),
    )


def _risk(asked: _Asked) -> _Built:
    lent = "s.loan_balance > 0"
    before = (
        f"INNER JOIN customer_fact_month AS e ON e.customer_number = s.customer_number AND e.business_date = DATE '{_earlier(asked, 1)}'"
    )
    moved = "CAST(e.loan_class_rank AS VARCHAR) || '>' || CAST(s.loan_class_rank AS VARCHAR)"
    loans = {"amount_code": "loan_balance", "is_whole": False, "shares_amount": True}
    return (
        (
            asked.table("loan_class", "s.loan_class_rank", "s.loan_balance", where=lent, **loans),
            asked.table("class_move", moved, "s.loan_balance", joined=before, where=f"{lent} AND e.loan_class_rank > 0", **loans),
            asked.table("overdue_day", _bands("s.overdue_day_count", 1, 31, 91, 181), "s.loan_balance", where=lent, **loans),
            asked.table(
                "guaranteed",
                "CASE WHEN s.guaranteed_amount > 0 THEN 'in_circle' ELSE 'outside' END",
                "s.guaranteed_amount",
                amount_code="guaranteed_amount",
            ),
        ),
        (
            Figure("bad_share", _ratio(asked, "bad_loan_balance", "is_in"), _ratio(asked, "bad_loan_balance", "is_base")),
            Figure("overdue_share", _ratio(asked, "overdue_balance", "is_in"), _ratio(asked, "overdue_balance", "is_base")),
            Figure("top_ten_share", _top_ten(asked, "is_in"), _top_ten(asked, "is_base")),
        ),
        (),
    )


def _flow(asked: _Asked) -> _Built:
    first = _earlier(asked, 2).replace(day=1)
    summed = (
        "INNER JOIN (SELECT customer_number, flow_code, sum(inflow_amount) AS inflow, sum(outflow_amount) AS outflow FROM customer_flow_month "
        f"WHERE month_start >= DATE '{first}' GROUP BY customer_number, flow_code) AS w ON w.customer_number = s.customer_number"
    )
    flows = {"is_whole": False, "shares_amount": True}
    return (
        (
            asked.table("inflow", "w.flow_code", "w.inflow", joined=summed, where="w.inflow > 0", amount_code="inflow_amount", **flows),
            asked.table("outflow", "w.flow_code", "w.outflow", joined=summed, where="w.outflow > 0", amount_code="outflow_amount", **flows),
        ),
        (
            Figure("elsewhere_share", _elsewhere(asked, first, "is_in"), _elsewhere(asked, first, "is_base")),
            Figure("payroll_share", _share(asked, "s.payroll_amount > 0", "is_in"), _share(asked, "s.payroll_amount > 0", "is_base")),
        ),
        _flows(asked),
    )


_BUILDERS: dict[str, Callable[[_Asked], _Built]] = dict(zip(VIEWS, (_composition, _value, _behaviour, _churn, _risk, _flow), strict=True))


def _earlier(asked: _Asked, months: int) -> date:
    """Return the month end so many months before."""
    day = asked.day
    for _ in range(months):
        day = last_month_end(day)
    return day


def _deciles(asked: _Asked) -> ViewTable:
    """Return the tenths of group and base by contribution of twelve months, the best first."""
    sides: list[dict[int, tuple[int, Decimal]]] = []
    for flag in ("is_in", "is_base"):
        rows = asked.rows(
            f"SELECT tenth, count(*), sum(a) FROM (SELECT s.year_contribution_amount AS a, ntile({DECILES}) OVER "
            f"(ORDER BY s.year_contribution_amount DESC, s.customer_number) AS tenth FROM s WHERE s.{flag}) GROUP BY tenth"
        )
        sides.append({tenth: (count, amount) for tenth, count, amount in rows})
    lines = [(tenth, *(side.get(tenth, (0, Decimal(0))) for side in sides)) for tenth in range(1, DECILES + 1)]
    return ViewTable(
        "decile",
        "year_contribution_amount",
        tuple(ViewLine(f"{tenth:02d}", one[0], one[1], other[0], other[1]) for tenth, one, other in lines if one[0] or other[0]),
        shares_amount=True,
    )


def _gini(asked: _Asked, column: str, flag: str) -> Decimal | None:
    """Return Σ (2i − n − 1) x ÷ (n Σ x) over the amounts x in rising order, negative ones as nothing; None without any amount."""
    ((weighted, count, total),) = asked.rows(
        "SELECT CAST(sum(CAST(2 * i - n - 1 AS DECIMAL(18,0)) * x) AS DECIMAL(38,2)), count(*), sum(x) FROM (SELECT x, "
        f"row_number() OVER (ORDER BY x) AS i, count(*) OVER () AS n FROM (SELECT CAST(greatest(s.{column}, 0) AS DECIMAL(18,2)) AS x FROM s WHERE s.{flag}))"
    )
    return weighted / (count * total) if total else None


def _top_share(asked: _Asked, flag: str) -> Decimal | None:
    """Return the share of assets that the best tenth holds."""
    ((top, total),) = asked.rows(
        "SELECT sum(x) FILTER (tenth = 1), sum(x) FROM (SELECT s.asset_average_balance AS x, "
        f"ntile({DECILES}) OVER (ORDER BY s.asset_average_balance DESC, s.customer_number) AS tenth FROM s WHERE s.{flag})"
    )
    return (top or Decimal(0)) / total if total else None


def _mean(asked: _Asked, column: str, flag: str) -> Decimal | None:
    ((total, count),) = asked.rows(f"SELECT sum(s.{column}), count(*) FROM s WHERE s.{flag}")
    return total / count if count else None


def _share(asked: _Asked, condition: str, flag: str) -> Decimal | None:
    ((part, count),) = asked.rows(f"SELECT count(*) FILTER ({condition}), count(*) FROM s WHERE s.{flag}")
    return Decimal(part) / count if count else None


def _ratio(asked: _Asked, column: str, flag: str) -> Decimal | None:
    ((part, total),) = asked.rows(f"SELECT sum(s.{column}), sum(s.loan_balance) FROM s WHERE s.{flag}")
    return part / total if total else None


def _top_ten(asked: _Asked, flag: str) -> Decimal | None:
    ((part, total),) = asked.rows(
        "SELECT sum(x) FILTER (i <= 10), sum(x) FROM (SELECT s.loan_balance AS x, "
        f"row_number() OVER (ORDER BY s.loan_balance DESC, s.customer_number) AS i FROM s WHERE s.{flag})"
    )
    return part / total if total else None


def _kept(asked: _Asked, flag: str) -> Decimal | None:
    """Return what the same customers hold now of what they held twelve months ago."""
    ((now, then),) = asked.rows(
        "SELECT sum(s.asset_average_balance), sum(e.asset_average_balance) FROM s INNER JOIN customer_fact_month AS e "
        f"ON e.customer_number = s.customer_number AND e.business_date = DATE '{_earlier(asked, MONTHS)}' WHERE s.{flag}"
    )
    return now / then if then else None


def _elsewhere(asked: _Asked, first: date, flag: str) -> Decimal | None:
    """Return the share of what went out that went to other banks."""
    ((part, total),) = asked.rows(
        "SELECT sum(w.outflow_amount) FILTER (w.flow_code IN ('off_us', 'own_account_elsewhere')), sum(w.outflow_amount) FROM s "
        f"INNER JOIN customer_flow_month AS w ON w.customer_number = s.customer_number WHERE w.month_start >= DATE '{first}' AND s.{flag}"
    )
    return (part or Decimal(0)) / total if total else None


def _months(asked: _Asked, amount: str, other: str) -> tuple[MonthPoint, ...]:
    """Return today's group at the ends of the last months: those who held an account, and two amounts of theirs."""
    rows = asked.rows(
        f"SELECT e.business_date, count(*) FILTER (e.is_holder), sum(e.{amount}), sum(e.{other}) FROM s INNER JOIN customer_fact_month AS e "
        f"ON e.customer_number = s.customer_number WHERE s.is_in AND e.business_date > DATE '{_earlier(asked, MONTHS)}' GROUP BY 1 ORDER BY 1"
    )
    return tuple(MonthPoint(*row) for row in rows)


def _flows(asked: _Asked) -> tuple[MonthPoint, ...]:
    """Return what came in and went out of today's group in the last months."""
    rows = asked.rows(
        "SELECT w.month_start, count(DISTINCT s.customer_number), sum(w.inflow_amount), sum(w.outflow_amount) FROM s "
        "INNER JOIN customer_flow_month AS w ON w.customer_number = s.customer_number "
        f"WHERE s.is_in AND w.month_start > DATE '{_earlier(asked, MONTHS)}' GROUP BY 1 ORDER BY 1"
    )
    return tuple(MonthPoint(*row) for row in rows)

"""What each of the six views of a group asks: tables as cuts of the same customers, ratios, months, and the course of one figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.group_postings import banks_paid, deeds_by_hour, spent
from maisui.metrics.measure_sql import last_month_end

VIEWS = ("composition", "value", "behaviour", "churn", "risk", "flow")
"""The codes of the views, in reading order."""
MONTHS = 12
COURSE_MONTHS = 25
DECILES = 10
OF_THREE_MONTHS = ("transactions_each", "outflow_per_inflow")
"""Figures of three months: without them from the history's beginning."""
Lines = Mapping[str, tuple[int, Decimal]]
"""How many customers and what amount, by the key of a line."""
NOTHING = (0, Decimal("0.00"))
_UNKNOWN = "none"
"""The line of those of whom it is not known; always named."""
MOST_LINES = 12
"""Tables of banks and villages name so many of the largest; the others stand together as `rest`."""


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
        is_transition: whether a line is `opening>closing` and its share that of the amount of the opening.
    """

    code: str
    amount_code: str
    lines: tuple[ViewLine, ...]
    is_whole: bool = True
    shares_amount: bool = False
    is_transition: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """How a table is asked: the key of a row `s`, the amount, what is joined to it, for whom, and from which rows.

    `counted` is what a line counts (`n` is the customer's number), `most` how many of the group's largest lines are named, 0 all.
    A table that ranks customers among each other does not add up (`adds_up`) over groups that share nobody; every other one does.
    """

    code: str
    key: str
    amount: str = "s.asset_average_balance"
    amount_code: str = "asset_average_balance"
    joined: str = ""
    where: str = "true"
    is_whole: bool = True
    shares_amount: bool = False
    source: str = "s"
    is_transition: bool = False
    counted: str = "*"
    most: int = 0
    adds_up: bool = True

    @property
    def query(self) -> str:
        """Return the lines of the table."""
        return (
            f"SELECT '{self.code}' AS code, k, count({self.counted}), CAST(coalesce(sum(a), 0) AS DECIMAL(38,2)) FROM ("
            f"SELECT CAST({self.key} AS VARCHAR) AS k, {self.amount} AS a, s.customer_number AS n "
            f"FROM {self.source} AS s {self.joined} WHERE {self.where}) WHERE k IS NOT NULL GROUP BY k"
        )

    def table(self, one: Lines, base: Lines) -> ViewTable:
        """Return the lines of a group beside those of what it is held against."""
        if self.most:
            known = [key for key in one if key != _UNKNOWN]
            named = {_UNKNOWN, *sorted(known, key=lambda key: (-abs(one[key][1]), key))[: self.most]}
            one, base = _with_the_rest(one, named), _with_the_rest(base, named)
        lines = (ViewLine(key, *one.get(key, NOTHING), *base.get(key, NOTHING)) for key in sorted(one.keys() | base.keys()))
        return ViewTable(
            self.code,
            self.amount_code,
            tuple(line for line in lines if line.count or line.base_count),
            self.is_whole,
            self.shares_amount,
            self.is_transition,
        )


def _with_the_rest(lines: Lines, named: AbstractSet[str]) -> Lines:
    found: dict[str, tuple[int, Decimal]] = {}
    for key, (count, amount) in lines.items():
        place = key if key in named else "rest"
        before = found.get(place, NOTHING)
        found[place] = (before[0] + count, before[1] + amount)
    return found


@dataclass(frozen=True, slots=True)
class Plan:
    """What a view asks for: cuts, ratios (part and whole as SQL over `s`), and months.

    `course` is the code, the part and the whole of a figure over the facts `e` of a month end; `parts` are named rows that cuts share.
    """

    cuts: tuple[Cut, ...]
    course: tuple[str, str, str]
    ratios: tuple[tuple[str, str], ...] = ()
    months: str = ""
    parts: str = ""


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
    return f"SELECT CAST(sum({part}) AS DECIMAL(38,2)), CAST(sum({whole}) AS DECIMAL(38,2)) FROM s"


def _count_ratio(condition: str) -> str:
    return _sum_ratio(f"CASE WHEN {condition} THEN 1 ELSE 0 END", "1")


def _top_ratio(column: str, place: str) -> str:
    """Return the share of an amount that the rows hold whose `i` (rank) or `tenth` is of `place`."""
    rank = f"OVER (ORDER BY s.{column} DESC, s.customer_number)"
    return (
        f"SELECT CAST(sum(x) FILTER ({place}) AS DECIMAL(38,2)), CAST(sum(x) AS DECIMAL(38,2)) FROM (SELECT s.{column} AS x, "
        f"row_number() {rank} AS i, ntile({DECILES}) {rank} AS tenth FROM s)"
    )


_GINI = (
    "SELECT CAST(sum(CAST(2 * i - n - 1 AS DECIMAL(18,0)) * x) AS DECIMAL(38,2)), CAST(count(*) * sum(x) AS DECIMAL(38,2)) FROM ("
    "SELECT x, row_number() OVER (ORDER BY x) AS i, count(*) OVER () AS n FROM ("
    "SELECT CAST(greatest(s.asset_average_balance, 0) AS DECIMAL(18,2)) AS x FROM s))"
)
"""Σ (2i − n − 1) x ÷ (n Σ x) over assets x in rising order, negative ones as nothing."""


def _composition(day: date) -> Plan:
    del day
    years = _bands("date_sub('year', c.born_on, s.business_date)", 18, 30, 45, 60)
    age = f"CASE WHEN s.customer_kind = 'corporate' THEN 'corporate' WHEN c.born_on IS NULL THEN 'none' ELSE {years} END"
    sex = "CASE WHEN s.customer_kind = 'corporate' THEN 'corporate' ELSE coalesce(c.sex, 'none') END"
    return Plan(
        (
            Cut("customer_kind", "s.customer_kind"),
            Cut("sex", sex, joined=_CUSTOMER),
            Cut("age", age, joined=_CUSTOMER),
            Cut("life_stage", "coalesce(b.label_code, 'none')", joined=_LABEL.format("life_stage")),
            Cut("rural_group", "coalesce(b.label_code, 'none')", joined=_LABEL.format("rural_group")),
            Cut("tenure_month", _bands("s.held_month_count", 6, 12, 36, 60, 120)),
            Cut("organisation", "s.organisation_code"),
        ),
        ("effective_share", "CASE WHEN e.is_effective THEN 1 ELSE 0 END", "CASE WHEN e.is_holder THEN 1 ELSE 0 END"),
    )


def _value(day: date) -> Plan:
    rank = f"ntile({DECILES}) OVER (ORDER BY year_contribution_amount DESC, customer_number)"
    tenths = f"(SELECT {rank} AS tenth, customer_number, year_contribution_amount FROM s)"
    moved = "coalesce(e.tier_code, 'unknown') || '>' || s.tier_code"
    worth = "year_contribution_amount"
    return Plan(
        (
            Cut("tier", "s.tier_code"),
            Cut("tier_move", moved, joined=f"LEFT JOIN {_EARLIER.format(month_end_before(day, MONTHS))}"),
            Cut("decile", "printf('%02d', s.tenth)", f"s.{worth}", worth, shares_amount=True, source=tenths, adds_up=False),
            Cut("asset_band", _bands("s.asset_average_balance", 1000, 10000, 50000, 200000, 500000)),
        ),
        ("asset_each", "e.asset_average_balance", "CASE WHEN e.is_holder THEN 1 ELSE 0 END"),
        (
            ("asset_gini", _GINI),
            ("top_tenth_share", _top_ratio("asset_average_balance", "tenth = 1")),
            ("contribution_each", _sum_ratio("s.year_contribution_amount", "1")),
            ("asset_each", _sum_ratio("s.asset_average_balance", "1")),
        ),
    )


def _behaviour(day: date) -> Plan:
    used = (
        "INNER JOIN (SELECT p.person_customer_number AS number, m.channel_code, CAST(sum(m.transaction_count) AS DECIMAL(38,2)) AS deeds "
        "FROM customer_channel_month AS m INNER JOIN numbers AS p ON p.customer_number = m.customer_number "
        f"WHERE m.month_start >= DATE '{month_end_before(day, 2).replace(day=1)}' GROUP BY ALL) AS u ON u.number = s.customer_number"
    )
    held = (
        "INNER JOIN (SELECT DISTINCT p.person_customer_number AS number, a.product_group FROM account AS a "
        "INNER JOIN numbers AS p ON p.customer_number = a.customer_number "
        f"WHERE a.opened_on <= DATE '{day}' AND (a.closed_on IS NULL OR a.closed_on > DATE '{day}')) AS h ON h.number = s.customer_number"
    )
    deeds = "CAST(s.transaction_count AS DECIMAL(38,2))"
    has_moved = f"(SELECT sum(transaction_count) > 0 FROM customer_fact_month WHERE business_date = DATE '{day}')"
    first = month_end_before(day, 2).replace(day=1)
    hours = f"INNER JOIN ({deeds_by_hour(first, day)}) AS u ON u.number = s.customer_number"
    bought = f"INNER JOIN ({spent(first, day)}) AS u ON u.number = s.customer_number"
    return Plan(
        (
            Cut("recency_day", _bands("s.idle_day_count", 7, 30, 90, 180), where=f"s.is_holder AND {has_moved}", is_whole=False),
            Cut("frequency", _bands("s.transaction_count", 1, 5, 15, 50), deeds, "transaction_count"),
            Cut("monetary", _bands("s.inflow_amount", 1000, 10000, 50000, 200000), "s.inflow_amount", "inflow_amount"),
            Cut("channel", "u.channel_code", "u.deeds", "transaction_count", joined=used, is_whole=False),
            Cut("hour", "u.hours", "u.deeds", "transaction_count", joined=hours, is_whole=False, shares_amount=True),
            Cut("spending", "u.kind", "u.amount", "outflow_amount", joined=bought, is_whole=False, shares_amount=True),
            Cut("product_group", "h.product_group", joined=held, is_whole=False),
            Cut("product_count", _bands("s.product_group_count", 1, 2, 3, 5)),
        ),
        ("transactions_each", "CAST(e.transaction_count AS DECIMAL(38,2))", "CASE WHEN e.is_holder THEN 1 ELSE 0 END"),
    )


def _churn(day: date) -> Plan:
    signal = (
        "INNER JOIN customer_label AS b ON b.customer_number = s.customer_number AND b.business_date = s.business_date "
        "AND b.label_code IN ('silently_leaving', 'attention')"
    )
    year = "CAST(year(s.first_held_on) AS VARCHAR)"
    cohort = f"CASE WHEN s.first_held_on IS NOT NULL THEN {year} || CASE WHEN s.is_holder THEN ':stays' ELSE ':left' END END"
    held = "s.first_held_on IS NOT NULL"
    kept = (
        "SELECT CAST(sum(s.asset_average_balance) AS DECIMAL(38,2)), CAST(sum(e.asset_average_balance) AS DECIMAL(38,2)) FROM s "
        f"INNER JOIN {_EARLIER.format(month_end_before(day, MONTHS))}"
    )
    return Plan(
        (
            Cut("signal", "b.reason_code", "b.reason_amount", "reason_amount", joined=signal, is_whole=False),
            Cut("life_stage", "coalesce(b.label_code, 'none')", joined=_LABEL.format("life_stage")),
            Cut("cohort", cohort, is_whole=False),
        ),
        ("holder_share", "CASE WHEN e.is_holder THEN 1 ELSE 0 END", "CASE WHEN e.first_held_on IS NOT NULL THEN 1 ELSE 0 END"),
        (
            ("left_share", _sum_ratio(f"CASE WHEN {held} AND NOT s.is_holder THEN 1 ELSE 0 END", f"CASE WHEN {held} THEN 1 ELSE 0 END")),
            ("assets_kept_share", kept),
        ),
        "SELECT e.business_date, count(*) FILTER (e.is_holder), sum(e.asset_average_balance), sum(e.loan_balance) FROM s "
        "INNER JOIN customer_fact_month AS e ON e.customer_number = s.customer_number "
        f"WHERE e.business_date > DATE '{month_end_before(day, MONTHS)}' GROUP BY 1 ORDER BY 1",
    )


def _risk(day: date) -> Plan:
    lent, before = "s.loan_balance > 0", f"INNER JOIN {_EARLIER.format(month_end_before(day, 1))}"
    moved = "CAST(e.loan_class_rank AS VARCHAR) || '>' || CAST(s.loan_class_rank AS VARCHAR)"
    circle = "CASE WHEN s.guaranteed_amount > 0 THEN 'in_circle' ELSE 'outside' END"

    def loans(code: str, key: str, joined: str = "", where: str = lent) -> Cut:
        return Cut(code, key, "s.loan_balance", "loan_balance", joined, where, is_whole=False, shares_amount=True)

    return Plan(
        (
            loans("loan_class", "s.loan_class_rank"),
            loans("class_move", moved, before, f"{lent} AND e.loan_class_rank > 0"),
            loans("overdue_day", _arrears("s")),
            _rolls(day),
            Cut("guaranteed", circle, "s.guaranteed_amount", "guaranteed_amount"),
        ),
        ("bad_share", "e.bad_loan_balance", "e.loan_balance"),
        (
            ("bad_share", _sum_ratio("s.bad_loan_balance", "s.loan_balance")),
            ("overdue_share", _sum_ratio("s.overdue_balance", "s.loan_balance")),
            ("top_ten_share", _top_ratio("loan_balance", "i <= 10")),
        ),
    )


def _arrears(row: str) -> str:
    return _bands(f"{row}.overdue_day_count", 1, 31, 91, 181)


def _rolls(day: date) -> Cut:
    """Return how loans rolled from one band of arrears to the next, month by month over a year; `paid` without a loan."""
    closing = f"CASE WHEN e.loan_balance > 0 THEN {_arrears('e')} ELSE 'paid' END"
    months = (
        f"(SELECT s.customer_number, o.loan_balance AS opened, {_arrears('o')} || '>' || {closing} AS moved FROM s "
        "INNER JOIN customer_fact_month AS o ON o.customer_number = s.customer_number AND o.loan_balance > 0 "
        f"AND o.business_date >= DATE '{month_end_before(day, MONTHS)}' "
        "INNER JOIN customer_fact_month AS e ON e.customer_number = s.customer_number "
        "AND date_trunc('month', e.business_date) = date_trunc('month', o.business_date + INTERVAL 1 DAY) "
        "AND e.business_date > o.business_date)"
    )
    return Cut(
        "roll",
        "s.moved",
        "s.opened",
        "opening_balance",
        is_whole=False,
        shares_amount=True,
        source=months,
        is_transition=True,
        counted="DISTINCT n",
    )


def _flow(day: date) -> Plan:
    first = month_end_before(day, 2).replace(day=1)
    flows = "INNER JOIN customer_flow_month AS w ON w.customer_number = s.customer_number"
    flowed = (
        "flowed AS MATERIALIZED (SELECT w.customer_number, w.flow_code, sum(w.inflow_amount) AS inflow, sum(w.outflow_amount) AS outflow "
        f"FROM s {flows} WHERE w.month_start >= DATE '{first}' GROUP BY w.customer_number, w.flow_code)"
    )
    away = (
        "SELECT CAST(sum(w.outflow_amount) FILTER (w.flow_code IN ('off_us', 'own_account_elsewhere')) AS DECIMAL(38,2)), "
        "CASE WHEN bool_or(w.flow_code <> 'other') THEN CAST(sum(w.outflow_amount) AS DECIMAL(38,2)) END "
        f"FROM s {flows} WHERE w.month_start >= DATE '{first}'"
    )
    paid = f"INNER JOIN ({banks_paid(first, day)}) AS u ON u.number = s.customer_number"
    village = (
        "LEFT JOIN (SELECT customer_number AS number, max(village_code) AS village_code FROM household_member "
        f"WHERE valid_from <= DATE '{day}' AND (valid_until IS NULL OR valid_until > DATE '{day}') GROUP BY 1) AS v "
        "ON v.number = s.customer_number "
        "LEFT JOIN (SELECT village_code, arg_max(village_name, reported_on) AS village_name FROM village_roster_snapshot GROUP BY 1) AS r "
        "ON r.village_code = v.village_code"
    )
    named = "coalesce(coalesce(r.village_name, '') || '|' || v.village_code, 'none')"
    net = "s.inflow_amount - s.outflow_amount"
    return Plan(
        (
            Cut(
                "inflow",
                "s.flow_code",
                "s.inflow",
                "inflow_amount",
                "",
                "s.inflow > 0",
                is_whole=False,
                shares_amount=True,
                source="flowed",
            ),
            Cut(
                "outflow",
                "s.flow_code",
                "s.outflow",
                "outflow_amount",
                "",
                "s.outflow > 0",
                is_whole=False,
                shares_amount=True,
                source="flowed",
            ),
            Cut("bank", "u.bank", "u.amount", "outflow_amount", joined=paid, is_whole=False, shares_amount=True, most=MOST_LINES),
            Cut(
                "village",
                named,
                net,
                "net_inflow_amount",
                joined=village,
                most=MOST_LINES,
            ),
            Cut("industry", "coalesce(substr(c.industry_code, 1, 1), 'none')", net, "net_inflow_amount", joined=_CUSTOMER),
        ),
        ("outflow_per_inflow", "e.outflow_amount", "e.inflow_amount"),
        (("elsewhere_share", away), ("payroll_share", _count_ratio("s.payroll_amount > 0"))),
        f"SELECT w.month_start, count(DISTINCT s.customer_number), sum(w.inflow_amount), sum(w.outflow_amount) FROM s {flows} "
        f"WHERE w.month_start > DATE '{month_end_before(day, MONTHS)}' GROUP BY 1 ORDER BY 1",
        flowed,
    )


PLANS: dict[str, Callable[[date], Plan]] = dict(zip(VIEWS, (_composition, _value, _behaviour, _churn, _risk, _flow), strict=True))


def month_end_before(day: date, months: int) -> date:
    """Return the month end so many months before."""
    for _ in range(months):
        day = last_month_end(day)
    return day

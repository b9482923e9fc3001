"""How groups turn out by age: which share stays a customer so many months on, and which share of what was lent is overdue by then.

Survival counts each person of the group who has held an account since the history began, from his first month end with one: those who
opened within the history by quarter of opening, all others from its beginning as one cohort. It is Kaplan–Meier's product over whole
months; who still holds leaves the risk at the reporting date. The vintage takes the loans in yuan of the group, without entrusted ones,
by month of lending: balance more than 30 days overdue at the end of so many months ÷ amount lent, over loans that have reached the age.
The group is today's, so whoever has left it is not in its past.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers.product_life import AgeCounts, kaplan_meier
from maisui.warehouse.reader import Reader

SURVIVAL_AGES = (1, 3, 6, 9, 12, 18, 24)
VINTAGE_AGES = (1, 3, 6, 9, 12, 18, 24)
OVERDUE_DAYS = 30
_NO_LOAN = (0, Decimal("0.00"), Decimal("0.00"))
BEFORE = "before"
"""The cohort of those who held an account when the history began."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One cohort in the group and in its base: number, amount lent (0 for survival), and the share at each age; None where none is."""

    code: str
    count: int
    amount: Decimal
    shares: tuple[Decimal | None, ...]
    base_count: int
    base_amount: Decimal
    base_shares: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class CurveTable:
    """A family of curves over `ages` in months: all cohorts together, and each; `is_money` where cohorts have an amount."""

    code: str
    ages: tuple[int, ...]
    whole: Curve
    cohorts: tuple[Curve, ...]
    is_money: bool = False


Ends = Mapping[str, Mapping[int, Sequence[int]]]
"""By cohort and age how many left and how many were last seen then."""
Lent = Mapping[str, Mapping[int, Sequence[Any]]]
"""By cohort and age how many loans, what was lent, and what of it was overdue then."""


def survival_ends(reader: Reader, judged: str, values: Sequence[Any]) -> Ends:
    """Return at which age those of a judged group `s` left or were last seen, by cohort and for all together."""
    rows = reader.rows(
        f"{judged}, held AS (SELECT e.customer_number, min(e.business_date) AS first_on, max(e.business_date) AS last_on "
        "FROM customer_fact_month AS e INNER JOIN s ON s.customer_number = e.customer_number WHERE e.is_holder GROUP BY 1), "
        "began AS (SELECT min(business_date) AS began_on FROM customer_fact_month) "
        "SELECT CASE WHEN h.first_on = b.began_on THEN 'before' "
        "ELSE printf('%d-Q%d', year(h.first_on), quarter(h.first_on)) END AS cohort, "
        "date_diff('month', h.first_on, CASE WHEN h.last_on < s.business_date THEN h.last_on ELSE s.business_date END) AS age, "
        "h.last_on < s.business_date AS has_left, count(*) "
        "FROM s INNER JOIN held AS h ON h.customer_number = s.customer_number CROSS JOIN began AS b GROUP BY ALL ORDER BY ALL",
        list(values),
    )
    ends: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for cohort, age, has_left, count in rows:
        for code in (cohort, "all"):
            ends[code][age + 1 if has_left else age][0 if has_left else 1] += count
    return {code: dict(by_age) for code, by_age in ends.items()}


def survival_table(one: Ends, base: Ends) -> CurveTable:
    """Return the survival of a group beside that of its base."""
    codes = sorted((one.keys() | base.keys()) - {"all"}, key=lambda code: (code != BEFORE, code))
    curves = {code: _survival(code, one.get(code, {}), base.get(code, {})) for code in ("all", *codes)}
    return CurveTable("survival", SURVIVAL_AGES, curves["all"], tuple(curves[code] for code in codes))


def _survival(code: str, one: Mapping[int, Sequence[int]], base: Mapping[int, Sequence[int]]) -> Curve:
    (count, shares), (base_count, base_shares) = _surviving(one), _surviving(base)
    return Curve(code, count, Decimal(0), shares, base_count, Decimal(0), base_shares)


def _surviving(ends: Mapping[int, Sequence[int]]) -> tuple[int, tuple[Decimal | None, ...]]:
    """Return how many there are, and the share that stays at each of SURVIVAL_AGES; `ends` has by age who left and who was last seen."""
    whole = sum(sum(pair) for pair in ends.values())
    if not whole:
        return 0, (None,) * len(SURVIVAL_AGES)
    counts = {age: AgeCounts(closed=left, censored=seen) for age, (left, seen) in ends.items()}
    start = counts.get(0, AgeCounts())
    counts[0] = AgeCounts(whole, start.closed, start.censored)
    found = {one.age: one.share.value for one in kaplan_meier(counts, Decimal(0))}
    return whole, tuple(found.get(age) for age in SURVIVAL_AGES)


def vintage_sums(reader: Reader, judged: str, values: Sequence[Any], day: date) -> Lent:
    """Return how the loans of a judged group `s` turned out by age, by month of lending within the history and for all together."""
    ages = ", ".join(f"({age})" for age in VINTAGE_AGES)
    overdue = (
        f"CASE WHEN z.loan_status NOT IN ('written_off', 'transferred') AND date_diff('day', z.overdue_since, a.seen_on) > {OVERDUE_DAYS} "
        "THEN z.balance ELSE CAST(0 AS DECIMAL(18,2)) END"
    )
    rows = reader.rows(
        f"{judged}, lent AS (SELECT l.loan_number, l.disbursed_on, l.disbursed_amount FROM loan AS l "
        "INNER JOIN customer AS p ON p.customer_number = l.customer_number INNER JOIN s ON s.customer_number = p.person_customer_number "
        f"WHERE l.product_code <> '委托贷款' AND l.currency = 'CNY' AND l.disbursed_on <= DATE '{day}' "
        "AND l.disbursed_on >= (SELECT date_trunc('month', min(business_date)) FROM customer_fact_month)), "
        "aged AS (SELECT l.*, v.age, last_day(CAST(l.disbursed_on + to_months(v.age) AS DATE)) AS seen_on FROM lent AS l "
        f"CROSS JOIN (VALUES (0), {ages}) AS v(age)), "
        "seen AS (SELECT a.disbursed_on, a.disbursed_amount, a.age, "
        f"{overdue} AS overdue FROM aged AS a LEFT JOIN loan_state AS z ON z.loan_number = a.loan_number AND z.valid_from <= a.seen_on "
        f"AND (z.valid_until IS NULL OR z.valid_until > a.seen_on) WHERE a.age = 0 OR a.seen_on <= DATE '{day}') "
        "SELECT strftime(disbursed_on, '%Y-%m') AS cohort, age, count(*), CAST(sum(disbursed_amount) AS DECIMAL(38,2)), "
        "CAST(coalesce(sum(overdue), 0) AS DECIMAL(38,2)) FROM seen GROUP BY ALL ORDER BY ALL",
        list(values),
    )
    sums: dict[str, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(lambda: list(_NO_LOAN)))
    for cohort, age, *found in rows:
        for code in (cohort, "all"):
            sums[code][age] = [before + more for before, more in zip(sums[code][age], found, strict=True)]
    return {code: dict(by_age) for code, by_age in sums.items()}


def vintage_table(one: Lent, base: Lent) -> CurveTable:
    """Return how the loans of a group turned out beside those of its base."""
    codes = sorted((one.keys() | base.keys()) - {"all"})
    curves = {code: _vintage(code, one.get(code, {}), base.get(code, {})) for code in ("all", *codes)}
    return CurveTable("vintage", VINTAGE_AGES, curves["all"], tuple(curves[code] for code in codes), is_money=True)


def _vintage(code: str, one: Mapping[int, Sequence[Any]], base: Mapping[int, Sequence[Any]]) -> Curve:
    sides = [(side.get(0, _NO_LOAN), [side.get(age, _NO_LOAN) for age in VINTAGE_AGES]) for side in (one, base)]
    (count, lent, shares), (base_count, base_lent, base_shares) = (
        (start[0], start[1], tuple(overdue / amount if amount else None for _, amount, overdue in at)) for start, at in sides
    )
    return Curve(code, count, lent, shares, base_count, base_lent, base_shares)

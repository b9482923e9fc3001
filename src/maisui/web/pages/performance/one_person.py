"""What one person's page shows: his figures by topic with change, base, place among peers and the rule that makes them his."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from maisui.answers import Comparison, Metric, PerformanceSettings, Row, Unit, metric_of
from maisui.web.pages.overview.drawings import Bar, bars
from maisui.web.pages.overview.state import State
from maisui.web.pages.performance.fairness import band_of, drawn_rate, standard_scores
from maisui.web.performance_desk import PerformanceDesk
from maisui.web.text import Text

_TELLER_RULE = Text(
    "按柜员流水上的柜员号，该号当日属于谁由员工号码表决定", "by the teller number in the journal, and whose number it was on the day"
)
_ERROR_RULE = Text("按差错登记上的柜员号", "by the teller number in the register of errors")
_DUTY_RULE = Text("按考勤上的工号", "by the employee number of attendance")
_PACE_RULE = Text("业务量按流水，天数按考勤", "workload by the journal, days by attendance")
_ALLOCATION_RULE = Text(
    "按业绩归属：账户优先于客户，客户优先于村；决定优先于报送的分配",
    "allocation: account, then customer, then village; decisions first",
)

TELLER_METRICS: tuple[tuple[str, Text], ...] = (
    ("teller_transaction_count", _TELLER_RULE),
    ("teller_converted_workload", _TELLER_RULE),
    ("teller_checked_count", _TELLER_RULE),
    ("teller_authorised_count", _TELLER_RULE),
    ("teller_duty_day_count", _DUTY_RULE),
    ("teller_workload_per_duty_day", _PACE_RULE),
    ("teller_error_rate", _ERROR_RULE),
    ("teller_first_class_error_rate", _ERROR_RULE),
)
MANAGER_METRICS: tuple[tuple[str, Text], ...] = tuple(
    (code, _ALLOCATION_RULE)
    for code in (
        "managed_deposit_balance",
        "managed_deposit_average_daily_balance",
        "managed_loan_balance",
        "managed_customer_count",
        "managed_quality_customer_share",
        "managed_electronic_substitution_rate",
        "managed_borrower_count",
        "managed_products_per_customer",
        "agency_sale_count",
        "agency_sale_amount",
    )
)
RESULTS: tuple[tuple[str, Text], ...] = tuple(
    (code, _ALLOCATION_RULE)
    for code in (
        "customer_contribution",
        "economic_value_added",
        "deposit_ftp_margin",
        "loan_ftp_margin",
        "charged_fee_amount",
        "expected_loss",
    )
)
"""Contribution stands under employee numbers; what one person has under several of them is added up."""
_PLACES = Decimal("0.01")
_NIL = Decimal(0)


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One figure of the person: value with change against the month before, sides of a ratio, place among peers, rule.

    `drawn` is a rate drawn towards that of all; `band` is None where the base is small or peers are few.
    """

    metric: Metric
    rule: Text
    value: Decimal | None = None
    change: Decimal | None = None
    change_rate: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    is_small: bool = False
    band: Text | None = None
    peer_count: int = 0
    drawn: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CodeLine:
    """What a teller handled of one transaction code: how often, with which weight, and the bar of its share.

    `unrated_count` is how many of them had no rate on their day and weigh nothing.
    """

    code: str
    title: str
    count: Decimal
    workload: Decimal
    bar: Bar | None
    unrated_count: int = 0

    @property
    def rate(self) -> Decimal | None:
        """Return the average weight of one transaction that has any; None where none has."""
        rated = self.count - self.unrated_count
        return (self.workload / rated).quantize(_PLACES, rounding=ROUND_HALF_UP) if rated > 0 else None


@dataclass(frozen=True, slots=True)
class Score:
    """Workload a day on duty within the post of the outlet: the person's, its average, his score, and how many are compared."""

    score: Decimal | None
    peer_count: int
    own: Decimal
    average: Decimal


def figures_of(
    desk: PerformanceDesk, state: State, metrics: Iterable[tuple[str, Text]], settings: PerformanceSettings
) -> tuple[OwnFigure, ...]:
    """Return the person's figures; none at all where he has no value in any of them.

    Raises:
        MaisuiError: as the gateway does.
    """
    metrics = tuple(metrics)
    _read(desk, state, [code for code, _ in metrics], ("person",))
    found = tuple(_figure(desk, state, code, rule, settings) for code, rule in metrics)
    return found if any(figure.value is not None for figure in found) else ()


def results_of(desk: PerformanceDesk, state: State) -> tuple[OwnFigure, ...]:
    """Return the results of contribution under all employee numbers of the person; none where there are none.

    Raises:
        MaisuiError: as the gateway does.
    """
    _read(desk, state, [code for code, _ in RESULTS], ("manager",))
    found: list[OwnFigure] = []
    for code, rule in RESULTS:
        answer = desk.compared(desk.question(code, ("manager",), state), Comparison.PREVIOUS_MONTH)
        rows = [row for row in answer.rows if row.dimensions["manager"] in desk.person.employees]
        value, base = _sum(row.value for row in rows), _sum(row.base_value for row in rows)
        change = value - base if value is not None and base is not None else None
        found.append(OwnFigure(answer.metric, rule, value, change, change / abs(base) if change is not None and base else None))
    return tuple(found) if any(figure.value is not None for figure in found) else ()


def score_of(desk: PerformanceDesk, state: State) -> Score | None:
    """Return the standardised score of workload a day on duty within post and outlet; None for who worked at no counter.

    Raises:
        MaisuiError: as the gateway does.
    """
    answer = desk.compared(desk.question("teller_workload_per_duty_day", ("person",), state), Comparison.PREVIOUS_MONTH)
    staff, mine = desk.employments(), desk.employment
    if mine is None:
        return None
    peers = {
        person: row.value
        for row in answer.rows
        if row.value
        and (person := str(row.dimensions["person"])) in staff
        and (staff[person].organisation_code, staff[person].post_name) == (mine.organisation_code, mine.post_name)
    }
    own = peers.get(desk.person.person)
    if own is None:
        return None
    average = (sum(peers.values(), _NIL) / len(peers)).quantize(_PLACES, rounding=ROUND_HALF_UP)
    return Score(standard_scores(peers).get(desk.person.person) if len(peers) > 1 else None, len(peers), own, average)


def codes_of(desk: PerformanceDesk, state: State, titles: dict[str, str], unrated: dict[str, int]) -> tuple[CodeLine, ...]:
    """Return what the teller handled by transaction code, the most frequent first; `unrated` counts what had no rate.

    Raises:
        MaisuiError: as the gateway does.
    """
    metrics, found = ("teller_transaction_count", "teller_converted_workload"), dict[str, list[Decimal]]()
    _read(desk, state, metrics, ("person", "transaction_code"))
    for place, metric in enumerate(metrics):
        answer = desk.compared(desk.question(metric, ("person", "transaction_code"), state), Comparison.PREVIOUS_MONTH)
        for row in answer.rows:
            if row.dimensions["person"] == desk.person.person and row.value is not None:
                found.setdefault(str(row.dimensions["transaction_code"]), [_NIL, _NIL])[place] = row.value
    lines = [(code, count, load) for code, (count, load) in found.items() if count]
    lines.sort(key=lambda line: (-line[1], line[0]))
    drawn = bars([count for _, count, _ in lines])
    return tuple(
        CodeLine(code, titles.get(code, ""), count, load, bar, unrated.get(code, 0))
        for (code, count, load), bar in zip(lines, drawn, strict=True)
    )


def _read(desk: PerformanceDesk, state: State, codes: Iterable[str], by: tuple[str, ...]) -> None:
    """Read at once what each of `codes` is going to be asked from."""
    desk.read_together([desk.question(code, by, state) for code in codes], Comparison.PREVIOUS_MONTH)


def _figure(desk: PerformanceDesk, state: State, code: str, rule: Text, settings: PerformanceSettings) -> OwnFigure:
    metric = metric_of(code)
    rows = desk.compared(desk.question(code, ("person",), state), Comparison.PREVIOUS_MONTH).rows
    row = next((row for row in rows if row.dimensions["person"] == desk.person.person), None)
    if row is None or row.value is None:
        return OwnFigure(metric, rule)
    is_ratio = metric.unit is Unit.SHARE
    is_small = is_ratio and (row.denominator or _NIL) < settings.smallest_base
    peers = _peers(desk, rows, settings, is_ratio=is_ratio)
    is_ranked = metric.more_is_better is not None and not is_small
    return OwnFigure(
        metric,
        rule,
        row.value,
        row.change,
        row.change_rate,
        row.numerator if is_ratio else None,
        row.denominator if is_ratio else None,
        is_small,
        band_of(row.value, peers, more_is_better=bool(metric.more_is_better), fewest=settings.fewest_peers) if is_ranked else None,
        len(peers),
        _drawn(rows, row, settings) if code == "teller_error_rate" else None,
    )


def _peers(desk: PerformanceDesk, rows: Sequence[Row], settings: PerformanceSettings, *, is_ratio: bool) -> list[Decimal]:
    """Return the values of everybody on duty in the same post whose base is not small."""
    staff, mine = desk.employments(), desk.employment
    found: list[Decimal] = []
    for row in rows:
        peer = staff.get(str(row.dimensions["person"]))
        is_small = is_ratio and (row.denominator or _NIL) < settings.smallest_base
        if row.value is None or peer is None or mine is None or is_small:
            continue
        if peer.is_on_duty and peer.post_name == mine.post_name:
            found.append(row.value)
    return found


def _drawn(rows: Sequence[Row], row: Row, settings: PerformanceSettings) -> Decimal | None:
    cases, base = _sum(other.numerator for other in rows), _sum(other.denominator for other in rows)
    if row.numerator is None or row.denominator is None or cases is None or not base:
        return None
    return drawn_rate(row.numerator, row.denominator, cases / base, settings.shrinkage_weight)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, _NIL) if known else None

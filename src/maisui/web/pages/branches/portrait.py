"""The portrait of one outlet: its figures beside alike ones, its character, its potential, and what its staff might look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from maisui.answers import Comparison, Metric, metric_of
from maisui.answers.branch_advice import Advice, Peak, Silence, counter_advice, manager_advice, peak_of
from maisui.answers.branch_peers import (
    Character,
    Efficiency,
    Likeness,
    character_by_area,
    character_by_customers,
    efficiency,
)
from maisui.answers.branches import MakeUp, OutletProfile, QueueHour, Staff
from maisui.answers.figure import divide, moved
from maisui.web.branch_desk import BranchDesk
from maisui.web.text import Text

GROUPS: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    (
        "size",
        Text("规模", "Size"),
        ("deposit_balance", "deposit_average_daily_balance", "loan_balance", "customer_count", "employee_count", "transaction_count"),
    ),
    (
        "growth",
        Text("成长", "Growth"),
        (
            "deposit_net_increase_since_year_start",
            "loan_net_increase_since_year_start",
            "new_customer_count",
            "lost_customer_count",
            "net_inflow_amount",
        ),
    ),
    (
        "quality",
        Text("质量", "Quality"),
        (
            "npl_ratio",
            "overdue_loan_ratio",
            "quality_customer_share",
            "demand_deposit_share",
            "products_per_customer",
            "electronic_substitution_rate",
        ),
    ),
    (
        "efficiency",
        Text("效率", "Efficiency"),
        (
            "deposit_per_employee",
            "loan_per_employee",
            "contribution_per_employee",
            "deposit_per_outlet",
            "teller_workload_per_duty_day",
            "wait_seconds_per_ticket",
            "queue_leave_rate",
        ),
    ),
)
"""The four groups of figures in reading order."""
_ADVISED = ("teller_converted_workload", "teller_duty_day_count", "person_customer_count", "unassigned_deposit_balance")
"""What the advice on staff goes by beside the figures shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: value, change against the month before, mean of the alike outlets, and its place among them and itself."""

    metric: Metric
    value: Decimal | None
    change: Decimal | None
    change_rate: Decimal | None
    mean: Decimal | None
    rank: int | None
    count: int


@dataclass(frozen=True, slots=True)
class CharacterFinding:
    """Where the outlet lies by its profile and by its customers, with the two shares and the thresholds that decided."""

    by_area: Character | None
    by_customers: Character | None
    agriculture: Decimal | None
    wage: Decimal | None
    from_agriculture: Decimal
    from_wage: Decimal

    @property
    def said(self) -> Character | None:
        """Return the character that stands: the profile's, and that of the customers where there is no profile."""
        return self.by_area or self.by_customers

    @property
    def is_contradicted(self) -> bool:
        """Return whether customers say something else than the profile."""
        return None not in (self.by_area, self.by_customers) and self.by_area is not self.by_customers


@dataclass(frozen=True, slots=True)
class Potential:
    """How much of what is there the outlet has: persons over households, and what its customers send to their accounts elsewhere."""

    persons: int
    households: int | None
    reach: Decimal | None
    elsewhere: Decimal
    outflow: Decimal
    elsewhere_share: Decimal | None
    peer_elsewhere_share: Decimal | None


@dataclass(frozen=True, slots=True)
class StaffAdvice:
    """What is suggested for the counter and for managers, and the queue's peak it went by."""

    counter: Advice | Silence
    manager: Advice | Silence
    peak: Peak | None
    hours: tuple[QueueHour, ...]
    unassigned: Decimal | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """Everything the page of one outlet shows beside structures and chances."""

    code: str
    profile: OutletProfile | None
    character: CharacterFinding
    make_up: MakeUp | None
    staff: Staff | None
    groups: tuple[tuple[str, Text, tuple[Line, ...]], ...]
    peers: tuple[Likeness, ...]
    shows_mean: bool
    efficiency: Efficiency | None
    seen_peer_count: int
    potential: Potential | None
    advice: StaffAdvice


def portrait_of(desk: BranchDesk, code: str) -> Portrait:
    """Return the portrait of an organisation the viewer may see.

    Raises:
        MaisuiError: as the gateway does.
    """
    shown = tuple(metric for _, _, metrics in GROUPS for metric in metrics)
    desk.read((*shown, *desk.metrics_compared(), *_ADVISED))
    desk.read(shown, Comparison.PREVIOUS_MONTH)
    peers = desk.peers(code)
    places = [peer.organisation for peer in peers]
    seen = [place for place in places if place in desk.in_sight]
    shows_mean = desk.may_show(places)
    return Portrait(
        code,
        desk.profiles.get(code),
        character_of(desk, code),
        desk.make_ups().get(code),
        desk.staffs().get(code),
        tuple(
            (name, title, tuple(_line(desk, metric_of(metric), code, places, shows_mean=shows_mean) for metric in metrics))
            for name, title, metrics in GROUPS
        ),
        peers,
        shows_mean,
        efficiency_of(desk, code, seen),
        len(seen),
        _potential(desk, code, places if shows_mean else ()),
        _advice(desk, code, places if shows_mean else ()),
    )


def character_of(desk: BranchDesk, code: str) -> CharacterFinding:
    """Return where an organisation lies, and by what."""
    profile, agriculture, wage = desk.profiles.get(code), desk.agriculture_share(code), desk.wage_share(code)
    limits = (desk.settings.number("agriculture_share"), desk.settings.number("wage_share"))
    by_customers = character_by_customers(agriculture, wage, from_agriculture=limits[0], from_wage=limits[1])
    return CharacterFinding(character_by_area(profile.area_kind) if profile else None, by_customers, agriculture, wage, *limits)


def efficiency_of(desk: BranchDesk, code: str, peers: Sequence[str]) -> Efficiency | None:
    """Return output per head against the best of the peers named; see `answers.branch_peers.efficiency`."""
    places = (code, *peers)
    outputs = {place: {output: desk.value(output, place) for output in desk.settings.output} for place in places}
    heads = {place: value for place in places if (value := desk.value("employee_count", place)) is not None}
    return efficiency(code, peers, outputs, heads, desk.settings.output)


def _line(desk: BranchDesk, metric: Metric, code: str, peers: Sequence[str], *, shows_mean: bool) -> Line:
    value, base = desk.value(metric.code, code), desk.value(metric.code, code, Comparison.PREVIOUS_MONTH)
    others = [other for place in peers if (other := desk.value(metric.code, place)) is not None]
    rank = None
    if value is not None and metric.more_is_better is not None and len(others) >= 2:  # noqa: PLR2004 - a place among three
        rank = 1 + sum(other > value if metric.more_is_better else other < value for other in others)
    return Line(metric, value, *moved(value, base), desk.mean(metric, peers) if shows_mean else None, rank, len(others) + 1)


def _potential(desk: BranchDesk, code: str, peers: Sequence[str]) -> Potential | None:
    made = desk.make_ups()
    own, profile = made.get(code), desk.profiles.get(code)
    if own is None:
        return None
    known = [made[place] for place in peers if place in made]
    elsewhere, outflow = (
        sum((one.own_elsewhere_amount for one in known), Decimal(0)),
        sum((one.outflow_amount for one in known), Decimal(0)),
    )
    households = profile.households if profile else None
    return Potential(
        own.person_count,
        households,
        divide(Decimal(own.person_count), Decimal(households), 4) if households else None,
        own.own_elsewhere_amount,
        own.outflow_amount,
        divide(own.own_elsewhere_amount, own.outflow_amount, 4) if own.outflow_amount else None,
        divide(elsewhere, outflow, 4) if outflow else None,
    )


def _advice(desk: BranchDesk, code: str, peers: Sequence[str]) -> StaffAdvice:
    margin, staffs = desk.settings.number("load_margin"), desk.staffs()
    hours = desk.queues().get(code, ())
    peak = peak_of(hours)
    counter = counter_advice(
        workload=desk.value("teller_converted_workload", code),
        duty_days=desk.value("teller_duty_day_count", code),
        work_days=desk.work_days(code),
        peer_load=desk.mean(metric_of("teller_workload_per_duty_day"), peers),
        peak=peak,
        long_wait=desk.settings.number("long_wait_minutes"),
        short_wait=desk.settings.number("short_wait_minutes"),
        margin=margin,
    )
    staffed = [place for place in peers if place in staffs and staffs[place].manager_count]
    served = sum((desk.value("person_customer_count", place) or Decimal(0) for place in staffed), Decimal(0))
    managers = sum(staffs[place].manager_count for place in staffed)
    manager = manager_advice(
        customers=desk.value("person_customer_count", code),
        managers=staffs[code].manager_count if code in staffs else 0,
        peer_load=divide(served, Decimal(managers), 1) if managers else None,
        is_assigned=any(one.manager_count for one in staffs.values()),
        margin=margin,
    )
    return StaffAdvice(counter, manager, peak, hours, desk.value("unassigned_deposit_balance", code))

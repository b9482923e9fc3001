"""What is asked of outlets side by side through the gateway: figures of all, rolled up the tree, of which pages show those in sight.

Likeness and means need every outlet of the bank, whoever looks; names and single figures of outlets out of sight never leave this desk.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from maisui.answers import BY_CODE, Comparison, Metric, OrganisationNode, Period, Question, View, base_question, metric_of
from maisui.answers.ask import plain_answer
from maisui.answers.branch_peers import Features, Likeness, likenesses
from maisui.answers.branches import (
    RATIOS_OF_FEATURES,
    BranchSettings,
    MakeUp,
    OutletProfile,
    QueueHour,
    Staff,
    branch_settings,
    make_ups,
    outlet_profiles,
    queue_hours,
    staffs,
)
from maisui.answers.figure import divide
from maisui.answers.periods import window_of
from maisui.errors import QuestionError

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

Found = TypeVar("Found")
LEAST_PEERS = 3
"""Over fewer outlets than these no mean is shown to who does not see each of them: it would give one away."""
_NIL = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rolled:
    """One figure of an organisation with all below it: value, and both sides of a ratio."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


class BranchDesk:
    """The outlets of one day and period, for one viewer."""

    def __init__(self, gateway: Gateway, day: date, period: Period, first_date: date) -> None:
        """Keep who looks, at which day and period; `first_date` is where the history begins."""
        self._gateway = gateway
        self.day = day
        self.period = period
        self.first = window_of(day, period, first_date).period_start
        self.settings: BranchSettings = self._shared("settings", lambda reader: branch_settings(reader, day))
        self.profiles: Mapping[str, OutletProfile] = self._shared("profiles", lambda reader: outlet_profiles(reader, day))
        self.in_sight = frozenset(node.code for node in gateway.organisations())
        self._tree = {node.code: node for node in gateway.whole_tree()}
        self._figures: dict[tuple[str, Comparison | None], Mapping[str, Rolled]] = {}
        self._features: dict[str, Mapping[str, Decimal | None]] = {}

    def read(self, metrics: Iterable[str], comparison: Comparison | None = None) -> None:
        """Read at once what `figures` needs for each of `metrics`, and for their bases where a comparison is named."""
        known = (code for code in metrics if code in BY_CODE and "organisation" in metric_of(code).dimensions)
        questions = [self._question(code) for code in dict.fromkeys(known)]

        def key(question: Question) -> tuple[Hashable, ...]:
            return self._key(question.metric, None if question.day == self.day else comparison)

        self._gateway.read_ahead(questions, () if comparison is None else (comparison,), key)

    def metrics_compared(self) -> tuple[str, ...]:
        """Return the metrics by which organisations are alike and their outputs are held against each other."""
        parts = [RATIOS_OF_FEATURES.get(code, (code,)) for code in self.settings.similarity]
        return ("employee_count", *self.settings.output, *(code for part in parts for code in part))

    def alike_kind(self, code: str) -> tuple[OrganisationNode, ...]:
        """Return the open organisations of the same kind, the one itself always among them, in tree order."""
        own = self._tree[code]
        return tuple(
            node for node in self._tree.values() if node.code == code or (node.is_open and node.kind == own.kind and node.parent_code)
        )

    def figures(self, metric: str, comparison: Comparison | None = None) -> Mapping[str, Rolled]:
        """Return a metric of every organisation with all below it, at the base of `comparison` where one is named.

        A ratio is the sum of its numerators over that of its denominators. Empty where the history or the deliveries lack it.
        """
        known = self._figures.get((metric, comparison))
        if known is None:
            known = self._gateway.shared(self._key(metric, comparison), lambda reader: self._rolled(reader, metric, comparison))
            self._figures[metric, comparison] = known
        return known

    def make_ups(self) -> Mapping[str, MakeUp]:
        """Return of what customers every organisation lives, with all below it."""
        found = self._shared("make_ups", lambda reader: make_ups(reader, self.day))
        return self._sums(found, _both_make_ups)

    def staffs(self) -> Mapping[str, Staff]:
        """Return who is on duty in every organisation, with all below it."""
        found = self._shared("staffs", lambda reader: staffs(reader, self.day))
        return self._sums(found, _both_staffs)

    def queues(self) -> Mapping[str, tuple[QueueHour, ...]]:
        """Return the queue of every organisation by hour, with all below it."""
        found = self._shared("queues", lambda reader: queue_hours(reader, self.first, self.day))
        return self._sums(found, _both_queues)

    def work_days(self, code: str) -> int:
        """Return on how many days of the period anybody was on duty at a counter of an organisation or below it."""
        by_day = self._shared("work_days", self._days_on_duty)
        return len({day for place, day in by_day if code in self.above(place)})

    def features(self, code: str) -> Features:
        """Return the features of every organisation of the same kind, by the codes that parameters weigh."""
        return {node.code: self._features_of(node.code) for node in self.alike_kind(code)}

    def peers(self, code: str) -> tuple[Likeness, ...]:
        """Return the organisations most like one; see `answers.branch_peers.likenesses`."""
        grades = {place: profile.grade for place, profile in self.profiles.items()}
        most = int(self.settings.number("peer_count"))
        return likenesses(code, self.features(code), self.settings.similarity, grades, most)

    def may_show(self, places: Iterable[str]) -> bool:
        """Return whether figures summed over `places` may be shown: the viewer sees each of them, or they are many enough."""
        wanted = tuple(places)
        return len(wanted) >= LEAST_PEERS or (bool(wanted) and all(place in self.in_sight for place in wanted))

    def mean(self, metric: Metric, places: Iterable[str], comparison: Comparison | None = None) -> Decimal | None:
        """Return the mean of a metric over organisations, a ratio as sums over sums; None where nobody has it."""
        figures = self.figures(metric.code, comparison)
        known = [figures[place] for place in places if place in figures and figures[place].value is not None]
        if not known:
            return None
        if metric.denominator is None:
            return divide(sum((one.value or _NIL for one in known), _NIL), Decimal(len(known)), metric.unit.decimals)
        below = sum((one.denominator or _NIL for one in known), _NIL)
        return divide(sum((one.numerator or _NIL for one in known), _NIL), below, metric.unit.decimals) if below else None

    def value(self, metric: str, code: str, comparison: Comparison | None = None) -> Decimal | None:
        """Return one organisation's figure; None where there is none."""
        found = self.figures(metric, comparison).get(code)
        return found.value if found else None

    def above(self, code: str) -> tuple[str, ...]:
        """Return an organisation and all above it."""
        found: list[str] = []
        at: str | None = code
        while at and at in self._tree:
            found.append(at)
            at = self._tree[at].parent_code
        return tuple(found)

    def agriculture_share(self, code: str) -> Decimal | None:
        """Return farm loans as a share of all loans."""
        return self._feature("agriculture_share", code)

    def wage_share(self, code: str) -> Decimal | None:
        """Return persons with payroll as a share of the persons at home in an organisation."""
        return self._feature("wage_share", code)

    @cached_property
    def _made_up(self) -> Mapping[str, MakeUp]:
        return self.make_ups()

    def _features_of(self, code: str) -> Mapping[str, Decimal | None]:
        if code not in self._features:
            self._features[code] = {feature: self._feature(feature, code) for feature in self.settings.similarity}
        return self._features[code]

    def _feature(self, feature: str, code: str) -> Decimal | None:
        profile, made = self.profiles.get(code), self._made_up.get(code)
        counts = {
            "catchment_households": profile.households if profile else None,
            "competitor_count": profile.competitors if profile else None,
        }
        parts = {"wage_share": made.payroll_count if made else None, "merchant_share": made.merchant_count if made else None}
        if feature in counts:
            count = counts[feature]
            return None if count is None else Decimal(count)
        if feature in parts:
            return _share(parts[feature], made.person_count if made else 0)
        if feature in RATIOS_OF_FEATURES:
            above, below = (self.value(metric, code) for metric in RATIOS_OF_FEATURES[feature])
            return divide(above, below, 6) if above is not None and below else None
        try:
            return self.value(feature, code)
        except QuestionError:
            return None

    def _rolled(self, reader: object, metric_code: str, comparison: Comparison | None) -> dict[str, Rolled]:
        metric = metric_of(metric_code)
        if "organisation" not in metric.dimensions:
            return {}
        asking = self._gateway.asking(reader)
        try:
            answer = plain_answer(asking, self._question(metric_code), with_notes=False)
            if comparison is not None:
                base = base_question(answer, comparison, self._gateway.calendar(comparison))
                answer = plain_answer(asking, base, with_notes=False)
        except QuestionError:
            return {}
        sums: dict[str, list[Decimal | None]] = {}
        for row in answer.rows:
            if row.value is None and row.denominator is None:
                continue
            for place in self.above(str(row.dimensions["organisation"])):
                known = sums.setdefault(place, [None, None, None])
                for at, part in enumerate((row.value, row.numerator, row.denominator)):
                    known[at] = part if known[at] is None else (known[at] or _NIL) + (part or _NIL)
        if metric.denominator is None:
            return {place: Rolled(value, above, below) for place, (value, above, below) in sums.items()}
        return {
            place: Rolled(divide(above, below, metric.unit.decimals) if above is not None and below else None, above, below)
            for place, (_, above, below) in sums.items()
        }

    def _question(self, metric: str) -> Question:
        return Question(metric, ("organisation",), None, self.day, self.period, view=View.AS_WAS)

    def _key(self, metric: str, comparison: Comparison | None) -> tuple[Hashable, ...]:
        return "branch", self.day, self.period, "figures", metric, comparison

    def _days_on_duty(self, reader: object) -> frozenset[tuple[str, str]]:
        try:
            asked = Question("teller_duty_day_count", ("organisation", "date"), None, self.day, self.period)
            answer = plain_answer(self._gateway.asking(reader), asked, with_notes=False)
        except QuestionError:
            return frozenset()
        return frozenset((str(row.dimensions["organisation"]), str(row.dimensions["date"])) for row in answer.rows if row.value)

    def _sums(self, found: Mapping[str, Found], both: Callable[[Found, Found], Found]) -> dict[str, Found]:
        sums: dict[str, Found] = {}
        for place, one in sorted(found.items()):
            for above in self.above(place):
                sums[above] = both(sums[above], one) if above in sums else one
        return sums

    def _shared(self, name: str, compute: Callable[..., Found]) -> Found:
        return self._gateway.shared(("branch", name, self.day, self.period), compute)


def _share(part: int | None, whole: int) -> Decimal | None:
    return divide(Decimal(part), Decimal(whole), 6) if part is not None and whole else None


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _both_make_ups(one: MakeUp, other: MakeUp) -> MakeUp:
    return MakeUp(
        one.person_count + other.person_count,
        one.payroll_count + other.payroll_count,
        _plus(one.pension_count, other.pension_count),
        _plus(one.subsidy_count, other.subsidy_count),
        _plus(one.merchant_count, other.merchant_count),
        one.own_elsewhere_amount + other.own_elsewhere_amount,
        one.outflow_amount + other.outflow_amount,
    )


def _both_staffs(one: Staff, other: Staff) -> Staff:
    posts = dict(one.posts)
    for post, count in other.posts:
        posts[post] = posts.get(post, 0) + count
    return Staff(tuple(sorted(posts.items(), key=lambda item: (-item[1], item[0]))), one.manager_count + other.manager_count)


def _both_queues(one: tuple[QueueHour, ...], other: tuple[QueueHour, ...]) -> tuple[QueueHour, ...]:
    hours = {hour.hour: hour for hour in one}
    for hour in other:
        known = hours.get(hour.hour)
        hours[hour.hour] = (
            replace(
                known,
                day_count=max(known.day_count, hour.day_count),
                ticket_count=known.ticket_count + hour.ticket_count,
                called_count=known.called_count + hour.called_count,
                left_count=known.left_count + hour.left_count,
                wait_seconds=known.wait_seconds + hour.wait_seconds,
            )
            if known
            else hour
        )
    return tuple(hours[hour] for hour in sorted(hours))

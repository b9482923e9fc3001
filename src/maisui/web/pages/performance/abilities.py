"""The two scores of ability of one person, as his page shows them: handling business, managing customers, each with its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers import Unit
from maisui.answers.abilities import HANDLING, MANAGING, AbilitySettings, ability_settings, handling_parts, managing_parts
from maisui.answers.ability_scores import Ability, Measured, Without, ability
from maisui.web.performance_desk import PerformanceDesk
from maisui.web.text import Text

PART_WORDS: dict[str, tuple[Text, Unit, Text]] = {
    "pace": (Text("每出勤日折算业务量", "Workload a day on duty"), Unit.COUNT_EACH, Text("出勤日", "days on duty")),
    "accuracy": (Text("差错率", "Error rate"), Unit.SHARE, Text("经办笔数", "handled")),
    "satisfaction": (Text("客户评价满意率", "Rated satisfied"), Unit.SHARE, Text("评价数", "ratings")),
    "retention": (Text("年初管户留存率", "Kept of those managed at the year's start"), Unit.SHARE, Text("年初管户", "customers then")),
    "quality": (Text("管户优质占比", "Quality among managed customers"), Unit.SHARE, Text("管户", "customers")),
    "soundness": (Text("管户贷款无拖欠占比", "Managed loans without arrears"), Unit.SHARE, Text("贷款笔数", "loans")),
    "electronic": (
        Text("管户电子渠道占比（本年）", "Electronic share of managed customers (year)"),
        Unit.SHARE,
        Text("交易笔数", "transactions"),
    ),
}
WITHOUT_WORDS: dict[Without, Text] = {
    Without.NO_FIGURES: Text("这一期没有可评的数据", "nothing to score in this period"),
    Without.SMALL_BASE: Text("各项基数太小，不评分", "bases are too small, no score"),
    Without.FEW_PEERS: Text("同岗位人数太少，不评分", "too few in the same post, no score"),
    Without.NO_DIFFERENCE: Text("同岗位各人没有差别，不评分", "nobody in the post differs, no score"),
}
OFF_DUTY = Text("已不在岗，不与在岗人员比较，不评分", "off duty: not compared with those on duty, no score")


@dataclass(frozen=True, slots=True)
class ShownAbility:
    """One score as shown: what it is of, the score or why there is none, and what was measured of pace where factors changed it."""

    code: str
    title: Text
    score: Ability | None
    without: Text | None
    factored: Measured | None
    unit: Unit = Unit.COUNT_EACH


def abilities_of(desk: PerformanceDesk, first: date, day: date, manual: tuple[tuple[str, date, Decimal], ...]) -> tuple[ShownAbility, ...]:
    """Return the scores of which the person has any part, among everybody on duty in his post in the whole bank.

    `manual` is everybody's approved manual work of the period.

    Raises:
        MaisuiError: as the gateway does.
    """
    settings: AbilitySettings = desk.read(("ability_settings", day), lambda reader: ability_settings(reader, day))
    year_start = day.replace(month=1, day=1)
    handled = desk.read(("handling", first, day, manual), lambda reader: handling_parts(reader, first, day, manual))
    managed = desk.read(("managing", day), lambda reader: managing_parts(reader, year_start, day))
    found: list[ShownAbility] = []
    for code, title, parts, everybody in (
        ("handling", Text("业务办理能力", "Handling business"), HANDLING, handled),
        ("managing", Text("客户经营能力", "Managing customers"), MANAGING, managed),
    ):
        peers = peers_of(desk, everybody)
        if desk.person.person not in everybody:
            continue
        fairness = desk.settings(day)
        rules = {part: settings.rules[part] for part in parts}
        scored = ability(desk.person.person, peers, rules, fewest=fairness.fewest_peers, smallest=settings.smallest_base)
        is_scored = isinstance(scored, Ability)
        has_left = desk.employment is not None and not desk.employment.is_on_duty
        without = None if is_scored else OFF_DUTY if has_left else WITHOUT_WORDS[scored]
        pace = everybody[desk.person.person].get("pace")
        factored = pace if pace and pace.weighted != pace.unweighted else None
        found.append(ShownAbility(code, title, scored if is_scored else None, without, factored))
    return tuple(found)


def peers_of(desk: PerformanceDesk, everybody: Mapping[str, Mapping[str, Measured]]) -> dict[str, Mapping[str, Measured]]:
    """Return who of everybody is on duty in the person's post, himself among them only where he is on duty too."""
    staff, mine = desk.employments(), desk.employment
    return {
        person: parts
        for person, parts in everybody.items()
        if mine is not None and person in staff and staff[person].is_on_duty and staff[person].post_name == mine.post_name
    }

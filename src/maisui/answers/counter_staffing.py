"""The counter's peaks against its staff: work by weekday and hour of each outlet, tellers on duty, what is not covered and what is idle.

Work comes from the teller journal, by the workload rate of each transaction code; staff from attendance, which knows days and not hours,
so that whoever was on duty counts for every opening hour. Without either nothing is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from maisui.parameters import product_lines
from maisui.warehouse.reader import Reader

_NIL, _HOUR = Decimal(0), Decimal(60)
_TENTH, _SHARE = Decimal("0.1"), Decimal("0.000001")
_PREFIX = "counter_staffing."


@dataclass(frozen=True, slots=True)
class StaffingSettings:
    """The dated parameters of the page.

    Attributes:
        minutes: how long a standard transaction takes.
        busy_share: of a teller's hour, above which an hour is a peak that is not covered.
        idle_share: below which an hour is idle.
        least_tellers: who must be there whatever there is to do.
    """

    minutes: Decimal
    busy_share: Decimal
    idle_share: Decimal
    least_tellers: int


@dataclass(frozen=True, slots=True)
class CounterHour:
    """One hour of one weekday at one outlet, each a mean over the days with a journal.

    `minutes` is the work by rates; `tellers` who was on duty, None where attendance does not tell.
    """

    organisation_code: str
    weekday: int
    hour: int
    count: Decimal
    minutes: Decimal
    tellers: Decimal | None

    @property
    def use_share(self) -> Decimal | None:
        """Return the work as a share of the tellers' time."""
        return (self.minutes / (self.tellers * _HOUR)).quantize(_SHARE, ROUND_HALF_UP) if self.tellers else None


@dataclass(frozen=True, slots=True)
class StaffingAdvice:
    """What might be done on one weekday at one outlet, over `hours`.

    Attributes:
        change: tellers more, or fewer where below 0.
        tellers: on duty now.
        use_now: the highest use of these hours.
        use_after: the same had it been so all the time, all work staying.
        spare_hours: hours of tellers a week that would be free; None where more are needed.
        other_organisation: an outlet that has such tellers to spare on the weekday, where more are needed.
    """

    organisation_code: str
    weekday: int
    hours: tuple[int, ...]
    change: int
    tellers: Decimal
    use_now: Decimal
    use_after: Decimal
    spare_hours: int | None = None
    other_organisation: str | None = None


@dataclass(frozen=True, slots=True)
class CounterStaffing:
    """Every counter of an organisation and what lies below it; no hours without a journal, no advice without attendance."""

    settings: StaffingSettings
    hours: tuple[CounterHour, ...]
    unrated_count: int
    day_count: int
    advice: tuple[StaffingAdvice, ...]

    def state_of(self, hour: CounterHour) -> str:
        """Return `peak`, `idle`, `normal`, or `unknown` where attendance does not tell."""
        use = hour.use_share
        if use is None:
            return "unknown"
        return "peak" if use > self.settings.busy_share else "idle" if use < self.settings.idle_share else "normal"


def counter_staffing(reader: Reader, organisation: str | None, first_day: date, day: date) -> CounterStaffing:
    """Return the counters' hours between two days by their weekdays."""
    inside, bound = "true", list[object]()
    if organisation is not None:
        inside, bound = "organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?)", [organisation]
    settings = staffing_settings(reader, day)
    work = reader.rows(
        "SELECT j.organisation_code, isodow(j.handled_on), substr(j.handled_time, 1, 2)::INTEGER, count(*), "
        "sum(coalesce(r.workload_rate, 1)), count(*) FILTER (WHERE r.workload_rate IS NULL) "
        f"FROM (SELECT * FROM teller_journal WHERE handled_on >= ? AND handled_on <= ? AND handled_time IS NOT NULL AND {inside}) AS j "
        "LEFT JOIN (SELECT * FROM workload_rate_snapshot QUALIFY row_number() OVER (PARTITION BY transaction_code, valid_from "
        "ORDER BY reported_on DESC) = 1) AS r ON r.transaction_code = j.transaction_code AND r.valid_from <= j.handled_on "
        "AND (r.valid_until IS NULL OR r.valid_until > j.handled_on) GROUP BY ALL ORDER BY ALL",
        [first_day, day, *bound],
    )
    days = reader.rows(
        "WITH open_days AS (SELECT DISTINCT organisation_code, handled_on FROM teller_journal "
        f"WHERE handled_on >= ? AND handled_on <= ? AND {inside}) "
        "SELECT o.organisation_code, isodow(o.handled_on), count(DISTINCT o.handled_on), sum(d.duty_count), "
        "count(DISTINCT d.business_date) FROM open_days AS o "
        "LEFT JOIN teller_duty_day AS d ON d.organisation_code = o.organisation_code AND d.business_date = o.handled_on "
        "GROUP BY ALL ORDER BY ALL",
        [first_day, day, *bound],
    )
    opening = _opening_hours(reader)
    hours = _hours(work, days, opening, settings)
    open_days = max((sum(row[2] for row in days if row[0] == code) for code in {row[0] for row in days}), default=0)
    return CounterStaffing(settings, hours, sum(row[5] for row in work), open_days, advice_of(hours, settings))


def staffing_settings(reader: Reader, day: date) -> StaffingSettings:
    """Return the parameters in force on a day; a version from before there were any goes by the product's own."""
    own = {str(line["code"]): Decimal(str(line["number"])) for line in product_lines() if str(line["code"]).startswith(_PREFIX)}
    found = own | dict(
        reader.rows(
            "SELECT parameter_code, number_value FROM parameter WHERE starts_with(parameter_code, ?) AND valid_from <= ? "
            "AND (valid_until IS NULL OR valid_until > ?)",
            [_PREFIX, day, day],
        )
    )
    minutes, busy, idle, least = (found[f"{_PREFIX}{name}"] for name in ("standard_minutes", "busy_share", "idle_share", "least_tellers"))
    return StaffingSettings(minutes, busy, idle, int(least))


def advice_of(hours: Sequence[CounterHour], settings: StaffingSettings) -> tuple[StaffingAdvice, ...]:
    """Return what might be done: peaks first, the worst use first, then what could be spared, the most hours first."""
    by_day: dict[tuple[str, int], list[CounterHour]] = defaultdict(list)
    for hour in hours:
        if hour.tellers:
            by_day[hour.organisation_code, hour.weekday].append(hour)
    spare = {key: found for key, day in sorted(by_day.items()) if (found := _fewer(key, day, settings)) is not None}
    more: list[StaffingAdvice] = []
    for (outlet, weekday), day in sorted(by_day.items()):
        peaks = [hour for hour in day if (hour.use_share or _NIL) > settings.busy_share]
        if not peaks:
            continue
        tellers = peaks[0].tellers or _NIL
        change = max(int((_needed(hour, settings) - tellers).to_integral_value(ROUND_CEILING)) for hour in peaks)
        highest = max(hour.minutes for hour in peaks)
        others = [key[0] for key, found in spare.items() if key[1] == weekday and key[0] != outlet and -found.change >= change]
        more.append(
            StaffingAdvice(
                outlet,
                weekday,
                tuple(hour.hour for hour in peaks),
                change,
                tellers,
                _use(highest, tellers),
                _use(highest, tellers + change),
                None,
                others[0] if others else None,
            )
        )
    ordered = sorted(more, key=lambda one: (-one.use_now, one.organisation_code, one.weekday))
    return (*ordered, *sorted(spare.values(), key=lambda one: (-(one.spare_hours or 0), one.organisation_code, one.weekday)))


def _fewer(key: tuple[str, int], day: Sequence[CounterHour], settings: StaffingSettings) -> StaffingAdvice | None:
    """Return by how many fewer the busiest hour of the weekday would still be covered; None where none can be spared."""
    tellers = day[0].tellers or _NIL
    busiest = max(day, key=lambda hour: hour.minutes)
    needed = max(_needed(busiest, settings), Decimal(settings.least_tellers))
    spare = int((tellers - needed).to_integral_value(ROUND_FLOOR))
    if spare <= 0 or (busiest.use_share or _NIL) > settings.busy_share:
        return None
    hours = tuple(hour.hour for hour in day)
    use_now, use_after = _use(busiest.minutes, tellers), _use(busiest.minutes, tellers - spare)
    return StaffingAdvice(key[0], key[1], hours, -spare, tellers, use_now, use_after, spare * len(hours))


def _needed(hour: CounterHour, settings: StaffingSettings) -> Decimal:
    """Return how many tellers keep an hour at or below the busy share."""
    return (hour.minutes / (_HOUR * settings.busy_share)).to_integral_value(ROUND_CEILING)


def _use(minutes: Decimal, tellers: Decimal) -> Decimal:
    return (minutes / (tellers * _HOUR)).quantize(_SHARE, ROUND_HALF_UP)


def _hours(
    work: Sequence[tuple[str, int, int, int, Decimal, int]],
    days: Sequence[tuple[str, int, int, int | None, int]],
    opening: Mapping[str, tuple[int, int]],
    settings: StaffingSettings,
) -> tuple[CounterHour, ...]:
    """Return every opening hour of every weekday on which an outlet was open, hours without work among them."""
    done = {(outlet, weekday, hour): (count, workload) for outlet, weekday, hour, count, workload, _ in work}
    seen: dict[str, set[int]] = defaultdict(set)
    for outlet, _, hour in done:
        seen[outlet].add(hour)
    found: list[CounterHour] = []
    for outlet, weekday, open_days, duty, duty_days in days:
        first, last = opening.get(outlet, (24, 0))
        for hour in sorted(seen[outlet] | set(range(first, last))):
            count, workload = done.get((outlet, weekday, hour), (0, _NIL))
            found.append(
                CounterHour(
                    outlet,
                    weekday,
                    hour,
                    (Decimal(count) / open_days).quantize(_TENTH, ROUND_HALF_UP),
                    (Decimal(workload) * settings.minutes / open_days).quantize(_TENTH, ROUND_HALF_UP),
                    (Decimal(duty or 0) / duty_days).quantize(_TENTH, ROUND_HALF_UP) if duty_days else None,
                )
            )
    return tuple(found)


def _opening_hours(reader: Reader) -> dict[str, tuple[int, int]]:
    """Return the first opening hour of each outlet and the hour before which it closes, as the bank last told."""
    rows = reader.rows(
        "SELECT organisation_code, substr(opens_at, 1, 2)::INTEGER, "
        "substr(closes_at, 1, 2)::INTEGER + CASE WHEN substr(closes_at, 4, 2) > '00' THEN 1 ELSE 0 END "
        "FROM outlet_profile_snapshot WHERE opens_at IS NOT NULL AND closes_at IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY organisation_code ORDER BY reported_on DESC) = 1"
    )
    return {code: (first, last) for code, first, last in rows}

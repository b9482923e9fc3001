"""The file of cash needs of a version: every outlet's counter and machines for two weeks; no part of the version, never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import numpy as np

from maisui.errors import QuestionError, StorageError
from maisui.models.cash.days import HolidayDays, holiday_days
from maisui.models.cash.tell import AHEAD, LEAST_DAYS, ToldDays, Way, highest_sum, quantile_of, tell
from maisui.models.panel import Marts
from maisui.models.registry import models_folder
from maisui.warehouse.durable import write_durably

CHANNELS = ("counter", "atm", "vtm")
"""The channels that pay out cash of an outlet."""
TABLES = ("channel_day", "holiday_calendar", "organisation", "parameter")
_CENT, _THOUSAND, _YEAR = Decimal("0.01"), Decimal(1000), 365
_FLOWS = f"""
SELECT f.handling_organisation_code, f.channel_code, f.business_date, CAST(sum(f.outflow_amount - f.inflow_amount) AS DECIMAL(38,2))
FROM channel_day AS f
INNER JOIN organisation AS o ON o.organisation_code = f.handling_organisation_code AND o.is_open
WHERE f.account_kind = 'deposit' AND f.counterparty_code = 'cash' AND f.currency = 'CNY' AND f.channel_code IN {CHANNELS}
  AND f.business_date <= ?
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3"""


@dataclass(frozen=True, slots=True)
class CashRules:
    """The dated parameters: days from one delivery of cash to the next, how surely it is to last, cost of idle cash a year and of a yuan short."""

    cycle_days: int
    hold_share: Decimal
    idle_rate: Decimal
    shortage_rate: Decimal

    @property
    def cheapest_share(self) -> Decimal:
        """Return how surely cash must last for idle and missing cash to cost least together."""
        idle = self.idle_rate * self.cycle_days / _YEAR
        return self.shortage_rate / (self.shortage_rate + idle) if self.shortage_rate else Decimal(0)


@dataclass(frozen=True, slots=True)
class DayNeed:
    """What is expected to be paid out net on one day, with the interval that held nine in ten; `holiday` names it, if it is one."""

    day: date
    expected: Decimal
    low: Decimal
    high: Decimal
    holiday: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class CashNeed:
    """One outlet and channel. Without `way` its history is too short, and `speaks_from` says until when.

    `hold` is what to hold at the beginning of the cycle to last as surely as asked, `cheapest` where costs are least (None where more
    sureness is asked than the errors seen can tell), `covered` of `tried` days were within the interval.
    """

    organisation: str
    channel: str
    points: int
    way: Way | None
    speaks_from: date | None
    days: tuple[DayNeed, ...]
    hold: Decimal | None
    cheapest: Decimal | None
    covered: int
    tried: int
    error: Decimal | None
    plain_error: Decimal | None


@dataclass(frozen=True, slots=True)
class CashFile:
    """The cash needs of a version as of the last day known, with the rules they go by and whether holidays ahead were known."""

    version: str
    day: date
    rules: CashRules
    knows_holidays: bool
    needs: tuple[CashNeed, ...]


def cash_rules(reader: Marts, day: date) -> CashRules:
    """Return the parameters of a day.

    Raises:
        QuestionError: when the version lacks one.
    """
    found = dict(
        reader.rows(
            "SELECT parameter_code, number_value FROM parameter WHERE parameter_code LIKE 'cash.%' "
            "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
            [day, day],
        )
    )
    try:
        cycle = max(1, min(AHEAD, int(found["cash.cycle_days"])))
        return CashRules(cycle, found["cash.hold_share"], found["cash.idle_rate"], found["cash.shortage_rate"])
    except KeyError as error:
        raise QuestionError(
            f"the version has no parameter {error.args[0]}", where="cash needs", next_step="run `maisui run` with this release first"
        ) from None


def make_cash_needs(reader: Marts, home: Path, version: str, until: date) -> Path:
    """Write what cash every outlet's counter and machines will need after `until`; return the file.

    Raises:
        QuestionError: when the version lacks a parameter.
        StorageError: when the file cannot be written.
    """
    rules, calendar = cash_rules(reader, until), holiday_days(reader)
    ahead = [until + timedelta(days=place) for place in range(1, AHEAD + 1)]
    series: dict[tuple[str, str], dict[date, Decimal]] = {}
    for organisation, channel, day, amount in reader.rows(_FLOWS, [until]):
        series.setdefault((organisation, channel), {})[day] = amount
    told = [_need(key, flows, until, calendar, rules) for key, flows in sorted(series.items())]
    facts = {
        "version": version,
        "day": f"{until}",
        "rules": [rules.cycle_days, f"{rules.hold_share}", f"{rules.idle_rate}", f"{rules.shortage_rate}"],
        "knows_holidays": calendar.covers(ahead),
        "needs": told,
    }
    path = _path(home, version)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(path, json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True))
    except OSError as error:
        raise StorageError(
            f"cash needs cannot be written: {error.strerror}", where=str(path), next_step="free space, then run again"
        ) from error
    return path


def read_cash_needs(home: Path, version: str) -> CashFile | None:
    """Return the cash needs of a version; None where nothing was told of it.

    Raises:
        StorageError: when the file cannot be read.
    """
    path = _path(home, version)
    if not path.is_file():
        return None
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        cycle, *rates = facts["rules"]
        return CashFile(
            facts["version"],
            date.fromisoformat(facts["day"]),
            CashRules(cycle, *(Decimal(rate) for rate in rates)),
            facts["knows_holidays"],
            tuple(_read(one) for one in facts["needs"]),
        )
    except (OSError, ValueError, KeyError) as error:
        raise StorageError("cash needs cannot be read", where=str(path), next_step="run `maisui models forecast` again") from error


def _need(key: tuple[str, str], flows: dict[date, Decimal], until: date, calendar: HolidayDays, rules: CashRules) -> dict[str, Any]:
    first = min(flows)
    count = (until - first).days + 1
    values = np.array([flows.get(first + timedelta(days=place), Decimal(0)) for place in range(count)], np.float64)
    found = tell(first, values, calendar, rules.cycle_days)
    said: dict[str, Any] = {"organisation": key[0], "channel": key[1], "points": count, "way": None, "days": [], "covered": 0, "tried": 0}
    said |= dict.fromkeys(("hold", "cheapest", "error", "plain_error"))
    if found is None:
        return said | {"speaks_from": f"{first + timedelta(days=LEAST_DAYS - 1)}"}
    return said | _told(found, until, calendar, rules)


def _told(found: ToldDays, until: date, calendar: HolidayDays, rules: CashRules) -> dict[str, Any]:
    days: list[list[Any]] = []
    for place, amount in enumerate(found.future.tolist(), 1):
        day = until + timedelta(days=place)
        ends = (amount, amount - found.half_width, amount + found.half_width)
        days.append([f"{day}", *(_cents(end) for end in ends), calendar.name(day), calendar.is_off(day)])
    return {
        "speaks_from": None,
        "way": found.way.value,
        "days": days,
        "covered": found.covered,
        "tried": found.tried,
        "hold": _held(found, rules.cycle_days, rules.hold_share),
        "cheapest": _held(found, rules.cycle_days, rules.cheapest_share),
        "error": _cents(found.errors[found.way]),
        "plain_error": _cents(found.errors[Way.WEEKDAY]),
    }


def _held(found: ToldDays, cycle: int, share: Decimal) -> str | None:
    """Return what lasts as surely as asked, in whole thousands; None where the errors seen cannot tell so rare a day."""
    wanted, count = np.float64(share).item(), len(found.cycle_errors)
    if (count + 1) * (1 - wanted) < 1:
        return None
    need = max(0.0, highest_sum(found.future[:cycle]) + quantile_of(found.cycle_errors, wanted))
    return f"{(Decimal(_cents(need)) / _THOUSAND).to_integral_value(ROUND_CEILING) * _THOUSAND}"


def _cents(amount: float) -> str:
    return f"{Decimal(repr(amount)).quantize(_CENT, ROUND_HALF_UP)}"


def _read(one: dict[str, Any]) -> CashNeed:
    known = {name: None if one[name] is None else Decimal(one[name]) for name in ("hold", "cheapest", "error", "plain_error")}
    return CashNeed(
        one["organisation"],
        one["channel"],
        one["points"],
        None if one["way"] is None else Way(one["way"]),
        None if one["speaks_from"] is None else date.fromisoformat(one["speaks_from"]),
        tuple(
            DayNeed(date.fromisoformat(day), Decimal(mid), Decimal(low), Decimal(high), name, off)
            for day, mid, low, high, name, off in one["days"]
        ),
        known["hold"],
        known["cheapest"],
        one["covered"],
        one["tried"],
        known["error"],
        known["plain_error"],
    )


def _path(home: Path, version: str) -> Path:
    return models_folder(home) / "cash" / f"{version}.json"

"""How well the rule of abnormal series finds what is put out of order in the bank's own history, and what it reports otherwise.

One series-day of 64 is chosen by the hash of outlet, channel and day, always the same ones; each is moved by five times the spread of
its own series, half of them down and half of them up. Spread is the median absolute deviation of what the series had from what was usual,
scaled as for a robust z, so that it is the standard deviation of normal noise. The rule judges the altered history by its own text and
thresholds. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from math import ceil, floor, sqrt
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
from duckdb import Error as EngineError
from duckdb import __version__ as duckdb_version

from maisui.alerts.abnormal_series import ABNORMAL_SERIES
from maisui.errors import QuestionError
from maisui.models.anomaly import ANOMALY
from maisui.models.card import words_of
from maisui.models.fallback import Fallen
from maisui.models.ladder import Rung
from maisui.models.measures import wilson
from maisui.models.panel import Marts, month_ends
from maisui.models.registry import StoredModel
from maisui.models.scores import write_scores
from maisui.models.shadow import challenger_of, keep_shadow
from maisui.models.who_speaks import Seen, chosen_model, who_speaks
from maisui.steps.step import BatchContext

TABLES = ("alert_threshold", "calendar_day", "channel_day", "customer_fact_month", "organisation", "organisation_succession", "parameter")
"""What is read of a version."""
_DAYS = 180
"""Half of the days before the last that are judged; the rule judges twice as many."""
_LEAST_RECALL, _MOST_FALSE, _LEAST_PLANTED = 0.95, 1.0, 20
_JUMP, _SCALED = 5, 1.4826
"""By how many spreads a day is moved, and what makes a median absolute deviation a standard deviation of normal noise."""
_CHOSEN_BY = ("00", "01", "80", "81")
_Key = tuple[str, str, str, date]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A series-day: the hash by which it is chosen, what there was and what is usual, and the direction in which it is reported, if it is."""

    chosen_by: str
    item_count: int
    usual_count: float
    direction: str | None


_Asked = Callable[..., dict[_Key, _Judged]]
"""The rule asked of one day, see `_run`."""


def train_anomaly(reader: Marts, data: dict[str, str]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the card of the check on the whole months up to the last; there is no file, the rule is the product's own text.

    Raises:
        QuestionError: when there is too little history, or no series is large enough to be judged.
    """
    ends = month_ends(reader)
    if len(ends) < ANOMALY.least_months:
        raise QuestionError(
            f"{len(ends)} whole months of history, {ANOMALY.least_months} are needed",
            where=ANOMALY.code,
            next_step="check when they are there",
        )
    day = ends[-1]
    found = _measured(partial(_run, reader, day), ABNORMAL_SERIES.query)
    if found is None or not found[1]["planted"]:
        raise QuestionError("no series is large enough to be judged", where=ANOMALY.code, next_step="lower alert.series_floor, or wait")
    first, hold_out = found
    card: dict[str, Any] = {
        **words_of(ANOMALY),
        "libraries": {"duckdb": duckdb_version},
        "data": data | {"last_outcome_on": f"{day}"},
        "windows": {"judged": {"from": f"{first}", "to": f"{day}"}},
        "rule": ABNORMAL_SERIES.code,
        "definition": ABNORMAL_SERIES.query,
        "hold_out": hold_out,
    }
    card["faults"] = _faults(card["hold_out"])
    return card, {}


def _measured(run: _Asked, definition: str) -> tuple[date, dict[str, Any]] | None:
    """Return the first day judged, and how much a rule's text finds of what is put out of order and reports of what is not."""
    judged = run(definition)
    if not judged:
        return None
    jumps = _jumps(judged)
    altered = run(definition, tuple(jumps.items()))
    planted = jumps.keys() & altered.keys()
    falls = {key for key in planted if jumps[key] < 0}
    hit = {key for key in planted if altered[key].direction == ("fall" if key in falls else "rise")}
    low, high = wilson(len(hit), len(planted))
    reported, false = _reported(judged), _false(judged)
    false_low, false_high = wilson(len(false), len(judged))
    return min(key[3] for key in judged), {
        "judged": len(judged),
        "planted": len(planted),
        "planted_falls": len(falls),
        "found": len(hit),
        "found_falls": len(hit & falls),
        "recall": len(hit) / len(planted) if planted else None,
        "recall_low": low,
        "recall_high": high,
        "reported": len(reported),
        "false": len(false),
        "false_per_1000": 1000 * len(false) / len(judged),
        "false_low": 1000 * false_low,
        "false_high": 1000 * false_high,
    }


def _jumps(judged: dict[_Key, _Judged]) -> dict[_Key, int]:
    """Return by how many transactions each chosen day of an outlet's channel is moved, so that it lies the spreads from what is usual.

    The noise of counts grows with the root of their size, so that a series' spread is that of its residuals over that root, times the root
    of the day. A day that cannot fall so far rises; of a channel one series a day is moved, since each is held against the others.
    """
    apart: dict[tuple[str, str, str], list[float]] = {}
    for key, one in judged.items():
        apart.setdefault(key[:3], []).append((one.item_count - one.usual_count) / sqrt(one.usual_count))
    spreads = {series: _SCALED * median(abs(one - median(found)) for one in found) for series, found in apart.items()}
    jumps: dict[_Key, int] = {}
    moved: set[tuple[str, str, date]] = set()
    for key, one in sorted(judged.items(), key=lambda item: item[1].chosen_by):
        size = _JUMP * spreads[key[:3]] * sqrt(one.usual_count)
        if key[0] == "one" and size and one.chosen_by[:2] in _CHOSEN_BY and _kind(key) not in moved:
            moved.add(_kind(key))
            is_fall = one.chosen_by[0] == "0" and size <= one.usual_count
            to = floor(one.usual_count - size) if is_fall else ceil(one.usual_count + size)
            jumps[key] = to - one.item_count
    return jumps


def _false(judged: dict[_Key, _Judged]) -> set[_Key]:
    """Return what is reported of the history as it is, less what is out of order whatever the reason.

    That is a series without a single transaction, and a rise on the day on which another one of its kind had none: its customers went there.
    """
    silent = {_kind(key) for key, one in judged.items() if one.direction and not one.item_count}
    return {
        key for key, one in judged.items() if one.direction and one.item_count and not (one.direction == "rise" and _kind(key) in silent)
    }


def _kind(key: _Key) -> tuple[str, str, date]:
    level, _, channel, day = key
    return level, channel if level == "one" else "", day


def score_anomaly(reader: Marts, home: Path, version: str) -> Path:
    """Write which series-days of the last weeks the rule reports, and how far the check may be trusted; return the file.

    Raises:
        StorageError: when the file cannot be written, or a trained file is damaged.
    """
    ends = month_ends(reader)
    run = cache(partial(_run, reader, max(ends, default=date.min)))
    spoken = who_speaks(reader, home, ANOMALY, ends, lambda stored: _seen(run, stored, ends[-1]))
    stored = chosen_model(home, ANOMALY, ends[-1])[0] if ends else None
    is_told = spoken.standing.rung is not Rung.NO_DATA
    reported = _reported(run(ABNORMAL_SERIES.query)) if is_told else {}
    facts: dict[str, Any] = {
        "model": ANOMALY.code,
        "version": version,
        "day": f"{ends[-1]}" if ends else "",
        "check": stored.card["hold_out"] if stored else None,
        **spoken.told,
    }
    if stored is not None and spoken.approval is not None:
        challenger = challenger_of(home, ANOMALY, stored, ends[-1], lambda _: True)
        if challenger is not None:
            _write_shadow(run, home, version, (stored, challenger), ends[-1])
    rows = sorted(reported)
    table: Any = pa.table({
        "level_code": pa.array([key[0] for key in rows], pa.string()),
        "organisation_code": pa.array([key[1] for key in rows], pa.string()),
        "channel_code": pa.array([key[2] for key in rows], pa.string()),
        "business_date": pa.array([key[3] for key in rows], pa.date32()),
        "direction": pa.array([reported[key] for key in rows], pa.string()),
    })  # fmt: skip
    return write_scores(home, ANOMALY.code, facts, table)


def _seen(run: _Asked, stored: StoredModel, day: date) -> Seen:
    """Return the check made anew on the history of today, and what it says against the approved one."""
    found = _measured(run, ABNORMAL_SERIES.query)
    return Seen({"check_today": found[1] if found else None}, lambda since: _missed(stored, found, day) if f"{day}" >= since else None)


def _missed(stored: StoredModel, found: tuple[date, dict[str, Any]] | None, day: date) -> Fallen | None:
    """Return that the rule is another one than was approved, or that the check of today fails; None where neither is so."""
    if stored.card["definition"] != ABNORMAL_SERIES.query:
        return Fallen("changed", f"{day}", "规则的写法与批准时不同", "the rule is written otherwise than when it was approved")
    faults = _faults(found[1]) if found is not None and found[1]["planted"] >= _LEAST_PLANTED else []
    if not faults:
        return None
    return Fallen("realised", f"{day}", "按当前历史重新检验：" + "；".join(zh for zh, _ in faults), "checked again on the history of today: " + "; ".join(en for _, en in faults))  # fmt: skip


def _write_shadow(run: _Asked, home: Path, version: str, pair: tuple[StoredModel, StoredModel], day: date) -> None:
    """Keep what the text of the challenger would report beside that of the approved one, and how sure either is on the history of today.

    A text of an earlier release that can no longer be asked reports nothing, and is said to.
    """
    reported: list[dict[_Key, str]] = []
    checks: list[dict[str, Any]] = []
    for one in pair:
        try:
            found = _measured(run, one.card["definition"])
            reported.append(_reported(run(one.card["definition"])))
        except (EngineError, ValueError):
            found = None
            reported.append({})
        checks.append(found[1] if found else {})
    own, other = (one.keys() for one in reported)
    is_same = pair[0].card["definition"] == pair[1].card["definition"]
    compared = {
        "from": f"{day}",
        "to": f"{day}",
        "count": checks[1].get("judged", 0),
        "figures": [
            {"name": name, "champion": checks[0].get(code), "challenger": checks[1].get(code)}
            for code, name in (
                ("recall", ["召回率", "Recall"]),
                ("false_per_1000", ["每千个序列日中的报出数", "Reported per 1,000 series-days"]),
            )
        ],
        "verdict": ["规则写法相同，只是检验更新，可直接重新批准", "the rule is the same and only checked anew: it may be approved again"]
        if is_same
        else ["规则写法不同，请比较报出的序列日", "the rule is written otherwise: compare what is reported"],
    }
    lists = {"size": len(own), "both": len(own & other), "enter": len(other - own), "leave": len(own - other), "order": None}
    rows = sorted(own | other)
    table: Any = pa.table({
        "series": pa.array([":".join(key[:3]) for key in rows], pa.string()),
        "business_date": pa.array([key[3] for key in rows], pa.date32()),
        "champion": pa.array([key in own for key in rows], pa.bool_()),
        "challenger": pa.array([key in other for key in rows], pa.bool_()),
    })  # fmt: skip
    keep_shadow(home, ANOMALY.code, version, pair, day, compared, lists, table)


def _run(reader: Marts, day: date, definition: str, jumps: tuple[tuple[_Key, int], ...] = ()) -> dict[_Key, _Judged]:
    """Return the series-days that a rule's text judges where some are moved by so many transactions."""
    query = BatchContext("", day).fill(definition)
    query = query[: query.index("starts AS (")].rstrip().rstrip(",")
    lines = ", ".join(f"({_text(organisation)}, {_text(channel)}, DATE '{on}', {count})" for (_, organisation, channel, on), count in jumps)
    moved = (
        " UNION ALL SELECT v.place, v.place, v.channel, v.on_day, 'deposit', false, 'customer', v.moved "
        f"FROM (VALUES {lines}) AS v(place, channel, on_day, moved)"
    )
    beginning = (
        "WITH check_day AS (SELECT organisation_code, handling_organisation_code, channel_code, business_date, account_kind, "
        f"is_bank_initiated, initiator_code, transaction_count FROM channel_day{moved if jumps else ''}), "
        "check_threshold AS (SELECT threshold_code, organisation_code, valid_from, valid_until, "
        f"CASE WHEN threshold_code = 'window_days' THEN {_DAYS} ELSE threshold_value END AS threshold_value FROM alert_threshold), "
    )
    text = query.replace("FROM channel_day", "FROM check_day").replace("alert_threshold", "check_threshold")
    text = beginning + text.lstrip().removeprefix("WITH")
    keys = "level_code, organisation_code, channel_code, business_date"
    rows = reader.rows(
        f"{text} SELECT j.level_code, j.organisation_code, j.channel_code, j.business_date, "
        "md5(concat(j.organisation_code, '|', j.channel_code, '|', j.business_date)), j.item_count, CAST(j.usual_count AS DOUBLE), a.after_word "
        f"FROM judged AS j LEFT JOIN abnormal AS a USING ({keys}) ORDER BY 1, 2, 3, 4"
    )
    return {tuple(row[:4]): _Judged(*row[4:]) for row in rows}


def _text(code: str) -> str:
    return "'" + code.replace("'", "''") + "'"


def _reported(judged: dict[_Key, _Judged]) -> dict[_Key, str]:
    return {key: one.direction for key, one in judged.items() if one.direction is not None}


def _faults(said: dict[str, Any]) -> list[tuple[str, str]]:
    recall, false = said["recall"] or 0.0, said["false_per_1000"]
    checks = (
        (said["planted"] >= _LEAST_PLANTED, f"只有 {said['planted']} 个序列日可供检验（需 {_LEAST_PLANTED} 个）", f"{said['planted']} series-days to be checked with, {_LEAST_PLANTED} are needed"),
        (recall >= _LEAST_RECALL, f"人为扰动的序列日只报出 {recall:.1%}（需 {_LEAST_RECALL:.0%}）", f"{recall:.1%} of what was put out of order is reported, {_LEAST_RECALL:.0%} is needed"),
        (false <= _MOST_FALSE, f"每千个序列日中误报 {false:.2f} 个（上限 {_MOST_FALSE:.0f} 个）", f"{false:.2f} of 1,000 series-days are reported as it is, {_MOST_FALSE:.0f} at most may be false"),
    )  # fmt: skip
    return [(zh, en) for passes, zh, en in checks if not passes]

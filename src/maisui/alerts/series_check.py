"""How well the rule of abnormal series finds what is put out of order in the bank's own history, and what it reports otherwise.

One series-day of twenty is chosen by the hash of outlet, channel and day, always the same ones; half of them are made to fall to
nothing, the others to triple. The rule judges the altered history by its own text and thresholds. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
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

TABLES = ("alert_threshold", "calendar_day", "channel_day", "customer_fact_month", "organisation", "parameter")
"""What is read of a version."""
_DAYS = 180
"""Half of the days before the last that are judged; the rule judges twice as many."""
_LEAST_RECALL, _MOST_FALSE, _LEAST_PLANTED = 0.95, 1.0, 20
_Key = tuple[str, str, str, date]
_Asked = Callable[..., tuple[dict[_Key, str], dict[_Key, str]]]
"""The rule asked of one day, see `_run`."""
_OUTLET = "CASE WHEN channel_code IN ('counter', 'atm', 'vtm') THEN handling_organisation_code ELSE organisation_code END"
_CHOSEN = f"md5(concat({_OUTLET}, '|', channel_code, '|', business_date))"
_CHOSEN_BY = tuple(f"{first}{second}" for first in "08" for second in "012345")
_IS_PLANTED = "substr({}, 1, 2) IN (" + ", ".join(f"'{beginning}'" for beginning in _CHOSEN_BY) + ")"


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
    if found is None:
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
    judged, reported = run(definition, is_planted=False)
    if not judged:
        return None
    altered, found = run(definition, is_planted=True)
    planted = {key for key in altered if key[0] == "one" and _is_chosen(key, altered)}
    hit = planted & found.keys()
    low, high = wilson(len(hit), len(planted))
    false_low, false_high = wilson(len(reported), len(judged))
    return min(key[3] for key in judged), {
        "judged": len(judged),
        "planted": len(planted),
        "found": len(hit),
        "recall": len(hit) / len(planted) if planted else None,
        "recall_low": low,
        "recall_high": high,
        "reported": len(reported),
        "false_per_1000": 1000 * len(reported) / len(judged),
        "false_low": 1000 * false_low,
        "false_high": 1000 * false_high,
    }


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
    reported = run(ABNORMAL_SERIES.query, is_planted=False)[1] if is_told else {}
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
            reported.append(run(one.card["definition"], is_planted=False)[1])
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


def _run(reader: Marts, day: date, definition: str, *, is_planted: bool) -> tuple[dict[_Key, str], dict[_Key, str]]:
    """Return the series-days that the rule judges, each with the hash by which it is chosen, and those it reports with their direction."""
    query = BatchContext("", day).fill(definition)
    query = query[: query.index("starts AS (")].rstrip().rstrip(",")
    changed = (
        f"CASE WHEN {_IS_PLANTED.format(_CHOSEN)} THEN CASE WHEN substr({_CHOSEN}, 1, 1) = '0' THEN 0 ELSE transaction_count * 3 END "
        "ELSE transaction_count END"
    )
    count = changed if is_planted else "transaction_count"
    beginning = (
        "WITH check_day AS (SELECT organisation_code, handling_organisation_code, channel_code, business_date, account_kind, is_bank_initiated, "
        f"initiator_code, {count} AS transaction_count FROM channel_day), "
        "check_threshold AS (SELECT threshold_code, organisation_code, valid_from, valid_until, "
        f"CASE WHEN threshold_code = 'window_days' THEN {_DAYS} ELSE threshold_value END AS threshold_value FROM alert_threshold), "
    )
    text = query.replace("FROM channel_day", "FROM check_day").replace("alert_threshold", "check_threshold")
    text = beginning + text.lstrip().removeprefix("WITH")
    keys = "level_code, organisation_code, channel_code, business_date"
    rows = reader.rows(
        f"{text} SELECT j.level_code, j.organisation_code, j.channel_code, j.business_date, "
        "md5(concat(j.organisation_code, '|', j.channel_code, '|', j.business_date)), a.after_word "
        f"FROM judged AS j LEFT JOIN abnormal AS a USING ({keys}) ORDER BY 1, 2, 3, 4"
    )
    return {tuple(row[:4]): row[4] for row in rows}, {tuple(row[:4]): row[5] for row in rows if row[5] is not None}


def _is_chosen(key: _Key, judged: dict[_Key, str]) -> bool:
    return judged[key][:2] in _CHOSEN_BY


def _faults(said: dict[str, Any]) -> list[tuple[str, str]]:
    recall, false = said["recall"] or 0.0, said["false_per_1000"]
    checks = (
        (said["planted"] >= _LEAST_PLANTED, f"只有 {said['planted']} 个序列日可供检验（需 {_LEAST_PLANTED} 个）", f"{said['planted']} series-days to be checked with, {_LEAST_PLANTED} are needed"),
        (recall >= _LEAST_RECALL, f"人为扰动的序列日只报出 {recall:.1%}（需 {_LEAST_RECALL:.0%}）", f"{recall:.1%} of what was put out of order is reported, {_LEAST_RECALL:.0%} is needed"),
        (false <= _MOST_FALSE, f"每千个序列日中误报 {false:.2f} 个（上限 {_MOST_FALSE:.0f} 个）", f"{false:.2f} of 1,000 series-days are reported as it is, {_MOST_FALSE:.0f} at most may be false"),
    )  # fmt: skip
    return [(zh, en) for passes, zh, en in checks if not passes]

"""A forecast file: every series of every figure told as of the last whole month of a version; no part of the version, never changed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from maisui.errors import StorageError
from maisui.models.cash.days import HolidayDays, holiday_days
from maisui.models.forecast.calendar import days_worked, festival_shares, lengths, next_month_ends, spring_festivals
from maisui.models.forecast.history import Key, read_history, whole_months
from maisui.models.forecast.methods import Method, has_library
from maisui.models.forecast.nodes import Node, Spread, Told, measure_spread, node_of
from maisui.models.forecast.selection import Calendar, continue_series
from maisui.models.forecast.subject import MONTHS_AHEAD, SUBJECT_BY_CODE, SUBJECTS, Subject
from maisui.models.panel import Marts
from maisui.models.registry import models_folder
from maisui.models.rows_of_file import rows_of, rows_where
from maisui.warehouse.durable import replace_durably, write_durably

_KEY = b"maisui"
_ACTUAL, _FUTURE, _PAST, _ERROR, _SINCE = "actual", "future", "past", "error", "since"
_KINDS = {"one": False, "sum": True}


@dataclass(frozen=True, slots=True)
class Quality:
    """Of how many figures the error is known beside that of the same month a year before, how many are nearer, and the median ratio."""

    judged: int
    nearer: int
    median: Decimal | None


@dataclass(frozen=True, slots=True)
class ForecastFile:
    """One figure of a forecast file: its last whole month, its series, how wide intervals are for one series and for sums.

    `libraries` are those that spoke; `begun_on` is the first day delivered where its month is no whole one. Both `spreads` and `qualities` know single series (False) and sums (True).
    """

    version: str
    name: str
    day: date
    series: dict[Key, Told]
    spreads: dict[bool, Spread]
    qualities: dict[bool, Quality]
    libraries: dict[str, str]
    begun_on: date | None = None


def make_forecasts(reader: Marts, home: Path, version: str, until: date) -> Path:
    """Write what is expected of every figure after the last month that is over by `until`; return the file.

    Raises:
        StorageError: when the file cannot be written.
    """
    months = whole_months(reader, until)
    festivals, holidays = spring_festivals(reader), holiday_days(reader)
    above = _ancestors(reader)
    facts: dict[str, Any] = {
        "version": version,
        "day": f"{months[-1]}" if months else "",
        "libraries": _libraries(),
        "spreads": {},
        "begun": {},
    }
    rows: list[tuple[Any, ...]] = []
    for subject in SUBJECTS if months else ():
        history = read_history(reader, subject, months)
        told = {key: _tell(subject, history.months, values, festivals, holidays) for key, values in history.series.items()}
        facts["spreads"][subject.metric_code] = _spreads(told, above)
        if history.begun_on is not None:
            facts["begun"][subject.metric_code] = f"{history.begun_on}"
        rows += [row for key, one in told.items() for row in _rows(subject, key, one)]
    return _write(home, facts, rows)


def read_forecasts(home: Path, version: str, metric_code: str) -> ForecastFile | None:
    """Return what a version's forecast file says of one figure; None where it has none, or does not forecast that figure.

    Raises:
        StorageError: when the file cannot be read.
    """
    name = forecast_name(home, version)
    if name is None:
        return None
    path = _folder(home) / name
    try:
        facts = _facts(path)
        rows = rows_where(rows_of(path), "metric_code", metric_code).to_pylist()
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        raise _unreadable(path) from error
    if metric_code not in facts["spreads"]:
        return None
    places = Decimal(1).scaleb(-SUBJECT_BY_CODE[metric_code].metric.unit.decimals)
    said = {is_sum: facts["spreads"][metric_code][kind] for kind, is_sum in _KINDS.items()}
    return ForecastFile(
        version=version,
        name=name,
        day=date.fromisoformat(facts["day"]),
        series=_series(rows, places),
        spreads={is_sum: _spread(one) for is_sum, one in said.items()},
        qualities={is_sum: _quality(one) for is_sum, one in said.items()},
        libraries=facts["libraries"],
        begun_on=date.fromisoformat(begun) if (begun := facts.get("begun", {}).get(metric_code)) else None,
    )


def earlier_forecasts(home: Path, metric_code: str, before: date, *, most: int = 3) -> tuple[ForecastFile, ...]:
    """Return what earlier versions' files said of a figure, one for each last month before `before`, the latest first, at most `most`.

    Raises:
        StorageError: when one cannot be read.
    """
    by_day: dict[str, str] = {}
    for pointer in sorted(_folder(home).glob("*.json")):
        name = forecast_name(home, pointer.stem)
        try:
            day = _facts(_folder(home) / f"{name}")["day"]
        except (OSError, ValueError, KeyError, pa.ArrowException) as error:
            raise _unreadable(_folder(home) / f"{name}") from error
        if day and day < f"{before}":
            by_day[day] = pointer.stem
    chosen = [by_day[day] for day in sorted(by_day, reverse=True)[:most]]
    return tuple(found for version in chosen if (found := read_forecasts(home, version, metric_code)) is not None)


def forecast_name(home: Path, version: str) -> str | None:
    """Return the name of a version's forecast file; None where it has none.

    Raises:
        StorageError: when what names it cannot be read.
    """
    pointer = _folder(home) / f"{version}.json"
    if not pointer.is_file():
        return None
    try:
        return json.loads(pointer.read_text(encoding="utf-8"))["file"]
    except (OSError, ValueError, KeyError) as error:
        raise _unreadable(pointer) from error


def _facts(path: Path) -> dict[str, Any]:
    return json.loads(pq.read_schema(path).metadata[_KEY])


def _folder(home: Path) -> Path:
    return models_folder(home) / "forecast"


def _libraries() -> dict[str, str]:
    return {name: version_of(name) for name in ("statsforecast", "numpy")} if has_library() else {}


def _tell(
    subject: Subject, months: tuple[date, ...], amounts: tuple[Decimal, ...], festivals: tuple[date, ...], holidays: HolidayDays
) -> Told:
    own = months[-len(amounts) :]
    spanned = (*own, *next_month_ends(own[-1], MONTHS_AHEAD))
    calendar = Calendar(lengths(spanned), festival_shares(spanned, festivals), days_worked(spanned, holidays)) if subject.is_flow else None
    found = continue_series(np.array(amounts, np.float64), calendar, with_models=has_library())
    return Told(
        actual=amounts,
        future=_amounts(subject, found.future),
        past={back: _amounts(subject, said) for back, said in found.past.items()},
        method=found.method,
        errors={method: _exact(error) for method, error in found.errors.items()},
        since=found.since,
    )


def _amounts(subject: Subject, said: np.ndarray) -> tuple[Decimal, ...]:
    places = Decimal(1).scaleb(-subject.metric.unit.decimals)
    least = None if subject.may_be_negative else Decimal(0)
    found = (Decimal(repr(one)).quantize(places, ROUND_HALF_UP) for one in said.tolist())
    return tuple(one if least is None else max(one, least) for one in found)


def _exact(error: float) -> Decimal:
    return Decimal(repr(error)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _ancestors(reader: Marts) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, above in reader.rows("SELECT organisation_code, ancestor_code FROM organisation_closure ORDER BY 1, 2"):
        found[code] = (*found.get(code, ()), above)
    return found


def _spreads(told: dict[Key, Told], above: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return how wide intervals must be for single series and for sums, with the share of sums that beat the year before."""
    members: dict[tuple[str, str | None], list[Told]] = {}
    for (organisation, value), one in told.items():
        for place in above.get(organisation, (organisation,)):
            members.setdefault((place, value), []).append(one)
            members.setdefault((place, None), []).append(one)
    nodes = {
        "one": [node_of([one]) for one in told.values()],
        "sum": [node_of(parts) for parts in members.values() if len(parts) > 1],
    }
    return {kind: _spread_facts(measure_spread(found)) | _against_plain(found) for kind, found in nodes.items()}


def _against_plain(nodes: list[Node]) -> dict[str, Any]:
    """Return what a `Quality` holds."""
    known = [errors for node in nodes if (errors := node.mean_errors()) is not None and errors[1]]
    ratios = sorted(own / plain for own, plain in known)
    middle = f"{ratios[len(ratios) // 2]:.4f}" if ratios else ""
    return {"judged": len(ratios), "nearer": sum(ratio < 1 for ratio in ratios), "median": middle}


def _quality(facts: dict[str, Any]) -> Quality:
    return Quality(facts["judged"], facts["nearer"], Decimal(facts["median"]) if facts["median"] else None)


def _spread_facts(spread: Spread) -> dict[str, Any]:
    return {
        "widths": [str(width) for width in spread.widths],
        "by_origin": {str(back): [str(width) for width in widths] for back, widths in spread.by_origin.items()},
        "covered": spread.covered,
        "tried": spread.tried,
    }


def _spread(facts: dict[str, Any]) -> Spread:
    by_origin = {int(back): tuple(Decimal(width) for width in widths) for back, widths in facts["by_origin"].items()}
    return Spread(tuple(Decimal(width) for width in facts["widths"]), by_origin, facts["covered"], facts["tried"])


def _rows(subject: Subject, key: Key, told: Told) -> Iterable[tuple[Any, ...]]:
    """Return a series as rows: kind, origin or method, and the place of each amount."""
    about = (subject.metric_code, *key)
    for place, amount in enumerate(told.actual):
        yield (*about, _ACTUAL, "", 0, place, amount)
    for place, amount in enumerate(told.future):
        yield (*about, _FUTURE, told.method.value, 0, place, amount)
    for back, said in told.past.items():
        for place, amount in enumerate(said):
            yield (*about, _PAST, "", back, place, amount)
    for method, error in told.errors.items():
        yield (*about, _ERROR, method.value, 0, 0, error)
    if told.since:
        yield (*about, _SINCE, "", 0, told.since, Decimal(0))


def _series(rows: list[dict[str, Any]], places: Decimal) -> dict[Key, Told]:
    grouped: dict[Key, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault((row["organisation_code"], row["member_code"]), []).append(row)
    return {key: _told(lines, places) for key, lines in grouped.items()}


def _told(lines: list[dict[str, Any]], places: Decimal) -> Told:
    """Return a series from its rows, which stand in the order of their places."""
    past: dict[int, tuple[Decimal, ...]] = {}
    for line in lines:
        if line["kind"] == _PAST:
            past[line["months_back"]] = (*past.get(line["months_back"], ()), line["amount"].quantize(places))
    future = [line for line in lines if line["kind"] == _FUTURE]
    return Told(
        actual=tuple(line["amount"].quantize(places) for line in lines if line["kind"] == _ACTUAL),
        future=tuple(line["amount"].quantize(places) for line in future),
        past=past,
        method=Method(future[0]["method"]),
        errors={Method(line["method"]): line["amount"] for line in lines if line["kind"] == _ERROR},
        since=max((line["place"] for line in lines if line["kind"] == _SINCE), default=0),
    )


_COLUMNS: dict[str, Any] = {
    "metric_code": pa.string(),
    "organisation_code": pa.string(),
    "member_code": pa.string(),
    "kind": pa.string(),
    "method": pa.string(),
    "months_back": pa.int32(),
    "place": pa.int32(),
    "amount": pa.decimal128(38, 2),
}


def _write(home: Path, facts: dict[str, Any], rows: list[tuple[Any, ...]]) -> Path:
    columns = list(zip(*rows, strict=True)) or [()] * len(_COLUMNS)
    table = pa.table({name: pa.array(column, kind) for (name, kind), column in zip(_COLUMNS.items(), columns, strict=True)})
    content = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({_KEY: json.dumps(facts, ensure_ascii=False, sort_keys=True)}), content)
    folder, name = _folder(home), f"{facts['version']}-{'models' if facts['libraries'] else 'plain'}.parquet"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / f"{name}.aside").write_bytes(content.getvalue())
        replace_durably(folder / f"{name}.aside", folder / name)
        write_durably(folder / f"{facts['version']}.json", json.dumps({"file": name}))
    except OSError as error:
        raise StorageError(
            f"forecasts cannot be written: {error.strerror}", where=str(folder), next_step="free space, then run again"
        ) from error
    return folder / name


def _unreadable(path: Path) -> StorageError:
    return StorageError("forecasts cannot be read", where=str(path), next_step="run `maisui models forecast` again")

"""`maisui models`: train a model, score a version with it, list what is there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from maisui.alerts.series_check import TABLES as ANOMALY_TABLES
from maisui.alerts.series_check import score_anomaly, train_anomaly
from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from maisui.cli.output import console, print_json, print_table
from maisui.errors import MaisuiError, QuestionError, StorageError
from maisui.models import (
    ANOMALY,
    DESCRIBED,
    IDENTITY,
    NEXT_PRODUCT,
    SEGMENTS,
    VALUE,
    Described,
    Model,
    StoredModel,
    approved_on,
    read_approvals,
    read_scores,
    stored_models,
)
from maisui.models.cash.make import TABLES as CASH_TABLES
from maisui.models.cash.make import make_cash_needs, read_cash_needs
from maisui.models.circles import CODE as CIRCLES
from maisui.models.circles import FoundCircles, find_circles, read_circles
from maisui.models.fit import train
from maisui.models.forecast.make import forecast_name, make_forecasts, read_forecasts
from maisui.models.forecast.subject import SUBJECTS
from maisui.models.identity import TABLES as IDENTITY_TABLES
from maisui.models.identity import score_identity, train_identity
from maisui.models.next_product.described import TABLES as NEXT_PRODUCT_TABLES
from maisui.models.next_product.make import score_next_product, train_next_product
from maisui.models.refusal import TABLES as REFUSAL_TABLES
from maisui.models.registry import damaged_models, store_model
from maisui.models.runs import Outcome, RunLine, ScoringRun, read_run, write_run
from maisui.models.scores import basis_of, score
from maisui.models.segments.described import TABLES as SEGMENT_TABLES
from maisui.models.segments.find import score_segments, train_segments
from maisui.models.value import TABLES as VALUE_TABLES
from maisui.models.value import score_value, train_value
from maisui.warehouse.home import Home, open_home
from maisui.warehouse.reader import Reader, open_reader
from maisui.warehouse.version import current_version

models = typer.Typer(help="Statistical models: train one, score the current version, list cards and states.", no_args_is_help=True)
_log = logging.getLogger(__name__)
_TABLES = {
    VALUE.code: VALUE_TABLES,
    IDENTITY.code: IDENTITY_TABLES,
    NEXT_PRODUCT.code: NEXT_PRODUCT_TABLES,
    SEGMENTS.code: SEGMENT_TABLES,
    ANOMALY.code: ANOMALY_TABLES,
}
_TRAINED_BY = {
    VALUE.code: train_value,
    IDENTITY.code: train_identity,
    NEXT_PRODUCT.code: train_next_product,
    SEGMENTS.code: train_segments,
    ANOMALY.code: train_anomaly,
}
_SCORED_BY = {
    VALUE.code: score_value,
    IDENTITY.code: score_identity,
    NEXT_PRODUCT.code: score_next_product,
    SEGMENTS.code: score_segments,
    ANOMALY.code: score_anomaly,
}
_Which = Annotated[str, typer.Argument(help="A model of `maisui models list`.")]
_Scored = Annotated[
    str, typer.Argument(help="A model of `maisui models list`, `circles` (who belongs together, as suggestions), or `all`.")
]
_CIRCLE_TABLES = (
    "account",
    "account_transaction",
    "customer",
    "customer_group_member",
    "customer_tie",
    "guarantee_link",
    "household_member",
    "parameter",
)


@models.command("train")
def train_command(model: _Which, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Train a model on the current version and keep it, with its card, under the hash of that card."""
    wanted = _model(model)
    stored = train_and_keep(open_home(home), wanted)
    if as_json:
        print_json({"model": wanted.code, "sha256": stored.sha256, "card": stored.card})
        return
    _print_card(stored)


def train_and_keep(place: Home, wanted: Model | Described) -> StoredModel:
    """Train a model on the current version and return it as kept.

    Raises:
        HomeError: when the library is missing.
        QuestionError: when the version has too little to learn from.
        StorageError: when it cannot be kept.
    """
    with _reader(place, wanted) as reader:
        manifest = reader.manifest
        data = {
            "version": manifest.version,
            "content_hash": manifest.content_hash,
            "reporting_date": f"{manifest.reporting_date}",
            "last_delivery_on": f"{manifest.last_delivery_on}",
            "code_version": manifest.code_version,
        }
        card, files = train(reader, wanted, data) if isinstance(wanted, Model) else _TRAINED_BY[wanted.code](reader, data)
    return store_model(place.path, wanted.code, card, files)


@models.command("score")
def score_command(model: _Scored, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Say of every customer of the current version what the model in use says, or the rule where none may be used."""
    place = open_home(home)
    if model == "all":
        run = score_by_every_model(place, datetime.now(UTC))
        if as_json:
            print_json([asdict(line) for line in run.lines])
            return
        print_table(run.version, [("", "left"), ("", "left")], [[line.code, line.outcome.value] for line in run.lines])
        print_run(run)
        return
    if model == CIRCLES:
        _print_circles(_find_circles(place), as_json=as_json)
        return
    wanted = _model(model)
    with _reader(place, wanted) as reader:
        version = reader.manifest.version
        file = _score(reader, place, wanted)
    found = read_scores(place.path, wanted.code, version)
    assert found is not None
    said: dict[str, Any] = {
        "model": wanted.code,
        "version": version,
        "day": found.facts["day"],
        "rung": found.standing.rung.value,
        "said_zh": found.standing.said_zh,
        "said_en": found.standing.said_en,
        "sha256": found.sha256,
        "rows": found.rows.num_rows,
        "file": file.name,
    }
    if "why_not" in found.rows.column_names:
        said["customers"], said["in_scope"] = found.rows.num_rows, found.rows["why_not"].null_count
    if isinstance(wanted, Model):
        said["flagged_by_rule"] = sum(found.rows.column("is_flagged").to_pylist())
    if as_json:
        print_json(said)
        return
    print_table(f"{wanted.name_zh} {wanted.name_en}", [("", "left"), ("", "left")], [[name, f"{value}"] for name, value in said.items()])


@models.command("forecast")
def forecast_command(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Say what is expected of deposits, loans, contribution, transactions and cash in six months, and of outlets' cash day by day."""
    place = open_home(home)
    version = _forecast(place)
    _tell_cash(place)
    said: list[dict[str, Any]] = []
    for subject in SUBJECTS:
        found = read_forecasts(place.path, version, subject.metric_code)
        if found is None:
            continue
        quality, spread = found.qualities[True], found.spreads[True]
        said.append({
            "metric": subject.metric_code, "day": f"{found.day}", "series": len(found.series),
            "judged": quality.judged, "nearer_than_year_before": quality.nearer, "median_ratio": quality.median,
            "covered": spread.covered, "tried": spread.tried, "libraries": found.libraries,
        })  # fmt: skip
    if as_json:
        print_json(said)
        return
    names = ("metric", "day", "series", "judged", "nearer_than_year_before", "median_ratio", "covered", "tried")
    print_table("forecasts", [(name, "left") for name in names], [[f"{line[name]}" for name in names] for line in said])


def _forecast(place: Home) -> str:
    """Write the forecast file of the current version and return the version's name."""
    with open_reader(place.versions, place.parts) as reader:
        manifest = reader.manifest
        if manifest.is_union:
            raise QuestionError("a union forecasts nothing", where="maisui models forecast", next_step="forecast in each bank's own home")
        make_forecasts(
            reader, place.path, manifest.version, min(manifest.reporting_date, manifest.last_delivery_on or manifest.reporting_date)
        )
        return manifest.version


def _tell_cash(place: Home) -> str:
    """Write what cash the outlets of the current version need and return the version's name."""
    with open_reader(place.versions, place.parts, tables=CASH_TABLES) as reader:
        manifest = reader.manifest
        until = min(manifest.reporting_date, manifest.last_delivery_on or manifest.reporting_date)
        make_cash_needs(reader, place.path, manifest.version, until)
        return manifest.version


def _find_circles(place: Home) -> FoundCircles:
    with open_reader(place.versions, place.parts, tables=_CIRCLE_TABLES) as reader:
        version = reader.manifest.version
        find_circles(reader, place.path, version, reader.manifest.reporting_date)
    found = read_circles(place.path, version)
    assert found is not None
    return found


def _print_circles(found: FoundCircles, *, as_json: bool) -> None:
    if as_json:
        print_json(found.facts)
        return
    lines = [[name, f"{value}"] for name, value in found.facts.items()]
    print_table("圈层 circles", [("", "left"), ("", "left")], lines)


def score_by_every_model(place: Home, now: datetime) -> ScoringRun:
    """Let every model say what it can of the current version, unless it has, forecast it and suggest circles where the library is there.

    Nothing that fails here stops the others or whoever called: it is kept beside the scores, where the model desk shows it.
    """
    with open_reader(place.versions, place.parts, tables=("parameter",)) as reader:
        version = reader.manifest.version
    asked: list[tuple[str, Callable[[], bool]]] = [(model.code, partial(_score_anew, place, model)) for model in DESCRIBED]
    asked.append(("forecast", lambda: forecast_name(place.path, version) is None and bool(_forecast(place))))
    asked.append(("cash", lambda: read_cash_needs(place.path, version) is None and bool(_tell_cash(place))))
    if find_spec("graspologic_native") is not None:
        asked.append((CIRCLES, lambda: read_circles(place.path, version) is None and bool(_find_circles(place))))
    lines = [_with_damaged(place, _asked(code, ask)) for code, ask in asked]
    run = ScoringRun(version, now, tuple(lines))
    with suppress(StorageError):  # the disk that refuses this has refused the scores too, and says so there
        before = read_run(place.path, version)
        if before is None or before.failed != run.failed or any(line.outcome is not Outcome.AS_BEFORE for line in lines):
            write_run(place.path, version, now, lines)
    return run


def print_run(run: ScoringRun) -> None:
    """Print which models failed on a version or have files that cannot be used, if any: the version itself stands."""
    for line in run.failed:
        said = f"says nothing of {run.version}" if line.outcome is Outcome.FAILED else "speaks without some of its files"
        console.print(f"note: {line.code} {said}: {line.what}; {line.next_step}", highlight=False)


def _score_anew(place: Home, model: Model | Described) -> bool:
    """Score the current version unless that is done already by the same models under the same approvals; return whether it was."""
    with _reader(place, model) as reader:
        found = read_scores(place.path, model.code, reader.manifest.version)
        if found is not None and found.facts.get("basis") == basis_of(place.path, model.code):
            return False
        _score(reader, place, model)
        return True


def _asked(code: str, ask: Callable[[], bool]) -> RunLine:
    try:
        return RunLine(code, Outcome.DONE if ask() else Outcome.AS_BEFORE)
    except MaisuiError as error:
        return RunLine(code, Outcome.FAILED, error.what, error.where, error.next_step)
    except Exception as error:  # noqa: BLE001 - whatever a library does, the version is published and the others speak
        _log.error("%s failed: %s", code, type(error).__name__)
        return RunLine(code, Outcome.FAILED, type(error).__name__, code, f"run `maisui models score {code}` to see why")


def _with_damaged(place: Home, line: RunLine) -> RunLine:
    """Return a line that tells of models in the home that are not as they were written, where nothing worse is to be told."""
    damaged = damaged_models(place.path, line.code)
    if line.outcome is Outcome.FAILED or not damaged:
        return line
    what = f"trained models that are not as they were written are left out ({len(damaged)})"
    where = ", ".join(folder.name for folder in damaged)
    return replace(line, what=what, where=where, next_step="restore them from a backup, or remove their folders (`maisui models list`)")


@models.command("list")
def list_command(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """List every model with its trained files, and which of them is in use."""
    place = open_home(home)
    version = current_version(place.versions)
    approvals = read_approvals(place.path)
    rows: list[dict[str, Any]] = []
    for model in DESCRIBED:
        scored = read_scores(place.path, model.code, version) if version else None
        rows.append({"model": model.code, "sha256": "", "rung": scored.standing.rung.value if scored else "", "in_use": False})
        for stored in stored_models(place.path, model.code):
            approval = approved_on(approvals, model.code, scored.day) if scored else None
            rows.append({
                "model": model.code, "sha256": stored.sha256, "data": stored.card["data"]["version"],
                "auc": stored.card.get("metrics", {}).get("auc"), "faults": [en for _, en in stored.card["faults"]],
                "in_use": approval is not None and approval.sha256 == stored.sha256,
            })  # fmt: skip
        rows += [
            {"model": model.code, "sha256": folder.name, "is_damaged": True, "in_use": False}
            for folder in damaged_models(place.path, model.code)
        ]
    if as_json:
        print_json(rows)
        return
    print_table(
        "models",
        [("model", "left"), ("sha256", "left"), ("data", "left"), ("AUC", "right"), ("passed", "left"), ("state", "left")],
        [
            [
                row["model"],
                row["sha256"][:12] or "—",
                row.get("data", "—"),
                f"{row['auc']['value']:.3f}" if row.get("auc") else "—",
                "—" if "faults" not in row else "no" if row["faults"] else "yes",
                row.get("rung") or ("in use" if row["in_use"] else "not as it was written" if "is_damaged" in row else ""),
            ]
            for row in rows
        ],
    )


def _model(code: str) -> Model | Described:
    by_code = {model.code: model for model in DESCRIBED}
    if code not in by_code:
        raise QuestionError(f"there is no model {code!r}", where="the model", next_step=f"choose one of: {', '.join(by_code)}")
    return by_code[code]


def _reader(place: Home, model: Model | Described) -> Reader:
    tables = (*model.tables, *REFUSAL_TABLES) if isinstance(model, Model) else _TABLES[model.code]
    return open_reader(place.versions, place.parts, tables=tables)


def _score(reader: Reader, place: Home, model: Model | Described) -> Path:
    if isinstance(model, Model):
        return score(reader, place.path, model, reader.manifest.version)
    return _SCORED_BY[model.code](reader, place.path, reader.manifest.version)


def _print_card(stored: StoredModel) -> None:
    passed = "passed; two people approve it on the page 模型台" if not stored.card["faults"] else "not passed: "
    _print_figures(stored)
    console.print(passed + "; ".join(en for _, en in stored.card["faults"]), highlight=False)


def _print_figures(stored: StoredModel) -> None:
    windows = stored.card["windows"]
    if "metrics" not in stored.card:
        lines = [[name, f"{part['from']} … {part['to']}"] for name, part in windows.items()]
        lines += [[name, f"{value}"] for name, value in stored.card.get("hold_out", {}).items()]
        print_table(f"{stored.model} {stored.sha256[:12]}", [("", "left"), ("value", "right")], lines)
        return
    said = stored.card["metrics"]
    lines = [
        [name, f"{part['from']} … {part['to']}", f"{part['rows']:,} rows, {part['events']:,} events"] for name, part in windows.items()
    ]
    compared = [name for name, one in said.items() if isinstance(one, dict)]
    lines += [[name, f"{said[name]['value']:.4f}", f"{said[name]['low']:.4f} … {said[name]['high']:.4f}"] for name in compared]
    lines += [[name, f"{said[name]:.4f}", ""] for name in ("ks", "lift_at_10", "caught_in_20", "brier_skill")]
    if said.get("spiegelhalter_z") is not None:
        lines.append(["spiegelhalter_z", f"{said['spiegelhalter_z']:.4f}", "within 2.58"])
    lines.append(["calibration_error", f"{said['calibration_error']:.4f}", f"at most {said['calibration_allowed']:.4f}"])
    print_table(f"{stored.model} {stored.sha256[:12]}", [("", "left"), ("value", "right"), ("", "left")], lines)

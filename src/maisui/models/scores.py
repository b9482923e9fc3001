"""Scores: everybody of the last whole month with a probability, or why there is none; one file a version and model, never changed.

A score file is no part of a version: its name and its text say of which version and of which model it is, so that a version
still names its deliveries and nothing else, and the same version asked of the same model gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from maisui import __version__
from maisui.errors import StorageError
from maisui.models import asked, measures
from maisui.models.approvals import read_approvals
from maisui.models.drift import SCORE, drift_of, unfed
from maisui.models.fairness import came_to_groups, highest, selection_of
from maisui.models.fallback import known_auc, missed_auc
from maisui.models.ladder import Rung, Standing, without_transactions
from maisui.models.lead_times import lead_times
from maisui.models.model import Model
from maisui.models.panel import Marts, Population, month_ends, population, require_parameters, sample, severities
from maisui.models.refusal import REFUSED, heeding, refusals
from maisui.models.registry import StoredModel, models_folder, stored_models
from maisui.models.rows_of_file import rows_of
from maisui.models.shadow import challenger_of, write_shadow
from maisui.models.who_speaks import Seen, who_speaks
from maisui.warehouse.durable import replace_durably, write_durably

MOST_REASONS = 4
_MONTHS_WATCHED, _MONTHS_RATED = 12, 3
_CENT = Decimal("0.01")
_KEY = b"maisui"


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """What one scoring said: of which version, day and model, on which rung, its realised checks, and a row for every customer.

    Columns of `rows`: customer_number, organisation_code, customer_kind, value_at_risk, why_not, is_flagged, rule_codes (lines of the
    rule that hold), rule_values (JSON: values of the features that these are told with), severity (of the gravest), probability (null
    below the rung of a trial), expected_loss, reasons (JSON: feature, value, contribution; the strongest first).
    """

    model: str
    version: str
    day: date
    sha256: str
    standing: Standing
    facts: dict[str, Any]
    rows: pa.Table


def score(reader: Marts, home: Path, model: Model, version: str) -> Path:
    """Write what the model, or the rule, says of everybody on the last whole month; return the file.

    Raises:
        HomeError: when the model must be asked and its library is missing.
        QuestionError: when the version lacks a parameter of the model.
        StorageError: when the file cannot be written, or a trained file is damaged.
    """
    ends = month_ends(reader)
    if ends:
        require_parameters(reader, model, ends[-1])
    spoken = who_speaks(reader, home, model, ends, lambda stored: _seen(reader, model, stored, ends))
    if ends and not _has_moved(reader, ends[-1]):
        spoken = replace(spoken, standing=without_transactions(spoken.standing))
    used, approval = spoken.used, spoken.approval
    facts: dict[str, Any] = {
        "model": model.code,
        "version": version,
        "day": f"{ends[-1]}" if ends else "",
        "base_rates": _base_rates(reader, model, ends) if ends else [],
        "realised": [],
        **spoken.told,
    }
    people = heeding(population(reader, model, ends[-1]), refusals(reader, ends[-1])) if ends else None
    columns = _columns(model, people, used)
    if people is not None:
        facts["selection"] = _selection(reader, people, columns)
        facts["fairness"] = _fairness(reader, model, used, ends)
    if model.arrears and ends:
        facts["lead_times"] = lead_times(reader, model, used, ends)
    if people is not None and used is not None and approval is not None:
        challenger = challenger_of(home, model, used, ends[-1])
        if challenger is not None:
            write_shadow(reader, home, model, version, (used, challenger), ends, people)
    return write_scores(home, model.code, facts, _table(columns))


def _has_moved(reader: Marts, day: date) -> bool:
    """Return whether anybody had a transaction in the three months up to a day."""
    ((count,),) = reader.rows("SELECT coalesce(sum(transaction_count), 0) FROM customer_fact_month WHERE business_date = ?", [day])
    return count > 0


def _seen(reader: Marts, model: Model, stored: StoredModel, ends: tuple[date, ...]) -> Seen | None:
    """Return what was seen of a model since its test; None where its library is missing."""
    if not asked.is_askable(stored):
        return None
    realised = _realised(reader, model, stored, ends)
    facts = {"realised": realised, "drift": _drift(reader, model, stored, ends)}
    return Seen(facts, missed_auc(stored.card["metrics"]["auc"]["value"], realised))


def scoring_named(home: Path, model: str, version: str) -> tuple[str, int] | None:
    """Return what tells one scoring of a version from another: the file that is pointed to, and when it was written; None without one."""
    folder = models_folder(home) / model / "scores"
    try:
        name = json.loads((folder / f"{version}.json").read_text(encoding="utf-8"))["file"]
        return name, (folder / name).stat().st_mtime_ns
    except (OSError, ValueError, KeyError):  # there is none, or whoever reads it is told
        return None


def read_scores(home: Path, model: str, version: str) -> ScoreFile | None:
    """Return the scores of a version; None where it has none. Of several the one of the last approved or trained model stands.

    Raises:
        StorageError: when the file cannot be read.
    """
    folder = models_folder(home) / model / "scores"
    pointer = folder / f"{version}.json"
    if not pointer.is_file():
        return None
    try:
        name = json.loads(pointer.read_text(encoding="utf-8"))["file"]
        rows = rows_of(folder / name)
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        raise StorageError("scores cannot be read", where=str(folder), next_step="run `maisui models score` again") from error
    facts = json.loads(rows.schema.metadata[_KEY])
    told = facts["standing"] | {"rung": Rung(facts["standing"]["rung"])}
    day = date.fromisoformat(facts["day"]) if facts["day"] else date.min
    return ScoreFile(model, version, day, facts["sha256"], Standing(**told), facts, rows)


def standings_so_far(home: Path, model: str) -> list[dict[str, Any]]:
    """Return the facts of every version that was scored, the newest version first.

    Raises:
        StorageError: when one cannot be read.
    """
    folder = models_folder(home) / model / "scores"
    found: list[dict[str, Any]] = []
    for pointer in sorted(folder.glob("*.json"), reverse=True):
        try:
            name = json.loads(pointer.read_text(encoding="utf-8"))["file"]
            found.append(json.loads(pq.read_schema(folder / name).metadata[_KEY]))
        except (OSError, ValueError, KeyError, pa.ArrowException) as error:
            raise StorageError("scores cannot be read", where=str(pointer), next_step="run `maisui models score` again") from error
    return found


def _base_rates(reader: Marts, model: Model, ends: tuple[date, ...]) -> list[dict[str, Any]]:
    """Return how often it happened after the last month whose outcome is known, with the rule and without, each with its interval."""
    usable = ends[5 : len(ends) - model.horizon]
    if not usable:
        return []
    seen = sample(reader, model, usable[-1:])
    rates: list[dict[str, Any]] = []
    for is_flagged in (True, False):
        chosen = seen.happened[seen.is_flagged == is_flagged]
        low, high = measures.wilson(int(chosen.sum()), len(chosen))
        rates.append({"is_flagged": is_flagged, "count": len(chosen), "events": int(chosen.sum()), "low": low, "high": high})
    return rates


def _fairness(reader: Marts, model: Model, used: StoredModel | None, ends: tuple[date, ...]) -> dict[str, Any] | None:
    """Return what came, by groups of people, of the last months whose outcome is known: of the model since its test, else of the rule."""
    known = [day for day in ends[5 : len(ends) - model.horizon] if used is None or f"{day}" >= used.card["windows"]["test"]["from"]]
    days = known[-_MONTHS_RATED:]
    if not days:
        return None
    seen = [sample(reader, model, (day,)) for day in days]
    parts = [(one, None if used is None else asked.probabilities_of(used, one.values)) for one in seen]
    return {"from": f"{days[0]}", "to": f"{days[-1]}", "by_rule": used is None, "groups": came_to_groups(reader, parts)}


def _realised(reader: Marts, model: Model, stored: StoredModel, ends: tuple[date, ...]) -> list[dict[str, Any]]:
    """Return what the model says of the months whose outcome is known since it was tested, beside what came of them."""
    first = stored.card["windows"]["test"]["from"]
    found: list[dict[str, Any]] = []
    for day in ends[5 : len(ends) - model.horizon]:
        if f"{day}" < first:
            continue
        seen = sample(reader, model, (day,))
        chances = asked.probabilities_of(stored, seen.values)
        low, high = measures.wilson(seen.events, len(seen.happened))
        found.append(
            {
                "day": f"{day}",
                "is_test": f"{day}" <= stored.card["windows"]["test"]["to"],
                "count": len(seen.happened),
                "expected": chances.sum().item(),
                "events": seen.events,
                "low": low * len(seen.happened),
                "high": high * len(seen.happened),
                "lift_at_10": measures.lift(seen.happened, chances),
                "auc": known_auc(seen.happened, chances),
            }
        )
    return found


def _drift(reader: Marts, model: Model, stored: StoredModel, ends: tuple[date, ...]) -> list[dict[str, Any]]:
    """Return for each month since the test began, at most twelve, how far score and features lie from where they lay at training."""
    spreads, first = stored.card.get("spreads"), stored.card["windows"]["test"]["from"]
    found: list[dict[str, Any]] = []
    if spreads is None:  # trained before spreads were kept
        return found
    for day in [day for day in ends if f"{day}" >= first][-_MONTHS_WATCHED:]:
        people = population(reader, model, day)
        values = people.values[people.is_scored]
        if not len(values):
            continue
        chances = asked.probabilities_of(stored, values)
        columns = {SCORE: chances} | dict(zip(model.feature_codes, values.T, strict=True))
        found.append({"day": f"{day}", "count": len(values), "columns": drift_of(spreads, columns), "unfed": unfed(spreads, columns)})
    return found


def _columns(model: Model, people: Population | None, stored: StoredModel | None) -> dict[str, Any]:
    if people is None:
        return {}
    chances: np.ndarray = np.full(len(people.customers), None, object)
    reasons: np.ndarray = np.full(len(people.customers), "[]", object)
    scored = people.is_scored
    if stored is not None and scored.any():
        values = people.values[scored]
        chances[scored] = asked.probabilities_of(stored, values).tolist()
        reasons[scored] = reasons_of(stored.card["features"], values, asked.contributions_of(stored, values))
    spoken = scored | np.array([model.keeps_refused and why == REFUSED for why in people.why_not], bool)
    codes = [held if is_spoken else "" for held, is_spoken in zip(people.rule_codes, spoken, strict=True)]
    return {
        "customer_number": people.customers,
        "organisation_code": people.organisations,
        "customer_kind": people.kinds,
        "value_at_risk": people.value_at_risk,
        "why_not": people.why_not,
        "is_flagged": people.is_flagged & spoken,
        "rule_codes": codes,
        "rule_values": _rule_values(model, codes, people.values),
        "severity": severities(model, codes),
        "probability": chances,
        "expected_loss": [None if p is None else _share(v, p) for v, p in zip(people.value_at_risk, chances, strict=True)],
        "reasons": reasons,
    }


def _rule_values(model: Model, codes: list[str], values: np.ndarray) -> list[str]:
    """Return for each row the known values of the features that the lines of the rule which hold are told with, as JSON."""
    place = {code: number for number, code in enumerate(model.feature_codes)}
    shown = {line.code: line.shown for line in model.rules}
    found: list[str] = []
    for row, held in zip(values, codes, strict=True):
        wanted = dict.fromkeys(code for line in held.split(",") if line for code in shown[line])
        found.append(json.dumps({code: row[place[code]].item() for code in wanted if not np.isnan(row[place[code]])}))
    return found


def reasons_of(features: list[str], values: np.ndarray, contributions: np.ndarray) -> list[str]:
    """Return for each row the features that raise its score most, never one whose value is unknown, as JSON."""
    found: list[str] = []
    for row, added in zip(values, contributions[:, : len(features)], strict=True):
        chosen = [place for place in np.argsort(-added, kind="stable") if added[place] > 0 and not np.isnan(row[place])][:MOST_REASONS]
        found.append(json.dumps([[features[place], row[place].item(), added[place].item()] for place in chosen]))
    return found


def _selection(reader: Marts, people: Population, columns: dict[str, Any]) -> list[dict[str, Any]]:
    """Return how often each group is chosen: the highest fifth where there are probabilities, else whom the rule picks."""
    scored = people.is_scored
    chances = [chance for chance, is_in in zip(columns["probability"], scored, strict=True) if is_in]
    is_told = bool(chances) and chances[0] is not None
    chosen = highest(np.array(chances, np.float64)) if is_told else np.asarray(columns["is_flagged"])[scored]
    return selection_of(reader, people.customers[scored].tolist(), people.day, chosen)


def _share(amount: Decimal, probability: object) -> Decimal:
    return (amount * Decimal(str(probability))).quantize(_CENT, ROUND_HALF_UP)


def _table(columns: dict[str, Any]) -> Any:  # noqa: ANN401 - pyarrow is untyped
    money = pa.decimal128(38, 2)
    kinds = {"value_at_risk": money, "expected_loss": money, "is_flagged": pa.bool_(), "severity": pa.int64(), "probability": pa.float64()}
    names = ("customer_number", "organisation_code", "customer_kind", "value_at_risk", "why_not", "is_flagged", "rule_codes", "rule_values",
             "severity", "probability", "expected_loss", "reasons")  # fmt: skip
    return pa.table({name: pa.array(list(columns.get(name, ())), kinds.get(name, pa.string())) for name in names})


def basis_of(home: Path, model: str) -> str:
    """Return by what a model speaks: trained files, approvals and the release, whose words are kept; scores of another basis are made anew."""
    approvals = [f"{one.sha256} {one.approved_at.isoformat()}" for one in read_approvals(home) if one.model == model]
    told = [__version__, [one.sha256 for one in stored_models(home, model)], approvals]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def write_scores(home: Path, model: str, facts: dict[str, Any], rows: Any) -> Path:  # noqa: ANN401
    """Lay what was said of a version into the home, under the version and the model that spoke, and point to it; return the file.

    Raises:
        StorageError: when it cannot be written.
    """
    folder, facts = models_folder(home) / model / "scores", facts | {"basis": basis_of(home, model)}
    content = io.BytesIO()
    pq.write_table(rows.replace_schema_metadata({_KEY: json.dumps(facts, ensure_ascii=False, sort_keys=True)}), content)
    name = f"{facts['version']}-{facts['sha256'][:12] or facts['standing']['rung']}-{facts['standing']['rung']}.parquet"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / f"{name}.aside").write_bytes(content.getvalue())
        replace_durably(folder / f"{name}.aside", folder / name)
        write_durably(folder / f"{facts['version']}.json", json.dumps({"file": name}))
    except OSError as error:
        raise StorageError(
            f"scores cannot be written: {error.strerror}", where=str(folder), next_step="free space, then run again"
        ) from error
    return folder / name

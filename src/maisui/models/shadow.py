"""A challenger in shadow: a newer trained model that is asked beside the one in use, compared with it, and acts on nobody.

What it said is one file a version beside the scores. Compared are months that neither learnt from and whose outcome is known; the lists are
the highest tenth by value at risk × probability, which is what people work through.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from maisui.errors import StorageError
from maisui.models import asked, measures
from maisui.models.fallback import LEAST_EVENTS
from maisui.models.fitted import SEED
from maisui.models.model import Described, Model
from maisui.models.panel import Marts, Population, sample
from maisui.models.registry import StoredModel, models_folder, stored_models
from maisui.models.rows_of_file import rows_of
from maisui.warehouse.durable import replace_durably, write_durably

LIST_SHARE = 0.1
"""The part of all judged customers that a list holds."""
_KEY = b"maisui"
_MOST_ROWS, _TIMES = 100_000, 200


@dataclass(frozen=True, slots=True)
class Shadow:
    """What a challenger said of a version beside the champion: both hashes, the months it has been in shadow, the comparison, and a row each.

    `compared` is None where no month is there that neither learnt from. Columns of `rows`: customer_number, organisation_code, customer_kind,
    value_at_risk, champion, challenger (probabilities), is_listed, would_be_listed.
    """

    model: str
    version: str
    day: date
    champion: str
    challenger: str
    months: tuple[date, ...]
    compared: dict[str, Any] | None
    lists: dict[str, Any]
    rows: pa.Table


def challenger_of(
    home: Path, model: Model | Described, champion: StoredModel, day: date, is_askable: Callable[[StoredModel], bool] = asked.is_askable
) -> StoredModel | None:
    """Return the newest model that passed its test and learnt from later months than the one in use; None where there is none."""
    learnt = champion.card["data"]["last_outcome_on"]
    found = [
        one
        for one in stored_models(home, model.code)
        if one.sha256 != champion.sha256 and not one.card["faults"] and learnt < one.card["data"]["last_outcome_on"] <= f"{day}"
        and is_askable(one)
    ]  # fmt: skip
    return found[0] if found else None


def write_shadow(
    reader: Marts, home: Path, model: Model, version: str, pair: tuple[StoredModel, StoredModel], ends: tuple[date, ...], people: Population
) -> Path:
    """Ask champion and challenger (`pair`) of everybody of the last month, compare them and keep it; return the file.

    Raises:
        StorageError: when it cannot be written.
    """
    scored = people.is_scored
    values = people.values[scored]
    own, other = (asked.probabilities_of(one, values) if len(values) else np.empty(0) for one in pair)
    worth = np.array([np.float64(amount) for amount in people.value_at_risk])[scored]
    listed, would_be = _listed(worth * own), _listed(worth * other)
    lists = {
        "size": int(listed.sum()),
        "both": int((listed & would_be).sum()),
        "enter": int((would_be & ~listed).sum()),
        "leave": int((listed & ~would_be).sum()),
        "order": _known(measures.rank_correlation(own, other)) if len(own) > 1 else None,
    }
    rows = pa.table({
        "customer_number": pa.array(people.customers[scored].tolist(), pa.string()),
        "organisation_code": pa.array(people.organisations[scored].tolist(), pa.string()),
        "customer_kind": pa.array(people.kinds[scored].tolist(), pa.string()),
        "value_at_risk": pa.array([amount for amount, is_in in zip(people.value_at_risk, scored, strict=True) if is_in], pa.decimal128(38, 2)),
        "champion": pa.array(own.tolist(), pa.float64()),
        "challenger": pa.array(other.tolist(), pa.float64()),
        "is_listed": pa.array(listed.tolist(), pa.bool_()),
        "would_be_listed": pa.array(would_be.tolist(), pa.bool_()),
    })  # fmt: skip
    return keep_shadow(home, model.code, version, pair, ends[-1], compare(reader, model, pair, ends), lists, rows)


def keep_shadow(
    home: Path, model: str, version: str, pair: tuple[StoredModel, StoredModel], day: date, compared: dict[str, Any] | None,
    lists: dict[str, Any], rows: Any,  # noqa: ANN401 - pyarrow is untyped
) -> Path:  # fmt: skip
    """Keep what champion and challenger (`pair`) of any model said of a version beside each other; return the file.

    `lists` counts what the champion lists (`size`), what both do, what would `enter` and `leave`, and how alike the order is (or None);
    `compared` is what the model itself makes of the two, with a `verdict` in both languages unless it chooses between two outcomes.

    Raises:
        StorageError: when it cannot be written.
    """
    champion, challenger = pair
    facts: dict[str, Any] = {
        "model": model,
        "version": version,
        "day": f"{day}",
        "champion": champion.sha256,
        "challenger": challenger.sha256,
        "compared": compared,
        "lists": lists,
    }
    content = io.BytesIO()
    pq.write_table(rows.replace_schema_metadata({_KEY: json.dumps(facts, ensure_ascii=False, sort_keys=True)}), content)
    folder, name = _folder(home, model), f"{version}-{challenger.sha256[:12]}.parquet"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / f"{name}.aside").write_bytes(content.getvalue())
        replace_durably(folder / f"{name}.aside", folder / name)
        write_durably(folder / f"{version}.json", json.dumps({"file": name}))
    except OSError as error:
        raise StorageError(
            f"what the challenger said cannot be written: {error.strerror}", where=str(folder), next_step="free space, then run again"
        ) from error
    return folder / name


def read_shadow(home: Path, model: str, version: str) -> Shadow | None:
    """Return what a challenger said of a version; None where none ran beside the champion.

    Raises:
        StorageError: when it cannot be read.
    """
    pointer = _folder(home, model) / f"{version}.json"
    if not pointer.is_file():
        return None
    try:
        rows = rows_of(_folder(home, model) / json.loads(pointer.read_text(encoding="utf-8"))["file"])
        facts = json.loads(rows.schema.metadata[_KEY])
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        raise _unreadable(pointer) from error
    return Shadow(
        model=model,
        version=version,
        day=date.fromisoformat(facts["day"]),
        champion=facts["champion"],
        challenger=facts["challenger"],
        months=months_in_shadow(home, model, facts["challenger"]),
        compared=facts["compared"],
        lists=facts["lists"],
        rows=rows,
    )


def months_in_shadow(home: Path, model: str, sha256: str) -> tuple[date, ...]:
    """Return the month ends on which a model was asked in shadow, oldest first.

    Raises:
        StorageError: when a file cannot be read.
    """
    found: set[date] = set()
    for path in sorted(_folder(home, model).glob(f"*-{sha256[:12]}.parquet")):
        try:
            facts = json.loads(pq.read_schema(path).metadata[_KEY])
        except (OSError, ValueError, KeyError, pa.ArrowException) as error:
            raise _unreadable(path) from error
        if facts["challenger"] == sha256:
            found.add(date.fromisoformat(facts["day"]))
    return tuple(sorted(found))


def compare(reader: Marts, model: Model, pair: tuple[StoredModel, StoredModel], ends: tuple[date, ...]) -> dict[str, Any] | None:
    """Return how both did in the months that neither learnt from and whose outcome is known; None where there is no such month.

    AUC and average precision with the 95 % interval of each and of the difference, drawn together; how far expected lies from seen, and
    how far chance alone would. With fewer than 50 events there are counts only.
    """
    first = max(one.card["windows"]["test"]["from"] for one in pair)
    days = [day for day in ends[5 : len(ends) - model.horizon] if f"{day}" >= first]
    if not days:
        return None
    seen = sample(reader, model, days, most_rows=_MOST_ROWS)
    said: dict[str, Any] = {"from": f"{days[0]}", "to": f"{days[-1]}", "count": len(seen.happened), "events": seen.events}
    if seen.events < LEAST_EVENTS:
        return said
    chances = [asked.probabilities_of(one, seen.values) for one in pair]
    for name, measure in (("auc", measures.auc), ("precision", measures.average_precision)):
        drawn = measures.resampled(seen.happened, *chances, customers=seen.customers, seed=SEED, times=_TIMES, measure=measure)
        values = [measure(seen.happened, one) for one in chances]
        said[name] = {
            "champion": asdict(measures.interval(values[0], drawn[:, 0])),
            "challenger": asdict(measures.interval(values[1], drawn[:, 1])),
            "gain": asdict(measures.interval(values[1] - values[0], drawn[:, 1] - drawn[:, 0])),
        }
    said["calibration"] = {
        name: {
            "expected": one.sum().item(),
            "error": measures.calibration_error(measures.bins(seen.happened, one)),
            "allowed": measures.calibration_allowed(one, seed=SEED),
        }
        for name, one in zip(("champion", "challenger"), chances, strict=True)
    }
    return said


def _listed(losses: np.ndarray) -> np.ndarray:
    """Return who is among the highest tenth."""
    chosen = np.zeros(len(losses), bool)
    if len(losses):
        chosen[np.argsort(-losses, kind="stable")[: max(1, round(len(losses) * LIST_SHARE))]] = True
    return chosen


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _folder(home: Path, model: str) -> Path:
    return models_folder(home) / model / "shadow"


def _unreadable(path: Path) -> StorageError:
    return StorageError("what a challenger said cannot be read", where=str(path), next_step="run `maisui models score` again")

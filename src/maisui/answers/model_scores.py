"""Who a model, or its expert rule, points to: within organisations, the most expected loss first, and how far to trust it.

Scores are those of the reader's version; where it has none, that is the answer. No model library is asked here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from maisui.answers.credit_watch import BorrowerState, borrower_states
from maisui.answers.saver_state import SaverState, saver_states
from maisui.models import CHURN, CREDIT, MODEL_BY_CODE, Model, RuleLine, ScoreFile, Standing, read_scores, scoring_named, stored_models
from maisui.models.model import Feature
from maisui.models.refusal import REFUSED
from maisui.warehouse.reader import Reader

MOST_SCORED_ROWS = 200


@dataclass(frozen=True, slots=True)
class ScoreQuery:
    """Who `model` points to, at home at or below `organisations` (None is the whole bank); `page` from 1, `size` rows each.

    People judge otherwise of some: `raised` stand on top of the list whatever was said of them, `lowered` are left out and counted.
    """

    model: str
    organisations: tuple[str, ...] | None = None
    page: int = 1
    size: int = 50
    raised: frozenset[str] = frozenset()
    lowered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ScoreReason:
    """One thing that raises a customer's score: the feature's words in both languages, its shape, its value and its code."""

    name_zh: str
    name_en: str
    shape: str
    value: float
    code: str = ""


@dataclass(frozen=True, slots=True)
class ScoredCustomer:
    """One customer: `probability` and `expected_loss` are None where only the rule may speak.

    `rules` are the lines of the expert rule that hold, `rule_codes` their codes, `rule_values` what each is told with where the scores know
    it, and `severity` that of the gravest (3); `borrower` is
    what is known of his loans, where the model is about them, and `saver` the amounts behind his reasons, where it is about what he
    keeps here.
    """

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    value_at_risk: Decimal
    probability: Decimal | None
    expected_loss: Decimal | None
    is_flagged: bool
    reasons: tuple[ScoreReason, ...]
    managers: tuple[str, ...]
    rules: tuple[RuleLine, ...] = ()
    severity: int = 0
    borrower: BorrowerState | None = None
    saver: SaverState | None = None
    rule_codes: tuple[str, ...] = ()
    rule_values: Mapping[str, tuple[ScoreReason, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScorePage:
    """One page of a list with sums over all of it; `card` is that of the model that spoke, None where the rule did."""

    query: ScoreQuery
    model: Model
    version: str
    day: date
    sha256: str
    standing: Standing
    facts: dict[str, Any]
    card: dict[str, Any] | None
    page: int
    total_count: int
    value_at_risk: Decimal
    expected_loss: Decimal
    without: tuple[tuple[str, str, int], ...]
    rows: tuple[ScoredCustomer, ...]
    raised_count: int = 0
    lowered_count: int = 0
    in_scope: int = 0


def list_scored(reader: Reader, home: Path, query: ScoreQuery) -> ScorePage | None:
    """Return one page of those a model points to; None where the version is not scored."""
    model = MODEL_BY_CODE[query.model]
    found = read_scores(home, model.code, reader.manifest.version)
    if found is None:
        return None
    rows = rows_within(reader, found.rows, query.organisations)
    judged = _judged(rows)
    raised, is_lowered, chosen = _ordered(found, judged, query)
    size = min(max(query.size, 1), MOST_SCORED_ROWS)
    page = min(max(query.page, 1), max(1, -(-chosen.num_rows // size)))
    card = next((one.card for one in stored_models(home, model.code) if one.sha256 == found.sha256), None)
    return ScorePage(
        query=query,
        model=model,
        version=found.version,
        day=found.day,
        sha256=found.sha256,
        standing=found.standing,
        facts=found.facts,
        card=card,
        page=page,
        total_count=chosen.num_rows,
        value_at_risk=summed(chosen, "value_at_risk"),
        expected_loss=summed(chosen, "expected_loss"),
        without=counted_without(rows["why_not"], model.exclusions),
        rows=_named(reader, found, model, chosen.slice((page - 1) * size, size).to_pylist()),
        raised_count=raised.num_rows,
        lowered_count=pc.sum(is_lowered).as_py() or 0,  # type: ignore[attr-defined]
        in_scope=judged.num_rows,
    )


def scoring_of(reader: Reader, home: Path, model: str) -> tuple[str, int] | None:
    """Return what tells this scoring of the version from a later one, by the code of a model; None where it is not scored."""
    return scoring_named(home, model, reader.manifest.version)


def scored_numbers(reader: Reader, home: Path, query: ScoreQuery, most: int) -> tuple[str, ...]:
    """Return the numbers of those a model points to, in the list's order, one more than `most` at most; none where nothing is scored."""
    found = read_scores(home, query.model, reader.manifest.version)
    if found is None:
        return ()
    _, _, chosen = _ordered(found, _judged(rows_within(reader, found.rows, query.organisations)), query)
    return tuple(chosen["customer_number"].slice(0, most + 1).to_pylist())


def rules_holding(reader: Reader, home: Path, code: str, numbers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return for each of `numbers` the codes of the lines of a model's expert rule that hold, the gravest first."""
    found = read_scores(home, code, reader.manifest.version)
    if found is None:
        return {}
    rows = found.rows.filter(_is_one_of(found.rows, frozenset(numbers))).to_pylist()
    return {row["customer_number"]: _codes(MODEL_BY_CODE[code], row) for row in rows}


def _judged(rows: Any) -> Any:  # noqa: ANN401 - pyarrow is untyped
    """Return the rows of those who are judged: scored, or picked by the rule after a refusal of automated decisions."""
    refusing = pc.fill_null(pc.equal(rows["why_not"], REFUSED), False)  # type: ignore[attr-defined]
    return rows.filter(pc.or_(pc.is_null(rows["why_not"]), pc.and_(refusing, rows["is_flagged"])))  # type: ignore[attr-defined]


def _ordered(found: ScoreFile, judged: Any, query: ScoreQuery) -> tuple[Any, Any, Any]:  # noqa: ANN401
    """Return whom people raised, a mark at each whom they lowered, and the list in its order, the raised on top."""
    is_raised, is_lowered = (_is_one_of(judged, numbers) for numbers in (query.raised, query.lowered))
    raised, scoped = judged.filter(is_raised), judged.filter(pc.invert(pc.or_(is_raised, is_lowered)))  # type: ignore[attr-defined]
    if found.standing.has_probabilities:
        chosen = scoped.sort_by([("expected_loss", "descending"), ("customer_number", "ascending")])
    else:
        gravest = [("severity", "descending")] if "severity" in scoped.schema.names else []
        chosen = scoped.filter(scoped["is_flagged"]).sort_by([*gravest, ("value_at_risk", "descending"), ("customer_number", "ascending")])
    on_top = raised.sort_by([("value_at_risk", "descending"), ("customer_number", "ascending")])
    return raised, is_lowered, pa.concat_tables([on_top, chosen])


def _codes(model: Model, row: dict[str, Any]) -> tuple[str, ...]:
    known = {line.code for line in model.rules}
    return tuple(code for code in (row.get("rule_codes") or "").split(",") if code in known)


def said_of_customer(reader: Reader, home: Path, code: str, customer_number: str) -> tuple[date, Decimal | None] | None:
    """Return on which day a model last judged a customer, and his probability (None: only the rule speaks); None if he is not judged."""
    found = read_scores(home, code, reader.manifest.version)
    if found is None:
        return None
    rows = found.rows.filter(_is_one_of(found.rows, frozenset((customer_number,)))).to_pylist()
    if not rows or rows[0]["why_not"] is not None:
        return None
    return found.day, None if rows[0]["probability"] is None else Decimal(str(rows[0]["probability"]))


def _is_one_of(rows: Any, numbers: frozenset[str]) -> Any:  # noqa: ANN401 - pyarrow is untyped
    return pc.is_in(rows["customer_number"], pa.array(sorted(numbers), pa.string()))  # type: ignore[attr-defined]


def rows_within(reader: Reader, rows: Any, organisations: tuple[str, ...] | None) -> Any:  # noqa: ANN401 - pyarrow is untyped
    """Return the rows of a score file whose customers are at home at or below `organisations`; None is the whole bank."""
    if organisations is None:
        return rows
    places = ", ".join("?" for _ in organisations)
    below = reader.rows(f"SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places or 'NULL'})", organisations)
    return rows.filter(pc.is_in(rows["organisation_code"], pa.array([code for (code,) in below], pa.string())))  # type: ignore[attr-defined]


def counted_without(reasons: Any, known: Iterable[tuple[str, str, str]]) -> tuple[tuple[str, str, int], ...]:  # noqa: ANN401
    """Return for each of the `known` reasons (code and words) that a column names, how often it does."""
    counts = {one["values"]: one["counts"] for one in pc.value_counts(reasons).to_pylist()}  # type: ignore[attr-defined]
    return tuple((zh, en, counts[code]) for code, zh, en in known if code in counts)


def summed(rows: Any, name: str) -> Decimal:  # noqa: ANN401
    """Return the sum of a column of amounts; 0.00 where none is known, or where nobody was scored and there is no column."""
    return (pc.sum(rows[name]).as_py() if rows.num_rows else None) or Decimal("0.00")  # type: ignore[attr-defined]


def _named(reader: Reader, found: ScoreFile, model: Model, rows: list[dict[str, Any]]) -> tuple[ScoredCustomer, ...]:
    if not rows:
        return ()
    numbers = [row["customer_number"] for row in rows]
    names, homes, managed = who_they_are(reader, found.day, numbers)
    words, lines = {one.code: one for one in model.features}, {line.code: line for line in model.rules}
    borrowers = borrower_states(reader, found.day, numbers) if model is CREDIT else {}
    savers = saver_states(reader, found.day, numbers) if model is CHURN else {}
    return tuple(
        ScoredCustomer(
            customer_number=row["customer_number"],
            customer_name=names.get(row["customer_number"]),
            customer_kind=row["customer_kind"],
            home_organisation_name=homes.get(row["organisation_code"]) or row["organisation_code"],
            value_at_risk=row["value_at_risk"],
            probability=None if row["probability"] is None else Decimal(str(row["probability"])),
            expected_loss=row["expected_loss"],
            is_flagged=row["is_flagged"],
            reasons=tuple(_reason(words[code], value) for code, value, _ in json.loads(row["reasons"]) if code in words),
            managers=managed.get(row["customer_number"], ()),
            rules=tuple(lines[code] for code in _codes(model, row)),
            severity=row.get("severity") or 0,
            borrower=borrowers.get(row["customer_number"]),
            saver=savers.get(row["customer_number"]),
            rule_codes=_codes(model, row),
            rule_values=_told_with(model, row),
        )
        for row in rows
    )


def _told_with(model: Model, row: dict[str, Any]) -> dict[str, tuple[ScoreReason, ...]]:
    """Return for each line of the rule that holds the values it is told with; scores made before these were kept have none."""
    known, words = json.loads(row.get("rule_values") or "{}"), {one.code: one for one in model.features}
    lines, held = {line.code: line for line in model.rules}, _codes(model, row)
    return {code: tuple(_reason(words[one], known[one]) for one in lines[code].shown if one in known and one in words) for code in held}


def _reason(feature: Feature, value: float) -> ScoreReason:
    return ScoreReason(feature.name_zh, feature.name_en, feature.shape.value, value, feature.code)


def who_they_are(reader: Reader, day: date, numbers: list[str]) -> tuple[dict[str, str], dict[str, str], dict[str, tuple[str, ...]]]:
    """Return the names of customers, the names of all organisations, and who managed each of the customers in the month of `day`."""
    places = ", ".join("?" for _ in numbers) or "NULL"
    names = dict(reader.rows(f"SELECT customer_number, customer_name FROM customer WHERE customer_number IN ({places})", numbers))
    homes = dict(reader.rows("SELECT organisation_code, organisation_name FROM organisation"))
    managed: dict[str, tuple[str, ...]] = {}
    for customer, employee in reader.rows(
        "SELECT DISTINCT customer_number, employee_number FROM managed_customer_month "
        f"WHERE business_date >= ? AND business_date <= ? AND customer_number IN ({places}) ORDER BY 1, 2",
        [day.replace(day=1), day, *numbers],
    ):
        managed[customer] = (*managed.get(customer, ()), employee)
    return names, homes, managed

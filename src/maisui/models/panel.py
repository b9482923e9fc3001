"""What a model sees: its population on a day as arrays, and what came of them. Nothing here knows a model library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

import numpy as np

from maisui.errors import QuestionError
from maisui.models.model import Model


class Marts(Protocol):
    """What answers SQL over published marts; a `warehouse.reader.Reader` does."""

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        ...

    def arrays(self, query: str, values: Sequence[Any] = ()) -> dict[str, Any]:
        """Return the rows of a query as one array a column."""
        ...


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody of a day in the order of customer numbers; `values` has one row a customer and one column a feature, nan where unknown.

    `rule_codes` are the lines of the expert rule that hold, joined by commas.
    """

    day: date
    customers: np.ndarray
    organisations: np.ndarray
    kinds: np.ndarray
    value_at_risk: tuple[Decimal, ...]
    why_not: tuple[str | None, ...]
    is_flagged: np.ndarray
    values: np.ndarray
    rule_codes: tuple[str, ...]

    @property
    def is_scored(self) -> np.ndarray:
        """Return who is in the model's scope."""
        return np.array([why is None for why in self.why_not], bool)


@dataclass(frozen=True, slots=True)
class Sample:
    """Those in a model's scope on some days with what came of them; one row a customer and day.

    `warned` is how grave the expert rule finds it, 0 where it says nothing.
    """

    days: tuple[date, ...]
    values: np.ndarray
    warned: np.ndarray
    happened: np.ndarray
    customers: np.ndarray
    day_of: np.ndarray

    @property
    def is_flagged(self) -> np.ndarray:
        """Return whom the expert rule picks."""
        return self.warned > 0

    @property
    def events(self) -> int:
        """Return how often it happened."""
        return int(self.happened.sum())


def month_number(day: date) -> int:
    """Return the month of a day as one running number."""
    return day.year * 12 + day.month


def month_ends(reader: Marts) -> tuple[date, ...]:
    """Return the whole months of the history by their last days, oldest first.

    A month that still runs is none, nor is one to whose end nothing was delivered: its figures are those of the month before, carried on.
    """
    found = reader.rows(
        "SELECT DISTINCT business_date FROM customer_fact_month WHERE business_date = last_day(business_date) ORDER BY business_date"
    )
    delivered = getattr(getattr(reader, "manifest", None), "last_delivery_on", None)  # drawn marts know of no deliveries
    return tuple(day for (day,) in found if delivered is None or day <= delivered)


def require_parameters(reader: Marts, model: Model, day: date) -> None:
    """Refuse a version that lacks one of a model's dated parameters.

    Raises:
        QuestionError: naming them.
    """
    held = {
        code
        for (code,) in reader.rows(
            "SELECT parameter_code FROM parameter WHERE valid_from <= ? AND (valid_until IS NULL OR valid_until > ?) ORDER BY parameter_code",
            [day, day],
        )
    }
    lacking = [code for code in model.parameters if code not in held]
    if lacking:
        raise QuestionError(
            f"the version knows no {', '.join(lacking)}", where=model.code, next_step="publish a version with this release: `maisui run`"
        )


def population(reader: Marts, model: Model, day: date) -> Population:
    """Return everybody known on `day` with the features of that day."""
    asked = model.population.format(day=f"DATE '{day}'", month=month_number(day))
    found = reader.arrays(f"SELECT p.*, CAST(p.value_at_risk AS VARCHAR) AS value_text FROM ({asked}) AS p ORDER BY p.customer_number")
    return Population(
        day=day,
        customers=np.asarray(found["customer_number"], object),
        organisations=np.asarray(found["organisation_code"], object),
        kinds=np.asarray(found["customer_kind"], object),
        value_at_risk=tuple(Decimal(value) for value in found["value_text"]),
        why_not=tuple(
            None if absent else str(why)
            for why, absent in zip(np.ma.getdata(found["why_not"]), np.ma.getmaskarray(found["why_not"]), strict=True)
        ),
        is_flagged=np.asarray(found["is_flagged"]) == 1,
        values=_columns(found, model.feature_codes),
        rule_codes=tuple(str(codes) for codes in found["rule_codes"]) if model.rules else ("",) * len(found["customer_number"]),
    )


def severities(model: Model, rule_codes: Iterable[str]) -> list[int]:
    """Return how grave the gravest of the lines is that hold; 0 where none does."""
    known = {line.code: line.severity for line in model.rules}
    return [max((known[code] for code in codes.split(",") if code), default=0) for codes in rule_codes]


def sample(reader: Marts, model: Model, days: Iterable[date], *, most_rows: int = 600_000) -> Sample:
    """Return the model's population on each of `days` with what came of it; a large one is thinned by customer, always the same ones."""
    wanted = tuple(days)
    ends = {month_number(day): day for day in month_ends(reader)}
    parts: list[tuple[np.ndarray, ...]] = []
    for day in wanted:
        share = min(256, max(1, most_rows // max(1, len(wanted)) * 256 // max(1, _count(reader, day))))
        within = "" if share == 256 else f" AND substr(md5(p.customer_number), 1, 2) < '{share:02x}'"  # noqa: PLR2004 - all of 256
        named = {"day": f"DATE '{day}'", "month": month_number(day), "seen": f"DATE '{ends[month_number(day) + model.horizon]}'"}
        found = reader.arrays(
            f"SELECT p.*, o.happened FROM ({model.population.format(**named)}) AS p "
            f"INNER JOIN ({model.outcome.format(**named)}) AS o ON o.customer_number = p.customer_number "
            f"WHERE p.why_not IS NULL{within} ORDER BY p.customer_number"
        )
        customers = np.asarray(found["customer_number"], object)
        grave = severities(model, found["rule_codes"]) if model.rules else np.asarray(found["is_flagged"])
        parts.append((
            _columns(found, model.feature_codes), np.asarray(grave, np.int64), np.asarray(found["happened"]) == 1,
            customers, np.full(len(customers), day, object),
        ))  # fmt: skip
    if not parts:
        nobody = np.empty(0, object)
        return Sample((), np.empty((0, len(model.features))), np.empty(0, np.int64), np.empty(0, bool), nobody, nobody)
    return Sample(wanted, *(np.concatenate([part[place] for part in parts]) for place in range(5)))


def _count(reader: Marts, day: date) -> int:
    ((count,),) = reader.rows("SELECT count(*) FROM customer_fact_month WHERE business_date = ?", [day])
    return count


def _columns(found: dict[str, Any], codes: tuple[str, ...]) -> np.ndarray:
    columns = [np.ma.filled(np.ma.asarray(found[code], np.float64), np.nan) for code in codes]
    return np.column_stack(columns) if columns else np.empty((0, 0))

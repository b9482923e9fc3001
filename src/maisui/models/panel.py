"""What a model sees: its population on a day as arrays, and what came of them. Nothing here knows a model library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

import numpy as np

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
    """Everybody of a day in the order of customer numbers; `values` has one row a customer and one column a feature, nan where unknown."""

    day: date
    customers: np.ndarray
    organisations: np.ndarray
    kinds: np.ndarray
    value_at_risk: tuple[Decimal, ...]
    why_not: tuple[str | None, ...]
    is_flagged: np.ndarray
    values: np.ndarray

    @property
    def is_scored(self) -> np.ndarray:
        """Return who is in the model's scope."""
        return np.array([why is None for why in self.why_not], bool)


@dataclass(frozen=True, slots=True)
class Sample:
    """Those in a model's scope on some days with what came of them; one row a customer and day."""

    days: tuple[date, ...]
    values: np.ndarray
    is_flagged: np.ndarray
    happened: np.ndarray

    @property
    def events(self) -> int:
        """Return how often it happened."""
        return int(self.happened.sum())


def month_number(day: date) -> int:
    """Return the month of a day as one running number."""
    return day.year * 12 + day.month


def month_ends(reader: Marts) -> tuple[date, ...]:
    """Return the whole months of the history by their last days, oldest first; a month that still runs is none."""
    found = reader.rows(
        "SELECT DISTINCT business_date FROM customer_fact_month WHERE business_date = last_day(business_date) ORDER BY business_date"
    )
    return tuple(day for (day,) in found)


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
    )


def sample(reader: Marts, model: Model, days: Iterable[date], *, most_rows: int = 600_000) -> Sample:
    """Return the model's population on each of `days` with what came of it; a large one is thinned by customer, always the same ones."""
    wanted = tuple(days)
    ends = {month_number(day): day for day in month_ends(reader)}
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for day in wanted:
        share = min(256, max(1, most_rows // max(1, len(wanted)) * 256 // max(1, _count(reader, day))))
        within = "" if share == 256 else f" AND substr(md5(p.customer_number), 1, 2) < '{share:02x}'"  # noqa: PLR2004 - all of 256
        named = {"day": f"DATE '{day}'", "month": month_number(day), "seen": f"DATE '{ends[month_number(day) + model.horizon]}'"}
        found = reader.arrays(
            f"SELECT p.*, o.happened FROM ({model.population.format(**named)}) AS p "
            f"INNER JOIN ({model.outcome.format(**named)}) AS o ON o.customer_number = p.customer_number "
            f"WHERE p.why_not IS NULL{within} ORDER BY p.customer_number"
        )
        parts.append((_columns(found, model.feature_codes), np.asarray(found["is_flagged"]) == 1, np.asarray(found["happened"]) == 1))
    if not parts:
        return Sample((), np.empty((0, len(model.features))), np.empty(0, bool), np.empty(0, bool))
    values, flagged, happened = (np.concatenate([part[place] for part in parts]) for place in range(3))
    return Sample(wanted, values, flagged, happened)


def _count(reader: Marts, day: date) -> int:
    ((count,),) = reader.rows("SELECT count(*) FROM customer_fact_month WHERE business_date = ?", [day])
    return count


def _columns(found: dict[str, Any], codes: tuple[str, ...]) -> np.ndarray:
    columns = [np.ma.filled(np.ma.asarray(found[code], np.float64), np.nan) for code in codes]
    return np.column_stack(columns) if columns else np.empty((0, 0))

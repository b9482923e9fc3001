"""What a challenger in shadow says beside the model in use: the comparison, who would enter the list and who would leave it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from maisui.answers.model_scores import rows_within, who_they_are
from maisui.models.fallback import Limits, limits_of
from maisui.models.shadow import LIST_SHARE, months_in_shadow, read_shadow
from maisui.warehouse.reader import Reader

__all__ = [
    "LIST_SHARE",
    "ShadowChange",
    "ShadowPage",
    "ShadowView",
    "list_shadow_changes",
    "model_limits",
    "months_in_shadow",
    "shadow_view",
]


@dataclass(frozen=True, slots=True)
class ShadowView:
    """A challenger beside the champion: hashes, months in shadow of those needed, the comparison and the lists; see `models.shadow`."""

    champion: str
    challenger: str
    day: date
    months: tuple[date, ...]
    needed: int
    compared: dict[str, Any] | None
    lists: dict[str, Any]

    @property
    def is_ready(self) -> bool:
        """Return whether it has been in shadow long enough."""
        return len(self.months) >= self.needed


@dataclass(frozen=True, slots=True)
class ShadowChange:
    """One customer whom the challenger would put on the list (`enters`) or take from it, with both probabilities."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    value_at_risk: Decimal
    champion: Decimal
    challenger: Decimal
    enters: bool


@dataclass(frozen=True, slots=True)
class ShadowPage:
    """One page of those changes, the largest first."""

    view: ShadowView
    page: int
    total_count: int
    rows: tuple[ShadowChange, ...]


def model_limits(reader: Reader) -> Limits:
    """Return how long models hold and challengers run in shadow, by the parameters of the reader's version."""
    return limits_of(reader, reader.manifest.reporting_date)


def shadow_view(reader: Reader, home: Path, code: str) -> ShadowView | None:
    """Return the challenger of a model in the reader's version; None where none runs.

    Raises:
        StorageError: when what it said cannot be read.
    """
    found = read_shadow(home, code, reader.manifest.version)
    if found is None:
        return None
    needed = model_limits(reader).shadow_months
    return ShadowView(found.champion, found.challenger, found.day, found.months, needed, found.compared, found.lists)


def list_shadow_changes(
    reader: Reader, home: Path, code: str, organisations: tuple[str, ...] | None, page: int, size: int
) -> ShadowPage | None:
    """Return one page of whom the challenger would list otherwise, at home at or below `organisations`; None where none runs."""
    view, found = shadow_view(reader, home, code), read_shadow(home, code, reader.manifest.version)
    if view is None or found is None:
        return None
    rows = rows_within(reader, found.rows, organisations)
    rows = rows.filter(pc.not_equal(rows["is_listed"], rows["would_be_listed"]))  # type: ignore[attr-defined]
    rows = rows.sort_by([("would_be_listed", "descending"), ("value_at_risk", "descending"), ("customer_number", "ascending")])
    page = min(max(page, 1), max(1, -(-rows.num_rows // size)))
    chosen = rows.slice((page - 1) * size, size).to_pylist()
    names, homes, _ = who_they_are(reader, found.day, [row["customer_number"] for row in chosen])
    return ShadowPage(
        view,
        page,
        rows.num_rows,
        tuple(
            ShadowChange(
                customer_number=row["customer_number"],
                customer_name=names.get(row["customer_number"]),
                customer_kind=row["customer_kind"],
                home_organisation_name=homes.get(row["organisation_code"]) or row["organisation_code"],
                value_at_risk=row["value_at_risk"],
                champion=Decimal(str(row["champion"])),
                challenger=Decimal(str(row["challenger"])),
                enters=row["would_be_listed"],
            )
            for row in chosen
        ),
    )

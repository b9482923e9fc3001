"""A stored preview as a page shows it: the bank's figures that move, under each the organisations, and whose labels would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers import BY_CODE, LABEL_BY_CODE, Metric
from maisui.answers.customer_relations import parties
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.desk import covers
from maisui.web.customers.shown import Masks
from maisui.web.gateway import Gateway
from maisui.web.text import Text
from maisui.web.two_people.models import Previewed, PreviewState

STATES: dict[str, Text] = {
    PreviewState.NONE: Text("尚未计算", "not asked for"),
    PreviewState.WAITING: Text("排队", "waiting"),
    PreviewState.RUNNING: Text("计算中", "being made"),
    PreviewState.DONE: Text("已算出", "made"),
    PreviewState.FAILED: Text("未算出", "not made"),
}
_FIRST = ("customer_contribution", "economic_value_added", "raroc")
"""What is decided by: these figures stand first where they move."""


@dataclass(frozen=True, slots=True)
class MovedLine:
    """One figure before and after; a change needs both."""

    organisation: str
    name: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """Return by how much it moves."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def rate(self) -> Decimal | None:
        """Return the change as a share of what it was; None where that was nothing."""
        return None if self.change is None or not self.before else self.change / abs(self.before)


@dataclass(frozen=True, slots=True)
class MovedMetric:
    """One metric that moves: the whole bank, None where only organisations do, and the organisations below its head."""

    metric: Metric
    whole: MovedLine | None
    organisations: tuple[MovedLine, ...]


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """A preview with its day, and from when the line was taken to hold."""

    version: str
    day: date
    held_from: date
    metrics: int
    moved: tuple[MovedMetric, ...]


def preview_context(gateway: Gateway, proposed: Previewed, otherwise: Text, *, of: str, may_ask: bool) -> dict[str, Any]:
    """Return what `_preview.html` shows of a proposal: figures of the whole bank, to who may see those.

    `otherwise` names what would be otherwise, `of` is what the record of looks calls the proposal; `may_ask` tells whether it
    still waits for a decision.
    """
    may_see = gateway.may(Permission.FIGURE_VIEW) and gateway.viewer.is_whole_entity(Permission.FIGURE_VIEW)
    stored = proposed.preview if may_see and not proposed.is_previewing else None
    return {
        "proposed": proposed,
        "otherwise": otherwise,
        "preview": shown_preview(stored) if stored is not None else None,
        "label_changes": _label_changes(gateway, stored, {of: proposed.pk}) if stored is not None else [],
        "preview_state": STATES[proposed.preview_state],
        "is_making": proposed.is_previewing,
        "nobody_works": proposed.is_previewing and not gateway.bank.home.has_worker,
        "may_see_figures": may_see,
        "may_refresh": may_ask and may_see and not proposed.is_previewing,
        "version": getattr(gateway.freshness(), "version", ""),
    }


def shown_preview(stored: Mapping[str, Any]) -> ShownPreview:
    """Return a stored preview, the figures of contribution first; a metric the catalogue no longer has is left out."""
    lines: dict[str, list[MovedLine]] = {}
    for one in stored["moved"]:
        line = MovedLine(one["organisation"] or "", one["organisation_name"], _number(one["before"]), _number(one["after"]))
        lines.setdefault(one["metric"], []).append(line)
    codes = sorted((code for code in lines if code in BY_CODE), key=lambda code: _FIRST.index(code) if code in _FIRST else len(_FIRST))
    return ShownPreview(
        version=stored["version"],
        day=date.fromisoformat(stored["date"]),
        held_from=date.fromisoformat(stored["held_from"]),
        metrics=len(stored["metrics"]),
        moved=tuple(
            MovedMetric(
                BY_CODE[code],
                next((line for line in lines[code] if not line.organisation), None),
                tuple(line for line in lines[code] if line.organisation),
            )
            for code in codes
        ),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _label_changes(gateway: Gateway, stored: Mapping[str, Any], proposal: dict[str, object]) -> list[dict[str, Any]]:
    """Return the labels that a stored preview moves, with the customers in the viewer's sight, masked; the look is recorded first."""
    lines = [one for one in stored.get("labels", ()) if one["label"] in LABEL_BY_CODE]
    numbers = {number for one in lines for number in (*one["gained"], *one["lost"])}
    named = _named(gateway, numbers, proposal) if numbers and gateway.may(Permission.CUSTOMER_VIEW) else {}
    return [
        {
            "name": Text(LABEL_BY_CODE[one["label"]].name_zh, LABEL_BY_CODE[one["label"]].name_en),
            "gained_count": one["gained_count"],
            "lost_count": one["lost_count"],
            "gained": _of(named, one["gained"]),
            "lost": _of(named, one["lost"]),
        }
        for one in lines
    ]


def _of(named: Mapping[str, tuple[str, str, str]], numbers: Sequence[str]) -> list[tuple[str, str, str]]:
    return [named[number] for number in numbers if number in named]


def _named(gateway: Gateway, numbers: set[str], proposal: dict[str, object]) -> dict[str, tuple[str, str, str]]:
    """Return reference, masked name and masked number of those at home where the viewer sees customers."""
    with gateway.reader() as reader:
        known = parties(reader, numbers)
    seen = {number: one for number, one in known.items() if covers(gateway, Permission.CUSTOMER_VIEW, one.home_organisation_code)}
    if seen:
        details = {**proposal, "customers": sorted(seen)}
        record(action="customer_list", by=gateway.actor, object_type="customers", object_id="*", details=details)
    found: dict[str, tuple[str, str, str]] = {}
    for number, one in seen.items():
        masks = Masks(gateway.viewer.permissions, kind=one.customer_kind, is_revealed=False)
        found[number] = (reference_of(number), masks("customer_name", one.customer_name) or "—", masks("customer_number", number))
    return found

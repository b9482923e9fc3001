"""Why a figure of the overview is what it is: the drawer's content from one explanation and its bases."""

from __future__ import annotations

from typing import Any

from maisui.answers import Explanation, OrganisationNode, Part
from maisui.web.components.figures import exact
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.figures import changes_of
from maisui.web.pages.overview.state import PERIOD_NAMES, VIEW_NAMES, State

MOST_FILES = 12
MOST_COLUMNS = 12


def explanation_context(gateway: Gateway, state: State, *, metric: str, organisation: OrganisationNode | None) -> dict[str, Any]:
    """Return everything the explanation drawer shows about `metric` in the state of the page.

    Raises:
        MaisuiError: as the gateway does.
    """
    question = state.question(metric)
    found = gateway.explain(question)
    compared = gateway.compare(question, state.comparisons)
    row = compared.answer.rows[0] if compared.answer.rows else None
    return {
        "explanation": found,
        "explained_organisation": organisation.name if organisation else "",
        "explained_changes": changes_of(compared, row, state.comparisons),
        "period_name": PERIOD_NAMES[state.period],
        "view_name": VIEW_NAMES[found.view],
        "sides": [side_of(found, part) for part in found.parts],
        "explained_query": state.query(explained=metric),
        "failed_controls": [control for control in found.controls if control.violations],
    }


def side_of(found: Explanation, part: Part) -> dict[str, Any]:
    """Return one side of the fraction; its lineage goes by delivered file kind, so that many columns stay readable."""
    feeds: dict[str, list[str]] = {}
    for origin in part.origins:
        feed, _, column = origin.rpartition(".")
        feeds.setdefault(feed, []).append(column)
    unit = found.metric.unit if found.metric.denominator is None else None
    return {
        "part": part,
        "amount": exact(part.amount, unit) if unit else None,
        "feeds": [(feed, columns[:MOST_COLUMNS], max(0, len(columns) - MOST_COLUMNS)) for feed, columns in feeds.items()],
        "files": part.files[-MOST_FILES:],
        "more_files": max(0, len(part.files) - MOST_FILES),
        "files_count": len(part.files),
        "rows": sum(file.rows for file in part.files),
    }

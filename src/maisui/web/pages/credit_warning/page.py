"""Credit early warning: the list by exposure × probability or by severity, the ladder, how early warnings were, and class migration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import OrganisationNode
from maisui.answers.class_migration import CLOSING, HORIZONS, ClassMigration, MigrationCell
from maisui.web.access.permissions import Permission
from maisui.web.customers.score_desk import ShownScored, ShownScores
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.judged import judged_word
from maisui.web.pages.churn.told import told_of
from maisui.web.pages.churn.words import chance, reasons
from maisui.web.pages.credit_warning.state import State
from maisui.web.pages.credit_warning.words import (
    CLASSES,
    SEVERITIES,
    SEVERITY_CLASSES,
    class_word,
    guarantee_words,
    lead_line,
    too_short_word,
)
from maisui.web.pages.customer_groups.templates_of_rules import builder_address
from maisui.web.pages.customers.chosen import ChosenFrom, acted, chosen_context
from maisui.web.pages.organisation_choice import organisation_of, path_of, picker
from maisui.web.pages.overview.words import namer
from maisui.web.pages.paging import Slice
from maisui.web.pages.strategies.next_step import step_words
from maisui.web.text import Text


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the page, or the choice of organisations for its picker."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "credit_warning/page.html", {"is_empty": True})
    state = State.of(request.GET)
    by_code = {node.code: node for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    if request.GET.get("part") == "organisations":
        return picker(request, by_code.values(), state.organisation, lambda code: state.query(organisation=code, page=1))
    return render(request, "credit_warning/page.html", _context(gateway, state, by_code))


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Do something with the customers ticked, or with all of the list of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    return acted(request, ChosenFrom.of_warned("credit_warning", State.of(request.GET), gateway, "credit"))


def _context(gateway: Gateway, state: State, by_code: dict[str, OrganisationNode]) -> dict[str, Any]:
    listed = gateway.scores.listed(state.question())
    organisation = organisation_of(state.organisation, by_code)
    migration = gateway.scores.class_migration(state.organisations, state.months)
    return {
        "state": state,
        "query": state.query(),
        "organisation": organisation,
        "path": path_of(organisation, by_code),
        "is_scored": listed is not None,
        "may_export": listed is not None and gateway.may(Permission.CUSTOMER_EXPORT),
        "group_address": _group_address(state.organisation),
        "migration": _migration(migration, gateway.whole_months()) if migration else None,
        "horizons": [(months, months == state.months, state.query(months=months)) for months in HORIZONS],
        **(_list(gateway, listed) if listed is not None else {}),
    }


def _list(gateway: Gateway, listed: ShownScores) -> dict[str, Any]:
    found, names = listed.found, namer(gateway, "manager")
    return {
        **told_of(found),
        "may_judge": gateway.may(Permission.CUSTOMER_RECORD),
        **chosen_context(gateway),
        "rules": [
            (Text(line.name_zh, line.name_en), SEVERITIES[line.severity], SEVERITY_CLASSES[line.severity]) for line in found.model.rules
        ],
        "rows": [_row(shown, "、".join(str(names(number)) for number in shown.customer.managers)) for shown in listed.rows],
        "lead_times": [lead_line(line) for line in found.facts.get("lead_times", [])],
        "slice": Slice((), found.page, listed.pages, found.total_count),
    }


def _row(shown: ShownScored, managers: str) -> dict[str, Any]:
    one = shown.customer
    return {
        "row": one,
        "reference": shown.reference,
        "judged": judged_word(shown.judgement),
        "chance": chance(one.probability),
        "severity": SEVERITIES[one.severity],
        "severity_class": SEVERITY_CLASSES[one.severity],
        "sentences": reasons(one),
        "step": step_words(shown.step, one.rule_codes),
        "loan_class": class_word(one.borrower),
        "guarantees": guarantee_words(one.borrower),
        "managers": managers,
    }


def _migration(found: ClassMigration, ends: Sequence[date]) -> dict[str, Any]:
    """Return the matrix for the template: only columns that something became, shares with n and interval in the cell's title."""
    closings = [word for word in CLOSING if any(cell.closing == word for row in found.rows for cell in row.cells)]
    lines: list[dict[str, Any]] = []
    for row in found.rows:
        cells = {cell.closing: cell for cell in row.cells}
        shown = [_cell(cells[word], is_same=word == row.opening) if word in cells else None for word in closings]
        lines.append({"name": CLASSES[row.opening], "count": row.count, "balance": row.balance, "expected": row.expected, "cells": shown})
    too_short = None if found.cohorts else too_short_word(found.months, len(ends), found.day)
    return {"too_short": too_short, "found": found, "closings": [CLASSES[word] for word in closings], "rows": lines}


def _cell(cell: MigrationCell, *, is_same: bool) -> dict[str, Any]:
    return {"count": cell.count, "share": f"{cell.share:.1%}", "interval": f"{cell.low * 100:.0f}–{cell.high:.0%}", "is_same": is_same}


def _group_address(organisation: str | None) -> str:
    """Return the address of the group builder for borrowers who perform and show a plain sign of trouble."""
    wanted: list[dict[str, Any]] = [
        {"id": "c1", "field": "loan_balance", "is": "at_least", "value": "1"},
        {"id": "c2", "field": "bad_loan_balance", "is": "at_most", "value": "0"},
        {"id": "s", "join": "any", "of": [
            {"id": "c3", "field": "overdue_day_count", "is": "at_least", "value": "1"},
            {"id": "c4", "field": "loan_class", "is": "is", "value": "2"},
            {"id": "c5", "field": "related_guarantee", "is": "is", "value": "attention"},
        ]},
    ]  # fmt: skip
    if organisation:
        wanted.append({"id": "c6", "field": "organisation", "is": "is", "value": organisation})
    return builder_address({"id": "r", "join": "all", "of": wanted}, None)

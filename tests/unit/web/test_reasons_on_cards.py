"""A card whose figure does not exist says why: which feeds nobody delivered; one with a figure asks nothing more."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string

from maisui.answers.question import Note
from maisui.errors import QuestionError
from maisui.metrics import BY_CODE
from maisui.web.pages.overview import figures
from maisui.web.pages.overview.state import State
from maisui.web.text import Text

DAY = date(2026, 10, 31)
LACKING = Note("未报送：403 个人存款分户账", "not delivered: 403 Personal deposit accounts")


def card(monkeypatch: pytest.MonkeyPatch, value: Any, said: Any) -> figures.Card:
    monkeypatch.setattr(figures, "series_of", lambda *_: {DAY: value})
    monkeypatch.setattr(figures, "changes_in", lambda *_: ())
    monkeypatch.setattr(figures, "first_day_of", lambda _: date(2025, 1, 1))
    gateway: Any = SimpleNamespace(ask=said, working_days=lambda: None)
    return figures.card_of(gateway, State(), BY_CODE["deposit_balance"], [DAY])


def _refuse(_: object) -> None:
    raise QuestionError("no base", where="--date", next_step="ask for a later day")


def _never(_: object) -> None:
    raise AssertionError("a figure that exists needs no reason")


def test_a_figure_that_does_not_exist_names_the_feeds(monkeypatch: pytest.MonkeyPatch) -> None:
    found = card(monkeypatch, None, lambda _: SimpleNamespace(notes=(LACKING,)))
    assert found.reasons == (Text(LACKING.zh, LACKING.en),)
    assert card(monkeypatch, None, _refuse).reasons == ()
    assert card(monkeypatch, 1, _never).reasons == ()


def test_the_card_shows_them() -> None:
    shown = figures.Card(BY_CODE["deposit_balance"], None, (), None, (Text(LACKING.zh, LACKING.en),))
    page = render_to_string("overview/_card.html", {"tried": SimpleNamespace(value=shown), "code": "deposit_balance", "state": State()})
    assert LACKING.zh in page

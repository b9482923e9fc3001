"""Notes on figures: who reads them, who withdraws them, and that each of them stands in the audit."""

from __future__ import annotations

import pytest
from django.test import Client
from web_home import BRANCH, HEAD, OTHER_BRANCH, signed_in_browser

from maisui.web.audit.models import AuditRecord, Result
from maisui.web.notes.models import FigureNote

pytestmark = pytest.mark.django_db


def write(client: Client, organisation: str, words: str, day: str = "2026-03-10", about: str = "metric") -> int:
    form = {"organisation": organisation, "words": words, "day": day, "about": about}
    return client.post("/overview/note/?metric=loan_balance", form).status_code


def test_a_note_is_read_along_its_line_of_organisations_and_nowhere_else() -> None:
    president, manager = signed_in_browser("president", ("bank_president", "")), signed_in_browser("manager", ("branch_manager", BRANCH))
    other = signed_in_browser("other", ("branch_manager", OTHER_BRANCH))
    assert write(president, HEAD, "总行下调存款利率", about="all") == 302
    assert write(manager, BRANCH, "本网点装修停业三天") == 302
    assert write(manager, OTHER_BRANCH, "看不见的机构") == 404
    own = manager.get("/overview/?metric=loan_balance").content.decode()
    assert "总行下调存款利率" in own
    assert "本网点装修停业三天" in own
    assert "本网点装修停业三天" in president.get("/overview/?metric=loan_balance").content.decode()
    assert "本网点装修停业三天" not in president.get("/overview/?metric=deposit_balance").content.decode()
    seen = other.get("/overview/?metric=loan_balance").content.decode()
    assert "总行下调存款利率" in seen
    assert "本网点装修停业三天" not in seen
    assert AuditRecord.objects.filter(action="note_write", result=Result.ALLOWED).count() == 2


def test_only_its_author_withdraws_a_note_and_it_is_kept() -> None:
    manager, president = signed_in_browser("manager", ("branch_manager", BRANCH)), signed_in_browser("president", ("bank_president", ""))
    write(manager, BRANCH, "集市迁址")
    number = FigureNote.objects.get().pk
    assert president.post(f"/overview/note/{number}/withdraw/").status_code == 404
    assert manager.post(f"/overview/note/{number}/withdraw/").status_code == 302
    assert "集市迁址" not in manager.get("/overview/?metric=loan_balance").content.decode()
    assert FigureNote.objects.get().withdrawn_at is not None


def test_a_note_needs_a_day_that_has_come_and_holds_no_long_number() -> None:
    manager = signed_in_browser("manager", ("branch_manager", BRANCH))
    for words, day in (("好", "2026-03-10"), ("客户电话 13800001111", "2026-03-10"), ("将来的事", "2099-01-01"), ("没有日期", "")):
        assert write(manager, BRANCH, words, day) == 302
    assert not FigureNote.objects.exists()

"""Releasing a quarantined line from the page: who may, with which reason, once, and what is written down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from example_home import copy_home, run
from mini_bank import lay
from scratch import scratch_folder
from web_home import BRANCH, LAST_DAY, make_person, sign_in, web_home

from maisui.answers import Bank
from maisui.intake import quarantined_rows, receipts
from maisui.warehouse.home import open_home
from maisui.web.audit.models import AuditRecord

pytestmark = pytest.mark.django_db
ROW = ["X1", "A00001", "CNY", "B2", LAST_DAY.strftime("%Y%m%d"), "in", "9.00", "atm", "no"]
REASON = "金额多了逗号，已与会计核对"


@pytest.fixture(scope="module")
def held_home() -> Iterator[Path]:
    """A published home in which one movement was kept back for its amount."""
    with scratch_folder() as folder:
        home = copy_home(web_home(), folder / "home")
        lay(home, "MOVE", LAST_DAY, [*([f"Y{number}", *ROW[1:]] for number in range(40)), [*ROW[:6], "9,00", *ROW[7:]]], part="-2")
        run(home, LAST_DAY)
        yield home


@pytest.fixture
def held(held_home: Path, settings) -> Iterator[tuple[Path, str, int]]:
    """Serve a copy of that home; give it with the file and the line that was kept back."""
    with scratch_folder() as folder:
        home = copy_home(held_home, folder / "home")
        opened = open_home(home)
        settings.HOME, settings.BANK = opened, Bank(home)
        (receipt,) = (found for found in receipts(raw=opened.raw) if found.quarantined)
        (line,) = quarantined_rows(raw=opened.raw, file_id=receipt.file_id)
        yield home, receipt.file_id, line.line


def released(home: Path) -> list[str]:
    return [found.file_id for found in receipts(raw=open_home(home).raw) if found.kind == "release"]


def test_a_corrected_line_is_released_once_counts_later_and_is_recorded_without_its_text(client: Client, held) -> None:
    home, file_id, line = held
    sign_in(client, make_person("engineer", ("data_engineer", "")))
    page = client.get(f"/data/file/{file_id}/").content.decode()
    assert f"/data/file/{file_id}/release/" in page
    form = {"line": f"{line}", "corrected": "|".join(ROW), "reason": REASON}
    for _ in range(2):
        assert client.post(f"/data/file/{file_id}/release/", form).status_code == 302

    assert len(released(home)) == 1
    allowed, refused = AuditRecord.objects.filter(action="quarantine_release").order_by("sequence")
    assert (allowed.result, allowed.object_id, refused.result) == ("allowed", file_id, "refused")
    told = json.loads(allowed.details)
    assert (told["line"], told["corrected"], told["reason"]) == (line, True, REASON)
    assert "A00001" not in allowed.details
    assert run(home, LAST_DAY).was_published_before is False


@pytest.mark.parametrize("change", [{"reason": "短"}, {"corrected": ""}, {"line": "999999"}, {"line": "x"}, {"corrected": "a|b"}])
def test_what_may_not_come_in_stays_out(client: Client, held, change: dict[str, str]) -> None:
    """Without a reason, as delivered while it still fails, another line, or a line that is none."""
    home, file_id, line = held
    sign_in(client, make_person("engineer", ("data_engineer", "")))
    form = {"line": f"{line}", "corrected": "|".join(ROW), "reason": REASON} | change
    assert client.post(f"/data/file/{file_id}/release/", form).status_code == 302
    assert released(home) == []


@pytest.mark.parametrize(("role", "organisation"), [("bank_president", ""), ("branch_manager", ""), ("data_engineer", BRANCH)])
def test_who_may_not_release_does_not(client: Client, held, role: str, organisation: str) -> None:
    home, file_id, line = held
    sign_in(client, make_person("somebody", (role, organisation)))
    form = {"line": f"{line}", "corrected": "|".join(ROW), "reason": REASON}
    assert client.post(f"/data/file/{file_id}/release/", form).status_code == 403
    assert released(home) == []

"""Branches: an outlet out of sight has no page, no name and no figure on another's, and every figure is that of `ask`."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from openpyxl import load_workbook
from web_home import BRANCH, HEAD, OTHER_BRANCH, signed_in

from maisui.answers import Question, ask
from maisui.answers.organisations import OrganisationNode
from maisui.web.access.permissions import Permission
from maisui.web.audit.models import AuditRecord
from maisui.web.gateway import Gateway

pytestmark = pytest.mark.django_db


def test_the_list_holds_the_outlets_in_sight_and_no_other() -> None:
    page = signed_in("branch_manager", BRANCH, username="manager").get("/branches/").content.decode()
    assert f'data-line="{BRANCH}"' in page
    assert OTHER_BRANCH not in page
    wide = signed_in("bank_president")
    assert f'data-line="{OTHER_BRANCH}"' in wide.get("/branches/").content.decode()


def test_an_outlet_below_which_a_closed_one_hangs_stays_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """A merged outlet is often reported below its successor."""
    whole = Gateway.organisations

    def with_a_closed_one(gateway: Gateway, *permission: Permission) -> tuple[OrganisationNode, ...]:
        return (*whole(gateway, *permission), OrganisationNode("B9", "老街分理处", "outlet", BRANCH, 2, False))

    monkeypatch.setattr(Gateway, "organisations", with_a_closed_one)
    page = signed_in("bank_president").get("/branches/").content.decode()
    assert f'data-line="{BRANCH}"' in page
    assert 'data-line="B9"' not in page


def test_an_outlet_out_of_sight_has_no_portrait_and_is_not_named_among_peers() -> None:
    manager = signed_in("branch_manager", BRANCH)
    assert manager.get(f"/branches/{OTHER_BRANCH}/").status_code == 404
    assert manager.get(f"/branches/{OTHER_BRANCH}/export.xlsx").status_code == 404
    assert manager.get("/branches/nowhere/").status_code == 404
    page = manager.get(f"/branches/{BRANCH}/").content.decode()
    assert OTHER_BRANCH not in page
    assert "可视范围外的网点" in page


def test_the_portrait_shows_the_figure_of_ask_and_the_picker_leads_to_another_portrait() -> None:
    president = signed_in("bank_president")
    page = president.get(f"/branches/{BRANCH}/").content.decode()
    with settings.BANK.reader() as reader:
        value = ask(reader, Question("deposit_balance", organisation=BRANCH)).rows[0].value
    row = page.split('data-figure="deposit_balance"')[1].split("</tr>")[0]
    assert f'data-exact="{value}"' in row
    moved = president.get(f"/branches/{BRANCH}/?org={OTHER_BRANCH}&period=year")
    assert (moved.status_code, moved["Location"]) == (302, f"/branches/{OTHER_BRANCH}/?period=year")


def test_an_organisation_is_the_sum_of_what_lies_below_it() -> None:
    page = signed_in("bank_president").get(f"/branches/{HEAD}/").content.decode()
    with settings.BANK.reader() as reader:
        value = ask(reader, Question("customer_count", organisation=HEAD)).rows[0].value
    assert f'data-exact="{value}"' in page.split('data-figure="customer_count"')[1].split("</tr>")[0]


def test_what_is_taken_out_is_recorded_and_nothing_is_suggested_without_data() -> None:
    president = signed_in("bank_president")
    book = load_workbook(io.BytesIO(president.get(f"/branches/{BRANCH}/export.xlsx").content))
    words = " ".join(str(cell.value) for row in book["人手建议"].iter_rows() for cell in row)
    assert "attendance" in words
    assert president.get("/branches/export.xlsx").status_code == 200
    assert AuditRecord.objects.filter(object_type="branches", action="export").count() == 2


def test_the_head_office_and_a_day_before_history_are_told_apart_from_errors() -> None:
    president = signed_in("bank_president")
    assert "没有同类机构可比" in president.get(f"/branches/{HEAD}/").content.decode()
    assert president.get("/branches/?date=1999-01-01").status_code == 400

"""The lists of merchants: recorded, within scope, and without totals nobody is silent."""

from __future__ import annotations

import pytest
from web_home import BRANCH, OTHER_BRANCH, signed_in

from maisui.web.audit.models import AuditRecord
from maisui.web.groups.models import CustomerGroup

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["silent", "ranking"])
def test_every_look_at_merchants_by_name_is_recorded(kind: str) -> None:
    before = AuditRecord.objects.filter(action="merchant_list").count()
    manager = signed_in("branch_manager", BRANCH)
    assert manager.get(f"/merchants/{kind}/").status_code == 200
    assert AuditRecord.objects.filter(action="merchant_list").count() == before + 1
    assert manager.get(f"/merchants/{kind}/?org={OTHER_BRANCH}").status_code == 404


def test_without_totals_the_page_says_which_supplement_it_needs() -> None:
    assert "pos_acquiring" in signed_in("bank_president").get("/merchants/").content.decode()


def test_no_group_is_made_of_nobody() -> None:
    answer = signed_in("branch_manager", BRANCH).post("/merchants/silent/group/")
    assert (answer.status_code, answer["Location"]) == (302, "/merchants/silent/")
    assert not CustomerGroup.objects.exists()

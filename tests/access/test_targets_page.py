"""The page of targets in a bank that sets none: it says which supplement is missing, keeps its state, and shows nobody else's outlet."""

from __future__ import annotations

import pytest
from web_home import BRANCH, HEAD, OTHER_BRANCH, signed_in

pytestmark = pytest.mark.django_db


def test_without_targets_the_page_names_the_supplement_that_sets_them() -> None:
    page = signed_in("bank_president").get("/targets/")
    assert page.status_code == 200
    assert "target" in page.content.decode()
    assert "没有给本机构下达目标" in page.content.decode()


def test_the_year_is_meant_unless_the_address_names_a_month_or_a_quarter() -> None:
    client = signed_in("bank_president")
    for asked, shown in (
        ("", "本年"),
        ("?period=quarter", "本季"),
        ("?period=month", "本月"),
        ("?period=day", "本年"),
        ("?period=to-date", "本年"),
    ):
        page = client.get(f"/targets/{asked}").content.decode()
        assert f"<small>{shown} ·" in page, asked


def test_a_branch_sees_its_own_and_nobody_elses() -> None:
    manager = signed_in("branch_manager", BRANCH)
    assert manager.get(f"/targets/?org={BRANCH}").status_code == 200
    for hidden in (OTHER_BRANCH, HEAD, "B9"):
        assert manager.get(f"/targets/?org={hidden}").status_code == 404
        assert manager.get(f"/targets/export.xlsx?org={hidden}").status_code == 404
        assert manager.get(f"/targets/?org={hidden}&part=explain&of=deposit_balance").status_code == 404


def test_the_gateway_answers_targets_within_the_scope_only() -> None:
    from django.conf import settings

    from maisui.answers import Period
    from maisui.web.access.scope import NotAllowedError, NotVisibleError, Viewer
    from maisui.web.gateway import Gateway

    manager = Gateway(settings.BANK, Viewer("a", "a", "", (("branch_manager", BRANCH),)))
    assert manager.targets(organisation=None, day=None, period=Period.YEAR) == ()
    assert set(manager.outlet_grades()) <= {BRANCH}
    with pytest.raises(NotVisibleError):
        manager.targets(organisation=OTHER_BRANCH, day=None, period=Period.YEAR)
    with pytest.raises(NotAllowedError):
        Gateway(settings.BANK, Viewer("b", "b", "", (("audit_administrator", ""),))).targets(
            organisation=None, day=None, period=Period.YEAR
        )


def test_the_workbook_names_its_place() -> None:
    book = signed_in("bank_president").get("/targets/export.xlsx")
    assert book.status_code == 200
    assert book["Content-Disposition"].endswith('.xlsx"')


def test_a_rate_of_completion_is_asked_by_target_and_is_no_figure_of_the_overview() -> None:
    """The overview and self-service refuse what has no single value, in its place."""
    client = signed_in("bank_president")
    assert client.get("/overview/?metric=target_completion_rate").status_code == 200
    page = client.get("/self-service/?m=target_completion_rate&rows=child")
    assert page.status_code == 200
    assert "split it by target" in page.content.decode()
    page = client.get("/self-service/?m=target_completion_rate&rows=target")
    assert page.status_code == 200
    assert "split it by target" not in page.content.decode()

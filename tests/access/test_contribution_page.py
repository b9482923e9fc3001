"""The page of contribution in a bank that delivers no transfer prices: it says what is missing, and shows nobody else's outlet."""

from __future__ import annotations

import pytest
from web_home import BRANCH, OTHER_BRANCH, signed_in

pytestmark = pytest.mark.django_db


def test_without_transfer_prices_the_page_says_which_supplement_is_missing() -> None:
    page = signed_in("bank_president").get("/contribution/")
    assert page.status_code == 200
    assert page.content.decode().count("transfer_price") == 2


@pytest.mark.parametrize("split", ["product", "manager", "customer_kind", "channel"])
def test_every_split_has_its_page(split: str) -> None:
    page = signed_in("bank_president").get(f"/contribution/?split={split}")
    assert page.status_code == 200
    assert f"split={split}" in page.content.decode()


def test_an_unknown_split_is_told_in_its_place() -> None:
    page = signed_in("bank_president").get("/contribution/?split=colour")
    assert page.status_code == 200
    assert "there is no such split" in page.content.decode() or "split" in page.content.decode()


def test_a_branch_sees_its_own_and_nobody_elses() -> None:
    manager = signed_in("branch_manager", BRANCH)
    assert manager.get(f"/contribution/?org={BRANCH}").status_code == 200
    assert manager.get(f"/contribution/?org={OTHER_BRANCH}").status_code == 404
    assert manager.get(f"/contribution/export.xlsx?org={OTHER_BRANCH}").status_code == 404


def test_the_workbook_names_its_place() -> None:
    book = signed_in("bank_president").get("/contribution/export.xlsx")
    assert book.status_code == 200
    assert book["Content-Disposition"].endswith('.xlsx"')

"""The ledger of a bank with dollars and euros: each currency by itself, and all that have a rate together in yuan."""

from __future__ import annotations

import atexit
import io
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from access.test_interface import get, token_for
from django.test import Client
from example_home import run
from mini_bank import MiniBank, deliver, make_home
from openpyxl import load_workbook
from scratch import scratch_folder
from web_home import BRANCH, LAST_DAY, OTHER_BRANCH, signed_in

from maisui.answers import Bank

pytestmark = pytest.mark.django_db
TABS = ["balance", "income", "trial", "average", "subject", "margin", "ratios"]
FOREIGN = [
    [BRANCH, "2011", "USD", "0.00", "123.45"],
    [BRANCH, "1001", "USD", "123.45", "0.00"],
    [BRANCH, "2011", "EUR", "0.00", "10.00"],
    [BRANCH, "1001", "EUR", "10.00", "0.00"],
]
RATES = """
SELECT
  'USD' AS currency, 'CNY' AS local_currency, delivered_on AS valid_from, CAST(100 AS DECIMAL(18,2)) AS quoted_amount,
  CAST(712.35 AS DECIMAL(12,6)) AS exchange_rate, source_file_id, source_line
FROM mini_subj
WHERE subject = '1001'
"""
CONVERTED = Decimal("879.40")
"""123.45 dollars at 712.35 yuan for 100 are 879.396075 yuan, to the cent."""


@dataclass(frozen=True)
class DollarBank(MiniBank):
    """The mini bank with deposits in dollars and euros at one branch; only dollars have a rate."""

    def rows(self, feed: str, day: date, since: date | None = None) -> list[list[str]]:
        """Return what `feed` delivers for `day`."""
        found = super().rows(feed, day, since)
        return [*found, *FOREIGN] if feed == "GL" else found


@cache
def dollar_home() -> Path:
    """Make and publish the home, once a process, and return where it lies."""
    kept = ExitStack()
    folder = kept.enter_context(scratch_folder())
    atexit.register(kept.close)
    path = make_home(folder / "home", mappings={"exchange_rate": RATES})
    deliver(path, LAST_DAY, bank=DollarBank())
    run(path, LAST_DAY)
    return path


@pytest.fixture(scope="module")
def bank():
    return Bank(dollar_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


def deposits(*outlets: str) -> Decimal:
    """Return the deposits in yuan that the outlets' ledgers deliver."""
    lines = MiniBank().rows("GL", LAST_DAY, None)
    return sum((Decimal(line[4]) for line in lines if line[0] in outlets and line[1] == "2011"), Decimal(0))


def shown(client: Client, query: str, language: str = "zh-hans") -> str:
    page = client.get(f"/ledger/?{query}", headers={"accept-language": language})
    assert page.status_code == 200
    return page.content.decode()


def of_deposits(token: str, **words: str) -> str:
    answer = get("ledger/balance-sheet", token, **words).json()
    return next(line["amounts"][0] for line in answer["lines"] if line["code"] == "deposit")


def test_all_currencies_stand_together_in_yuan_and_who_has_no_rate_is_named() -> None:
    client = signed_in("bank_president")
    text = shown(client, "ccy=all&unit=yuan")
    assert "本外币合并（折人民币）" in text
    assert f"{deposits(BRANCH, OTHER_BRANCH) + CONVERTED:,.2f}" in text
    assert "EUR" in text
    english = shown(client, "ccy=all&unit=yuan", "en")
    assert "all currencies in CNY" in english
    assert "本外币" not in english
    assert "123.45" in shown(client, "ccy=USD&unit=yuan")
    assert f"{deposits(BRANCH, OTHER_BRANCH):,.2f}" in shown(client, "unit=yuan")


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_stands_with_all_currencies(tab: str) -> None:
    assert "page-tab" in shown(signed_in("bank_president"), f"tab={tab}&ccy=all")


def test_a_branch_without_dollars_has_yuan_only_and_sees_no_other() -> None:
    manager = signed_in("branch_manager", OTHER_BRANCH)
    text = shown(manager, "ccy=all&unit=yuan")
    assert f"{deposits(OTHER_BRANCH):,.2f}" in text
    assert f"{CONVERTED}" not in text
    assert manager.get(f"/ledger/?ccy=all&org={BRANCH}").status_code == 404
    assert manager.get(f"/ledger/export.xlsx?ccy=all&org={BRANCH}").status_code == 404


def test_file_and_interface_say_what_the_page_says() -> None:
    client, whole = signed_in("bank_president"), deposits(BRANCH, OTHER_BRANCH) + CONVERTED
    book = load_workbook(io.BytesIO(client.get("/ledger/export.xlsx?ccy=all").content))
    cells: list[Any] = [cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]
    assert float(whole) in cells
    assert 712.35 in cells  # a number to reckon with, and no text
    assert "没有汇率，未计入" in cells
    assert client.get("/ledger/export.pdf?ccy=all").content.startswith(b"%PDF")
    token = token_for(("bank_president", ""))
    assert of_deposits(token, currency="all") == f"{whole}"
    assert of_deposits(token, currency="USD") == "123.45"

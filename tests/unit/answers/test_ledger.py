"""A small ledger by hand: what is out of balance shows, what no statement knows stands by itself, currencies are never added up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from example_home import run
from mini_bank import MiniBank, deliver, make_home
from scratch import scratch_folder

from maisui.answers import LedgerQuestion, balance_sheet, ledger_subjects, trial_balance
from maisui.answers.statements import Statement
from maisui.errors import QuestionError
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

DAY = date(2026, 3, 31)
LEDGER = (
    ("B1", "1303", "CNY", "700.00", "0.00"),
    ("B1", "3101", "CNY", "200.00", "0.00"),
    ("B1", "2011", "CNY", "0.00", "900.00"),
    ("B2", "1001", "CNY", "40.00", "0.00"),
    ("B2", "1901", "CNY", "0.00", "10.00"),
    ("B2", "9001", "CNY", "30.00", "0.00"),
    ("B2", "3101", "CNY", "0.00", "150.00"),
    ("B2", "4001", "CNY", "0.00", "5.01"),
    ("B2", "6011", "CNY", "0.00", "7.00"),
    ("B2", "6602", "CNY", "2.00", "0.00"),
    ("B2", "2011", "USD", "0.00", "8.00"),
    ("B2", "1001", "USD", "8.00", "0.00"),
)
SUBJECTS = (
    ("1001", "库存现金", "debit", "other"),
    ("1303", "贷款", "debit", "loan"),
    ("1901", "待处理财产损溢", "debit", "other"),
    ("2011", "吸收存款", "credit", "deposit"),
    ("3101", "系统内往来", "debit", "other"),
    ("4001", "实收资本", "credit", "other"),
    ("6011", "利息收入", "credit", "other"),
    ("6602", "业务及管理费", "debit", "other"),
    ("9001", "代保管物", "debit", "other"),
)


class HandMadeLedger(MiniBank):
    """The mini bank with another ledger: out of balance by 100.01, all of it in B2."""

    def rows(self, feed: str, day: date, since: date | None = None) -> list[list[str]]:
        if feed in ("GL", "SUBJ"):
            return [list(row) for row in (LEDGER if feed == "GL" else SUBJECTS)]
        return super().rows(feed, day, since)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with scratch_folder() as folder:
        home = make_home(folder / "home")
        deliver(home, DAY, bank=HandMadeLedger())
        run(home, DAY)
        place = open_home(home)
        with open_reader(place.versions, place.parts) as found:
            yield found


def value(statement: Statement, code: str) -> Decimal | None:
    return statement.line(code).amounts[0]


def test_an_imbalance_is_a_line_and_never_hidden(reader: Reader) -> None:
    found = balance_sheet(reader, LedgerQuestion())
    assert value(found, "total_assets") == Decimal("780.00")  # 700 + 40 − 10, and 50 that the outlets do not agree on
    assert value(found, "total_liabilities") == Decimal("900.00")
    assert value(found, "total_equity") == Decimal("10.01")  # 5.01 + 7 − 2
    assert value(found, "unmapped") == Decimal("30.00")
    assert value(found, "imbalance") == Decimal("-100.01")  # 780 + 30 − 910.01


@pytest.mark.parametrize(("outlet", "debit", "credit"), [("B1", "200.00", "0.00"), ("B2", "0.00", "150.00"), (None, "50.00", "0.00")])
def test_joint_subjects_stand_net_on_one_side(reader: Reader, outlet: str | None, debit: str, credit: str) -> None:
    found = balance_sheet(reader, LedgerQuestion(outlet))
    assert (value(found, "joint_debit"), value(found, "joint_credit")) == (Decimal(debit), Decimal(credit))


def test_subjects_that_no_rule_places_are_named_and_none_is_dropped(reader: Reader) -> None:
    found = balance_sheet(reader, LedgerQuestion())
    alone = {line.code: line.line for line in found.lines if line.is_unmapped}
    assert alone == {"1901": "other_asset", "9001": "unmapped"}
    shown = {line.code for line in found.lines if line.kind == "subject"}
    assert shown == set(ledger_subjects(reader))


def test_two_currencies_are_two_ledgers(reader: Reader) -> None:
    dollars = balance_sheet(reader, LedgerQuestion(currency="USD"))
    assert value(dollars, "total_assets") == value(dollars, "liabilities_and_equity") == Decimal("8.00")
    yuan = balance_sheet(reader, LedgerQuestion())
    assert value(yuan, "cash") == Decimal("40.00")
    assert any("USD" in note.en for note in yuan.notes)
    with pytest.raises(QuestionError):
        balance_sheet(reader, LedgerQuestion(currency="EUR"))


def test_control_totals_of_the_trial_balance_tell_the_gap(reader: Reader) -> None:
    found = trial_balance(reader, LedgerQuestion())
    assert found.total is not None
    assert (found.total.closing_debit, found.total.closing_credit) == (Decimal("972.00"), Decimal("1072.01"))
    assert found.total.differences == (None, None, Decimal("-100.01"))
    assert not found.total.is_balanced
    assert found.breaks == 1  # the closing of B2; B1 balances

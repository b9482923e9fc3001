"""A bank's synthesised transactions, one workbook, through the whole product: what comes out equals what plain Python reads from it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest

from maisui.answers import Period, Question, ask
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

pytestmark = [pytest.mark.data, pytest.mark.xdist_group("anz")]
NAME = "ANZ_synthesised_transaction_dataset.xlsx"
CHANNELS = {"POS": "pos", "SALES-POS": "pos", "PHONE BANK": "telephone_bank"}
KINDS = {
    "POS": "purchase",
    "SALES-POS": "purchase",
    "PAYMENT": "bill_payment",
    "PAY/SALARY": "payroll",
    "INTER BANK": "transfer",
    "PHONE BANK": "transfer",
}
LAST = date(2018, 10, 31)


def maisui(*words: str) -> str:
    done = subprocess.run([Path(sys.executable).with_name("maisui"), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass(frozen=True)
class Row:
    """One transaction as it stands in the workbook, its amounts in whole cents."""

    account: str
    customer: str
    word: str
    day: date
    moment: str
    amount: Decimal
    change: Decimal
    balance: Decimal


def cents(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[Row]:
    sheet = openpyxl.load_workbook(shared_data / "anz" / NAME, read_only=True).worksheets[0]
    header, *lines = sheet.iter_rows(values_only=True)
    cells = [dict(zip(header, line, strict=True)) for line in lines]
    return [
        Row(
            cell["account"],
            cell["customer_id"],
            cell["txn_description"],
            cell["date"].date(),
            cell["extraction"],
            cents(cell["amount"]),
            cents(cell["amount"]) if cell["movement"] == "credit" else -cents(cell["amount"]),
            cents(cell["balance"]),
        )
        for cell in cells
    ]


@pytest.fixture(scope="module")
def reader(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    home = tmp_path_factory.mktemp("anz") / "home"
    maisui("init", str(home), "--entity", "ANZ", "--currency", "AUD", "--source", "anz")
    shutil.copytree(Path(__file__).parent / "anz", home / "sources" / "anz")
    shutil.copyfile(shared_data / "anz" / NAME, home / "inbox" / "anz" / NAME)
    said = maisui("run", "--date", f"{LAST}", "--home", str(home))
    assert "1 files: 12,043 rows = 12,043 loaded + 0 quarantined + 0 duplicate" in said
    place = open_home(home)
    with open_reader(place.versions, place.parts) as opened:
        yield opened


def values(reader: Reader, metric: str, by: str, period: Period = Period.TO_DATE) -> dict[str, Decimal | None]:
    return {row.dimensions[by]: row.value for row in ask(reader, Question(metric, (by,), period=period)).rows}


def summed(rows: list[Row], words: dict[str, str]) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[words.get(row.word, "none")] += row.amount
    return dict(found)


def test_every_transaction_stands_under_its_channel_and_content(reader: Reader, rows: list[Row]) -> None:
    by_channel = Counter(CHANNELS.get(row.word, "none") for row in rows)
    assert by_channel == {"pos": 7717, "none": 4225, "telephone_bank": 101}
    assert values(reader, "transaction_count", "channel") == by_channel
    assert values(reader, "transaction_amount", "channel") == summed(rows, CHANNELS)
    assert values(reader, "transaction_count", "transaction_type") == Counter(KINDS[row.word] for row in rows)
    assert values(reader, "transaction_amount", "transaction_type") == summed(rows, KINDS)


def test_a_month_has_its_own_transactions_alone(reader: Reader, rows: list[Row]) -> None:
    october = [row for row in rows if row.day >= date(2018, 10, 1)]
    assert values(reader, "transaction_count", "channel", Period.MONTH) == Counter(CHANNELS.get(row.word, "none") for row in october)
    assert values(reader, "transaction_amount", "transaction_type", Period.MONTH) == summed(october, KINDS)


def test_wages_come_in_customer_by_customer(reader: Reader, rows: list[Row]) -> None:
    """883 payments; the customers they reach, and what each got."""
    paid: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.word == "PAY/SALARY":
            paid[row.customer] += row.change
    found = reader.rows(
        "SELECT customer_number, sum(balance_change) FROM account_transaction WHERE transaction_type = 'payroll' GROUP BY ALL"
    )
    assert dict(found) == dict(paid)
    assert sum(row.word == "PAY/SALARY" for row in rows) == 883


def test_customers_and_accounts_are_a_hundred_each(reader: Reader, rows: list[Row]) -> None:
    assert (len({row.customer for row in rows}), len({row.account for row in rows})) == (100, 100)
    assert values(reader, "customer_count", "customer_kind", Period.DAY) == {"personal": Decimal(100)}
    assert reader.rows("SELECT count(*) FROM account") == [(100,)]


def test_balances_are_the_last_ones_and_averages_roll_back_from_them(reader: Reader, rows: list[Row]) -> None:
    """The average of October: each day's balance is the last one less what was moved after that day, day by day and account by account."""
    last: dict[str, tuple[str, int, Decimal]] = {}
    for place, row in enumerate(rows):
        last[row.account] = max(last.get(row.account, ("", -1, Decimal(0))), (row.moment, place, row.balance))
    closing = {account: balance for account, (_, _, balance) in last.items()}
    assert values(reader, "deposit_balance", "organisation", Period.DAY) == {"ANZ": sum(closing.values())}
    days = [LAST - timedelta(days=back) for back in range(31)]
    total = sum((sum(closing.values()) - sum(row.change for row in rows if row.day > day) for day in days), Decimal(0))
    average = (total / 31).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert values(reader, "deposit_average_daily_balance", "organisation", Period.MONTH) == {"ANZ": average}

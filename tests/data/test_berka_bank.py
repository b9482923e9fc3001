"""A real bank's files through the whole product: what comes out equals what plain Python reads from them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

pytestmark = [pytest.mark.data, pytest.mark.xdist_group("berka")]


def maisui(*words: str) -> str:
    done = subprocess.run([Path(sys.executable).with_name("maisui"), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def files(shared_data: Path) -> Path:
    return shared_data / "berka"


@pytest.fixture(scope="module")
def home(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("berka") / "home"
    maisui("init", str(home), "--entity", "BERKA", "--currency", "CZK", "--source", "berka")
    for file in files.glob("*.asc"):
        (home / "inbox" / "berka" / file.name).write_bytes(file.read_bytes())
    maisui("run", "--date", "1998-12-31", "--home", str(home))
    return home


def rows_of(file: Path) -> Iterator[dict[str, str]]:
    """Whole lines only: the torn last line of the transactions has no line end of its own."""
    lines = file.read_text(encoding="ascii").splitlines(keepends=True)
    return csv.DictReader((line for line in lines if line.endswith("\n")), delimiter=";")


def ask(home: Path, metric: str, *words: str) -> dict[str, Any]:
    return json.loads(maisui("ask", metric, *words, "--json", "--home", str(home)))


def split(answer: dict[str, Any], dimension: str) -> dict[str, Decimal]:
    return {row["dimensions"][dimension]: Decimal(row["value"]) for row in answer["rows"]}


def signed(row: dict[str, str]) -> Decimal:
    return Decimal(row["amount"]) if row["type"] == "PRIJEM" else -Decimal(row["amount"])


def test_every_line_is_loaded_but_the_torn_last_one(home: Path, files: Path) -> None:
    status = json.loads(maisui("status", "--json", "--home", str(home)))
    for delivery in status["deliveries"]:
        lines = len((files / delivery["file"]).read_bytes().rstrip(b"\r\n").split(b"\n")) - 1
        assert delivery["rows"] == lines
        assert delivery["rows"] == delivery["loaded"] + delivery["quarantined"] + delivery["duplicate"]
        assert delivery["quarantined"] == (1 if delivery["feed"] == "trans" else 0)
    transactions = next(d for d in status["deliveries"] if d["feed"] == "trans")
    assert transactions["loaded"] == 49_102
    shown = json.loads(maisui("quarantine", "show", transactions["file_id"], "--json", "--home", str(home)))
    assert [(row["line"], row["reason"]) for row in shown] == [(49_104, "field_count")] or shown[0]["line"] == 49_104


def test_the_dirty_type_is_counted_and_kept(home: Path) -> None:
    status = json.loads(maisui("status", "--json", "--home", str(home)))
    transactions = next(d for d in status["deliveries"] if d["feed"] == "trans")
    assert [(w["column"], w["count"]) for w in transactions["warnings"] if w["code"] == "unknown_word"] == [("type", 651)]


def test_loans_by_state_and_their_total(home: Path, files: Path) -> None:
    counts = split(ask(home, "loan_disbursed_count", "--period", "to-date", "--by", "loan_status"), "loan_status")
    assert counts == {"settled": 203, "defaulted": 31, "current": 403, "overdue": 45}
    total = ask(home, "loan_disbursed_amount", "--period", "to-date")["rows"][0]["value"]
    assert Decimal(total) == Decimal("103261740.00") == sum(Decimal(row["amount"]) for row in rows_of(files / "loan.asc"))


def test_loans_disbursed_by_district(home: Path, files: Path) -> None:
    district = {row["account_id"]: row["district_id"] for row in rows_of(files / "account.asc")}
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(files / "loan.asc"):
        expected[district[row["account_id"]]] += Decimal(row["amount"])
    assert split(ask(home, "loan_disbursed_amount", "--period", "to-date", "--by", "organisation"), "organisation") == expected


def test_balances_rebuilt_from_movements_meet_the_last_printed_balance_of_all_accounts_but_one(home: Path, files: Path) -> None:
    """On 30 March 1994, the last whole day: the file rounds each amount to 0.10, so a printed balance is met within 0.50."""
    place = open_home(home)
    with open_reader(place.versions, place.parts, tables=["account_balance"]) as reader:
        rebuilt = dict(
            reader.rows(
                "SELECT account_number, balance FROM account_balance"
                " WHERE valid_from <= DATE '1994-03-30' AND (valid_until IS NULL OR valid_until > DATE '1994-03-30')"
            )
        )
    by_account: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows_of(files / "trans_first3MB.asc"):
        if row["date"] <= "940330":
            by_account[row["account_id"]].append(row)
    assert len(by_account) == 1_229
    assert {account: sum(map(signed, rows)) for account, rows in by_account.items()} == {
        account: rebuilt[account] for account in by_account
    }
    met = 0
    for account, rows in by_account.items():
        last_day = max(row["date"] for row in rows)
        printed = [Decimal(row["balance"]) for row in rows if row["date"] == last_day]
        met += min(abs(rebuilt[account] - balance) for balance in printed) <= Decimal("0.50")
    assert met == 1_228


def test_deposits_by_district_on_a_day_in_between(home: Path, files: Path) -> None:
    district = {row["account_id"]: row["district_id"] for row in rows_of(files / "account.asc")}
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(files / "trans_first3MB.asc"):
        if row["date"] <= "931015":
            expected[district[row["account_id"]]] += signed(row)
    answer = ask(home, "deposit_balance", "--date", "1993-10-15", "--by", "organisation")
    assert {code: value for code, value in split(answer, "organisation").items() if value} == expected


def test_the_average_of_a_month_counts_every_day(home: Path, files: Path) -> None:
    balance_days = Decimal(0)
    for row in rows_of(files / "trans_first3MB.asc"):
        if row["date"] <= "930930":
            days = 30 if row["date"] < "930901" else 31 - int(row["date"][4:])
            balance_days += signed(row) * days
    answer = ask(home, "deposit_average_daily_balance", "--date", "1993-09-30", "--period", "month")["rows"][0]
    assert Decimal(answer["numerator"]) == balance_days
    assert answer["denominator"] == "30"


def test_customers_accounts_and_roles(home: Path, files: Path) -> None:
    accounts = list(rows_of(files / "account.asc"))
    assert ask(home, "account_count")["rows"][0]["value"] == str(len(accounts)) == "4500"
    owners = {row["client_id"] for row in rows_of(files / "disp.asc") if row["type"] == "OWNER"}
    assert ask(home, "customer_count")["rows"][0]["value"] == str(len(owners))
    opened_1995 = sum(row["date"].startswith("95") for row in accounts)
    year = ask(home, "new_customer_count", "--date", "1995-12-31", "--period", "year")["rows"][0]["value"]
    assert int(year) == opened_1995


def test_transactions_by_channel(home: Path, files: Path) -> None:
    from_bank = ("UROK", "SLUZBY", "SANKC. UROK")
    channel = {"VYBER KARTOU": "atm", "VKLAD": "counter", "VYBER": "counter"}
    expected: dict[str, int] = defaultdict(int)
    for row in rows_of(files / "trans_first3MB.asc"):
        if row["k_symbol"] not in from_bank:
            expected[channel.get(row["operation"], "none")] += 1
    answer = ask(home, "transaction_count", "--period", "to-date", "--by", "channel")
    assert {code: int(value) for code, value in split(answer, "channel").items()} == expected


def test_cards_orders_and_roles_reach_the_version(home: Path, files: Path) -> None:
    place = open_home(home)
    with open_reader(place.versions, place.parts) as reader:
        assert reader.rows("SELECT count(*) FROM payment_card") == [(892,)]
        assert reader.rows("SELECT count(*), sum(amount) FROM standing_order") == [
            (6_471, sum(Decimal(row["amount"]) for row in rows_of(files / "order.asc")))
        ]
        assert reader.rows("SELECT count(*) FROM account_holder") == [(5_369,)]
        women = sum(int(row["birth_number"][2:4]) > 50 for row in rows_of(files / "client.asc"))
        assert reader.rows("SELECT count(*) FROM customer WHERE sex = 'female'") == [(women,)]

"""A training bank's ledger, connected as a guide's reader would: balances, postings and rates equal what plain Python reads from the files."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from maisui.answers import ALL_CURRENCIES, LedgerQuestion, TrialBalance, balance_sheet, budgeted, subject_view, trial_balance
from maisui.answers.periods import Period
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

pytestmark = [pytest.mark.data, pytest.mark.xdist_group("neoflex")]

DESCRIBED = Path(__file__).with_name("neoflex_gl")
FILES = ("ft_balance_f", "ft_posting_f", "md_account_d", "md_currency_d", "md_exchange_rate_d", "md_ledger_account_s")
NIL = Decimal("0.00")
WARN = '\n[reconciliation]\nledger = "warn"\nbalances = "warn"\n'
PARAMETERS = "".join(
    f'\n[[parameter]]\ncode = "ledger_line.{subject}"\nvalid_from = 2017-01-01\ntext = "central_bank_asset"\n'
    for subject in ("30102", "30202", "30204")
)
BUDGETS = """organisation_code,item_kind,item_code,currency,period_from,period_end_on,budget_amount
RU01,报表行,central_bank_asset,RUB,20180101,20180131,1000000.00
RU01,科目,30110,RUB,20180101,20180131,5000.00
RU01,科目,30110,USD,20180101,20180131,700.00
RU01,科目,30110,EUR,20180101,20180131,31.00
RU01,报表行,deposit,ALL,20180101,20180131,12.34
"""
"""What the bank planned for January, in roubles, dollars, euros and all of them together."""


def maisui(*words: str) -> str:
    done = subprocess.run([sys.executable, "-m", "maisui", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def files(shared_data: Path) -> Path:
    return shared_data / "neoflex_gl"


@pytest.fixture(scope="module")
def home(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("neoflex") / "home"
    maisui("init", str(home), "--entity", "NEO01", "--currency", "RUB", "--source", "neoflex_gl", "--source", "supplement")
    shutil.copytree(DESCRIBED, home / "sources" / "neoflex_gl", dirs_exist_ok=True)
    for name in FILES:
        (home / "inbox" / "neoflex_gl" / f"{name}.csv").write_bytes((files / f"{name}.csv").read_bytes())
    (home / "inbox" / "supplement" / "NEO01-ledger_budget-20180131.csv").write_text(BUDGETS, encoding="utf-8")
    settings = (home / "bank.toml").read_text(encoding="utf-8").split("[reconciliation]", 1)[0]
    (home / "bank.toml").write_text(settings + WARN + PARAMETERS, encoding="utf-8")
    maisui("run", "--date", "2018-01-31", "--home", str(home))
    return home


@pytest.fixture(scope="module")
def reader(home: Path) -> Iterator[Reader]:
    place = open_home(home)
    with open_reader(place.versions, place.parts) as opened:
        yield opened


def rows_of(files: Path, name: str) -> list[dict[str, str]]:
    """Lines that are not UTF-8 are left out, as the quarantine does."""
    lines = [line.decode("utf-8") for line in (files / f"{name}.csv").read_bytes().split(b"\r\n") if is_text(line)]
    return list(csv.DictReader((line for line in lines if line), delimiter=";"))


def is_text(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class Books:
    """The books in plain Python: net debit of every account on each day, under its subject and currency."""

    def __init__(self, files: Path) -> None:
        letters = {row["CURRENCY_RK"]: row["CODE_ISO_CHAR"] for row in rows_of(files, "md_currency_d")}
        accounts = {row["ACCOUNT_RK"]: row for row in rows_of(files, "md_account_d")}
        self.place: dict[str, tuple[str, str]] = {}
        self.moved: dict[str, dict[date, list[Decimal]]] = defaultdict(lambda: defaultdict(lambda: [NIL, NIL]))
        self.opened: dict[str, Decimal] = defaultdict(Decimal)
        for row in rows_of(files, "ft_balance_f"):
            known = accounts.get(row["ACCOUNT_RK"])
            self.place[row["ACCOUNT_RK"]] = (known["ACCOUNT_NUMBER"][:5] if known else "unknown", letters[row["CURRENCY_RK"]])
            sign = -1 if known and known["CHAR_TYPE"] == "П" else 1
            self.opened[row["ACCOUNT_RK"]] = sign * Decimal(row["BALANCE_OUT"])
        for row in rows_of(files, "ft_posting_f"):
            day = date(*(int(part) for part in reversed(row["OPER_DATE"].split("-"))))
            for side, column in (("DEBET", 0), ("CREDIT", 1)):
                account = row[f"{side}_ACCOUNT_RK"]
                known = accounts.get(account)
                place = (known["ACCOUNT_NUMBER"][:5], letters[known["CURRENCY_RK"]]) if known else ("unknown", "XXX")
                self.place.setdefault(account, place)
                self.moved[account][day][column] += Decimal(row[f"{side}_AMOUNT"])

    def net(self, account: str, until: date) -> Decimal:
        return self.opened[account] + sum((d - c for day, (d, c) in self.moved[account].items() if day <= until), NIL)

    def sides(self, currency: str, first: date, last: date) -> dict[str, list[Decimal]]:
        """Return opening, turnover and closing of both sides by subject, gross over accounts."""
        found: dict[str, list[Decimal]] = defaultdict(lambda: [NIL] * 6)
        for account, (subject, of) in self.place.items():
            if of != currency:
                continue
            opening, closing = self.net(account, first - timedelta(days=1)), self.net(account, last)
            turned = [sum((m[n] for day, m in self.moved[account].items() if first <= day <= last), NIL) for n in (0, 1)]
            new = [max(opening, NIL), max(-opening, NIL), *turned, max(closing, NIL), max(-closing, NIL)]
            found[subject] = [a + b for a, b in zip(found[subject], new, strict=True)]
        return found


@pytest.fixture(scope="module")
def books(files: Path) -> Books:
    return Books(files)


def leaves(found: TrialBalance) -> dict[str, list[Decimal | None]]:
    return {
        row.subject.code: [row.opening_debit, row.opening_credit, row.debit, row.credit, row.closing_debit, row.closing_credit]
        for row in found.rows
        if not row.subject.children
    }


def test_every_line_is_loaded_or_told_of(home: Path) -> None:
    told = {d["feed"]: d for d in json.loads(maisui("status", "--json", "--home", str(home)))["deliveries"]}
    assert {feed: (d["rows"], d["loaded"], d["quarantined"], d["duplicate"]) for feed, d in told.items()} == {
        "balance": (114, 114, 0, 0),
        "posting": (33_892, 33_892, 0, 0),
        "account": (112, 112, 0, 0),
        "currency": (50, 49, 1, 0),
        "rate": (892, 460, 0, 432),
        "subject": (18, 18, 0, 0),
        "ledger_budget": (5, 5, 0, 0),
    }
    kept_back = json.loads(maisui("quarantine", "show", told["currency"]["file_id"], "--json", "--home", str(home)))
    assert [row["reason"] for row in kept_back] == ["undecodable"]


@pytest.mark.parametrize("currency", ["RUB", "EUR", "USD", "JPY", "XXX"])
def test_the_trial_balance_of_january_in_each_currency(reader: Reader, books: Books, currency: str) -> None:
    found = trial_balance(reader, LedgerQuestion(currency=currency))
    expected = {code: sides for code, sides in books.sides(currency, date(2018, 1, 1), date(2018, 1, 31)).items() if any(sides)}
    assert leaves(found) == expected
    assert (found.opened_after, found.closed_on) == (date(2017, 12, 31), date(2018, 1, 31))
    assert all(row.difference == 0 for row in found.rows)


def test_the_trial_balance_of_one_day_in_between(reader: Reader, books: Books) -> None:
    day = date(2018, 1, 18)
    expected = {code: sides for code, sides in books.sides("RUB", day, day).items() if any(sides)}
    assert leaves(trial_balance(reader, LedgerQuestion(day=day, period=Period.DAY))) == expected


def test_a_students_answer_agrees_where_it_kept_roubles_apart(reader: Reader, files: Path) -> None:
    """Openings and turnovers of the central bank and of transfers; the closings of that answer are not those of the files."""
    with (files / "expected_dm_f101_round_f.csv").open(encoding="utf-8", newline="") as opened:
        theirs = {row["ledger_account"]: row for row in csv.DictReader(opened, delimiter=";")}
    ours = leaves(trial_balance(reader, LedgerQuestion(currency="RUB")))
    for subject in ("30102", "30111", "30223", "30204", "30202"):
        assert ours[subject][2:4] == [Decimal(theirs[subject][f"turn_{side}_rub"]) for side in ("deb", "cre")]


def test_the_files_do_not_balance_and_it_is_told(reader: Reader, books: Books) -> None:
    sheet = balance_sheet(reader, LedgerQuestion(currency="RUB"))
    every = sum((books.net(account, date(2018, 1, 31)) for account, (_, of) in books.place.items() if of == "RUB"), NIL)
    assert sheet.line("imbalance").amounts == (every,)
    assert every != 0
    assert trial_balance(reader, LedgerQuestion(currency="RUB")).breaks > 0


def test_the_banks_words_place_its_subjects_and_the_rest_is_unmapped(reader: Reader, books: Books) -> None:
    sheet = balance_sheet(reader, LedgerQuestion(currency="RUB"))
    held = {subject: books.sides("RUB", date(2018, 1, 1), date(2018, 1, 31))[subject] for subject in ("30102", "30202", "30204")}
    assert sheet.line("central_bank_asset").amounts == (sum((sides[4] - sides[5] for sides in held.values()), NIL),)
    unmapped = {line.code for line in sheet.lines if line.is_unmapped}
    assert {"30424", "unknown"} <= unmapped
    assert not unmapped & {"30102", "30110", "30111"}


def test_accounts_that_nobody_names_are_not_dropped(reader: Reader, books: Books) -> None:
    known = [subject for subject, _ in books.place.values() if subject == "unknown"]
    assert len(known) > 800
    found = leaves(trial_balance(reader, LedgerQuestion(currency="XXX")))
    assert found["unknown"][2:4] == books.sides("XXX", date(2018, 1, 1), date(2018, 1, 31))["unknown"][2:4]
    assert subject_view(reader, LedgerQuestion(currency="RUB"), "unknown").points[-1].balance == Decimal("45280.12") + Decimal("60763.11")


def test_each_rate_is_the_files(reader: Reader, files: Path) -> None:
    letters = {row["CURRENCY_RK"]: row["CODE_ISO_CHAR"] for row in rows_of(files, "md_currency_d")}
    expected = {
        (letters.get(row["CURRENCY_RK"]) or row["CODE_ISO_NUM"], date.fromisoformat(row["DATA_ACTUAL_DATE"])): Decimal(
            row["REDUCED_COURCE"]
        )
        for row in rows_of(files, "md_exchange_rate_d")
    }
    found = reader.rows("SELECT currency, valid_from, quoted_amount, exchange_rate FROM exchange_rate")
    assert {(currency, day): rate / amount for currency, day, amount, rate in found} == expected
    assert len(expected) == 460


def roubles(files: Path, day: date) -> dict[str, Decimal]:
    """Return what one unit of each currency was worth in roubles on a day: the last rate until then, the first one before."""
    letters = {row["CURRENCY_RK"]: row["CODE_ISO_CHAR"] for row in rows_of(files, "md_currency_d")}
    quoted: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
    for row in rows_of(files, "md_exchange_rate_d"):
        currency = letters.get(row["CURRENCY_RK"]) or row["CODE_ISO_NUM"]
        quoted[currency].append((date.fromisoformat(row["DATA_ACTUAL_DATE"]), Decimal(row["REDUCED_COURCE"])))
    found = {"RUB": Decimal(1)}
    for currency, told in quoted.items():
        found[currency] = max((one for one in told if one[0] <= day), default=min(told))[1]
    return found


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_all_currencies_in_roubles_at_the_rates_of_their_days(reader: Reader, books: Books, files: Path) -> None:
    """Openings at the rate of 31 December, turnover day by day, closings at that of 31 January; the accounts nobody names have no rate."""
    first, last = date(2018, 1, 1), date(2018, 1, 31)
    found = trial_balance(reader, LedgerQuestion(currency=ALL_CURRENCIES))
    expected: dict[str, list[Decimal]] = defaultdict(lambda: [NIL] * 6)
    days = [first + timedelta(days=n) for n in range(31)]
    rates = {day: roubles(files, day) for day in (first - timedelta(days=1), *days)}
    currencies = {of for _, of in books.place.values()} & set(rates[last])
    assert {"RUB", "USD", "EUR", "JPY"} <= currencies
    for currency in currencies:
        for day in days:
            rate = rates[day][currency]
            for subject, sides in books.sides(currency, day, day).items():
                for side in (2, 3):
                    expected[subject][side] += cents(sides[side] * rate)
        for subject, sides in books.sides(currency, first, last).items():
            for side, day in ((0, first - timedelta(days=1)), (1, first - timedelta(days=1)), (4, last), (5, last)):
                expected[subject][side] += cents(sides[side] * rates[day][currency])
    assert leaves(found) == {code: sides for code, sides in expected.items() if any(sides)}
    assert all(row.difference == 0 for row in found.rows)
    for row in found.rows:
        if not row.subject.children:
            opened, closed = expected[row.subject.code][:2], expected[row.subject.code][4:]
            turned = expected[row.subject.code][2:4]
            assert row.translation == opened[0] - opened[1] + turned[0] - turned[1] - closed[0] + closed[1]
    assert found.frame.conversion is not None
    assert (found.frame.currency, found.frame.conversion.unrated) == ("RUB", ("XXX",))


def test_the_sheet_of_all_currencies_adds_up_to_the_kopeck(reader: Reader, books: Books, files: Path) -> None:
    rates = roubles(files, date(2018, 1, 31))
    expected: dict[str, Decimal] = defaultdict(Decimal)
    apart: dict[str, Decimal] = defaultdict(Decimal)
    for currency in {of for _, of in books.place.values()} & set(rates):
        for subject, sides in books.sides(currency, date(2018, 1, 1), date(2018, 1, 31)).items():
            expected[subject] += cents((sides[4] - sides[5]) * rates[currency])
            apart[currency] += sides[4] - sides[5]
    lacking = sum((cents(amount * rates[currency]) for currency, amount in apart.items()), NIL)
    sheet = balance_sheet(reader, LedgerQuestion(currency=ALL_CURRENCIES))
    assert sheet.line("imbalance").amounts == (lacking,)
    assert sheet.line("translation_difference").amounts == (sum(expected.values(), NIL) - lacking,)
    for line in sheet.lines:
        if line.kind == "subject":
            assert abs(line.amounts[0] or NIL) == abs(expected[line.code])


def test_budgets_of_all_currencies_stand_in_roubles_at_the_rates_of_the_last_day(reader: Reader, books: Books, files: Path) -> None:
    """Correspondent accounts are held in the currencies of the files; each of them must be planned for the sum to be one."""
    sheet = budgeted(reader, balance_sheet(reader, LedgerQuestion(currency=ALL_CURRENCIES)))
    budgets = {line.code: line.budget for line in sheet.lines if line.budget is not None}
    assert budgets["central_bank_asset"] == Decimal("1000000.00")
    rates = roubles(files, date(2018, 1, 31))
    last = date(2018, 1, 31)
    held = {of for account, (subject, of) in books.place.items() if subject == "30110" and of in rates and books.net(account, last) != 0}
    planned = {"RUB": Decimal("5000.00"), "USD": Decimal("700.00"), "EUR": Decimal("31.00")}
    assert held <= set(planned)
    assert budgets["30110"] == sum((cents(amount * rates[of]) for of, amount in planned.items()), NIL)

"""A bank of eight accounts: its own source, described as a bank's engineer would (contract and mappings), and its files of any day.

`MiniBank` knows what is true of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from example_home import without_stops

from maisui.warehouse.home import create_home

SOURCE = "mini"

CONTRACT = """
[source]
code = "mini"
title_zh = "小行核心"
title_en = "Core system of the mini bank"

[defaults]
encodings = ["utf-8", "gb18030"]
delimiter = "|"
quote = ""
header = true
date_format = "%Y%m%d"
null_words = ["99991231"]
drift = "freeze"
content = "full"

[[feed]]
code = "ORG"
title_en = "Organisations"
file = "org-{date}{part}.txt"
key = ["code"]
columns = '''
name   | kind        | need | title | words
code   | code        | key  | number
title  | text        |      | name
kind   | closed_word | must | kind  | head_office outlet
parent | code        |      | parent
'''

[[feed]]
code = "CUST"
title_en = "Customers"
file = "customers-{date}{part}.txt"
key = ["number"]
columns = '''
name   | kind        | need | title | words
number | code        | key  | number
kind   | closed_word | must | kind  | personal corporate
person | text        |      | name
org    | code        | must | home outlet
born   | date        |      | day of birth
'''

[[feed]]
code = "ACCT"
title_en = "Accounts"
file = "accounts-{date}{part}.txt"
key = ["number", "currency"]
required = true
control = ".ctl"
control_required = true
total_columns = ["balance"]
total_currency = "currency"
columns = '''
name     | kind        | need | title | words
number   | account     | key  | number
customer | code        | must | customer
org      | code        | must | outlet
kind     | closed_word | must | kind | deposit loan
product  | word        | must | product | demand term loan
currency | currency    | key  | currency
balance  | amount      | must | balance
opened   | date        | must | day opened
closed   | date        |      | day closed
'''

[[feed]]
code = "MOVE"
title_en = "Movements"
file = "movements-{date}{part}.txt"
content = "increment"
key = ["account", "currency", "number"]
required = true
control = ".log"
total_columns = ["amount"]
columns = '''
name     | kind        | need | title | words
number   | code        | key  | number
account  | account     | key  | account
currency | currency    | key  | currency
org      | code        | must | outlet
posted   | date        | must | day posted
side     | closed_word | must | side | in out
amount   | amount+     | must | amount
channel  | word        | must | channel | counter atm mobile_bank
reversal | closed_word | must | reversal | yes no
'''

[[feed]]
code = "GL"
title_en = "Ledger"
file = "ledger-{date}{part}.txt"
key = ["org", "subject", "currency"]
columns = '''
name     | kind     | need | title
org      | code     | key  | outlet
subject  | code     | key  | subject
currency | currency | key  | currency
debit    | amount   | must | closing debit balance
credit   | amount   | must | closing credit balance
'''

[[feed]]
code = "SUBJ"
title_en = "Subjects"
file = "subjects-{date}{part}.txt"
key = ["subject"]
columns = '''
name     | kind        | need | title | words
subject  | code        | key  | subject
title    | text        |      | name
side     | closed_word | must | side | debit credit
business | closed_word | must | business | deposit loan other
'''
"""

MAPPINGS = {
    "organisation_snapshot": """
SELECT
  delivered_on AS reported_on, code AS organisation_code, title AS organisation_name, kind AS organisation_kind,
  parent AS parent_code, true AS is_open, source_file_id, source_line
FROM mini_org
""",
    "customer_snapshot": """
SELECT
  delivered_on AS reported_on, number AS customer_number, kind AS customer_kind, person AS customer_name,
  org AS organisation_code, born AS born_on, source_file_id, source_line
FROM mini_cust
""",
    "account_snapshot": """
SELECT
  delivered_on AS reported_on, number AS account_number, currency, 'none' AS cash_form, kind AS account_kind,
  customer AS customer_number, org AS organisation_code, product AS product_code,
  CASE product WHEN 'demand' THEN 'demand_deposit' WHEN 'term' THEN 'term_deposit' ELSE 'loan' END AS product_group,
  CASE kind WHEN 'loan' THEN '1303' ELSE '2011' END AS subject_code,
  balance, opened AS opened_on, closed AS closed_on, source_file_id, source_line
FROM mini_acct
""",
    "account_transaction": """
SELECT
  number AS transaction_number, 'deposit' AS account_kind, account AS account_number, currency,
  org AS holding_organisation_code, posted AS posted_on, amount,
  CASE side WHEN 'in' THEN amount ELSE -amount END AS balance_change,
  'transfer' AS transaction_type, channel AS channel_code, reversal = 'yes' AS is_reversal, false AS is_bank_initiated,
  source_file_id, source_line
FROM mini_move
""",
    "ledger_snapshot": """
SELECT
  delivered_on AS reported_on, org AS organisation_code, subject AS subject_code, currency,
  CAST(0 AS DECIMAL(18,2)) AS opening_debit_balance, CAST(0 AS DECIMAL(18,2)) AS opening_credit_balance,
  CAST(0 AS DECIMAL(18,2)) AS debit_amount, CAST(0 AS DECIMAL(18,2)) AS credit_amount,
  debit AS closing_debit_balance, credit AS closing_credit_balance, source_file_id, source_line
FROM mini_gl
""",
    "ledger_subject_snapshot": """
SELECT
  delivered_on AS reported_on, subject AS subject_code, title AS subject_name, side AS balance_side,
  business AS business_subclass, source_file_id, source_line
FROM mini_subj
""",
}

ORGANISATIONS = (("B0", "Head office", "head_office", ""), ("B1", "North Street", "outlet", "B0"), ("B2", "Market Square", "outlet", "B0"))
SUBJECTS = (("2011", "Deposits", "credit", "deposit"), ("1303", "Loans", "debit", "loan"), ("1001", "Cash", "debit", "other"))


@dataclass(frozen=True)
class Account:
    """One account of the mini bank; `start` is its balance before the first movement, in cents."""

    number: str
    customer: str
    org: str
    product: str
    start: int
    opened: date = date(2025, 3, 1)
    closed: date | None = None

    @property
    def kind(self) -> str:
        """Return deposit or loan."""
        return "loan" if self.product == "loan" else "deposit"


ACCOUNTS = tuple(
    Account(
        f"A{number:05d}",
        f"C{(number + 1) // 2:03d}",
        f"B{1 + number % 2}",
        ("demand", "term", "demand", "loan")[number % 4],
        100_000 * number,
    )
    for number in range(1, 9)
)

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class MiniBank:
    """What is true of a bank of eight accounts; every movement follows from account and day."""

    accounts: tuple[Account, ...] = ACCOUNTS
    first_day: date = date(2026, 1, 1)

    def movements(self, first: date, last: date) -> list[tuple[date, Account, int]]:
        """Return day, account and signed cents of every movement from `first` to `last`."""
        found: list[tuple[date, Account, int]] = []
        for ordinal in range(max(first, self.first_day).toordinal(), last.toordinal() + 1):
            for position, account in enumerate(self.accounts):
                if (ordinal * 7 + position * 3) % 5 == 0 and account.kind == "deposit":
                    cents = (ordinal * 37 + position * 101) % 900 + 100
                    found.append((date.fromordinal(ordinal), account, cents if (ordinal + position) % 3 else -cents))
        return found

    def balances(self, day: date) -> dict[str, int]:
        """Return the cents of every account at the end of `day`."""
        held = {account.number: account.start for account in self.accounts}
        for _, account, cents in self.movements(self.first_day, day):
            held[account.number] += cents
        return held

    def rows(self, feed: str, day: date, since: date | None = None) -> list[list[str]]:
        """Return what `feed` delivers for `day`; movements begin after `since` (the first day by default)."""
        held = self.balances(day)
        first = since + timedelta(days=1) if since else self.first_day
        match feed:
            case "ORG":
                return [list(row) for row in ORGANISATIONS]
            case "SUBJ":
                return [list(row) for row in SUBJECTS]
            case "CUST":
                homes = {account.customer: account.org for account in reversed(self.accounts)}
                return [[number, "personal", f"Customer {number}", org, "19800229"] for number, org in sorted(homes.items())]
            case "ACCT":
                return [
                    [
                        a.number,
                        a.customer,
                        a.org,
                        a.kind,
                        a.product,
                        "CNY",
                        yuan(held[a.number]),
                        compact(a.opened),
                        compact(a.closed) if a.closed else "",
                    ]
                    for a in self.accounts
                ]
            case "MOVE":
                return [
                    [f"T{compact(on)}{account.number}", account.number, "CNY", account.org, compact(on), "in" if cents > 0 else "out",
                     yuan(abs(cents)), ("counter", "atm", "mobile_bank")[on.toordinal() % 3], "no"]
                    for on, account, cents in self.movements(first, day)
                ]  # fmt: skip
            case _:
                return self._ledger(held)

    def _ledger(self, held: dict[str, int]) -> list[list[str]]:
        rows: list[list[str]] = []
        for org in ("B1", "B2"):
            deposits = sum(held[a.number] for a in self.accounts if a.org == org and a.kind == "deposit")
            loans = sum(held[a.number] for a in self.accounts if a.org == org and a.kind == "loan")
            rows += [
                [org, "2011", "CNY", "0.00", yuan(deposits)],
                [org, "1303", "CNY", yuan(loans), "0.00"],
                [org, "1001", "CNY", yuan(deposits - loans), "0.00"],
            ]
        return rows


HEADERS = {
    "ORG": "code|title|kind|parent",
    "CUST": "number|kind|person|org|born",
    "ACCT": "number|customer|org|kind|product|currency|balance|opened|closed",
    "MOVE": "number|account|currency|org|posted|side|amount|channel|reversal",
    "GL": "org|subject|currency|debit|credit",
    "SUBJ": "subject|title|side|business",
}
STEMS = {"ORG": "org", "CUST": "customers", "ACCT": "accounts", "MOVE": "movements", "GL": "ledger", "SUBJ": "subjects"}


def compact(day: date) -> str:
    """Return a day as file names and fields write it."""
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def yuan(cents: int) -> str:
    """Return cents as an amount with two decimals."""
    return f"{Decimal(cents) / 100:.2f}"


def file_text(feed: str, rows: Rows) -> str:
    """Return the text of a file of `feed`."""
    return "\n".join([HEADERS[feed], *("|".join(row) for row in rows)]) + "\n"


def control_text(rows: Rows) -> str:
    """Return the control file of an accounts file."""
    return f"rows: {len(rows)}\nsum.balance: {sum((Decimal(row[6]) for row in rows), Decimal(0)):.2f}\n"


def lay(home: Path, feed: str, day: date, rows: Rows, *, part: str = "") -> Path:
    """Lay a file of `feed` (and its control file, where one is required) into the inbox and return its path."""
    path = home / "inbox" / SOURCE / f"{STEMS[feed]}-{compact(day)}{part}.txt"
    path.write_text(file_text(feed, rows), encoding="utf-8")
    if feed == "ACCT":
        path.with_suffix(".ctl").write_text(control_text(rows), encoding="utf-8")
    return path


def deliver(home: Path, day: date, since: date | None = None, *, bank: MiniBank | None = None, leave_out: Iterable[str] = ()) -> None:
    """Lay everything the bank delivers for `day` into the inbox."""
    for feed in HEADERS:
        if feed not in leave_out:
            lay(home, feed, day, (bank or MiniBank()).rows(feed, day, since))


def make_home(
    path: Path, *, sources: tuple[str, ...] = (SOURCE,), extra: str = "", contract: str = CONTRACT, mappings: dict[str, str] | None = None
) -> Path:
    """Make a home of the mini bank; `extra` is added to its bank.toml, `mappings` replace those of the same table."""
    create_home(path, legal_entity_code="MINI01", name_zh="小行", name_en="Mini bank", currency="CNY", sources=sources, is_demo=False)
    without_stops(path)
    with (path / "bank.toml").open("a", encoding="utf-8") as file:
        file.write(
            extra if "[batch]" in extra else f"{extra}\n[batch]\nthreads = 1\nmodels = false\n"
        )  # eight accounts are no work for two
    if SOURCE in sources:
        folder = path / "sources" / SOURCE
        folder.mkdir()
        (folder / "contract.toml").write_text(contract, encoding="utf-8")
        for table, query in (MAPPINGS | (mappings or {})).items():
            (folder / f"{table}.sql").write_text(query, encoding="utf-8")
    return path

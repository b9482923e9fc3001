"""A home with a bank of eight accounts: its own source, files of any day, the command line and what readers see.

The source `mini` is described as a bank's engineer would (contract and mappings); `MiniBank` knows what is true.
Homes of tests lie in memory where the machine has room: hundreds of small durable files are slow on a disk, and a
kill loses nothing that was written to a file system that stays up.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import maisui
from maisui.cli.main import main
from maisui.intake import receipts
from maisui.pipeline import batch, plan
from maisui.pipeline.batch import BatchResult, run_batch
from maisui.pipeline.plan import Plan
from maisui.sources.contract import Source
from maisui.tables import ALL
from maisui.warehouse.home import create_home, open_home
from maisui.warehouse.reader import open_reader
from maisui.warehouse.version import current_version

SOURCE = "mini"
PROVENANCE = ("source_file_id", "source_line")
ROOMY_BYTES = 2 << 30

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


def without_stops(path: Path) -> None:
    """Have a home say nothing about its controls, so that those with a setting only warn."""
    file = path / "bank.toml"
    said, _, _ = file.read_text(encoding="utf-8").partition("\n# A difference to the ledger")
    file.write_text(said, encoding="utf-8")


def copy_home(source: Path, target: Path) -> Path:
    """Copy a home with its times: an untouched file is recognised by size and times, so a copy is hashed again."""
    shutil.copytree(source, target, symlinks=True)
    return target


_moments = iter(datetime(2027, 1, 1, tzinfo=UTC) + timedelta(seconds=second) for second in range(1_000_000))


def run(home: Path, day: date, *, from_the_start: bool = False) -> BatchResult:
    """Run one batch in this process, each at its own second."""
    return run_batch(open_home(home), reporting_date=day, now=next(_moments), workers=1, from_the_start=from_the_start)


_PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from maisui.cli.main import main
sys.exit(main())
"""
COMMAND = ("-c", _PROGRAM)
"""The command line; it hears Ctrl-C even where the tests themselves were started in the background, which is passed on as ignoring it."""


def arguments(home: Path, *words: str) -> list[str]:
    """Return the whole command line of a verb of `maisui` on `home`."""
    return [sys.executable, *COMMAND, *words, "--home", str(home)]


def environment() -> dict[str, str]:
    """Return the environment of a subprocess that finds the same `maisui` as this process."""
    return os.environ | {"PYTHONPATH": str(Path(maisui.__file__).parents[1]), "COLUMNS": "200"}


def command(home: Path, *words: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    """Run a verb of the real command line to its end."""
    return subprocess.run(arguments(home, *words), env=environment(), capture_output=True, text=True, timeout=timeout, check=False)


@dataclass(frozen=True)
class Told:
    """What the command line said: exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return standard output read as JSON."""
        return json.loads(self.out)


SERVE_ONE_HOME = frozenset({"init", "demo", "users", "audit", "serve", "worker", "doctor", "backup", "restore"})
"""Verbs that load the web's settings, of which a process has one set for one home: each gets a process of its own."""


def tell(*words: str) -> Told:
    """Run the command line's own entry point, in this process where the verb allows it."""
    if words and words[0] in SERVE_ONE_HOME and "--help" not in words:
        ended = subprocess.run(
            [sys.executable, *COMMAND, *words], env=environment(), capture_output=True, text=True, timeout=600, check=False
        )
        return Told(ended.returncode, ended.stdout, ended.stderr)
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    code: object = 0
    sys.argv = ["maisui", *words]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.argv = before
    return Told(code if isinstance(code, int) else 0 if code is None else 1, out.getvalue(), err.getvalue())


def begin(home: Path, day: date) -> subprocess.Popen[str]:
    """Start `maisui run` as a process group of its own."""
    return subprocess.Popen(
        arguments(home, "run", "--date", day.isoformat()),
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def is_three_lines(text: str) -> bool:
    """Tell whether standard error is one anticipated error: what, where, next, and no traceback."""
    lines = text.strip().splitlines()
    return (
        "Traceback" not in text
        and lines[0].startswith("error: ")
        and any(s.startswith("where: ") for s in lines)
        and lines[-1].startswith("next: ")
    )


def contents(home: Path, *, version: str | None = None, without: Sequence[str] = ()) -> dict[str, tuple[int, str]]:
    """Return rows and a hash of every table that readers of `version` (the current one) see, columns `without` left out."""
    place = open_home(home)
    found: dict[str, tuple[int, str]] = {}
    with open_reader(place.versions, place.parts, version=version) as reader:
        for table in ALL:
            if table.published:
                columns = ", ".join(name for name in table.column_names if name not in without)
                rows = reader.rows(f"SELECT {columns} FROM {table.name} ORDER BY ALL")
                found[table.name] = (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
    return found


def figures(home: Path) -> dict[str, tuple[int, str]]:
    """Return what readers see but for the names of files and lines: equal when the bank's figures are."""
    found = contents(home, without=PROVENANCE)
    found.pop("delivery")
    found.pop("identity_file")  # one row a file
    return found


def receipts_of(home: Path) -> list[tuple[str, str, str, int]]:
    """Return id, file, kind and lines of everything registered; the lines of each must add up."""
    found = receipts(raw=open_home(home).raw)
    assert all(r.line_count == r.loaded + r.quarantined + r.duplicate for r in found)
    return sorted((r.file_id, r.file_name, r.kind.value, r.line_count) for r in found)


def current(home: Path) -> str | None:
    """Return the name of the version that readers see."""
    return current_version(open_home(home).versions)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards, in memory where the machine has room."""
    memory = Path("/dev/shm")  # noqa: S108 - a test's own folder, made under a fresh name
    is_roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOMY_BYTES
    with tempfile.TemporaryDirectory(prefix="maisui-test-", dir=memory if is_roomy else None, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def plans_made_once() -> Iterator[None]:
    """Let batches of this process check and trace the SQL of the same sources and steps once: it takes longer than a small batch."""
    made: dict[tuple[str, int], Plan] = {}
    traced: dict[str, dict[str, dict[str, list[str]]]] = {}
    make, trace = batch.make_plan, batch.column_lineage

    def plan_of(sources: tuple[Source, ...]) -> Plan:
        key = (repr(sources), id(plan.OWN_STEPS))
        if key not in made:
            made[key] = make(sources)
        return made[key]

    def lineage_of(plan: Plan) -> dict[str, dict[str, list[str]]]:
        if plan.source_hash not in traced:
            traced[plan.source_hash] = trace(plan)
        return traced[plan.source_hash]

    batch.make_plan, batch.column_lineage = plan_of, lineage_of
    try:
        yield
    finally:
        batch.make_plan, batch.column_lineage = make, trace

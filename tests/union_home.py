"""A union of two mini banks whose customers use each other's machines: every position and every attempt is known by hand.

Ledger positions (subject 3102, debit positive) and channel logs are given per bank; everything else is the mini bank's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from example_home import run, without_stops
from mini_bank import CONTRACT, MAPPINGS, SOURCE, MiniBank, compact, deliver, yuan

from maisui.pipeline.union_batch import UnionResult, run_union
from maisui.warehouse.home import create_home, open_home

FIRST, SECOND, UNION = "EAST01", "WEST01", "UNION9"
BANK_CODE = {FIRST: "402111000001", SECOND: "402222000001"}
NAMES = {FIRST: ("东县农商行", "East County Bank"), SECOND: ("西县农信社", "West County Credit Union")}
KINDS = {FIRST: "rural_commercial_bank", SECOND: "credit_union"}
LAST_DAY = date(2026, 3, 31)
CLEARING = "3102"
_LOG = """
[[feed]]
code = "LOG"
title_en = "Channel log"
file = "log-{date}{part}.txt"
content = "increment"
key = ["number"]
columns = '''
name     | kind   | need | title
number   | code   | key  | number
tried    | date   | must | day
org      | code   |      | outlet
card     | code   |      | bank of the card
acquirer | code   |      | bank of the machine
amount   | amount | must | amount
'''
"""


@dataclass(frozen=True)
class Attempt:
    """One successful withdrawal: on which day, whose card (bank), at whose machine (bank), how many cents."""

    day: date
    card: str
    machine: str
    cents: int


@dataclass(frozen=True)
class CountyBank(MiniBank):
    """A mini bank with a position against the other counties (cents, debit positive) and what its channel log holds."""

    clearing: int = 0
    log: Sequence[Attempt] = field(default_factory=tuple)

    def rows(self, feed: str, day: date, since: date | None = None) -> list[list[str]]:
        """Return what `feed` delivers; the clearing position is balanced by cash of the first outlet."""
        found = super().rows(feed, day, since)
        if feed == "SUBJ":
            found.append([CLEARING, "County clearing", "debit", "other"])
        if feed == "GL" and self.clearing:
            owed, owing = max(self.clearing, 0), max(-self.clearing, 0)
            found.append(["B1", CLEARING, "CNY", yuan(owed), yuan(owing)])
            cash = next(row for row in found if row[:2] == ["B1", "1001"])
            cash[3] = f"{Decimal(cash[3]) - Decimal(self.clearing) / 100:.2f}"
        return found


EAST_AT_WEST = (Attempt(date(2026, 2, 3), FIRST, SECOND, 10_000), Attempt(date(2026, 3, 5), FIRST, SECOND, 25_000))
WEST_AT_EAST = (Attempt(date(2026, 3, 9), SECOND, FIRST, 4_000),)


def make_county(path: Path, code: str, bank: CountyBank, *, day: date = LAST_DAY, mappings: dict[str, str] | None = None) -> Path:
    """Make and publish the home of one county; `mappings` replace those of the same table."""
    zh, en = NAMES[code]
    create_home(path, legal_entity_code=code, name_zh=zh, name_en=en, currency="CNY", sources=(SOURCE,), is_demo=False)
    without_stops(path)
    folder = path / "sources" / SOURCE
    folder.mkdir()
    (folder / "contract.toml").write_text(CONTRACT + _LOG, encoding="utf-8")
    organisations = MAPPINGS["organisation_snapshot"].replace(
        "true AS is_open", f"true AS is_open, CASE code WHEN 'B0' THEN '{BANK_CODE[code]}' END AS bank_code"
    )
    attempts = """
SELECT
  number AS attempt_number, tried AS attempted_on, 'atm' AS channel_code, 'withdrawal' AS transaction_type, org AS organisation_code,
  card AS card_bank_code, acquirer AS acquirer_bank_code, true AS is_successful, amount AS attempt_amount, source_file_id, source_line
FROM mini_log
"""
    for table, query in (MAPPINGS | {"organisation_snapshot": organisations, "channel_attempt": attempts} | (mappings or {})).items():
        (folder / f"{table}.sql").write_text(query, encoding="utf-8")
    deliver(path, day, bank=bank)
    lines = [
        f"N{number:03d}|{compact(one.day)}|{'B1' if one.machine == code else ''}|{BANK_CODE[one.card]}|{BANK_CODE[one.machine]}|{yuan(one.cents)}"
        for number, one in enumerate(bank.log)
        if one.day <= day
    ]
    if lines:
        text = "\n".join(["number|tried|org|card|acquirer|amount", *lines]) + "\n"
        (path / "inbox" / SOURCE / f"log-{compact(day)}.txt").write_text(text, encoding="utf-8")
    run(path, day)
    return path


def make_union(path: Path, homes: dict[str, Path], *, extra: str = "") -> Path:
    """Make the home of a union of `homes`, which takes out the clearing positions of its members."""
    path.mkdir(parents=True)
    text = f'[union]\ncode = "{UNION}"\nname_zh = "省联社"\nname_en = "The union"\n'
    for code, home in homes.items():
        zh, en = NAMES[code]
        text += f'\n[[member]]\ncode = "{code}"\nname_zh = "{zh}"\nname_en = "{en}"\nkind = "{KINDS[code]}"\nhome = "{home}"\n'
    text += f'\n[[parameter]]\ncode = "union_elimination.clearing"\nvalid_from = 2026-01-01\ntext = "{CLEARING}"\n'
    (path / "bank.toml").write_text(text + extra, encoding="utf-8")
    return path


def roll_up(home: Path, day: date = LAST_DAY, *, second: int = 0) -> UnionResult:
    """Run one batch of the union in this process, at its own second."""
    return run_union(open_home(home), reporting_date=day, now=datetime(2027, 1, 1, 0, 0, second, tzinfo=UTC))

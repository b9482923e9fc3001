"""What the simulator knows and the product must find out: its own books, hidden risks and planted flaws."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from maisui.example_bank.bank import Bank
from maisui.example_bank.codes import CHANNEL_WORDS
from maisui.example_bank.day_rows import Movements
from maisui.example_bank.days import NO_DAY, as_date, compact, is_month_end, month_start
from maisui.example_bank.deposit_book import CLOSED, CORPORATE
from maisui.example_bank.duplicates import duplicate_table
from maisui.example_bank.loan_book import OPEN
from maisui.example_bank.near_duplicates import near_duplicate_table
from maisui.example_bank.population import Segment
from maisui.example_bank.text_columns import ArrowTable, word_text
from maisui.example_bank.truth_hidden import HiddenTruth, dates

_BALANCES = pa.schema([("day", pa.date32()), ("account_number", pa.string()), ("kind", pa.string()),
                       ("organisation_code", pa.string()), ("customer_number", pa.string()), ("cents", pa.int64())])  # fmt: skip


class TruthWriter:
    """Collects the truth while the bank lives; `finish` writes what is left."""

    def __init__(self, folder: Path, bank: Bank) -> None:
        """Open the file of balances; the other files are written at the end."""
        self._folder = folder
        self._bank = bank
        self._balances = pq.ParquetWriter(folder / "account_month_end.parquet", _BALANCES)
        self._channels: dict[tuple[int, int, bool], list[int]] = {}
        self._totals: list[dict[str, object]] = []
        self._hidden = HiddenTruth(bank)

    def note(self, day: int, days: list[Movements]) -> None:
        """Take down a delivery: channel counts and totals always, balances at the ends of months."""
        for movements in days:
            if len(movements):
                self._note_channels(movements)
        self._hidden.note(day, days)
        self._note_totals(day)
        if is_month_end(day):
            self._note_balances(day)

    def _note_channels(self, movements: Movements) -> None:
        month = month_start(int(movements.day[0]))
        corporate = CORPORATE[self._bank.deposits.product[movements.account]]
        key = (np.int64(month * 64) + movements.channel) * 2 + corporate
        keys, where = np.unique(key, return_inverse=True)
        cents = np.zeros(len(keys), np.int64)
        np.add.at(cents, where, np.abs(movements.amount))
        counts = np.bincount(where, minlength=len(keys))
        for one, count, total in zip(keys.tolist(), counts.tolist(), cents.tolist(), strict=True):
            entry = self._channels.setdefault((one // 128, one // 2 % 64, bool(one % 2)), [0, 0])
            entry[0] += count
            entry[1] += total

    def _note_totals(self, day: int) -> None:
        deposits, loans = self._bank.deposits, self._bank.loans
        used, lent = slice(0, deposits.count), slice(0, loans.count)
        corporate = CORPORATE[deposits.product[used]]
        demand = deposits.matures[used] == NO_DAY
        balance = deposits.balance[used]
        classes = loans.classes(lent, day)
        persons, organs = self._bank.population.joined_by(day)
        self._totals.append({
            "day": as_date(day).isoformat(), "persons": persons, "organisations": organs,
            "deposit_cents": int(balance.sum()), "personal_cents": int(balance[~corporate].sum()),
            "demand_cents": int(balance[demand].sum()), "open_deposit_accounts": int((deposits.status[used] != CLOSED).sum()),
            "loan_cents": int(loans.balance[lent].sum()), "open_loans": int((loans.status[lent] == OPEN).sum()),
            "bad_loan_cents": int(loans.balance[lent][classes >= 2].sum()),
        })  # fmt: skip

    def _note_balances(self, day: int) -> None:
        deposits, loans, people = self._bank.deposits, self._bank.loans, self._bank.population
        codes = self._bank.organisations.codes
        account = np.flatnonzero(deposits.status[: deposits.count] != CLOSED)
        loan = np.flatnonzero(loans.status[: loans.count] == OPEN)
        for kind, number, book, rows in (
            ("deposit", self._bank.county.account_numbers(account, CORPORATE[deposits.product[account]]), deposits, account),
            ("loan", self._bank.county.loan_account_numbers(loan), loans, loan),
        ):
            columns = [
                pa.repeat(pa.scalar(as_date(day)), len(rows)),
                number,
                pa.repeat(kind, len(rows)),
                word_text(codes, book.org[rows]),
                people.numbers.take(pa.array(book.customer[rows])),
                pa.array(book.balance[rows]),
            ]
            self._balances.write_table(pa.table(columns, schema=_BALANCES))

    def note_circles(self, circles: list[list[int]]) -> None:
        """Write the planted groups in which guarantees run round on the last day."""
        numbers = self._bank.population.numbers
        members = [(place, who) for place, circle in enumerate(circles) for who in circle]
        customers = numbers.take(pa.array([who for _, who in members], pa.int64()))
        table = pa.table({"circle": pa.array([place for place, _ in members], pa.int64()), "customer_number": customers})
        pq.write_table(table, self._folder / "guarantee_circles.parquet")

    def finish(self, summary: dict[str, object]) -> None:
        """Write channels, totals, customers, loans and the summary."""
        self._balances.close()
        ordered = sorted(self._channels.items())
        channels = {
            "month": [compact(key[0])[:6] for key, _ in ordered],
            "channel": [CHANNEL_WORDS[key[1]] for key, _ in ordered],
            "is_corporate": [key[2] for key, _ in ordered],
            "rows": [entry[0] for _, entry in ordered],
            "cents": [entry[1] for _, entry in ordered],
        }
        pq.write_table(pa.table(channels), self._folder / "channel_month.parquet")
        pq.write_table(pa.Table.from_pylist(self._totals), self._folder / "delivery_totals.parquet")
        pq.write_table(self._customers(), self._folder / "customers.parquet")
        pq.write_table(self._loans(), self._folder / "loans.parquet")
        pq.write_table(duplicate_table(self._bank.population), self._folder / "duplicate_customers.parquet")
        pq.write_table(near_duplicate_table(self._bank.population), self._folder / "near_duplicate_customers.parquet")
        self._hidden.write(self._folder)
        summary |= {"outlet_closing": self._closing(), "two_numbers": self._two_numbers(), "handed_over": self._handed_over()}
        text = json.dumps(summary, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        (self._folder / "summary.json").write_text(text, encoding="utf-8")

    def _closing(self) -> dict[str, object]:
        closing, codes = self._bank.closing, self._bank.organisations.codes
        return {"day": as_date(closing.day).isoformat(), "outlet": codes[closing.outlet], "successor": codes[closing.successor]}

    def _two_numbers(self) -> dict[str, str]:
        """Second employee numbers by first."""
        staff = self._bank.staff
        return {one: other for one, other in zip(staff.numbers, staff.credit_numbers, strict=True) if one != other}

    def _handed_over(self) -> dict[str, object]:
        staff = self._bank.staff
        day = as_date(staff.leaving_day).isoformat()
        return {"day": day, "from": staff.numbers[staff.leaver], "to": staff.numbers[staff.heir]}

    def _customers(self) -> ArrowTable:
        people = self._bank.population
        return pa.table({
            "customer_number": people.numbers,
            "segment": word_text([segment.name.lower() for segment in Segment], people.segment),
            "organisation_code": word_text(self._bank.organisations.codes, people.org),
            "joined_on": dates(people.joined), "left_on": dates(people.left),
            "wealth_cents": people.wealth, "monthly_income_cents": people.income, "hidden_risk": people.risk,
            "employer": pa.array(people.employer).cast(pa.int32()),
        })  # fmt: skip

    def _loans(self) -> ArrowTable:
        book = self._bank.loans
        loans = np.arange(book.count)
        owner = book.customer[loans]
        return pa.table({
            "loan_account_number": self._bank.county.loan_account_numbers(loans),
            "customer_number": self._bank.population.numbers.take(pa.array(owner)),
            "hidden_risk": self._bank.population.risk[owner],
            "started_on": dates(book.started[loans]), "failed_on": dates(book.failed[loans]),
            "closed_on": dates(book.closed[loans]), "amount_cents": book.amount[loans],
        })  # fmt: skip

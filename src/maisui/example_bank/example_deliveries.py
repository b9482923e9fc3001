"""The public entry: simulate the example bank and write its deliveries and the truth about it."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from maisui.example_bank.bank import Bank
from maisui.example_bank.days import as_date
from maisui.example_bank.delivery_files import DeliveryFolder
from maisui.example_bank.extract_customers import CustomerExtract
from maisui.example_bank.extract_deposits import Counterparties, DepositExtract
from maisui.example_bank.extract_ledger import LedgerExtract
from maisui.example_bank.extract_loans import LoanExtract
from maisui.example_bank.extract_organisation import (
    as_lines,
    employee_rows,
    organisation_rows,
    relation_rows,
    teller_rows,
)
from maisui.example_bank.flaws import FlawPlanter
from maisui.example_bank.organisations import LICENCE
from maisui.example_bank.scale import SCALES, calendar_of
from maisui.example_bank.simulation import Delivery, found_bank, live
from maisui.example_bank.truth import TruthWriter

ENCODINGS = ("utf-8", "gb18030")
TABLES = (
    "JGXXB", "YGB", "GYB", "JGGXB", "GRJCXXB", "DGKHXXB", "ZZKJQKMB", "NBKMDZB", "GRCKFHZ", "GRCKFHZMX", "DGCKFHZ",
    "DGCKFHZMX", "GRXDFHZ", "GRXDFHZMX", "DGXDFHZ", "DGXDFHZMX", "XDHTB", "GRXDYWJJB", "DGXDYWJJB",
)  # fmt: skip
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class SimulationReport:
    """What was written: delivery dates, files, bytes and rows by table (physical lines)."""

    licence: str
    first_day: date
    deliveries: tuple[date, ...]
    files: int
    bytes: int
    rows: dict[str, int]
    flaws: int

    @property
    def total_rows(self) -> int:
        """Lines of all delivered files together."""
        return sum(self.rows.values())


def simulate(
    *,
    scale: str,
    seed: int,
    months: int | None,
    out: Path,
    encoding: str = "utf-8",
    flaws_per_million: int = 0,
    progress: Progress | None = None,
) -> SimulationReport:
    """Write `out`/inbox/east5 and `out`/truth for one example bank; same arguments give the same bytes.

    `months` counts back from October 2026 (None = as many as the scale has); `progress` is called with a stage name,
    the deliveries done and all deliveries. Raises ValueError for an unknown scale or encoding or a bad number.
    """
    if scale not in SCALES:
        raise ValueError(f"unknown scale {scale!r}; known: {', '.join(SCALES)}")
    if encoding not in ENCODINGS:
        raise ValueError(f"unknown encoding {encoding!r}; known: {', '.join(ENCODINGS)}")
    if not 0 <= flaws_per_million <= 1_000_000:
        raise ValueError("flaws_per_million must lie between 0 and 1000000")
    size = SCALES[scale]
    calendar = calendar_of(size, size.months if months is None else months)
    inbox, truth_folder = out / "inbox" / "east5", out / "truth"
    inbox.mkdir(parents=True, exist_ok=True)
    truth_folder.mkdir(parents=True, exist_ok=True)
    bank = found_bank(size, calendar, seed)
    planter = FlawPlanter(seed, flaws_per_million)
    folder = DeliveryFolder(inbox, encoding, planter if flaws_per_million else None)
    truth = TruthWriter(truth_folder, bank)
    desk = _ExtractDesk(bank)
    for number, delivery in enumerate(live(bank), start=1):
        desk.hand_over(folder, delivery, calendar.is_daily(delivery.day))
        truth.note(delivery.day, delivery.deposit_movements)
        if progress is not None:
            progress("simulate", number, len(calendar.deliveries))
    pq.write_table(planter.table(), truth_folder / "flaws.parquet")
    truth.finish({"scale": scale, "seed": seed, "licence": LICENCE, "rows": folder.rows, "files": folder.files})
    return SimulationReport(
        licence=LICENCE,
        first_day=as_date(calendar.first_day),
        deliveries=tuple(as_date(day) for day in calendar.deliveries),
        files=folder.files,
        bytes=folder.bytes,
        rows=dict(folder.rows),
        flaws=len(planter.register),
    )


class _ExtractDesk:
    """Writes all tables of a delivery."""

    def __init__(self, bank: Bank) -> None:
        """Prepare the tables of one bank."""
        self._bank = bank
        counterparties = Counterparties(bank)
        self._customers = CustomerExtract(bank)
        self._deposits = DepositExtract(bank, counterparties)
        self._loans = LoanExtract(bank, counterparties)
        self._ledger = LedgerExtract(bank)

    def hand_over(self, folder: DeliveryFolder, delivery: Delivery, daily: bool) -> None:
        """Write the 19 files of one delivery day."""
        bank, day, previous = self._bank, delivery.day, delivery.previous
        small = {
            "JGXXB": organisation_rows(bank, day),
            "YGB": employee_rows(bank, day),
            "GYB": teller_rows(bank, day),
            "JGGXB": relation_rows(bank, day),
            "NBKMDZB": self._ledger.subject_rows(day),
        }
        for table, rows in small.items():
            folder.write(table, day, [pa.array(as_lines(table, rows))])
        folder.write("ZZKJQKMB", day, [self._ledger.lines(delivery.ledger, day, daily)])
        large = (
            self._customers.lines(day),
            self._deposits.lines(delivery.deposit_movements, day, previous),
            self._loans.lines(delivery.loan_movements, day, previous),
        )
        for tables in large:
            for table, batches in tables:
                folder.write(table, day, batches)

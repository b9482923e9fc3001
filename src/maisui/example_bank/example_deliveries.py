"""The public entry: simulate the example bank and write its deliveries and the truth about it."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from maisui.example_bank.agency_business import Trades
from maisui.example_bank.bank import Bank
from maisui.example_bank.days import as_date, is_month_end
from maisui.example_bank.delivery_files import DeliveryFolder
from maisui.example_bank.extract_agency import AgencyExtract
from maisui.example_bank.extract_bills import BillExtract
from maisui.example_bank.extract_cards import CardExtract
from maisui.example_bank.extract_credit import CreditExtract
from maisui.example_bank.extract_customers import CustomerExtract
from maisui.example_bank.extract_deposits import Counterparties, DepositExtract
from maisui.example_bank.extract_guarantees import GuaranteeExtract
from maisui.example_bank.extract_internal_accounts import InternalExtract
from maisui.example_bank.extract_ledger import LedgerExtract
from maisui.example_bank.extract_loans import LoanExtract
from maisui.example_bank.extract_organisation import (
    as_lines,
    employee_rows,
    organisation_rows,
    post_rows,
    relation_rows,
    teller_rows,
)
from maisui.example_bank.extract_relations import RelationExtract
from maisui.example_bank.flaws import FlawPlanter
from maisui.example_bank.guarantee_book import GuaranteeBook
from maisui.example_bank.ledger_breaks import LedgerBreaks
from maisui.example_bank.organisations import LICENCE
from maisui.example_bank.scale import SCALES, calendar_of
from maisui.example_bank.simulation import Delivery, found_bank, live
from maisui.example_bank.supplement_deliveries import SupplementDesk
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.truth import TruthWriter

ENCODINGS = ("utf-8", "gb18030")
TABLES = (
    "JGXXB", "YGB", "GYB", "GWXXB", "JGGXB", "GRJCXXB", "DGKHXXB", "ZZKJQKMB", "NBKMDZB", "GRCKFHZ", "GRCKFHZMX", "DGCKFHZ",
    "DGCKFHZMX", "GRXDFHZ", "GRXDFHZMX", "DGXDFHZ", "DGXDFHZMX", "XDHTB", "GRXDYWJJB", "DGXDYWJJB", "DKWJXTBDB",
    "NBFHZ", "NBFHZMX", "HLXXB", "XYKJYMXB", "XYKSXQKB", "XYKFQYWB", "DLDXJYXXB", "LCCPXSMX", "PJTXB", "DKDJB",
)  # fmt: skip
"""EAST tables that every delivery holds."""

MONTHLY_TABLES = (
    "GDJGLFXXB", "GRKHGXB", "DGKHCWXXB", "JTKHB", "GLGXB", "BNWYWDBHTB", "BNWYWDBR", "BNWYWDZYW", "SXXXB", "ZCHXB",
    "JJKXXB", "CZXXB", "SDSHXXB", "XYKXXB", "KHLCCPCY",
    "XDZCZRB", "ZCZRGXB", "LCCPXX",
)  # fmt: skip
"""EAST tables that change rarely and are delivered at the ends of months only."""

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
    deformed: bool = False,
    ledger_breaks: int = 0,
    progress: Progress | None = None,
) -> SimulationReport:
    """Write `out`/inbox/east5, `out`/inbox/supplement and `out`/truth for one example bank; same arguments give the same bytes.

    `months` counts back from October 2026 (None = as many as the scale has); `progress` is called with a stage name,
    the deliveries done and all deliveries. With `deformed` names and certificates of persons are unreadable in EAST and
    genuine in customer_identity only; `ledger_breaks` days of the ledger are delivered wrong.
    Raises ValueError for an unknown scale or encoding or a bad number.
    """
    if scale not in SCALES:
        raise ValueError(f"unknown scale {scale!r}; known: {', '.join(SCALES)}")
    if encoding not in ENCODINGS:
        raise ValueError(f"unknown encoding {encoding!r}; known: {', '.join(ENCODINGS)}")
    if not 0 <= flaws_per_million <= 1_000_000:
        raise ValueError("flaws_per_million must lie between 0 and 1000000")
    if ledger_breaks < 0:
        raise ValueError("ledger_breaks must not be below 0")
    size = SCALES[scale]
    calendar = calendar_of(size, size.months if months is None else months)
    inbox, truth_folder = out / "inbox" / "east5", out / "truth"
    inbox.mkdir(parents=True, exist_ok=True)
    truth_folder.mkdir(parents=True, exist_ok=True)
    bank = found_bank(size, calendar, seed, deformed=deformed)
    planter = FlawPlanter(seed, flaws_per_million)
    folder = DeliveryFolder(inbox, encoding, planter if flaws_per_million else None)
    truth = TruthWriter(truth_folder, bank)
    guarantees = GuaranteeBook(bank)
    breaks = LedgerBreaks(seed=seed, count=ledger_breaks, calendar=calendar, organisations=bank.organisations)
    desk, supplement_desk = _ExtractDesk(bank, guarantees, breaks), SupplementDesk(bank)
    supplement = SupplementFolder(out / "inbox" / "supplement", planter if flaws_per_million else None)
    for number, delivery in enumerate(live(bank), start=1):
        trades, cards = bank.agency.take(), list(bank.cards.rows)
        desk.hand_over(folder, delivery, trades, calendar.is_daily(delivery.day))
        supplement_desk.hand_over(supplement, delivery, trades, cards)
        truth.note(delivery.day, delivery.deposit_movements)
        if progress is not None:
            progress("simulate", number, len(calendar.deliveries))
    pq.write_table(planter.table(), truth_folder / "flaws.parquet")
    pq.write_table(breaks.table(), truth_folder / "ledger_breaks.parquet")
    truth.note_circles(guarantees.circles())
    truth.finish({"scale": scale, "seed": seed, "licence": LICENCE, "rows": folder.rows, "files": folder.files})
    return SimulationReport(
        licence=LICENCE,
        first_day=as_date(calendar.first_day),
        deliveries=tuple(as_date(day) for day in calendar.deliveries),
        files=folder.files + supplement.files,
        bytes=folder.bytes + supplement.bytes,
        rows={**folder.rows, **supplement.rows},
        flaws=len(planter.register),
    )


class _ExtractDesk:
    """Writes all tables of a delivery."""

    def __init__(self, bank: Bank, guarantees: GuaranteeBook, breaks: LedgerBreaks) -> None:
        """Prepare the tables of one bank."""
        self._bank = bank
        self._breaks = breaks
        self._internal = InternalExtract(bank)
        self._cards = CardExtract(bank)
        self._agency = AgencyExtract(bank)
        self._bills = BillExtract(bank)
        counterparties = Counterparties(bank)
        self._customers = CustomerExtract(bank)
        self._deposits = DepositExtract(bank, counterparties)
        self._loans = LoanExtract(bank, counterparties)
        self._ledger = LedgerExtract(bank)
        self._guarantees = GuaranteeExtract(bank, guarantees)
        self._credit = CreditExtract(bank)
        self._relations = RelationExtract(bank)

    def hand_over(self, folder: DeliveryFolder, delivery: Delivery, trades: list[Trades], daily: bool) -> None:
        """Write the files of one delivery day, at the end of a month those of the rarely changing tables too."""
        bank, day, previous = self._bank, delivery.day, delivery.previous
        small = {
            "JGXXB": organisation_rows(bank, day, previous),
            "YGB": employee_rows(bank, day, previous),
            "GYB": teller_rows(bank, day, previous),
            "GWXXB": post_rows(bank, day),
            "JGGXB": relation_rows(bank, day, previous),
            "NBKMDZB": self._ledger.subject_rows(day),
        }
        for table, rows in small.items():
            folder.write(table, day, [pa.array(as_lines(table, rows))])
        folder.write("ZZKJQKMB", day, [self._ledger.lines(self._breaks.broken(delivery.ledger, day), day, daily)])
        large = [
            self._customers.lines(day),
            self._deposits.lines(delivery.deposit_movements, day, previous),
            self._loans.lines(delivery.loan_movements, day, previous),
            self._credit.class_changes(delivery.loan_movements, day),
        ]
        if is_month_end(day):
            large += [self._relations.lines(day), self._guarantees.lines(day), self._credit.month_end(day)]
        for tables in large:
            for table, batches in tables:
                folder.write(table, day, batches)
        self._hand_over_products(folder, delivery, trades)

    def _hand_over_products(self, folder: DeliveryFolder, delivery: Delivery, trades: list[Trades]) -> None:
        day = delivery.day
        for table, lines in self._internal.lines(delivery.ledger, day, delivery.previous):
            folder.write(table, day, [lines])
        bills = self._bills.lines(day, delivery.previous)
        for table, lines in (*self._cards.lines(day), *self._agency.lines(trades, day), *bills):
            folder.write(table, day, [lines])
        if is_month_end(day):
            for table, lines in (*self._cards.monthly_lines(day), *self._bills.monthly_lines(day)):
                folder.write(table, day, [lines])
            folder.write("KHLCCPCY", day, [self._agency.holdings(day)])

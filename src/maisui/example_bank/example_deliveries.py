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
from maisui.example_bank.county import COUNTIES
from maisui.example_bank.days import as_date, is_month_end
from maisui.example_bank.delivery_files import DeliveryFolder
from maisui.example_bank.downlink_files import DownlinkFolder
from maisui.example_bank.extract_agency import AgencyExtract
from maisui.example_bank.extract_bills import BillExtract
from maisui.example_bank.extract_cards import CardExtract
from maisui.example_bank.extract_credit import CreditExtract
from maisui.example_bank.extract_customers import CustomerExtract
from maisui.example_bank.extract_deposits import Counterparties, DepositExtract
from maisui.example_bank.extract_downlink import DownlinkExtract
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
    downlink: bool = False,
    counties: int = 1,
    progress: Progress | None = None,
) -> SimulationReport:
    """Write `out`/inbox/east5, `out`/inbox/supplement and `out`/truth for one example bank; same arguments give the same bytes.

    `months` counts back from October 2026 (None = as many as the scale has); `progress` is called with a stage name,
    the deliveries done and all deliveries. With `deformed` names and certificates of persons are unreadable in EAST and
    genuine in customer_identity only; `ledger_breaks` days of the ledger are delivered wrong. With `downlink` identities and
    daily balances come as tables of the province in `out`/inbox/downlink instead of supplement files. With more than one
    of the `counties` of the union, the others are small, each in a folder `out`/counties/<licence> of its own that has the
    same form, and their customers use each other's machines; flaws and wrong ledgers are in the files of each, the report
    is that of the first. Raises ValueError for an unknown scale or encoding or a bad number.
    """
    if scale not in SCALES:
        raise ValueError(f"unknown scale {scale!r}; known: {', '.join(SCALES)}")
    if encoding not in ENCODINGS:
        raise ValueError(f"unknown encoding {encoding!r}; known: {', '.join(ENCODINGS)}")
    if not 0 <= flaws_per_million <= 1_000_000:
        raise ValueError("flaws_per_million must lie between 0 and 1000000")
    if ledger_breaks < 0:
        raise ValueError("ledger_breaks must not be below 0")
    if not 1 <= counties <= len(COUNTIES):
        raise ValueError(f"counties must lie between 1 and {len(COUNTIES)}")
    size, faults = SCALES[scale], _Faults(flaws_per_million, ledger_breaks)
    calendar = calendar_of(size, size.months if months is None else months)
    banks = [
        found_bank(county, county.scale(size), calendar, county.seed(seed), deformed=deformed, has_neighbours=counties > 1)
        for county in COUNTIES[:counties]
    ]
    desks = [
        _CountyDesk(bank, out / "counties" / bank.county.licence if number else out, encoding, faults, downlink=downlink)
        for number, bank in enumerate(banks)
    ]
    for number, deliveries in enumerate(live(banks, seed), start=1):
        for desk, delivery in zip(desks, deliveries, strict=True):
            desk.hand_over(delivery)
        if progress is not None:
            progress("simulate", number, len(calendar.deliveries))
    reports = [desk.finish({"scale": scale, "seed": seed}) for desk in desks]
    return reports[0]


@dataclass(frozen=True)
class _Faults:
    """What is put wrong on purpose in the files of each bank: malformed rows in a million, and days with a wrong ledger."""

    flaws_per_million: int
    ledger_breaks: int


class _CountyDesk:
    """Everything that one county's bank delivers, and the truth about it."""

    def __init__(self, bank: Bank, out: Path, encoding: str, faults: _Faults, *, downlink: bool) -> None:
        """Lay out the folders of a bank."""
        inbox, self._truth_folder = out / "inbox" / "east5", out / "truth"
        inbox.mkdir(parents=True, exist_ok=True)
        self._truth_folder.mkdir(parents=True, exist_ok=True)
        self._bank = bank
        self._planter = FlawPlanter(bank.seed, faults.flaws_per_million)
        planter = self._planter if faults.flaws_per_million else None
        self._breaks = LedgerBreaks(seed=bank.seed, count=faults.ledger_breaks, calendar=bank.calendar, organisations=bank.organisations)
        self._folder = DeliveryFolder(inbox, bank.county.licence, encoding, planter)
        self._supplement = SupplementFolder(out / "inbox" / "supplement", bank.county.licence, planter)
        self._truth = TruthWriter(self._truth_folder, bank)
        self._guarantees = GuaranteeBook(bank)
        self._extracts = _ExtractDesk(bank, self._guarantees, self._breaks)
        self._supplements = SupplementDesk(bank, has_downlink=downlink)
        self._downlink = DownlinkFolder(out / "inbox" / "downlink", bank.county) if downlink else None
        self._downlink_extract = DownlinkExtract(bank)

    def hand_over(self, delivery: Delivery) -> None:
        """Write what is due on a delivery day."""
        trades, cards = self._bank.agency.take(), list(self._bank.cards.rows)
        self._extracts.hand_over(self._folder, delivery, trades, self._bank.calendar.is_daily(delivery.day))
        self._supplements.hand_over(self._supplement, delivery, trades, cards)
        if self._downlink is not None:
            self._downlink_extract.write(self._downlink, delivery.day)
        self._truth.note(delivery.day, delivery.deposit_movements)

    def finish(self, summary: dict[str, object]) -> SimulationReport:
        """Write the truth; `summary` says how the bank was made."""
        folder, supplement, licence = self._folder, self._supplement, self._bank.county.licence
        calendar, parts = self._bank.calendar, [folder, supplement, *([self._downlink] if self._downlink else [])]
        pq.write_table(self._planter.table(), self._truth_folder / "flaws.parquet")
        pq.write_table(self._breaks.table(), self._truth_folder / "ledger_breaks.parquet")
        self._truth.note_circles(self._guarantees.circles())
        self._supplements.merchants.write_truth(self._truth_folder)
        reports = self._supplements.reports.planted
        self._truth.finish({**summary, "licence": licence, "rows": folder.rows, "files": folder.files, "reported_figures": reports})
        return SimulationReport(
            licence=licence,
            first_day=as_date(calendar.first_day),
            deliveries=tuple(as_date(day) for day in calendar.deliveries),
            files=sum(part.files for part in parts),
            bytes=sum(part.bytes for part in parts),
            rows={name: rows for part in parts for name, rows in part.rows.items()},
            flaws=len(self._planter.register),
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
            for table, batches in self._cards.monthly_lines(day):
                folder.write(table, day, batches)
            for table, lines in self._bills.monthly_lines(day):
                folder.write(table, day, [lines])
            folder.write("KHLCCPCY", day, [self._agency.holdings(day)])

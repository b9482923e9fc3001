"""Figures of reports that the bank already has, some of which differ from its books for planted reasons, as finance loads them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maisui.example_bank.bank import Bank
from maisui.example_bank.days import compact, is_month_end
from maisui.example_bank.deposit_book import CLOSED, CORPORATE, MARGIN, NOTICE
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.supplement_files import SupplementFolder

RETURN, MONTHLY, OUTLETS, DETAILED = (
    "1104 G01 资产负债项目统计表",
    "存款业务月报（旧系统）",
    "网点存款月报（旧系统）",
    "网点存款明细（旧 CRM）",
)
FLASH, DAILY, LENDING = "经营快报", "存款日报（核心系统）", "贷款统计表（信贷系统）"
DEPOSITS, LOANS, LENT_OF_DEPOSITS = "deposit_balance", "loan_balance", "loan_to_deposit_ratio"
_SLIP = 1_234_567


@dataclass(frozen=True)
class _Held:
    """Deposits at the end of a day in cents: of each organisation, and the guarantee, notice and corporate deposits among them."""

    day: int
    held: list[int]
    margin: list[int]
    notice: list[int]
    corporate: list[int]


class ReportedFigures:
    """Writes the reports with the last delivery; `planted` is what was put wrong in each, in cents of the bank less the report."""

    def __init__(self, bank: Bank) -> None:
        """Begin before the first delivery."""
        self._bank = bank
        self._before_closing: _Held | None = None
        self._before: _Held | None = None
        self._figures: list[tuple[object, ...]] = []
        self._detail: list[tuple[object, ...]] = []
        self.planted: list[dict[str, object]] = []

    def write(self, folder: SupplementFolder, day: int) -> None:
        """Note what later reports speak of, and write all of them on the last day."""
        bank = self._bank
        if is_month_end(day) and day < bank.closing.day:
            self._before_closing = self._deposits(day)
        if day == bank.calendar.deliveries[-1]:
            self._of_the_bank(day)
            self._of_outlets(day)
            self._with_detail(day)
            folder.write_rows("reported_figure", day, self._figures)
            folder.write_rows("reported_detail", day, self._detail)
        self._before = self._deposits(day)

    def _deposits(self, day: int) -> _Held:
        book, count = self._bank.deposits, self._bank.organisations.count
        used = slice(0, book.count)
        org, balance = book.org[used], book.balance[used]
        held, margin, notice, corporate = (np.zeros(count, np.int64) for _ in range(4))
        np.add.at(held, org, balance)
        np.add.at(margin, org, np.where(book.product[used] == MARGIN, balance, 0))
        np.add.at(notice, org, np.where(book.product[used] == NOTICE, balance, 0))
        np.add.at(corporate, org, np.where(CORPORATE[book.product[used]], balance, 0))
        return _Held(day, held.tolist(), margin.tolist(), notice.tolist(), corporate.tolist())

    def _report(
        self,
        report: str,
        organisation: int,
        day: int,
        metric: str,
        cents: int,
        planted: dict[str, int],
        *,
        unit: str = "元",
        note: str = "",
    ) -> None:
        """Write a figure of so many cents; in per cent, of so many hundredths of one."""
        code = self._bank.organisations.codes[organisation]
        if unit == "万元":
            hundredths = (cents + 5_000) // 10_000
            value = f"{hundredths // 100}.{hundredths % 100:02d}"
        else:
            value = f"{cents // 100}.{cents % 100:02d}"
        self._figures.append((report, code, compact(day), metric, "ALL", value, unit, note))
        self.planted.append({"report": report, "organisation": code, "day": compact(day), "metric": metric, "planted": planted})

    def _of_the_bank(self, day: int) -> None:
        now = self._deposits(day)
        held, margin = sum(now.held), sum(now.margin)
        self._report(RETURN, HEAD_OFFICE, day, DEPOSITS, held, {}, unit="万元", note="各项存款")
        self._report(MONTHLY, HEAD_OFFICE, day, DEPOSITS, held - margin, {"guarantee deposits left out": margin}, note="不含保证金存款")
        if self._before is not None:
            then, notice = sum(self._before.held), sum(self._before.notice)
            planted = {"of the day before": held - then, "notice deposits left out": notice}
            self._report(DAILY, HEAD_OFFICE, day, DEPOSITS, then - notice, planted, note="早间出表，不含通知存款")
        lent = int(self._bank.loans.balance[: self._bank.loans.count].sum())
        bills = self._discounted()
        self._report(LENDING, HEAD_OFFICE, day, LOANS, lent + bills, {"discounted bills counted in": -bills}, note="各项贷款含贴现")
        hundredths = ((lent + bills) * 20_000 + held) // (2 * held)
        planted = {"numerator with discounted bills": -bills}
        self._report(LENDING, HEAD_OFFICE, day, LENT_OF_DEPOSITS, hundredths, planted, unit="%", note="存贷比，贷款含贴现")

    def _discounted(self) -> int:
        """The face value of the bills that the bank holds, as the ledger has it."""
        return int(self._bank.ledger.of("130101").sum())

    def _of_outlets(self, day: int) -> None:
        """The successor's month end before the merger, made after it; one outlet in the wrong unit, another (if any) mistyped."""
        closing, then = self._bank.closing, self._before_closing
        if then is not None:
            taken, kept = then.held[closing.outlet], then.held[closing.successor]
            firms = then.corporate[closing.outlet] + then.corporate[closing.successor]
            planted = {"closed outlet counted in": -taken, "corporate deposits left out": firms}
            self._report(OUTLETS, closing.successor, then.day, DEPOSITS, kept + taken - firms, planted, note="撤并后重出，只含储蓄存款")
        now = self._deposits(day)
        others = [one for one in self._bank.organisations.outlets.tolist() if one not in (closing.outlet, closing.successor)]
        wrong_unit, mistyped = others[0], others[-1]
        shown = (now.held[wrong_unit] + 5_000) // 10_000
        self._report(FLASH, wrong_unit, day, DEPOSITS, shown, {"in ten thousands": now.held[wrong_unit] - shown}, note="单位应为万元")
        if mistyped != wrong_unit:  # a small county has one such outlet
            self._report(FLASH, mistyped, day, DEPOSITS, now.held[mistyped] - _SLIP, {"mistyped": _SLIP})

    def _with_detail(self, day: int) -> None:
        """The successor's deposits account by account: without those of the closed outlet, without firms, one balance wrong."""
        bank, book, closing = self._bank, self._bank.deposits, self._bank.closing
        used = slice(0, book.count)
        mine = (book.org[used] == closing.successor) & (book.status[used] != CLOSED) & (book.balance[used] != 0)
        taken = mine & (book.org_before[used] == closing.outlet)
        firms = mine & ~taken & CORPORATE[book.product[used]]
        listed = np.flatnonzero(mine & ~taken & ~firms)
        numbers = bank.county.account_numbers(listed, CORPORATE[book.product[listed]]).to_pylist()
        cents = book.balance[listed].tolist()
        wrong = int(np.argmax(cents))
        cents[wrong] += _SLIP
        code = bank.organisations.codes[closing.successor]
        for number, held in zip(numbers, cents, strict=True):
            self._detail.append((DETAILED, code, compact(day), DEPOSITS, number, f"{held // 100}.{held % 100:02d}"))
        planted = {
            "closed outlet left out": int(book.balance[used][taken].sum()),
            "corporate deposits left out": int(book.balance[used][firms].sum()),
            "one balance wrong": -_SLIP,
        }
        self._report(DETAILED, closing.successor, day, DEPOSITS, sum(cents), planted)

"""What departments of the example bank fill in beside the regulator's files: market totals, attendance, merge decisions."""

# ruff: noqa: PLR2004 (the odds, sizes and prices of an invented bank are its content)

from __future__ import annotations

import numpy as np

from maisui.example_bank.bank import Bank
from maisui.example_bank.chart_of_accounts import leaves
from maisui.example_bank.days import NO_DAY, as_date, compact, is_month_end, month_start
from maisui.example_bank.duplicates import SAME
from maisui.example_bank.ledger import LedgerPeriod
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.randomness import stream
from maisui.example_bank.supplement_files import SupplementFolder

OTHERS = (("邮储银行{}支行", 0.55), ("农业银行{}支行", 0.48), ("工商银行{}支行", 0.36), ("{}村镇银行", 0.08))
"""The other banks of the county, each with its size against the bank's own."""
MARKET = (
    ("存款", "个人存款", "201101", -1),
    ("存款", "单位存款", "201102", -1),
    ("贷款", "农户贷款", "130301", 1),
    ("贷款", "个人住房按揭贷款", "130302", 1),
    ("贷款", "其他个人贷款", "130303", 1),
    ("贷款", "其他个人贷款", "130304", 1),
    ("贷款", "单位贷款", "130305", 1),
    ("贷款", "单位贷款", "130306", 1),
)
"""Business, product, ledger subject and the sign that makes its balance positive."""


class DepartmentSupplement:
    """Writes the supplement files of a delivery; most come once a month."""

    def __init__(self, bank: Bank) -> None:
        """Take the bank whose departments they are."""
        self._bank = bank

    def write(self, folder: SupplementFolder, day: int, ledger: LedgerPeriod) -> None:
        """Write what is due on `day`: market totals and attendance at each month end, decisions with the last delivery."""
        if is_month_end(day):
            folder.write_rows("market_total", day, self._market_rows(day, ledger))
            folder.write_rows("attendance", day, self._attendance_rows(day))
        if day == self._bank.calendar.deliveries[-1]:
            folder.write_rows("customer_merge_decision", day, self._merge_decisions(day))

    def _market_rows(self, day: int, ledger: LedgerPeriod) -> list[tuple[object, ...]]:
        """Return the county's totals: the bank's own are those of its ledger."""
        own: dict[tuple[str, str], int] = {}
        sums = ledger.closing.sum(axis=0).tolist()
        for business, product, subject, sign in MARKET:
            cents = sum(cents for leaf, cents in zip(leaves(), sums, strict=True) if leaf.code.startswith(subject))
            own[business, product] = own.get((business, product), 0) + sign * int(cents)
        county = self._bank.county
        draws = stream(self._bank.seed, "county market", day)
        rows: list[tuple[object, ...]] = []
        for (business, product), cents in own.items():
            rows.append(self._market_row(day, business, county.bank_name, "是", product, cents))
            for name, size in OTHERS:
                other = int(cents * size * draws.uniform(0.95, 1.05))
                rows.append(self._market_row(day, business, name.format(county.name), "否", product, other))
        return rows

    @staticmethod
    def _market_row(day: int, business: str, name: str, is_own: str, product: str, cents: int) -> tuple[object, ...]:
        return (f"{as_date(day):%Y%m%d}", business, name, is_own, product, "county", "全县", f"{cents // 100}.{cents % 100:02d}")

    def _attendance_rows(self, today: int) -> list[tuple[object, ...]]:
        """Return the working days of the month of whoever is on duty, where he worked on each."""
        staff, closing, codes = self._bank.staff, self._bank.closing, self._bank.organisations.codes
        days = [day for day in range(month_start(today), today + 1) if as_date(day).weekday() < 5]
        purpose = () if today == self._bank.calendar.deliveries[-1] else (today,)
        absent = stream(self._bank.seed, "attendance", *purpose).random((len(staff.numbers), len(days))) < 0.03
        rows: list[tuple[object, ...]] = []
        for number, org in enumerate(staff.org.tolist()):
            if int(staff.left[number]) != NO_DAY:
                continue
            moved = int(staff.since[number]) == closing.day
            for place, day in enumerate(days):
                is_absent = bool(absent[number, place])
                where = closing.outlet if moved and day < closing.day else org
                status, minutes = ("休假", 0) if is_absent else ("出勤", 480)
                rows.append((staff.numbers[number], compact(day), codes[where], status, minutes))
        return rows

    def _merge_decisions(self, day: int) -> list[tuple[object, ...]]:
        """Return the confirmation of one customer who was found to stand twice under the same certificate."""
        people, staff = self._bank.population, self._bank.staff
        twice = np.flatnonzero((people.same_kind == SAME) & (people.joined <= day))[:1]
        clerk = staff.numbers[int(np.flatnonzero(staff.org == HEAD_OFFICE)[-1])]
        numbers = people.numbers
        return [
            (numbers[who].as_py(), numbers[int(people.same_as[who])].as_py(), compact(day), 1, "确认", clerk, "核对身份证件原件，为同一人")
            for who in twice.tolist()
        ]

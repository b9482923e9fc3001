"""What departments of the example bank fill in beside the regulator's files: market totals, transfer prices, unit costs, attendance."""

# ruff: noqa: PLR2004 (the odds, sizes and prices of an invented bank are its content)

from __future__ import annotations

from datetime import date

from maisui.example_bank.bank import Bank
from maisui.example_bank.chart_of_accounts import leaves
from maisui.example_bank.days import NO_DAY, as_date, is_month_end
from maisui.example_bank.ledger import LedgerPeriod
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
CURVE = ((0, "0.008"), (90, "0.013"), (180, "0.015"), (365, "0.018"), (730, "0.021"), (1095, "0.0245"), (1825, "0.026"))
COSTS = (
    ("counter_transaction", "counter", "柜面交易", "笔", 6.5),
    ("machine_transaction", "atm", "自助设备交易", "笔", 1.2),
    ("mobile_transaction", "mobile_bank", "手机银行交易", "笔", 0.15),
    ("account_keeping", "all", "账户维护", "户月", 1.8),
    ("officer", "all", "客户经理", "人月", 14500),
)


class DepartmentSupplement:
    """Writes the supplement files of a delivery; most come once a month."""

    def __init__(self, bank: Bank) -> None:
        """Take the bank whose departments they are."""
        self._bank = bank

    def write(self, folder: SupplementFolder, day: int, ledger: LedgerPeriod) -> None:
        """Write what is due on `day`: market totals at each month end, everything else with the last delivery."""
        if is_month_end(day):
            folder.write_rows("market_total", day, self._market_rows(day, ledger))
        if day == self._bank.calendar.deliveries[-1]:
            first = as_date(self._bank.calendar.first_day)
            folder.write_rows("transfer_price", day, [("standard", "CNY", tenor, f"{first:%Y%m%d}", rate) for tenor, rate in CURVE])
            costs = [(code, channel, first, name, unit, cost) for code, channel, name, unit, cost in COSTS]
            folder.write_workbook("unit_cost", day, "单位成本", costs)
            folder.write_rows("attendance", day, self._attendance_rows(as_date(day)))

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

    def _attendance_rows(self, today: date) -> list[tuple[object, ...]]:
        """Return the working days of the month of whoever is on duty."""
        staff, units = self._bank.staff, self._bank.organisations
        days = [today.replace(day=number) for number in range(1, today.day + 1)]
        workdays = [day for day in days if day.weekday() < 5]
        absent = stream(self._bank.seed, "attendance").random((len(staff.numbers), len(workdays))) < 0.03
        rows: list[tuple[object, ...]] = []
        for number, org in enumerate(staff.org.tolist()):
            if int(staff.left[number]) != NO_DAY:
                continue
            for place, day in enumerate(workdays):
                is_absent = bool(absent[number, place])
                rows.append(
                    (staff.numbers[number], f"{day:%Y%m%d}", units.codes[org], "休假" if is_absent else "出勤", 0 if is_absent else 480)
                )
        return rows

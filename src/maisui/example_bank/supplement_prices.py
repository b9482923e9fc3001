"""What finance fills in for profitability: transfer prices by tenor, and unit costs worked out from what a year really cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from maisui.example_bank.bank import RATE_CUTS, Bank
from maisui.example_bank.chart_of_accounts import leaves
from maisui.example_bank.codes import Channel
from maisui.example_bank.days import as_date, compact, day_number, is_month_end
from maisui.example_bank.deposit_book import CLOSED
from maisui.example_bank.ledger import LedgerPeriod
from maisui.example_bank.loan_book import OPEN
from maisui.example_bank.simulation import Delivery
from maisui.example_bank.supplement_files import SupplementFolder

CURVE_CODE = "standard"
_CURVE = {0: 125, 30: 175, 90: 190, 180: 205, 365: 225, 730: 245, 1095: 265, 1825: 285, 3650: 310}
_FIRST_CURVE = day_number(2020, 1, 1)
_CUT = 25
"""Prices in hundredths of a percent; each of the bank's rate cuts takes a quarter of a point off the whole curve."""

ABSORBED = Decimal("0.85")
"""The part of a year's expense that the unit costs are to absorb."""
_OTHER = "other"
_CHANNELS = (
    ("counter", "柜面交易", (Channel.COUNTER,), Decimal("6.50")),
    ("atm", "自动柜员机交易", (Channel.ATM,), Decimal("1.20")),
    ("vtm", "远程柜员机交易", (Channel.VTM,), Decimal("2.00")),
    ("pos", "POS 交易", (Channel.POS,), Decimal("0.60")),
    ("internet_bank", "网上银行交易", (Channel.INTERNET,), Decimal("0.30")),
    ("mobile_bank", "手机银行交易", (Channel.MOBILE,), Decimal("0.20")),
    ("telephone_bank", "电话银行交易", (Channel.TELEPHONE,), Decimal("1.00")),
    ("third_party", "第三方支付交易", (Channel.ALIPAY, Channel.TENPAY), Decimal("0.10")),
    ("union_pay", "银联交易", (Channel.UNIONPAY,), Decimal("0.20")),
    ("batch", "批量交易", (Channel.BATCH, Channel.CLEARING), Decimal("0.05")),
)
"""Channel, what is done there, the channels of the bank's systems and the weight of one transaction."""
_ACCOUNTS = (
    ("deposit_account", "存款账户维护", Decimal("8.00")),
    ("loan_account", "贷款账户管理", Decimal("45.00")),
    ("credit_card_account", "信用卡账户维护", Decimal("12.00")),
)


@dataclass
class _Year:
    """What one year cost and how much was done for it."""

    first_day: int
    expense: int = 0
    transactions: np.ndarray = field(default_factory=lambda: np.zeros(len(Channel), np.int64))
    account_months: np.ndarray = field(default_factory=lambda: np.zeros(len(_ACCOUNTS), np.int64))


def transfer_prices() -> list[tuple[str, str, int, str, str]]:
    """Rows of the feed: the curve as it stood at first and after each cut of rates."""
    return [
        (CURVE_CODE, "CNY", tenor, compact(day), f"0.{points - cuts * _CUT:04d}")
        for cuts, day in enumerate((_FIRST_CURVE, *RATE_CUTS))
        for tenor, points in _CURVE.items()
    ]


def operating_expense(period: LedgerPeriod, previous: int, day: int) -> int:
    """Operating expense (cents) booked in a period; the books of a year begin at nothing."""
    subjects = [place for place, leaf in enumerate(leaves()) if leaf.code.startswith("6602")]
    closing = int(period.closing[:, subjects].sum())
    begins = any(as_date(one).timetuple().tm_yday == 1 for one in range(previous + 1, day + 1))
    opening = 0 if begins else int(period.opening[:, subjects].sum())
    return closing - opening


class PriceSupplement:
    """Notes expense and activity of each year and writes both feeds with the last delivery."""

    def __init__(self, bank: Bank) -> None:
        """Begin with nothing noted."""
        self._bank = bank
        self._years: dict[int, _Year] = {}

    def write(self, folder: SupplementFolder, delivery: Delivery) -> None:
        """Take down a delivery; with the last one write transfer prices and unit costs."""
        self._note(delivery)
        if delivery.day == self._bank.calendar.deliveries[-1]:
            folder.write_rows("transfer_price", delivery.day, transfer_prices())
            folder.write_workbook("unit_cost", delivery.day, "单位成本", self._unit_costs())

    def _note(self, delivery: Delivery) -> None:
        bank, number = self._bank, max(as_date(delivery.day).year, 2025)
        year = self._years.setdefault(number, _Year(delivery.previous + 1))
        year.expense += operating_expense(delivery.ledger, delivery.previous, delivery.day)
        for movements in delivery.deposit_movements:
            year.transactions += np.bincount(movements.channel, minlength=len(Channel))
        if is_month_end(delivery.day):
            deposits, loans = bank.deposits, bank.loans
            counts = (
                int((deposits.status[: deposits.count] != CLOSED).sum()),
                int((loans.status[: loans.count] == OPEN).sum()),
                bank.cards.open_by(delivery.day),
            )
            year.account_months += np.array(counts)

    def _unit_costs(self) -> list[tuple[object, ...]]:
        """Return the costs of each year: the weights, scaled so that the year's activity absorbs its part of the expense."""
        rows: list[tuple[object, ...]] = []
        for year in self._years.values():
            since = as_date(year.first_day)
            weighed = sum(
                (weight * int(year.transactions[list(channels)].sum()) for _, _, channels, weight in _CHANNELS),
                sum((weight * int(months) for (*_, weight), months in zip(_ACCOUNTS, year.account_months, strict=True)), Decimal(1)),
            )
            factor = ABSORBED * year.expense / 100 / weighed
            prices = [("transaction", channel, name, "笔", weight) for channel, name, _, weight in _CHANNELS]
            prices.append(("transaction", _OTHER, "其他渠道交易", "笔", _CHANNELS[-1][-1]))
            prices += [(code, "all", name, "户月", weight) for code, name, weight in _ACCOUNTS]
            for code, channel, name, unit, weight in prices:
                cost = max((weight * factor).quantize(Decimal("0.01")), Decimal("0.01"))
                rows.append((code, channel, since, name, unit, cost))
        return rows

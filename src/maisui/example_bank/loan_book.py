"""Loan products and the book of loans (balances in cents, rates in parts per million)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from maisui.example_bank.chart_of_accounts import leaf
from maisui.example_bank.days import NO_DAY, months_later
from maisui.example_bank.deposit_book import YEAR_UNITS
from maisui.example_bank.growing_arrays import GrowingArrays
from maisui.example_bank.population import Segment

MONTHLY_INTEREST, QUARTERLY_INTEREST, INSTALMENT, BULLET = range(4)
SOUND, LATE, DEFAULTED = range(3)
OPEN, SETTLED, WRITTEN_OFF, UNUSED = range(4)
NON_ACCRUAL_DAYS = 90


@dataclass(frozen=True)
class LoanProduct:
    """Subject, words of the standard, median amount (yuan), terms (months), rate, repayment and who may borrow."""

    subject: str
    category: str
    name: str
    median: int
    terms: tuple[int, ...]
    rate: int
    style: int
    step: int
    share: float
    segments: tuple[Segment, ...]
    guarantee: str
    purpose: str
    industry: str
    corporate: bool = False


_S = Segment
PRODUCTS = (
    LoanProduct("13030101", "其他-农户贷款", "农户小额信用贷款", 85_000, (12, 24, 36), 60_000, QUARTERLY_INTEREST, 3,
                0.15, (_S.FARMER,), "信用", "种植养殖", "A0111"),
    LoanProduct("13030102", "其他-农户贷款", "农户保证贷款", 190_000, (12, 24), 63_000, BULLET, 0,
                0.13, (_S.FARMER, _S.MIGRANT), "保证", "购买农机农资", "A0190"),
    LoanProduct("130302", "住房按揭贷款", "个人住房按揭贷款", 460_000, (120, 180, 240), 39_000, INSTALMENT, 1,
                0.21, (_S.WAGE, _S.SELF_EMPLOYED, _S.MIGRANT), "抵押", "购买住房", "K7010"),
    LoanProduct("130303", "消费贷款", "个人消费贷款", 140_000, (24, 36), 58_000, INSTALMENT, 1,
                0.08, (_S.WAGE, _S.SELF_EMPLOYED), "信用", "装修及大宗消费", "O8090"),
    LoanProduct("130304", "个人经营性贷款", "个人经营贷款", 380_000, (12, 24, 36), 52_000, MONTHLY_INTEREST, 1,
                0.18, (_S.SELF_EMPLOYED, _S.FARMER), "抵押", "进货周转", "F5211"),
    LoanProduct("130305", "流动资金贷款", "单位流动资金贷款", 2_200_000, (6, 12), 46_000, MONTHLY_INTEREST, 1,
                0.19, (_S.MICRO, _S.FIRM, _S.COOPERATIVE), "保证", "采购原料", "C1310", True),
    LoanProduct("130306", "一般固定资产贷款", "单位固定资产贷款", 4_000_000, (36, 60), 48_000, INSTALMENT, 3,
                0.06, (_S.FIRM, _S.COOPERATIVE), "抵押", "厂房设备", "C1320", True),
)  # fmt: skip
SUBJECTS = np.array([leaf(product.subject) for product in PRODUCTS])
STYLES = np.array([product.style for product in PRODUCTS])
STEPS = np.array([product.step for product in PRODUCTS])
RATES = np.array([product.rate for product in PRODUCTS])
CORPORATE = np.array([product.corporate for product in PRODUCTS])


class LoanBook(GrowingArrays):
    """All loans ever granted, by position; overdue amounts in cents, *_since the day the arrears began."""

    columns: ClassVar[dict[str, tuple[Any, int]]] = {
        "customer": (np.int32, -1),
        "org": (np.int16, 0),
        "org_before": (np.int16, -1),
        "product": (np.int8, 0),
        "rate": (np.int32, 0),
        "amount": (np.int64, 0),
        "balance": (np.int64, 0),
        "accrued": (np.int64, 0),
        "started": (np.int32, NO_DAY),
        "matures": (np.int32, NO_DAY),
        "closed": (np.int32, NO_DAY),
        "months": (np.int32, 0),
        "next_due": (np.int32, NO_DAY),
        "periods": (np.int32, 1),
        "period": (np.int32, 0),
        "overdue_principal": (np.int64, 0),
        "overdue_interest": (np.int64, 0),
        "principal_since": (np.int32, NO_DAY),
        "interest_since": (np.int32, NO_DAY),
        "streak": (np.int32, 0),
        "misses": (np.int32, 0),
        "state": (np.int8, SOUND),
        "cure_day": (np.int32, NO_DAY),
        "status": (np.int8, UNUSED),
        "watched": (np.bool_, 0),
        "officer": (np.int32, 0),
        "failed": (np.int32, NO_DAY),
    }
    customer: np.ndarray
    org: np.ndarray
    org_before: np.ndarray
    product: np.ndarray
    rate: np.ndarray
    amount: np.ndarray
    balance: np.ndarray
    accrued: np.ndarray
    started: np.ndarray
    matures: np.ndarray
    closed: np.ndarray
    months: np.ndarray
    next_due: np.ndarray
    periods: np.ndarray
    period: np.ndarray
    overdue_principal: np.ndarray
    overdue_interest: np.ndarray
    principal_since: np.ndarray
    interest_since: np.ndarray
    streak: np.ndarray
    misses: np.ndarray
    state: np.ndarray
    cure_day: np.ndarray
    status: np.ndarray
    watched: np.ndarray
    officer: np.ndarray
    failed: np.ndarray

    def interest_due(self, loans: np.ndarray) -> np.ndarray:
        """Interest accrued since the last due day, cents, rounded half up."""
        return (self.accrued[loans] + YEAR_UNITS // 2) // YEAR_UNITS

    def accrue_day(self) -> None:
        """Add one day of interest on every balance."""
        rows = slice(0, self.count)
        self.accrued[rows] += self.balance[rows] * self.rate[rows]

    def days_past_due(self, loans: np.ndarray | slice, day: int) -> np.ndarray:
        """Days since the oldest arrears began; 0 without arrears."""
        far = np.int32(10_000_000)
        principal, interest = self.principal_since[loans], self.interest_since[loans]
        oldest = np.minimum(np.where(principal == NO_DAY, far, principal), np.where(interest == NO_DAY, far, interest))
        return np.where(oldest == far, 0, day - oldest)

    def classes(self, loans: np.ndarray | slice, day: int) -> np.ndarray:
        """Five-category class (0 正常 … 4 损失) of each loan on a day."""
        past = self.days_past_due(loans, day)
        by_days = np.searchsorted(np.array([1, 91, 181, 361]), past, side="right")
        return np.maximum(by_days, self.watched[loans].astype(np.int64))

    def following_due(self, loans: np.ndarray, day: int) -> np.ndarray:
        """The next day after `day` on which each loan owes something; monthly once past maturity."""
        product = self.product[loans]
        style = STYLES[product]
        monthly = _next_twenty_first(day, 1)
        due = np.select(
            [style == MONTHLY_INTEREST, style == QUARTERLY_INTEREST],
            [monthly, _next_twenty_first(day, 3)],
            self.matures[loans],
        )
        parts = style == INSTALMENT
        step = STEPS[product[parts]]
        due[parts] = months_later(self.started[loans[parts]], (self.period[loans[parts]] + 1) * step)
        due = np.minimum(due, self.matures[loans])
        return np.where(due <= day, monthly, due)

    def scheduled_principal(self, loans: np.ndarray, day: np.ndarray | int) -> np.ndarray:
        """Principal that falls due on the given due day, cents, without what is overdue already."""
        rest = self.balance[loans] - self.overdue_principal[loans]
        part = np.minimum(self.amount[loans] // np.maximum(self.periods[loans], 1), rest)
        instalment = np.where(STYLES[self.product[loans]] == INSTALMENT, part, 0)
        return np.where(day >= self.matures[loans], rest, instalment)


def _next_twenty_first(day: int, months: int) -> int:
    stamp = np.int64(day + 1).astype("datetime64[D]")
    month = stamp.astype("datetime64[M]")
    while True:
        twenty_first = int((month.astype("datetime64[D]") + 20).astype(np.int64))
        if twenty_first > day and (int(month.astype(np.int64)) % 12 + 1) % months == 0:
            return twenty_first
        month += 1

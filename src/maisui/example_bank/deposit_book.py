"""Deposit products and the book of deposit accounts (balances in cents, rates in parts per million)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from maisui.example_bank.chart_of_accounts import leaf
from maisui.example_bank.days import NO_DAY
from maisui.example_bank.growing_arrays import GrowingArrays

YEAR_UNITS = 360 * 1_000_000
PERSONAL_DEMAND, CORPORATE_DEMAND = 0, 9


@dataclass(frozen=True)
class DepositProduct:
    """Term in months (0 = on demand), ledger subject, word of the standard and yearly rate."""

    months: int
    subject: str
    word: str
    rate: int
    corporate: bool = False
    margin: bool = False


PRODUCTS = (
    DepositProduct(0, "20110101", "个人活期存款", 500),
    DepositProduct(3, "20110102", "个人定期存款", 10_500),
    DepositProduct(6, "20110102", "个人定期存款", 12_500),
    DepositProduct(12, "20110102", "个人定期存款", 15_000),
    DepositProduct(24, "20110103", "个人定期存款", 16_500),
    DepositProduct(36, "20110103", "个人定期存款", 19_500),
    DepositProduct(60, "20110103", "个人定期存款", 20_000),
    DepositProduct(1, "20110104", "个人通知存款", 7_500),
    DepositProduct(36, "20110105", "个人其他存款", 21_500),
    DepositProduct(0, "20110201", "单位活期存款", 1_000, corporate=True),
    DepositProduct(12, "20110202", "单位定期存款", 14_500, corporate=True),
    DepositProduct(6, "20110203", "单位保证金存款", 12_500, corporate=True, margin=True),
)
NOTICE, LARGE_CERTIFICATE, CORPORATE_TERM, MARGIN = 7, 8, 10, 11
MONTHS = np.array([product.months for product in PRODUCTS])
RATES = np.array([product.rate for product in PRODUCTS])
SUBJECTS = np.array([leaf(product.subject) for product in PRODUCTS])
CORPORATE = np.array([product.corporate for product in PRODUCTS])
PAYABLE = np.where(CORPORATE, leaf("223102"), leaf("223101"))
EXPENSE = np.where(CORPORATE, leaf("641102"), leaf("641101"))
STATUS_WORDS = ("正常", "冻结", "止付", "销户")
NORMAL, FROZEN, STOPPED, CLOSED = range(4)


class DepositBook(GrowingArrays):
    """All deposit accounts ever opened, by position; `accrued` is cents × days × rate not yet paid out."""

    columns: ClassVar[dict[str, tuple[Any, int]]] = {
        "customer": (np.int32, -1),
        "org": (np.int16, 0),
        "org_before": (np.int16, -1),
        "product": (np.int8, 0),
        "rate": (np.int32, 0),
        "opened": (np.int32, NO_DAY),
        "closed": (np.int32, NO_DAY),
        "matures": (np.int32, NO_DAY),
        "moved": (np.int32, NO_DAY),
        "balance": (np.int64, 0),
        "accrued": (np.int64, 0),
        "target": (np.int64, 0),
        "status": (np.int8, CLOSED),
        "teller": (np.int32, 0),
    }
    customer: np.ndarray
    org: np.ndarray
    org_before: np.ndarray
    product: np.ndarray
    rate: np.ndarray
    opened: np.ndarray
    closed: np.ndarray
    matures: np.ndarray
    moved: np.ndarray
    balance: np.ndarray
    accrued: np.ndarray
    target: np.ndarray
    status: np.ndarray
    teller: np.ndarray

    def interest_due(self, accounts: np.ndarray) -> np.ndarray:
        """Interest earned and not yet paid, cents, rounded half up."""
        return (self.accrued[accounts] + YEAR_UNITS // 2) // YEAR_UNITS

    def accrue_day(self) -> None:
        """Add one day of interest on every balance."""
        rows = slice(0, self.count)
        self.accrued[rows] += self.balance[rows] * self.rate[rows]

    def close(self, accounts: np.ndarray, day: int) -> None:
        """Close emptied accounts."""
        self.status[accounts] = CLOSED
        self.closed[accounts] = day
        self.accrued[accounts] = 0


def rates_on(products: np.ndarray, day: int, cuts: tuple[int, ...]) -> np.ndarray:
    """Rate of newly opened or renewed accounts: each cut before `day` takes 0.10 points off terms."""
    lower = 1_000 * sum(day >= cut for cut in cuts)
    rate = RATES[products]
    return np.where(MONTHS[products] > 0, np.maximum(rate - lower, 3_000), rate)

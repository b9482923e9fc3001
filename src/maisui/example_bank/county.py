"""The counties of the invented 云川省 union: what each bank is called, and the ranges from which its codes and numbers come."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from maisui.example_bank.scale import Scale
from maisui.example_bank.text_columns import ArrowText, number_text

PROVINCE, CITY = "云川省", "云川省麦川市"
_TEN_TRILLION = 10**13
_PERSONAL, _CORPORATE, _LOAN, _OUTSIDE = 8199, 8299, 8399, 6299
_PASSBOOK, _CARD_ACCOUNT = 8119, 8499
_DEBIT_CARD, _CREDIT_CARD = 6_231_000_000_000_000_000, 6_258_000_000_000_000
_STAFF_PHONES = 900_000_000


@dataclass(frozen=True)
class County:
    """One county and its bank.

    `place` is its position in the union (0 = the county that was there first); all number ranges are moved by it, so that no
    customer, account, card, merchant or telephone number of one county is one of another's. The first of `regions` is the
    county itself, the others are where its customers' certificates also come from; no two counties share one.
    """

    place: int
    name: str
    name_en: str
    licence: str
    legal_entity: str
    regions: tuple[int, int, int, int, int]
    organisation_prefix: str
    payment_prefix: str

    @property
    def short_name(self) -> str:
        """Its name without the word county."""
        return self.name.removesuffix("县")

    @property
    def full_name(self) -> str:
        """The province and the county."""
        return f"{PROVINCE}{self.name}"

    @property
    def bank_name(self) -> str:
        """The legal name of its bank."""
        return f"{self.name}农村商业银行"

    @property
    def bank_name_en(self) -> str:
        """The name of its bank in English."""
        return f"{self.name_en} County Rural Commercial Bank"

    @property
    def region(self) -> str:
        """The county's own region code."""
        return str(self.regions[0])

    @property
    def merchant_prefix(self) -> str:
        """What every merchant number begins with."""
        return f"8980{self.payment_prefix[3:]}"

    @property
    def other_bank_prefix(self) -> str:
        """What payment codes of the commercial banks of this county begin with."""
        return f"313{self.payment_prefix[3:]}"

    @property
    def customer_serial(self) -> int:
        """The number before that of the first customer."""
        return self.place * 10**9

    @property
    def customer_phones(self) -> int:
        """Position of the first customer's telephone number."""
        return self.place * 10**8 + 1

    @property
    def staff_phones(self) -> int:
        """Position of the first employee's telephone number."""
        return _STAFF_PHONES + self.place * 10**6

    @property
    def first_passport(self) -> int:
        """Position of the first customer's passport."""
        return self.place * 10**7

    def seed(self, seed: int) -> int:
        """The seed of this county's random streams: that of the simulation itself for the first county, streams of its own for others."""
        return seed + (self.place << 32)

    def scale(self, scale: Scale) -> Scale:
        """How large this county is beside a main county of `scale`: the first is that itself, the others are small."""
        if not self.place:
            return scale
        return replace(scale, customers=max(300, scale.customers // 10), outlets=3, sub_branches=0, staff=20)

    def account_numbers(self, accounts: np.ndarray, corporate: np.ndarray) -> ArrowText:
        """Account numbers of deposit accounts by position."""
        return self._numbers(np.where(corporate, _CORPORATE, _PERSONAL), accounts)

    def loan_account_numbers(self, loans: np.ndarray) -> ArrowText:
        """Account numbers of loans by position."""
        return self._numbers(_LOAN, loans)

    def counter_numbers(self, positions: np.ndarray, *, inside: np.ndarray, corporate: np.ndarray, lent: np.ndarray) -> ArrowText:
        """Account numbers of the other side of movements: accounts of this bank, its loans, or accounts elsewhere."""
        return self._numbers(np.select([inside & corporate, inside, lent], [_CORPORATE, _PERSONAL, _LOAN], _OUTSIDE), positions)

    def passbook_numbers(self, accounts: np.ndarray) -> ArrowText:
        """Numbers of the certificates of deposit by position of the account."""
        return self._numbers(_PASSBOOK, accounts)

    def card_account_numbers(self, accounts: np.ndarray) -> ArrowText:
        """Numbers of credit card accounts by position."""
        return self._numbers(_CARD_ACCOUNT, accounts)

    def debit_card_numbers(self, accounts: np.ndarray) -> ArrowText:
        """Numbers of debit cards by position of the account."""
        return number_text(_DEBIT_CARD + self.customer_serial + accounts.astype(np.int64))

    def credit_card_numbers(self, accounts: np.ndarray) -> ArrowText:
        """Numbers of credit cards by position of the card account."""
        return number_text(_CREDIT_CARD + self.customer_serial + accounts.astype(np.int64))

    def _numbers(self, head: np.ndarray | int, positions: np.ndarray) -> ArrowText:
        return number_text(np.asarray(head, np.int64) * _TEN_TRILLION + self.customer_serial + positions.astype(np.int64))


MAICHUAN = County(
    place=0,
    name="麦川县",
    name_en="Maichuan",
    licence="E0123H353090001",
    legal_entity="353090001",
    regions=(539901, 539902, 539921, 539922, 539923),
    organisation_prefix="5399",
    payment_prefix="402539",
)
HEYANG = County(
    place=1,
    name="禾漾县",
    name_en="Heyang",
    licence="E0124H353090001",
    legal_entity="353090002",
    regions=(539924, 539903, 539931, 539932, 539933),
    organisation_prefix="5394",
    payment_prefix="402542",
)
LUXI = County(
    place=2,
    name="麓汐县",
    name_en="Luxi",
    licence="E0125H353090001",
    legal_entity="353090003",
    regions=(539925, 539904, 539941, 539942, 539943),
    organisation_prefix="5395",
    payment_prefix="402543",
)
COUNTIES = (MAICHUAN, HEYANG, LUXI)

"""Which numbers can exist: resident numbers (GB 11643), credit codes (GB 32100), cards (Luhn), and files that deform them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RESIDENT_TYPES = frozenset(("居民身份证", "临时身份证"))
CREDIT_CODE_TYPES = frozenset(("统一社会信用代码",))
RESIDENT_SHAPE = r"(?:[0-9]{17}[0-9Xx]|[0-9]{15})"
"""Numbers of 18 places, and those of 15 that were issued until 1999: no check digit, a birth year of two."""
CREDIT_CODE_SHAPE = r"[0-9A-HJ-NPQRTUWXY]{18}"
ROUNDED_LENGTH = 19
EARLIEST_BIRTH_YEAR = 1850
DEFORMED = "deformed_certificates"
GENUINE = "genuine_certificates"

_FEBRUARY = 2
_OLD_LENGTH = 15
_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_RESIDENT_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_RESIDENT_CHECK = np.frombuffer(b"10X98765432", np.uint8)
_CREDIT_LETTERS = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = np.array([pow(3, place, 31) for place in range(17)])
_CREDIT_VALUE = np.zeros(256, np.int64)
_CREDIT_VALUE[list(_CREDIT_LETTERS)] = np.arange(31)


def resident_number_holds(numbers: Sequence[str]) -> np.ndarray:
    """Tell for each text of `RESIDENT_SHAPE` whether its birth date, and its check digit where it has one, hold."""
    if not numbers:
        return np.zeros(0, bool)
    is_old = np.fromiter((len(number) == _OLD_LENGTH for number in numbers), bool, len(numbers))
    letters = _letters([f"{number[:6]}19{number[6:]}0" if len(number) == _OLD_LENGTH else number for number in numbers], 18)
    digits = letters[:, :17].astype(np.int64) - ord("0")
    holds = _RESIDENT_CHECK[digits @ _RESIDENT_WEIGHTS % 11] == np.where(letters[:, 17] == ord("x"), ord("X"), letters[:, 17])
    year, month, day = (digits[:, at:to] @ (10 ** np.arange(to - at - 1, -1, -1)) for at, to in ((6, 10), (10, 12), (12, 14)))
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    is_month = (month >= 1) & (month < len(_MONTH_DAYS))
    longest = _MONTH_DAYS[np.where(is_month, month, 0)] + (is_leap & (month == _FEBRUARY))
    return (holds | is_old) & is_month & (year >= EARLIEST_BIRTH_YEAR) & (day >= 1) & (day <= longest)


def credit_code_holds(codes: Sequence[str]) -> np.ndarray:
    """Tell for each text of 18 credit-code letters whether its check letter holds."""
    if not codes:
        return np.zeros(0, bool)
    letters = _letters(codes, 18)
    check = (31 - _CREDIT_VALUE[letters[:, :17]] @ _CREDIT_WEIGHTS % 31) % 31
    return _CREDIT_VALUE[letters[:, 17]] == check


def luhn_holds(numbers: Sequence[str]) -> np.ndarray:
    """Tell for each text of at most 19 digits whether its last digit is the Luhn check digit."""
    if not numbers:
        return np.zeros(0, bool)
    digits = _letters([number.rjust(20, "0") for number in numbers], 20).astype(np.int64) - ord("0")
    doubled = digits[:, -2::-2] * 2
    return (digits[:, -1::-2].sum(axis=1) + (doubled // 10 + doubled % 10).sum(axis=1)) % 10 == 0


def _letters(texts: Sequence[str], length: int) -> np.ndarray:
    return np.frombuffer("".join(texts).encode("ascii"), np.uint8).reshape(-1, length)

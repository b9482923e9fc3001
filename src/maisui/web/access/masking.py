"""How a value looks to someone who may not see it whole: formats by kind, chosen by a column's privacy class.

The formats follow the practice of the trade (the standard's own table could not be checked): identity number first
three and last four, card or account first six and last four, mobile first three and last four, name its surname,
address down to village or street, e-mail its first letter and domain. Names of companies are not masked.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from maisui.web.access.permissions import Permission

STAR = "*"
_COMPOUND_SURNAMES = frozenset(
    {
        "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯",
        "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠",
        "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "令狐", "呼延",
    }
)  # fmt: skip
_PLACES = ("村", "社区", "街道", "镇", "乡", "路", "街", "巷", "弄")


class Kind(StrEnum):
    """What a value is, as far as its mask is concerned."""

    IDENTITY_NUMBER = "identity_number"
    ACCOUNT_NUMBER = "account_number"
    MOBILE = "mobile"
    PERSON_NAME = "person_name"
    COMPANY_NAME = "company_name"
    ADDRESS = "address"
    EMAIL = "email"
    BIRTHDAY = "birthday"
    AMOUNT = "amount"
    CIRCUMSTANCE = "circumstance"
    OTHER = "other"


def mask_identity_number(value: str) -> str:
    """Return an identity number with its first three and last four characters."""
    return _keep(value, 3, 4)


def mask_account_number(value: str) -> str:
    """Return a card, account or customer number with its first six and last four digits; of a short one the last third.

    So namesakes with short numbers are told apart, and two thirds of a number stay hidden at least.
    """
    text = value.strip()
    return _keep(text, 6, 4) if len(text) > len("6228480000") else _keep(text, 0, len(text) // 3)


def mask_mobile(value: str) -> str:
    """Return a telephone number with its first three and last four digits."""
    return _keep(value, 3, 4)


def mask_person_name(value: str) -> str:
    """Return a person's surname and one star for each letter that follows; a name of one letter is a star."""
    name = value.strip()
    shown = 2 if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else 1  # noqa: PLR2004 - two letters are a compound surname
    if len(name) <= 1:
        return STAR if name else ""
    return name[:shown] + STAR * (len(name) - shown)


def mask_address(value: str) -> str:
    """Return an address down to its village or street, without house number; one that names neither keeps a third."""
    text = value.strip()
    if not text:
        return ""
    found = _last_place(text)
    shown = found or text[: len(text) // 3]
    return shown if shown == text else shown + STAR * 4


def mask_email(value: str) -> str:
    """Return an e-mail address with its first letter and its domain."""
    local, at, domain = value.strip().partition("@")
    return f"{local[:1]}{STAR * 3}@{domain}" if at and local and domain else _hidden(value)


def mask_birthday(value: str) -> str:
    """Return the year of a day written YYYY-MM-DD."""
    text = value.strip()
    return f"{text[:4]}-**-**" if len(text) == len("1970-01-01") else _hidden(text)


def mask_other(value: str) -> str:
    """Return nothing of a value but that there is one."""
    return _hidden(value)


def _shown(value: str) -> str:
    return value


_MASKS: dict[Kind, Callable[[str], str]] = {
    Kind.IDENTITY_NUMBER: mask_identity_number,
    Kind.ACCOUNT_NUMBER: mask_account_number,
    Kind.MOBILE: mask_mobile,
    Kind.PERSON_NAME: mask_person_name,
    Kind.COMPANY_NAME: _shown,
    Kind.ADDRESS: mask_address,
    Kind.EMAIL: mask_email,
    Kind.BIRTHDAY: mask_birthday,
    Kind.AMOUNT: mask_other,
    Kind.CIRCUMSTANCE: mask_other,
    Kind.OTHER: mask_other,
}

_KIND_OF_COLUMN: dict[str, Kind] = {
    "certificate_number": Kind.IDENTITY_NUMBER,
    "mobile_number": Kind.MOBILE,
    "telephone_number": Kind.MOBILE,
    "phone_number": Kind.MOBILE,
    "counterparty_account": Kind.ACCOUNT_NUMBER,
    "household_code": Kind.ACCOUNT_NUMBER,
    "collateral_name": Kind.ADDRESS,
    "born_on": Kind.BIRTHDAY,
    "address": Kind.ADDRESS,
    "email": Kind.EMAIL,
    "employer_name": Kind.CIRCUMSTANCE,
    "is_married": Kind.CIRCUMSTANCE,
}
_KIND_OF_SUFFIX: dict[str, Kind] = {
    "_number": Kind.ACCOUNT_NUMBER,
    "_key": Kind.ACCOUNT_NUMBER,
    "_name": Kind.PERSON_NAME,
    "_address": Kind.ADDRESS,
    "_amount": Kind.AMOUNT,
    "_balance": Kind.AMOUNT,
}
"""What a personal column is by the suffix grammar, where no line above names it."""
_INTERNAL = "C1"


def kind_of_column(column: str) -> Kind:
    """Return what the values of a column are; a column nobody has named is hidden whole."""
    by_suffix = (kind for suffix, kind in _KIND_OF_SUFFIX.items() if column.endswith(suffix))
    return _KIND_OF_COLUMN.get(column) or next(by_suffix, Kind.OTHER)


def mask(value: str, kind: Kind) -> str:
    """Return `value` in the mask of its kind."""
    return _MASKS[kind](value)


def shown(
    value: str | None, *, column: str, privacy: str, permissions: frozenset[Permission], is_company: bool = False, is_revealed: bool = False
) -> str | None:
    """Return how `value` of a column looks to somebody who holds `permissions`.

    Internal columns (class C1) are plain. Personal ones are masked, unless he may see customers whole and has asked for
    it with a reason (`is_revealed`, recorded by the caller). Whoever may not see customers at all gets nothing of them.
    """
    if value is None or privacy == _INTERNAL:
        return value
    if Permission.CUSTOMER_VIEW not in permissions:
        return _hidden(value)
    if is_revealed and Permission.CUSTOMER_REVEAL in permissions:
        return value
    kind = kind_of_column(column)
    return mask(value, Kind.COMPANY_NAME if is_company and kind is Kind.PERSON_NAME else kind)


def _keep(value: str, first: int, last: int) -> str:
    text = value.strip()
    if len(text) <= first + last:
        return STAR * len(text)
    return text[:first] + STAR * (len(text) - first - last) + text[len(text) - last :]


def _hidden(value: str) -> str:
    return STAR * 4 if value.strip() else ""


def _last_place(text: str) -> str:
    """Return the address up to the last village or street it names, whatever stands behind it."""
    shown_until = 0
    for word in _PLACES:
        at = text.rfind(word)
        if at >= 0:
            shown_until = max(shown_until, at + len(word))
    return text[:shown_until]

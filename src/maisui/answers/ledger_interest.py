"""On which balances the interest of the ledger is earned or paid: the bank's word, else the name both share, else the group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from maisui.answers.ledger import LedgerSubject
from maisui.warehouse.reader import Reader

INTEREST_LINES = ("interest_income", "deposit_interest_expense", "interest_expense")
_WORD = 4
_ENDINGS = {"利息收入": "asset", "利息支出": "liability"}
"""How names of interest subjects end, and on which statement their balances stand."""


@dataclass(frozen=True, slots=True)
class InterestGroup:
    """Balances that earn or cost together: their statement lines, and words in the names of interest subjects that mean them."""

    code: str
    is_earning: bool
    lines: tuple[str, ...]
    words: tuple[str, ...] = ()


GROUPS: tuple[InterestGroup, ...] = (
    InterestGroup("loans", True, ("loan", "advance"), ("贷款", "垫款", "透支")),
    InterestGroup("discounts", True, ("discount",), ("贴现",)),
    InterestGroup("investments", True, ("investment",), ("债", "投资")),
    InterestGroup(
        "placements",
        True,
        ("central_bank_asset", "interbank_asset"),
        ("存放", "准备金", "中央银行", "同业", "拆", "返售", "往来"),
    ),
    InterestGroup("deposits", False, ("deposit",), ("存款", "储蓄")),
    InterestGroup("central_bank_funds", False, ("central_bank_liability",), ("中央银行", "央行", "再贷款", "再贴现")),
    InterestGroup("interbank_funds", False, ("interbank_liability",), ("同业", "拆", "回购", "往来")),
    InterestGroup("other_earning", True, ()),
    InterestGroup("other_bearing", False, ()),
)
"""Every group; the last of each side takes interest of which nobody knows the balances."""


@dataclass(frozen=True, slots=True)
class InterestSubject:
    """An interest subject with the subject whose balance it is on, where that is known, and its group."""

    subject: LedgerSubject
    balance_subject: str | None
    group: InterestGroup


def interest_subjects(reader: Reader, subjects: Mapping[str, LedgerSubject], day: date) -> tuple[InterestSubject, ...]:
    """Return every leaf subject of interest; parameters `interest_of.<subject>` that hold on `day` come before names."""
    own = dict(
        reader.rows(
            "SELECT substr(parameter_code, 13), text_value FROM parameter WHERE starts_with(parameter_code, 'interest_of.') "
            "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
            [day, day],
        )
    )
    by_name = {(subject.statement, subject.name): subject.code for subject in reversed(list(subjects.values()))}
    found: list[InterestSubject] = []
    for subject in subjects.values():
        if subject.statement == "income" and subject.line in INTEREST_LINES and not subject.children:
            balance = _balance_of(subject, subjects, own, by_name)
            found.append(InterestSubject(subject, balance, _group_of(subject, subjects[balance] if balance else None)))
    return tuple(found)


def _balance_of(
    subject: LedgerSubject, subjects: Mapping[str, LedgerSubject], own: Mapping[str, str], by_name: Mapping[tuple[str, str], str]
) -> str | None:
    """Return the balance subject of the nearest subject at or above that names one, by the bank's word or the shared name."""
    place: LedgerSubject | None = subject
    while place is not None:
        if own.get(place.code) in subjects:
            return own[place.code]
        statement = _ENDINGS.get(place.name[-_WORD:])
        named = by_name.get((statement, place.name[:-_WORD])) if statement else None
        if named is not None:
            return named
        place = subjects.get(place.parent) if place.parent else None
    return None


def _group_of(subject: LedgerSubject, balance: LedgerSubject | None) -> InterestGroup:
    is_earning = subject.line == "interest_income"
    if balance is not None:
        for group in GROUPS:
            if group.is_earning is is_earning and balance.line in group.lines:
                return group
    if subject.line == "deposit_interest_expense":
        return next(group for group in GROUPS if group.code == "deposits")
    for group in GROUPS:
        if group.is_earning is is_earning and any(word in subject.name for word in group.words):
            return group
    return next(group for group in GROUPS if group.is_earning is is_earning and not group.lines)

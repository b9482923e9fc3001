"""A published home of forty-one customers with names, certificates and accounts that can be searched for in every byte of a page.

Organisations: B0 above B1 and B2, B3 below B1. A customer's home is not always where his accounts are booked. Four
customers hold no open account; one is named by his account only; one bears a name that is a script; one is an employee.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from example_home import run
from mini_bank import CONTRACT, MAPPINGS, Account, MiniBank, compact, deliver, make_home
from scratch import own_copy

LAST_DAY = date(2026, 3, 31)
CUSTOMERS = 40
UNNAMED = "C90000000099"
POISON = "<svg onload=alert(1)>'\"--合作社"
OWN_NAME = "测试manager1"
ORGANISATIONS = (
    ("B0", "Head office", "head_office", ""),
    ("B1", "North Street", "outlet", "B0"),
    ("B2", "Market Square", "outlet", "B0"),
    ("B3", "Mill Lane", "outlet", "B1"),
)
_HEADER = "number|kind|person|org|born|certtype|cert|staff|phone|address|income"
_COLUMNS = """born   | date        |      | day of birth
certtype | text      |      | kind of certificate
cert   | text        |      | certificate
staff  | closed_word | must | whether an employee | yes no
phone  | text        |      | telephone
address | text       |      | address
income | amount      |      | yearly income
"""
_MAPPING = """
SELECT
  delivered_on AS reported_on, number AS customer_number, kind AS customer_kind, person AS customer_name,
  certtype AS certificate_type, cert AS certificate_number, staff = 'yes' AS is_employee,
  org AS organisation_code, born AS born_on, phone AS phone_number, address, income AS annual_income_amount, true AS is_married,
  source_file_id, source_line
FROM mini_cust
"""


@dataclass(frozen=True)
class Person:
    """One customer as the bank delivers him."""

    number: str
    kind: str
    name: str
    home: str
    certificate: str
    phone: str
    is_employee: bool = False


def _person(place: int) -> Person:
    kind = "corporate" if place % 5 == 0 else "personal"
    name = f"欧阳金丝雀{place:04d}" if kind == "personal" else f"第{place:04d}号合作社"
    if place == 5:
        name = POISON
    if place == 9:
        name = OWN_NAME
    return Person(
        f"C9000000{place:04d}",
        kind,
        name,
        ("B1", "B2", "B3")[place % 3],
        f"33012119800101{place:04d}",
        f"1385555{place:04d}",
        is_employee=place == 8,
    )


PEOPLE = tuple(_person(place) for place in range(1, CUSTOMERS + 1))
BY_NUMBER = {person.number: person for person in PEOPLE}
INCOME = "4321987.00"
WITHOUT_ACCOUNT = frozenset(person.number for person in PEOPLE[-4:])


def _accounts() -> tuple[Account, ...]:
    found = [
        Account(f"62284800000{place:06d}", person.number, ("B1", "B2", "B3")[place % 2], ("demand", "term", "demand", "loan")[place % 4], 100_000 * place)
        for place, person in enumerate(PEOPLE, 1)
        if person.number not in WITHOUT_ACCOUNT
    ]  # fmt: skip
    found += [
        Account(f"62284811111{place:06d}", number, "B2", "loan", 0, closed=date(2026, 2, 10))
        for place, number in enumerate(sorted(WITHOUT_ACCOUNT), 1)
    ]
    return (*found, Account("62284822222000001", UNNAMED, "B3", "demand", 777_00))


ACCOUNTS = _accounts()


@dataclass(frozen=True)
class CustomersBank(MiniBank):
    """The mini bank with one more outlet and these accounts."""

    accounts: tuple[Account, ...] = ACCOUNTS

    def rows(self, feed: str, day: date, since: date | None = None) -> list[list[str]]:
        """Return what `feed` delivers for `day`."""
        return [list(row) for row in ORGANISATIONS] if feed == "ORG" else super().rows(feed, day, since)


LABELS = """
[[parameter]]
code = "label_potential_loan"
valid_from = 2000-01-01
number = "5000"

[[parameter]]
code = "label_important_contribution"
valid_from = 2000-01-01
number = "0"
"""
"""Thresholds so low that the lists of labels are not empty: whoever owes 5,000.00 could be more, everybody contributes."""


@cache
def customers_home() -> Path:
    """Return this process's copy of the published home."""
    return own_copy("customers", _make_customers_home)


def _make_customers_home(path: Path) -> None:
    contract, mapping = customer_contract()
    contract = contract.replace('code = "CUST"\n', 'code = "CUST"\nowner_zh = "个人金融部"\nowner_en = "Personal banking"\n')
    home = make_home(path, extra=LABELS, contract=contract, mappings={**MAPPINGS, "customer_snapshot": mapping})
    deliver(home, LAST_DAY, bank=CustomersBank(), leave_out=["CUST"])
    lines = customer_lines({person.number: person.certificate for person in PEOPLE}, certificate_type="身份证")
    file = home / "inbox" / "mini" / f"customers-{compact(LAST_DAY)}.txt"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(home, LAST_DAY)


def customer_contract() -> tuple[str, str]:
    """Return the contract of a bank that delivers certificates, and the mapping of its customers."""
    return CONTRACT.replace("born   | date        |      | day of birth\n", _COLUMNS), _MAPPING


def customer_lines(certificates: dict[str, str], *, certificate_type: str) -> list[str]:
    """Return the lines of a file of all customers with these certificates, the header first."""
    return [
        _HEADER,
        *(
            f"{p.number}|{p.kind}|{p.name}|{p.home}|19800229|{certificate_type}|{certificates[p.number]}|{'yes' if p.is_employee else 'no'}"
            f"|{p.phone}|Mill Village 村 77号|{INCOME}"
            for p in PEOPLE
        ),
    ]


def visible_pairs(reader: Any) -> set[tuple[str, str]]:
    """Return every organisation with every customer at home at or below it: the truth about who may see whom, in one query."""
    return set(
        reader.rows(
            "SELECT ancestor_code, customer_number FROM organisation_closure AS o "
            "JOIN customer AS c ON c.home_organisation_code = o.organisation_code"
        )
    )

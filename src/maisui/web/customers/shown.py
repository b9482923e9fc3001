"""What people see of a customer: every personal value in its mask, unless it is revealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from maisui.answers import (
    CustomerAccount,
    CustomerMonthEnd,
    CustomerPage,
    CustomerProfile,
    CustomerRow,
    CustomerStanding,
    CustomerValue,
    HouseholdMember,
    LoggedMerge,
    Merge,
    OtherNumber,
)
from maisui.web.access.masking import shown
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.text import Text

_PERSONAL = "C2"
_COMPANY = "corporate"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One customer of a list, masked; `reference` names him in addresses."""

    reference: str
    customer_number: str
    customer_name: str
    customer_kind: str
    home_organisation_name: str
    deposit_balance: Decimal
    loan_balance: Decimal
    has_open_account: bool
    tier_code: str | None


@dataclass(frozen=True, slots=True)
class ShownList:
    """One page of customers, masked; `found` keeps counts and sums, its rows are taken away."""

    found: CustomerPage
    pages: int
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """One account, its number masked."""

    account_number: str
    currency: str
    account_kind: str
    product_group: str
    balance: Decimal
    opened_on: date
    closed_on: date | None
    organisation_name: str


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """Another number of the same person, masked, and the merge of the two."""

    reference: str
    customer_number: str
    home_organisation_name: str
    is_surviving: bool
    merge: Merge


@dataclass(frozen=True, slots=True)
class ShownMember:
    """Another member of the household, masked."""

    reference: str
    customer_number: str
    customer_name: str
    home_organisation_name: str
    is_head: bool
    kin_to_head: str | None
    evidence: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class ShownMerge:
    """One line of the merge log, masked; `reference` names the merged number's page to those who may open it."""

    reference: str | None
    customer_number: str
    surviving_number: str
    merge: Merge


@dataclass(frozen=True, slots=True)
class Relatives:
    """Who else a customer is and lives with, as far as it lies in the viewer's scope; the others are only counted."""

    numbers: tuple[OtherNumber, ...]
    numbers_elsewhere: int
    household: tuple[HouseholdMember, ...]
    household_elsewhere: int


@dataclass(frozen=True, slots=True)
class Reveal:
    """How it stands with unmasking a customer: until when he is unmasked, whether he may be, or why not, how often today."""

    until: datetime | None
    is_allowed: bool
    protected: Text | None
    left_today: int


@dataclass(frozen=True, slots=True)
class ShownCustomer:
    """One customer as his page shows him; personal values are masked unless `reveal.until` is set."""

    reference: str
    customer_number: str
    customer_name: str
    customer_kind: str
    certificate_type: str | None
    certificate_number: str
    born_on: str
    sex: str | None
    is_farmer: bool | None
    is_employee: bool | None
    home_organisation_name: str
    first_reported_on: date | None
    last_reported_on: date | None
    day: date
    deposit_balance: Decimal
    loan_balance: Decimal
    standing: CustomerStanding | None
    value: CustomerValue | None
    months: tuple[CustomerMonthEnd, ...]
    account_count: int
    accounts: tuple[ShownAccount, ...]
    other_numbers: tuple[ShownNumber, ...]
    numbers_elsewhere: int
    household: tuple[ShownMember, ...]
    household_elsewhere: int
    reveal: Reveal


@dataclass(frozen=True, slots=True)
class NamedCustomer:
    """Who a customer is, in a word: his address, number and name, masked."""

    reference: str
    customer_number: str
    customer_name: str


class Masks:
    """Masks for one viewer and one customer."""

    def __init__(self, permissions: frozenset[Permission], *, kind: str, is_revealed: bool) -> None:
        """Mask for somebody with `permissions`; names of companies are not masked."""
        self._permissions = permissions
        self._is_company = kind == _COMPANY
        self._is_revealed = is_revealed

    def __call__(self, column: str, value: str | None) -> str:
        """Return a personal value as it is shown; empty when there is none."""
        found = shown(
            value,
            column=column,
            privacy=_PERSONAL,
            permissions=self._permissions,
            is_company=self._is_company,
            is_revealed=self._is_revealed,
        )
        return found or ""


def shown_row(row: CustomerRow, permissions: frozenset[Permission]) -> ShownRow:
    """Return a row of a list, masked; lists are never revealed."""
    masks = Masks(permissions, kind=row.customer_kind, is_revealed=False)
    return ShownRow(
        reference=reference_of(row.customer_number),
        customer_number=masks("customer_number", row.customer_number),
        customer_name=masks("customer_name", row.customer_name),
        customer_kind=row.customer_kind,
        home_organisation_name=row.home_organisation_name,
        deposit_balance=row.deposit_balance,
        loan_balance=row.loan_balance,
        has_open_account=row.has_open_account,
        tier_code=row.tier_code,
    )


def masked_number(customer_number: str, permissions: frozenset[Permission]) -> str:
    """Return a customer's number, masked."""
    return shown(customer_number, column="customer_number", privacy=_PERSONAL, permissions=permissions) or ""


def shown_merge(line: LoggedMerge, permissions: frozenset[Permission]) -> ShownMerge:
    """Return a line of the merge log, masked; without the permission to see customers nothing of their numbers is left."""
    return ShownMerge(
        reference=reference_of(line.customer_number) if Permission.CUSTOMER_VIEW in permissions else None,
        customer_number=masked_number(line.customer_number, permissions),
        surviving_number=masked_number(line.surviving_number, permissions),
        merge=line.merge,
    )


def named_customer(profile: CustomerProfile, permissions: frozenset[Permission]) -> NamedCustomer:
    """Return who a customer is, masked."""
    masks = Masks(permissions, kind=profile.customer_kind, is_revealed=False)
    return NamedCustomer(
        reference=reference_of(profile.customer_number),
        customer_number=masks("customer_number", profile.customer_number),
        customer_name=masks("customer_name", profile.customer_name),
    )


def shown_customer(profile: CustomerProfile, relatives: Relatives, permissions: frozenset[Permission], reveal: Reveal) -> ShownCustomer:
    """Return one customer, masked unless he is revealed; his other numbers and his household stay masked in any case."""
    masks = Masks(permissions, kind=profile.customer_kind, is_revealed=reveal.until is not None)
    return ShownCustomer(
        reference=reference_of(profile.customer_number),
        customer_number=masks("customer_number", profile.customer_number),
        customer_name=masks("customer_name", profile.customer_name),
        customer_kind=profile.customer_kind,
        certificate_type=profile.certificate_type,
        certificate_number=masks("certificate_number", profile.certificate_number),
        born_on=masks("born_on", profile.born_on.isoformat() if profile.born_on else None),
        sex=profile.sex,
        is_farmer=profile.is_farmer,
        is_employee=profile.is_employee,
        home_organisation_name=profile.home_organisation_name,
        first_reported_on=profile.first_reported_on,
        last_reported_on=profile.last_reported_on,
        day=profile.day,
        deposit_balance=profile.deposit_balance,
        loan_balance=profile.loan_balance,
        standing=profile.standing,
        value=profile.value,
        months=profile.months,
        account_count=profile.account_count,
        accounts=tuple(_shown_account(account, masks) for account in profile.accounts),
        other_numbers=tuple(_shown_number(other, permissions) for other in relatives.numbers),
        numbers_elsewhere=relatives.numbers_elsewhere,
        household=tuple(_shown_member(member, permissions) for member in relatives.household),
        household_elsewhere=relatives.household_elsewhere,
        reveal=reveal,
    )


def _shown_account(account: CustomerAccount, masks: Masks) -> ShownAccount:
    return ShownAccount(
        account_number=masks("account_number", account.account_number),
        currency=account.currency,
        account_kind=account.account_kind,
        product_group=account.product_group,
        balance=account.balance,
        opened_on=account.opened_on,
        closed_on=account.closed_on,
        organisation_name=account.organisation_name,
    )


def _shown_number(other: OtherNumber, permissions: frozenset[Permission]) -> ShownNumber:
    return ShownNumber(
        reference=reference_of(other.customer_number),
        customer_number=masked_number(other.customer_number, permissions),
        home_organisation_name=other.home_organisation_name,
        is_surviving=other.is_surviving,
        merge=other.merge,
    )


def _shown_member(member: HouseholdMember, permissions: frozenset[Permission]) -> ShownMember:
    masks = Masks(permissions, kind=member.customer_kind, is_revealed=False)
    return ShownMember(
        reference=reference_of(member.customer_number),
        customer_number=masks("customer_number", member.customer_number),
        customer_name=masks("customer_name", member.customer_name),
        home_organisation_name=member.home_organisation_name,
        is_head=member.is_head,
        kin_to_head=member.kin_to_head,
        evidence=member.evidence,
        valid_from=member.valid_from,
    )

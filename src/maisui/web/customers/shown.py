"""What people see of a customer: every personal value in its mask, unless it is revealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from maisui.answers import (
    CustomerDetails,
    CustomerPage,
    CustomerProfile,
    CustomerRow,
    CustomerStanding,
    HouseholdMember,
    LoggedMerge,
    Merge,
    OtherNumber,
)
from maisui.answers.customer_header import CustomerHeader
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
    asset_average_balance: Decimal | None
    year_contribution_amount: Decimal | None
    is_tier_by_hand: bool
    columns: Mapping[str, Decimal | int | None]


@dataclass(frozen=True, slots=True)
class ShownList:
    """One page of customers, masked; `found` keeps counts and sums, its rows are taken away."""

    found: CustomerPage
    pages: int
    rows: tuple[ShownRow, ...]


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
class Reveal:
    """How it stands with unmasking a customer: until when he is unmasked, whether he may be, or why not, how often today."""

    until: datetime | None
    is_allowed: bool
    protected: Text | None
    left_today: int


@dataclass(frozen=True, slots=True)
class ShownDetails:
    """What the records say of a customer, masked; `is_married` is yes, no, empty or a mask."""

    phone_number: str
    has_phone_form: bool | None
    address: str
    employer_name: str
    annual_income: str
    is_married: str
    education: str | None
    occupation: str | None
    is_blacklisted: bool | None
    blacklisted_on: date | None
    industry_code: str | None
    size_class: str | None
    credit_rating: str | None
    registered_capital_amount: Decimal | None
    registered_capital_currency: str | None
    staff_count: int | None
    warning_signal: str | None
    is_deformed: bool | None


@dataclass(frozen=True, slots=True)
class ShownCustomer:
    """One customer as his page shows him; personal values are masked unless `reveal.until` is set.

    `content` is what the tab asked for holds, see `maisui.web.customers.tabs`.
    """

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
    home_organisation_code: str
    home_organisation_name: str
    first_reported_on: date | None
    last_reported_on: date | None
    details: ShownDetails
    day: date
    deposit_balance: Decimal
    loan_balance: Decimal
    standing: CustomerStanding | None
    header: CustomerHeader
    reveal: Reveal
    content: Any


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

    def of_person(self, column: str, value: str | None) -> str:
        """Return a name in the mask of a person's, on the page of a firm as well."""
        found = shown(value, column=column, privacy=_PERSONAL, permissions=self._permissions, is_revealed=self._is_revealed)
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
        asset_average_balance=row.asset_average_balance,
        year_contribution_amount=row.year_contribution_amount,
        is_tier_by_hand=row.is_tier_by_hand,
        columns=row.columns,
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


def shown_customer(profile: CustomerProfile, masks: Masks, reveal: Reveal, content: Any) -> ShownCustomer:
    """Return one customer, masked unless he is revealed; whoever else stands on his page stays masked in any case."""
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
        home_organisation_code=profile.home_organisation_code,
        home_organisation_name=profile.home_organisation_name,
        first_reported_on=profile.first_reported_on,
        last_reported_on=profile.last_reported_on,
        details=_shown_details(profile.details, masks),
        day=profile.day,
        deposit_balance=profile.deposit_balance,
        loan_balance=profile.loan_balance,
        standing=profile.standing,
        header=profile.header,
        reveal=reveal,
        content=content,
    )


def _shown_details(found: CustomerDetails, masks: Masks) -> ShownDetails:
    income = None if found.annual_income_amount is None else f"{found.annual_income_amount:,.2f}"
    married = None if found.is_married is None else ("yes" if found.is_married else "no")
    return ShownDetails(
        phone_number=masks("phone_number", found.phone_number),
        has_phone_form=found.has_phone_form,
        address=masks("address", found.address),
        employer_name=masks("employer_name", found.employer_name),
        annual_income=masks("annual_income_amount", income),
        is_married=masks("is_married", married),
        education=found.education,
        occupation=found.occupation,
        is_blacklisted=found.is_blacklisted,
        blacklisted_on=found.blacklisted_on,
        industry_code=found.industry_code,
        size_class=found.size_class,
        credit_rating=found.credit_rating,
        registered_capital_amount=found.registered_capital_amount,
        registered_capital_currency=found.registered_capital_currency,
        staff_count=found.staff_count,
        warning_signal=found.warning_signal,
        is_deformed=found.is_deformed,
    )


def shown_number(other: OtherNumber, permissions: frozenset[Permission]) -> ShownNumber:
    """Return another number of the same person, masked."""
    return ShownNumber(
        reference=reference_of(other.customer_number),
        customer_number=masked_number(other.customer_number, permissions),
        home_organisation_name=other.home_organisation_name,
        is_surviving=other.is_surviving,
        merge=other.merge,
    )


def shown_member(member: HouseholdMember, permissions: frozenset[Permission]) -> ShownMember:
    """Return another member of the household, masked."""
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

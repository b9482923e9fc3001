"""One customer: where he is at home, who he is, and how he stands at the reporting date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.customer_header import CustomerHeader, customer_header
from maisui.answers.tier_decisions import TierDecision, tier_decision
from maisui.steps.phone_sql import PHONE_FORM
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class CustomerStanding:
    """What a customer is at the reporting date: his tier, those of the rule and of this month's average alone, and who set it by hand."""

    tier_code: str
    reached_tier_code: str
    is_quality: bool
    is_effective: bool
    product_group_count: int
    asset_average_balance: Decimal
    ruled_tier_code: str
    by_hand: TierDecision | None


@dataclass(frozen=True, slots=True)
class CustomerDetails:
    """What the bank's records say of a customer beside who he is: of a person or of a firm, each as last reported.

    `has_phone_form` tells whether the telephone number can be one: another value may be deformed and is not shown as a
    number. `is_deformed` tells whether name and certificate are deformed; None where nothing of their file could be judged.
    """

    phone_number: str | None = None
    has_phone_form: bool | None = None
    address: str | None = None
    education: str | None = None
    occupation: str | None = None
    employer_name: str | None = None
    annual_income_amount: Decimal | None = None
    is_married: bool | None = None
    is_blacklisted: bool | None = None
    blacklisted_on: date | None = None
    industry_code: str | None = None
    size_class: str | None = None
    credit_rating: str | None = None
    registered_capital_amount: Decimal | None = None
    registered_capital_currency: str | None = None
    staff_count: int | None = None
    warning_signal: str | None = None
    is_deformed: bool | None = None


@dataclass(frozen=True, slots=True)
class CustomerProfile:
    """Who one customer is and how he stands at the reporting date: what every part of his page rests on.

    `standing` is that of the person, with all his merged numbers; None without an open account.
    """

    customer_number: str
    customer_kind: str
    customer_name: str | None
    certificate_type: str | None
    certificate_number: str | None
    home_organisation_code: str
    home_organisation_name: str
    sex: str | None
    born_on: date | None
    is_farmer: bool | None
    is_employee: bool | None
    first_reported_on: date | None
    last_reported_on: date | None
    details: CustomerDetails
    version: str
    day: date
    deposit_balance: Decimal
    loan_balance: Decimal
    standing: CustomerStanding | None
    header: CustomerHeader


def home_of_customer(reader: Reader, customer_number: str) -> str | None:
    """Return the organisation in which a customer is at home; None when there is no such customer."""
    found = reader.rows("SELECT home_organisation_code FROM customer WHERE customer_number = ?", [customer_number])
    return found[0][0] if found else None


def homes_of_customers(reader: Reader, numbers: Sequence[str]) -> dict[str, str]:
    """Return the organisation in which each of `numbers` is at home; a number that is nobody's is left out."""
    return dict(
        reader.rows(
            "SELECT customer_number, home_organisation_code FROM customer "
            "WHERE customer_number IN (SELECT unnest(CAST(? AS VARCHAR[]))) ORDER BY 1",
            [list(numbers)],
        )
    )


def customer_profile(reader: Reader, customer_number: str) -> CustomerProfile | None:
    """Return who one customer is and how he stands; None when there is no such customer."""
    facts = reader.rows(
        "SELECT c.customer_number, c.customer_kind, c.customer_name, c.certificate_type, c.certificate_number, c.home_organisation_code, "
        "coalesce(o.organisation_name, c.home_organisation_code), c.sex, c.born_on, c.is_farmer, c.is_employee, "
        "c.first_reported_on, c.last_reported_on "
        "FROM customer AS c LEFT JOIN organisation AS o ON o.organisation_code = c.home_organisation_code WHERE c.customer_number = ?",
        [customer_number],
    )
    if not facts:
        return None
    day = reader.manifest.reporting_date
    held = reader.rows(
        "SELECT coalesce(deposit_balance, 0), coalesce(loan_balance, 0) FROM customer_month WHERE customer_number = ? AND month_start = ?",
        [customer_number, day.replace(day=1)],
    )
    deposits, loans = held[0] if held else (Decimal("0.00"), Decimal("0.00"))
    return CustomerProfile(
        *facts[0],
        details=_details(reader, customer_number),
        version=reader.manifest.version,
        day=day,
        deposit_balance=deposits,
        loan_balance=loans,
        standing=_standing(reader, customer_number, day),
        header=customer_header(reader, customer_number),
    )


def _details(reader: Reader, customer_number: str) -> CustomerDetails:
    found = reader.rows(
        f"SELECT phone_number, regexp_matches(phone_number, '{PHONE_FORM}'), address, education, occupation, employer_name, "
        "annual_income_amount, is_married, is_blacklisted, blacklisted_on, industry_code, size_class, credit_rating, "
        "registered_capital_amount, registered_capital_currency, staff_count, warning_signal, is_deformed "
        "FROM customer WHERE customer_number = ?",
        [customer_number],
    )
    return CustomerDetails(*found[0])


def _standing(reader: Reader, customer_number: str, day: date) -> CustomerStanding | None:
    found = reader.rows(
        "SELECT s.tier_code, s.reached_tier_code, s.is_quality, s.is_effective, s.product_group_count, s.asset_average_balance, "
        "coalesce(s.ruled_tier_code, s.tier_code), s.tier_decision_number "
        "FROM customer AS c INNER JOIN customer_standing AS s ON s.customer_number = c.person_customer_number "
        "WHERE c.customer_number = ? AND s.business_date = ?",
        [customer_number, day],
    )
    if not found:
        return None
    *standing, decision = found[0]
    return CustomerStanding(*standing, by_hand=None if decision is None else tier_decision(reader, decision))

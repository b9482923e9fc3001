"""What people see of a customer: personal values in their masks, everything else as it is, and nobody but him unmasked."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from maisui.answers import CustomerDetails, CustomerProfile, CustomerRow, HouseholdMember, LoggedMerge, Merge, OtherNumber
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import customer_of
from maisui.web.customers.shown import (
    Masks,
    Reveal,
    masked_number,
    named_customer,
    shown_customer,
    shown_member,
    shown_merge,
    shown_number,
    shown_row,
)

SEES = frozenset({Permission.CUSTOMER_VIEW})
REVEALS = frozenset({Permission.CUSTOMER_VIEW, Permission.CUSTOMER_REVEAL})
FIGURES = frozenset({Permission.FIGURE_VIEW})
NUMBER, MASKED = "C1000000017", "C10000*0017"
MERGE = Merge("G1", date(2026, 1, 1), None, None, None, None, None)
NOT_REVEALED = Reveal(None, is_allowed=True, protected=None, left_today=3)
WHOLE = {
    "customer_number": NUMBER,
    "customer_name": "张晓明",
    "customer_kind": "personal",
    "certificate_number": "110101199003071234",
    "born_on": date(1990, 3, 7),
}
DETAILS = {
    "phone_number": "13812345678",
    "address": "麦川县青山镇柳树村三组12号",
    "employer_name": "麦川粮库",
    "annual_income_amount": Decimal("123456.70"),
    "is_married": True,
}
PERSONAL_DETAILS = {*DETAILS, "annual_income"}


def made(kind: type, **given: object) -> Any:
    """Return one of `kind` whose every other field holds its own name, so that one field taken for another shows."""
    return kind(**{one.name: given.get(one.name, f"its {one.name}") for one in fields(kind)})


def profile(**given: object) -> CustomerProfile:
    """Return a customer's page as the warehouse answers it."""
    details = made(CustomerDetails, **(DETAILS | {name: value for name, value in given.items() if name in DETAILS}))
    return made(CustomerProfile, **(WHOLE | given | {"details": details}))


def page(found: CustomerProfile, permissions: frozenset[Permission] = SEES, *, is_revealed: bool = False) -> Any:
    """Return the customer as he is shown."""
    masks = Masks(permissions, kind=found.customer_kind, is_revealed=is_revealed)
    return shown_customer(found, masks, NOT_REVEALED, "its content")


def test_a_page_masks_what_is_personal_and_shows_the_rest_as_it_is() -> None:
    found, details = page(profile()), page(profile()).details
    assert customer_of(found.reference) == NUMBER
    assert (found.customer_number, found.customer_name) == (MASKED, "张**")
    assert (found.certificate_number, found.born_on) == ("110***********1234", "1990-**-**")
    assert (found.customer_kind, found.reveal, found.content) == ("personal", NOT_REVEALED, "its content")
    assert (details.phone_number, details.address) == ("138****5678", "麦川县青山镇柳树村****")
    assert (details.employer_name, details.annual_income, details.is_married) == ("****", "****", "****")
    plain = {one.name for one in fields(CustomerProfile)} - {*WHOLE, "details", "version"}
    assert {name: getattr(found, name) for name in plain} == {name: f"its {name}" for name in plain}
    others = {one.name for one in fields(CustomerDetails)} - PERSONAL_DETAILS
    assert {name: getattr(details, name) for name in others} == {name: f"its {name}" for name in others}


def test_a_revealed_customer_is_shown_whole_to_who_may_and_to_nobody_else() -> None:
    found = page(profile(), REVEALS, is_revealed=True)
    assert (found.customer_number, found.customer_name) == (NUMBER, "张晓明")
    assert (found.certificate_number, found.born_on) == ("110101199003071234", "1990-03-07")
    assert (found.details.phone_number, found.details.address) == ("13812345678", "麦川县青山镇柳树村三组12号")
    assert (found.details.employer_name, found.details.annual_income, found.details.is_married) == ("麦川粮库", "123,456.70", "yes")
    assert page(profile(is_married=False), REVEALS, is_revealed=True).details.is_married == "no"
    assert page(profile(), SEES, is_revealed=True) == page(profile())
    assert page(profile(), REVEALS) == page(profile())


def test_whoever_may_not_see_customers_sees_that_there_is_a_value_and_no_letter_of_it() -> None:
    found = page(profile(), FIGURES, is_revealed=True)
    assert {found.customer_number, found.customer_name, found.certificate_number, found.born_on} == {"****"}
    assert {found.details.phone_number, found.details.address, found.details.annual_income, found.details.is_married} == {"****"}


def test_what_is_not_known_is_empty_and_not_a_mask() -> None:
    """An income of 0.00 is known."""
    empty = dict.fromkeys((*DETAILS, "customer_name", "certificate_number", "born_on"))
    found = page(profile(**empty))
    assert (found.customer_name, found.certificate_number, found.born_on) == ("", "", "")
    assert (found.details.phone_number, found.details.address, found.details.employer_name) == ("", "", "")
    assert (found.details.annual_income, found.details.is_married) == ("", "")
    nothing = page(profile(annual_income_amount=Decimal(0)), REVEALS, is_revealed=True)
    assert nothing.details.annual_income == "0.00"


def test_a_firm_keeps_its_name_and_a_person_on_its_page_does_not() -> None:
    masks = Masks(SEES, kind="corporate", is_revealed=False)
    assert masks("customer_name", "麦川粮油有限公司") == "麦川粮油有限公司"
    assert masks("phone_number", "13812345678") == "138****5678"
    assert masks.of_person("customer_name", "张晓明") == "张**"
    assert masks.of_person("customer_name", None) == ""
    revealed = Masks(REVEALS, kind="corporate", is_revealed=True)
    assert revealed.of_person("customer_name", "张晓明") == "张晓明"
    assert Masks(SEES, kind="personal", is_revealed=False)("customer_name", "张晓明") == "张**"


def test_a_list_a_mention_and_a_household_are_masked_even_for_who_may_reveal() -> None:
    for kind, name in (("personal", "张**"), ("corporate", "张晓明")):
        whole = WHOLE | {"customer_kind": kind}
        row = shown_row(made(CustomerRow, **whole), REVEALS)
        named = named_customer(profile(customer_kind=kind), REVEALS)
        member = shown_member(made(HouseholdMember, **whole), REVEALS)
        for found in (row, named, member):
            assert (customer_of(found.reference), found.customer_number, found.customer_name) == (NUMBER, MASKED, name)
        plain = ("home_organisation_name", "deposit_balance", "loan_balance", "has_open_account", "tier_code", "asset_average_balance")
        assert [getattr(row, field) for field in plain] == [f"its {field}" for field in plain]
        assert (row.customer_kind, row.year_contribution_amount) == (kind, "its year_contribution_amount")
        plain = ("home_organisation_name", "is_head", "kin_to_head", "evidence", "valid_from")
        assert [getattr(member, field) for field in plain] == [f"its {field}" for field in plain]


def test_other_numbers_of_a_person_are_masked_and_keep_their_merge() -> None:
    found = shown_number(OtherNumber(NUMBER, "B1", "城关支行", is_surviving=True, merge=MERGE), REVEALS)
    assert customer_of(found.reference) == NUMBER
    assert (found.customer_number, found.home_organisation_name, found.is_surviving, found.merge) == (MASKED, "城关支行", True, MERGE)


@pytest.mark.parametrize(("permissions", "number"), [(SEES, MASKED), (REVEALS, MASKED), (FIGURES, "****")])
def test_the_log_of_merges_leads_to_a_page_only_who_may_open_it(permissions: frozenset[Permission], number: str) -> None:
    found = shown_merge(LoggedMerge(NUMBER, NUMBER, MERGE), permissions)
    assert (found.customer_number, found.surviving_number, found.merge) == (number, number, MERGE)
    assert (found.reference is None) == (permissions is FIGURES)
    assert found.reference is None or customer_of(found.reference) == NUMBER
    assert masked_number(NUMBER, permissions) == number
    assert masked_number("", permissions) == ""

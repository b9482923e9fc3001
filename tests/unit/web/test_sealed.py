"""Addresses name customers sealed: one address a customer, opened only here, for its purpose and its holder."""

from __future__ import annotations

import pytest
from django.conf import settings

from maisui.web.access.sealed import customer_of, reference_of, seal, unseal

NUMBER = "C10000000017"


@pytest.mark.parametrize("text", ["", "C", "C1", "C12", "C123", NUMBER, "客户一号", "x" * 500])
def test_what_is_sealed_opens_again_whatever_its_length(text: str) -> None:
    sealed = seal(text, purpose="a", holder="B1")
    assert unseal(sealed, purpose="a", holder="B1") == text
    assert set(sealed) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert len(text) < 4 or text not in sealed  # a letter or three may stand in any seal by chance


def test_a_seal_opens_for_its_purpose_and_its_holder_only() -> None:
    sealed = seal(NUMBER, purpose="a", holder="B1")
    assert unseal(sealed, purpose="b", holder="B1") is None
    assert unseal(sealed, purpose="a", holder="B2") is None
    assert unseal(sealed, purpose="a", holder="B1") == NUMBER


@pytest.mark.parametrize("odd", ["", "x", NUMBER, "客户", "=" * 9, "a b", "AAAA" * 20, "../", "\x00"])
def test_what_was_not_sealed_here_names_nobody(odd: str) -> None:
    assert unseal(odd, purpose="customer", holder=settings.HOME.legal_entity_code) is None
    assert customer_of(odd) == ""


@pytest.mark.parametrize("place", [0, 5, -1])
def test_a_seal_with_another_letter_names_nobody(place: int) -> None:
    letters = list(reference_of(NUMBER))
    letters[place] = "A" if letters[place] != "A" else "Q"
    assert customer_of("".join(letters)) == ""


def test_a_customer_has_one_address_and_it_is_one_of_this_bank_and_this_key(settings) -> None:
    assert reference_of(NUMBER) == reference_of(NUMBER)
    assert reference_of(NUMBER) != reference_of("C10000000018")
    assert customer_of(reference_of(NUMBER)) == NUMBER
    assert unseal(reference_of(NUMBER), purpose="customer", holder=settings.HOME.legal_entity_code) == NUMBER
    before = reference_of(NUMBER)
    settings.SECRET_KEY = "another key of fifty letters, which no home has ever had before"  # noqa: S105 - of one test
    assert customer_of(before) == ""

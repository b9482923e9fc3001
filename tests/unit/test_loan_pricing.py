"""The lowest rate of a loan, reckoned by hand and held against the parts of contribution."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from maisui.answers.loan_pricing import PricingTerms, loan_price
from maisui.errors import QuestionError

PLAIN = PricingTerms(*(Decimal(value) for value in ("0.02", "365", "0", "0", "0.25", "0.01", "0.4", "1", "0.1", "0.09", "0.003")))
TAXED = replace(PLAIN, day_basis=Decimal(360), vat_rate=Decimal("0.06"), surcharge_rate=Decimal("0.12"))


def value_added(terms: PricingTerms, rate: Decimal, amount: Decimal, service: Decimal) -> Decimal:
    """Return a year's economic value added in the order of the engine: interest, transfer price, tax on it, service, loss, tax, capital."""
    interest, funds = (amount * share * 365 / terms.day_basis for share in (rate, terms.transfer_rate))
    vat = interest * terms.vat_rate / (1 + terms.vat_rate)
    before = interest - funds - vat * (1 + terms.surcharge_rate) - service - amount * terms.default_probability * terms.loss_given_default
    return before * (1 - terms.income_tax_rate) - amount * terms.risk_weight * terms.capital_ratio * terms.capital_cost_rate


def test_every_part_stands_in_the_lowest_rate() -> None:
    """2 % funds, 100 of 10,000 service 1 %, loss 0.4 %, capital 0.9 %, target 0.3 %, and 0.4 % tax: a quarter of 1.6 %."""
    found = loan_price(PLAIN, Decimal(10_000), Decimal(100), Decimal(0))
    parts = (found.funds, found.service, found.loss, found.capital, found.target, found.income_tax, found.vat)
    assert parts == tuple(map(Decimal, ("0.02", "0.01", "0.004", "0.009", "0.003", "0.004", "0")))
    assert found.rate == Decimal("0.05")


def test_what_else_the_customer_brings_is_credited_with_its_tax() -> None:
    """120 of 10,000 are 1.2 %, all of what is wanted: neither capital, target nor tax on them is left to be earned."""
    found = loan_price(PLAIN, Decimal(10_000), Decimal(100), Decimal(120))
    assert (found.rate, found.credited, found.income_tax) == (Decimal("0.034"), Decimal("0.012"), Decimal(0))


@pytest.mark.parametrize("terms", [PLAIN, TAXED])
def test_at_the_lowest_rate_contribution_reaches_its_target(terms: PricingTerms) -> None:
    """The rate is rounded up by less than a millionth: value added is the target, and at most one yuan in a million more."""
    amount, service = Decimal(1_000_000), Decimal(900)
    found = loan_price(terms, amount, service, Decimal(0))
    over = value_added(terms, found.rate, amount, service) - amount * terms.target_return
    assert 0 <= over < Decimal(1)
    assert abs(found.parts_sum - found.rate) < Decimal("0.000002")


def test_no_amount_is_no_loan() -> None:
    with pytest.raises(QuestionError, match="above zero"):
        loan_price(PLAIN, Decimal(0), Decimal(1), Decimal(0))

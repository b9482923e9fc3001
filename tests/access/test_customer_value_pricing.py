"""What a loan to a customer is credited with: the value added of his months, brought to a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from maisui.answers import ContributionMonth, CustomerValue
from maisui.web.pages.customers.value import value_context

NIL = Decimal("0.00")


def month(number: int, added: str) -> ContributionMonth:
    return ContributionMonth(
        date(2026, number, 28), NIL, NIL, NIL, NIL, NIL, NIL, NIL, Decimal(added), NIL, Decimal(added), is_estimated=False
    )


@pytest.mark.parametrize(("months", "credited"), [(12, "1230.00"), (3, "1230.00"), (7, "1230.00")])
def test_the_value_added_of_his_months_is_brought_to_a_year(months: int, credited: str) -> None:
    """102.50 a month are 1,230.00 a year, however few months there are."""
    value = CustomerValue(tuple(month(number, "102.50") for number in range(1, months + 1)), 1, 1, NIL, 0, None)
    context = value_context(value)
    assert context is not None
    assert context["pricing"] == f"other={credited}"

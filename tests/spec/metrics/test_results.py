"""Result metrics on drawn marts against figures computed by hand."""

from datetime import date
from decimal import Decimal

RESULTS = """
    organisation_code | business_date | line_code                | local_profit_amount
    ------------------+---------------+--------------------------+--------------------
    B10               | 2026-05-31    | interest_income          | 999.00
    B10               | 2026-06-30    | interest_income          | 500.00
    B20               | 2026-06-30    | interest_income          | 100.00
    B10               | 2026-06-30    | deposit_interest_expense | -200.00
    B10               | 2026-06-30    | interest_expense         | -50.00
    B10               | 2026-06-30    | fee_income               | 60.00
    B10               | 2026-06-30    | fee_expense              | -10.00
    B10               | 2026-06-30    | operating_expense        | -120.00
    B10               | 2026-06-30    | impairment               | -30.00
    B10               | 2026-06-30    | other_result             | -5.00
"""

# 1,000 on each of 29 days and 2,000 on the last: loans 31,000 balance-days; equity 3,000; provisions −310.
BOOKS = {
    "income_day": RESULTS,
    "ledger_line_day": """
        organisation_code | business_date | statement_code | line_code | local_balance
        ------------------+---------------+----------------+-----------+---------------
        B10               | 2026-05-31    | asset          | loan      | 7777.00
        B10               | 2026-06-29    | asset          | loan      | 29000.00
        B10               | 2026-06-30    | asset          | loan      | 2000.00
        B10               | 2026-06-30    | asset          | provision | -310.00
        B10               | 2026-06-29    | equity         | other_equity | 2500.00
        B10               | 2026-06-30    | income         | other_result | 500.00
        B10               | 2026-06-30    | liability      | deposit   | 9999.00
    """,
    "product_day": """
        product_group  | account_kind | business_date | balance
        ---------------+--------------+---------------+---------
        demand_deposit | deposit      | 2026-05-31    | 1.00
        demand_deposit | deposit      | 2026-06-29    | 36000.00
        demand_deposit | deposit      | 2026-06-30    | 500.00
        loan           | loan         | 2026-06-30    | 900.00
    """,
}


def test_income_and_cost_are_sums_of_their_lines_in_the_period(bank, figure) -> None:
    """June alone; cost is told positive; profit takes every line: 600 − 250 + 50 − 120 − 30 − 5."""
    bank.draw(income_day=RESULTS)
    assert figure("interest_income", numerator="600.00") == Decimal("600.00")
    assert figure("interest_expense", numerator="250.00") == Decimal("250.00")
    assert figure("fee_income", numerator="60.00") == Decimal("60.00")
    assert figure("operating_expense", numerator="120.00") == Decimal("120.00")
    assert figure("net_profit", numerator="245.00") == Decimal("245.00")


def test_shares_of_operating_income_are_ratios_of_sums(bank, figure) -> None:
    """Operating income is 600 − 250 + 50 = 400: 120 ÷ 400 of cost, 50 ÷ 400 of fees."""
    bank.draw(income_day=RESULTS)
    assert figure("cost_to_income_ratio", numerator="120.00", denominator="400.00") == Decimal("0.300000")
    assert figure("fee_income_share", numerator="50.00", denominator="400.00") == Decimal("0.125000")


def test_rates_of_a_year_are_income_times_365_over_balance_days(bank, figure) -> None:
    """Net interest 350 × 365 ÷ 31,000; profit 245 × 365 ÷ 30,690 of assets and ÷ 3,000 of equity; deposits cost 200 × 365 ÷ 36,500."""
    bank.draw(**BOOKS)
    assert figure("net_interest_margin", numerator="127750.00", denominator="31000.00") == Decimal("4.120968")
    assert figure("return_on_assets", numerator="89425.00", denominator="30690.00") == Decimal("2.913816")
    assert figure("return_on_equity", numerator="89425.00", denominator="3000.00") == Decimal("29.808333")
    assert figure("deposit_cost_rate", numerator="73000.00", denominator="36500.00") == Decimal("2.000000")


def test_total_assets_are_those_of_the_day_with_provisions_taken_off(bank, figure) -> None:
    """2,000 − 310."""
    bank.draw(**BOOKS)
    assert figure("total_asset_balance", numerator="1690.00") == Decimal("1690.00")


def test_the_interest_spread_is_the_yield_less_the_cost_of_what_bears_interest(bank, figure) -> None:
    """600 × 365 ÷ 31,000 − 250 × 365 ÷ 10,000 = 7.064516 − 9.125; above: (600 × 10,000 − 250 × 31,000) × 365 ÷ 10,000 = −63,875."""
    bank.draw(
        interest_day="""
            organisation_code | business_date | interest_income_amount | interest_expense_amount | earning_asset_balance | bearing_liability_balance
            ------------------+---------------+------------------------+-------------------------+-----------------------+--------------------------
            B10               | 2026-05-31    | 999.00                 | 1.00                    | 7777.00               | 5.00
            B10               | 2026-06-29    | 0.00                   | 0.00                    | 29000.00              | 6000.00
            B10               | 2026-06-30    | 500.00                 | 250.00                  | 2000.00               | 3000.00
            B20               | 2026-06-30    | 100.00                 | 0.00                    | 0.00                  | 1000.00
        """
    )
    assert figure("net_interest_spread", numerator="-63875.00", denominator="31000.00") == Decimal("-2.060484")


def test_without_liabilities_that_bear_interest_there_is_no_spread(version) -> None:
    """An outlet that only lends has no cost to take off, and no spread either."""
    version.draw(
        interest_day="""
            organisation_code | business_date | interest_income_amount | interest_expense_amount | earning_asset_balance | bearing_liability_balance
            ------------------+---------------+------------------------+-------------------------+-----------------------+--------------------------
            B10               | 2026-06-30    | 500.00                 | 0.00                    | 2000.00               | 0.00
        """
    )
    assert version.values("net_interest_spread") == {(): None}


def test_without_a_line_of_its_own_deposit_interest_is_missing_and_not_nothing(bank, figure) -> None:
    """One undivided interest expense says nothing of deposits; no line of cost or of fees is no cost-to-income ratio of 0 %."""
    undivided = "\n".join(
        line for line in RESULTS.splitlines() if not any(name in line for name in ("deposit_interest", "operating_expense", "fee_"))
    )
    bank.draw(**BOOKS | {"income_day": undivided})
    assert figure("interest_expense", numerator="50.00") == Decimal("50.00")
    for code, lacking in (
        ("deposit_cost_rate", "缺：存款利息支出 × 365"),
        ("cost_to_income_ratio", "缺：业务及管理费"),
        ("fee_income_share", "缺：手续费净收入"),
    ):
        answer = bank.version.ask(code, day=date(2026, 6, 30))
        assert [row.value for row in answer.rows] == [None]
        assert [row.numerator for row in answer.rows] == [None]
        assert lacking in [note.zh for note in answer.notes]

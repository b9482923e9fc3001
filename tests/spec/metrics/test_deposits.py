"""Deposit metrics, each on drawn marts against figures computed by hand."""

from datetime import date
from decimal import Decimal

from maisui.answers import Period
from maisui.metrics.deposits import METRICS

# 30 June: deposits 100 + 50 + 250 − 20 = 380; the loan never counts.
MARTS = {
    "product_day": """
        organisation_code | product_code | product_group  | account_kind | customer_kind | business_date | balance | account_count
        ------------------+--------------+----------------+--------------+---------------+---------------+---------+--------------
        B10               | P1           | demand_deposit | deposit      | personal      | 2025-12-31    | 80.00   | 4
        B10               | P1           | demand_deposit | deposit      | personal      | 2026-06-29    | 40.00   | 4
        B10               | P1           | demand_deposit | deposit      | personal      | 2026-06-30    | 100.00  | 5
        B10               | P2           | term_deposit   | deposit      | personal      | 2026-06-29    | 50.00   | 1
        B10               | P2           | term_deposit   | deposit      | personal      | 2026-06-30    | 50.00   | 1
        B20               | P2           | term_deposit   | deposit      | corporate     | 2025-12-31    | 20.00   | 2
        B20               | P2           | term_deposit   | deposit      | corporate     | 2026-06-30    | 250.00  | 2
        B20               | P3           | other_deposit  | deposit      | corporate     | 2026-06-30    | -20.00  | 1
        B20               | P9           | loan           | loan         | corporate     | 2025-12-31    | 600.00  | 3
        B20               | P9           | loan           | loan         | corporate     | 2026-06-30    | 900.00  | 3
    """,
    "customer_day": """
        organisation_code | customer_kind | business_date | customer_count | depositor_count | borrower_count
        ------------------+---------------+---------------+----------------+-----------------+---------------
        B10               | personal      | 2026-06-29    | 9              | 9               | 9
        B10               | personal      | 2026-06-30    | 4              | 3               | 1
        B20               | corporate     | 2026-06-30    | 2              | 1               | 2
    """,
    "organisation_day": """
        organisation_code | business_date | outlet_count | employee_count
        ------------------+---------------+--------------+---------------
        B10               | 2026-06-29    | 1            | 6
        B10               | 2026-06-30    | 1            | 6
        B20               | 2026-06-29    | 1            | 2
        B20               | 2026-06-30    | 0            | 1
    """,
}


def test_the_deposit_balance_is_the_sum_of_all_deposit_accounts_at_day_end(bank, figure) -> None:
    """100.00 + 50.00 + 250.00 − 20.00; overdrawn accounts reduce it, loans are not in it."""
    bank.draw(**MARTS)
    assert figure("deposit_balance", numerator="380.00") == Decimal("380.00")


def test_without_a_balance_delivered_no_deposit_figure_exists_while_accounts_are_counted(version) -> None:
    """Seven accounts are open; what they hold nobody delivered, so that every figure of balances is — and not 0.00."""
    version.draw(
        product_day="""
            product_code | product_group  | account_kind | customer_kind | business_date | balance | account_count
            -------------+----------------+--------------+---------------+---------------+---------+--------------
            P1           | demand_deposit | deposit      | personal      | 2025-12-31    |         | 4
            P1           | demand_deposit | deposit      | personal      | 2026-06-30    |         | 5
            P2           | term_deposit   | deposit      | corporate     | 2026-06-30    |         | 2
            P9           | loan           | loan         | corporate     | 2026-06-30    | 900.00  | 3
        """
    )
    codes = [one.code for one in METRICS if one.numerator.mart == "product_day"]
    assert {"deposit_balance", "demand_deposit_share", "deposit_deviation", "deposit_net_increase_since_year_start"} <= set(codes)
    assert {code: version.values(code) for code in codes} == {code: {(): None} for code in codes}
    assert version.values("account_count") == {(): Decimal(10)}
    assert version.values("loan_balance") == {(): Decimal("900.00")}
    assert version.values("loan_to_deposit_ratio") == {(): None}


def test_the_parts_of_the_deposit_balance_go_by_product_group_and_customer(bank, figure) -> None:
    """Demand and term go by product group, personal and corporate by the customer; the demand share is 100.00 ÷ 380.00."""
    bank.draw(**MARTS)
    assert figure("demand_deposit_balance", numerator="100.00") == Decimal("100.00")
    assert figure("term_deposit_balance", numerator="300.00") == Decimal("300.00")
    assert figure("personal_deposit_balance", numerator="150.00") == Decimal("150.00")
    assert figure("corporate_deposit_balance", numerator="230.00") == Decimal("230.00")
    assert figure("demand_deposit_share", numerator="100.00", denominator="380.00") == Decimal("0.263158")


def test_the_average_divides_balance_days_by_calendar_days(bank, figure) -> None:
    """June: 90.00 on the 29th and 380.00 on the 30th are 470.00 balance-days over 30 days, 15.666… so 15.67."""
    bank.draw(**MARTS)
    assert figure("deposit_average_daily_balance", numerator="470.00") == Decimal("15.67")
    assert figure("deposit_average_daily_balance", numerator="380.00", period=Period.DAY) == Decimal("380.00")
    assert figure("deposit_average_daily_balance", numerator="470.00", period=Period.YEAR) == Decimal("2.60")


def test_the_net_increase_begins_with_31_december(bank, figure) -> None:
    """380.00 on the day less 100.00 on 31 December."""
    bank.draw(**MARTS)
    assert figure("deposit_net_increase_since_year_start", numerator="280.00") == Decimal("280.00")


def test_the_deviation_compares_the_closing_balance_with_the_average(bank, figure) -> None:
    """Over the two days of a two-day history: average (90 + 380) ÷ 2 = 235, closing 380, so 145 ÷ 235 too high."""
    bank.version.first_date = date(2026, 6, 29)
    bank.draw(**MARTS)
    assert figure("deposit_deviation", numerator="290.00", denominator="470.00", period=Period.TO_DATE) == Decimal("0.617021")


def test_a_deposit_customer_is_one_with_a_deposit_balance(bank, figure) -> None:
    """380.00 over 3 + 1 depositors; holders without money do not count."""
    bank.draw(**MARTS)
    assert figure("deposit_per_customer", numerator="380.00", denominator="4") == Decimal("95.00")


def test_deposits_per_outlet_and_employee_are_averages_over_averages(bank, figure) -> None:
    """470.00 balance-days over 3 outlet-days and over 15 employee-days: the days of the period cancel out."""
    bank.draw(**MARTS)
    assert figure("deposit_per_outlet", numerator="470.00", denominator="3") == Decimal("156.67")
    assert figure("deposit_per_employee", numerator="470.00", denominator="15") == Decimal("31.33")

"""Contribution metrics on drawn marts against figures computed by hand."""

from datetime import date
from decimal import Decimal

from maisui.answers import Period

CONTRIBUTION = """
    account_kind | employee_number | business_date | margin_amount | fee_amount | expected_loss_amount | contribution_amount | capital_days | capital_charge_amount | economic_value_added_amount
    -------------+-----------------+---------------+---------------+------------+----------------------+---------------------+--------------+-----------------------+----------------------------
    deposit      | M1              | 2026-05-31    | 999.00        | 99.00      | 0.00                 | 999.00              | 0.00         | 0.00                  | 999.00
    deposit      | M1              | 2026-06-30    | 300.00        | 5.00       | 0.00                 | 200.00              | 0.00         | 0.00                  | 200.00
    deposit      | unassigned      | 2026-06-30    | 0.33          | 0.00       | 0.00                 | -4.00               | 0.00         | 0.00                  | -4.00
    loan         | M1              | 2026-06-30    | 400.00        | 1.00       | 45.00                | 250.00              | 325580.00    | 89.20                 | 160.80
    none         | unassigned      | 2026-06-30    | 0.00          | 7.50       | 0.00                 | 5.00                | 0.00         | 0.00                  | 5.00
"""


def test_margins_fees_and_losses_are_sums_of_the_month(bank, figure) -> None:
    """June: deposits 300.33, loans 400.00, fees of all kinds 13.50; 451.00 are contributed, 361.80 after 89.20 of capital."""
    bank.draw(contribution_month=CONTRIBUTION)
    assert figure("deposit_ftp_margin", numerator="300.33") == Decimal("300.33")
    assert figure("loan_ftp_margin", numerator="400.00") == Decimal("400.00")
    assert figure("charged_fee_amount", numerator="13.50") == Decimal("13.50")
    assert figure("expected_loss", numerator="45.00") == Decimal("45.00")
    assert figure("customer_contribution", numerator="451.00") == Decimal("451.00")
    assert figure("capital_charge", numerator="89.20") == Decimal("89.20")
    assert figure("economic_value_added", numerator="361.80") == Decimal("361.80")
    assert bank.version.values("customer_contribution", "manager", day=date(2026, 6, 30), period=Period.MONTH) == {
        "M1": Decimal("450.00"),
        "unassigned": Decimal("1.00"),
    }
    assert figure("customer_contribution", numerator="1450.00", period=Period.QUARTER) == Decimal("1450.00")


def test_a_kind_of_account_without_contribution_has_no_margin(version) -> None:
    """No deposit contributes because none was delivered: its margin is — and not 0.00, that of loans stands."""
    version.draw(contribution_month=CONTRIBUTION.replace("deposit      |", "none         |"))
    assert version.values("deposit_ftp_margin") == {(): None}
    assert version.values("loan_ftp_margin") == {(): Decimal("400.00")}


def test_taxes_are_sums_of_what_each_account_bears(bank, figure) -> None:
    """June: 11.65 of loans and 0.24 of fees are 11.89 of value-added tax; 83.30 less the loss's −1.33 are 81.97 of income tax."""
    bank.draw(
        contribution_month="""
            account_kind | business_date | vat_amount | tax_amount
            -------------+---------------+------------+-----------
            deposit      | 2026-05-31    | 9.00       | 9.00
            deposit      | 2026-06-30    | 0.00       | -1.33
            loan         | 2026-06-30    | 11.65      | 83.30
            none         | 2026-06-30    | 0.24       | 0.00
        """
    )
    assert figure("attributed_vat_amount", numerator="11.89") == Decimal("11.89")
    assert figure("attributed_income_tax_amount", numerator="81.97") == Decimal("81.97")


def test_the_return_on_capital_is_that_of_a_year(bank, figure) -> None:
    """451.00 × 365 = 164,615.00 over 325,580.00 capital-days: 0.505605; where there is no capital there is no figure."""
    bank.draw(contribution_month=CONTRIBUTION)
    assert figure("raroc", numerator="164615.00", denominator="325580.00") == Decimal("0.505605")
    assert bank.version.values("raroc", "manager", day=date(2026, 6, 30), period=Period.MONTH)["unassigned"] is None


def test_service_costs_by_channel_and_each_transaction(bank, figure) -> None:
    """12.00 in all; 9.00 of channels over 4 transactions, without keeping accounts: 2.25."""
    bank.draw(
        service_cost_month="""
            channel_code | business_date | activity_count | cost_amount
            -------------+---------------+----------------+------------
            counter      | 2026-05-31    | 9              | 90.00
            counter      | 2026-06-30    | 2              | 7.00
            atm          | 2026-06-30    | 2              | 2.00
            none         | 2026-06-30    | 3              | 3.00
        """
    )
    assert figure("servicing_cost", numerator="12.00") == Decimal("12.00")
    assert figure("channel_unit_cost", numerator="9.00", denominator="4") == Decimal("2.25")
    assert figure("channel_servicing_cost", numerator="9.00") == Decimal("9.00")
    assert bank.version.values("servicing_cost", "channel", day=date(2026, 6, 30), period=Period.MONTH) == {
        "counter": Decimal("7.00"),
        "atm": Decimal("2.00"),
        "none": Decimal("3.00"),
    }


def test_the_bridge_is_net_profit_and_its_lines_lead_to_it(bank, figure) -> None:
    """451.00 contributed, −100.00 of expense not absorbed, 0.40 unexplained: 351.40."""
    bank.draw(
        profit_bridge_month="""
            bridge_line_code   | business_date | profit_amount
            -------------------+---------------+--------------
            contribution       | 2026-05-31    | 999.00
            contribution       | 2026-06-30    | 451.00
            expense_absorption | 2026-06-30    | -100.00
            unexplained        | 2026-06-30    | 0.40
        """
    )
    assert figure("profit_bridge_amount", numerator="351.40") == Decimal("351.40")
    assert figure("unexplained_profit", numerator="0.40") == Decimal("0.40")
    assert bank.version.values("profit_bridge_amount", "bridge_line", day=date(2026, 6, 30), period=Period.MONTH) == {
        "contribution": Decimal("451.00"),
        "expense_absorption": Decimal("-100.00"),
        "unexplained": Decimal("0.40"),
    }

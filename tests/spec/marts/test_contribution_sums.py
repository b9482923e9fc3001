"""Contribution added up by manager and customer, and its bridge to the ledger's net profit."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.contribution_month import CONTRIBUTION_MONTH_MART
from maisui.marts.customer_contribution_month import CUSTOMER_CONTRIBUTION_MONTH_MART
from maisui.marts.profit_bridge_month import PROFIT_BRIDGE_MONTH_MART


def test_what_persons_share_is_split_to_the_cent_and_their_lines_add_up(engine: Engine) -> None:
    """
    P1, 30 : 30 : 40: parts are cut at the cent and M3, who has most, takes the rest: of −0.05 of fees −0.01, −0.01 and −0.03, of 0.01 of
    service all. P2 goes from M1 to M2 on 11 June, 10 : 20 days: 0.03 and 0.07. P3 is half nobody's: 0.03 and 0.02. P4 is nobody's, and so is the
    fee without account, which counts as no account.
    """
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        account_contribution_month="""
            account_number | product_code | account_kind | business_date | interest_amount | transfer_amount | margin_amount | fee_amount | servicing_cost_amount | contribution_amount | economic_value_added_amount | is_estimated
            ---------------+--------------+--------------+---------------+-----------------+-----------------+---------------+------------+-----------------------+---------------------+-----------------------------+-------------
            A1             | P1           | deposit      | 2026-06-30    | 0.10            | 1.00            | 0.90          | -0.05      | 0.01                  | 0.84                | 0.84                        | yes
            A2             | P2           | loan         | 2026-06-30    | 0.10            | 0.00            | 0.10          | 0.00       | 0.00                  | 0.10                | 0.10                        | no
            A3             | P3           | deposit      | 2026-06-30    | 0.00            | 0.05            | 0.05          | 0.00       | 0.00                  | 0.05                | 0.05                        | no
            A4             | P4           | deposit      | 2026-06-30    | 0.00            | 7.00            | 7.00          | 0.00       | 0.00                  | 7.00                | 7.00                        | no
            none           | P4           | none         | 2026-06-30    | 0.00            | 0.00            | 0.00          | 1.00       | 0.00                  | 1.00                | 1.00                        | no
        """,
        account_allocation="""
            account_number | employee_number | valid_from | valid_until | result_share
            ---------------+-----------------+------------+-------------+-------------
            A1             | M1              | 2026-01-01 |             | 0.3
            A1             | M2              | 2026-01-01 |             | 0.3
            A1             | M3              | 2026-01-01 |             | 0.4
            A2             | M1              | 2026-01-01 | 2026-06-11  | 1
            A2             | M2              | 2026-06-11 |             | 1
            A3             | M1              | 2026-01-01 |             | 0.5
            A3             | unassigned      | 2026-01-01 |             | 0.5
        """,
    )
    run(engine, CONTRIBUTION_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "contribution_month",
        """
        product_code | account_kind | employee_number | interest_amount | transfer_amount | margin_amount | fee_amount | servicing_cost_amount | contribution_amount | economic_value_added_amount | account_count | estimated_account_count
        -------------+--------------+-----------------+-----------------+-----------------+---------------+------------+-----------------------+---------------------+-----------------------------+---------------+------------------------
        P1           | deposit      | M1              | 0.03            | 0.30            | 0.27          | -0.01      | 0.00                  | 0.26                | 0.26                        | 0             | 0
        P1           | deposit      | M2              | 0.03            | 0.30            | 0.27          | -0.01      | 0.00                  | 0.26                | 0.26                        | 0             | 0
        P1           | deposit      | M3              | 0.04            | 0.40            | 0.36          | -0.03      | 0.01                  | 0.32                | 0.32                        | 1             | 1
        P2           | loan         | M1              | 0.03            | 0.00            | 0.03          | 0.00       | 0.00                  | 0.03                | 0.03                        | 0             | 0
        P2           | loan         | M2              | 0.07            | 0.00            | 0.07          | 0.00       | 0.00                  | 0.07                | 0.07                        | 1             | 0
        P3           | deposit      | M1              | 0.00            | 0.03            | 0.03          | 0.00       | 0.00                  | 0.03                | 0.03                        | 1             | 0
        P3           | deposit      | unassigned      | 0.00            | 0.02            | 0.02          | 0.00       | 0.00                  | 0.02                | 0.02                        | 0             | 0
        P4           | deposit      | unassigned      | 0.00            | 7.00            | 7.00          | 0.00       | 0.00                  | 7.00                | 7.00                        | 1             | 0
        P4           | none         | unassigned      | 0.00            | 0.00            | 0.00          | 1.00       | 0.00                  | 1.00                | 1.00                        | 0             | 0
        """,
    )


def test_capital_and_taxes_of_a_person_lead_to_his_value_added(engine: Engine) -> None:
    """A loan in halves: 10.01 − 0.03 VAT − 1.01 loss − 2.25 tax = 6.72, 5.69 after 1.03 of capital; M1, first in order, takes the odd cents of every part: 3.35 and 3.37, 2.83 and 2.86."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        account_contribution_month="""
            account_number | account_kind | business_date | balance_days | interest_amount | vat_amount | expected_loss_amount | tax_amount | capital_days | capital_charge_amount
            ---------------+--------------+---------------+--------------+-----------------+------------+----------------------+------------+--------------+----------------------
            A1             | loan         | 2026-06-30    | 100.01       | 10.01           | 0.03       | 1.01                 | 2.25       | 10.51        | 1.03
        """,
        account_allocation="""
            account_number | employee_number | valid_from | valid_until | result_share
            ---------------+-----------------+------------+-------------+-------------
            A1             | M1              | 2026-01-01 |             | 0.5
            A1             | M2              | 2026-01-01 |             | 0.5
        """,
    )
    run(engine, CONTRIBUTION_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "contribution_month",
        """
        employee_number | balance_days | margin_amount | vat_amount | expected_loss_amount | tax_amount | contribution_amount | capital_days | capital_charge_amount | economic_value_added_amount
        ----------------+--------------+---------------+------------+----------------------+------------+---------------------+--------------+-----------------------+----------------------------
        M1              | 50.01        | 5.01          | 0.02       | 0.51                 | 1.13       | 3.35                | 5.26         | 0.52                  | 2.83
        M2              | 50.00        | 5.00          | 0.01       | 0.50                 | 1.12       | 3.37                | 5.25         | 0.51                  | 2.86
        """,
    )


def test_a_customers_contribution_is_that_of_his_accounts_and_fees_at_his_home_of_the_day(engine: Engine) -> None:
    """C1: deposits 3.00 − 1.00 and a loan 4.00 with a fee of 1.00; he moved to B20 on the 30th. `none` is a customer too: fees of nobody known."""
    load_tables(
        engine,
        account_contribution_month="""
            account_number | customer_number | account_kind | business_date | margin_amount | fee_amount | contribution_amount | capital_charge_amount | economic_value_added_amount | is_estimated
            ---------------+-----------------+--------------+---------------+---------------+------------+---------------------+-----------------------+-----------------------------+-------------
            A1             | C1              | deposit      | 2026-06-30    | 3.00          | 0.00       | 3.00                | 0.00                  | 3.00                        | no
            A2             | C1              | deposit      | 2026-06-30    | -1.00         | 0.00       | -1.00               | 0.00                  | -1.00                       | yes
            L1             | C1              | loan         | 2026-06-30    | 4.00          | 0.00       | 4.00                | 0.50                  | 3.50                        | no
            none           | C1              | none         | 2026-06-30    | 0.00          | 1.00       | 1.00                | 0.00                  | 1.00                        | no
            A1             | C1              | deposit      | 2026-05-31    | 2.00          | 0.00       | 2.00                | 0.00                  | 2.00                        | no
            none           | none            | none         | 2026-06-30    | 0.00          | 5.00       | 5.00                | 0.00                  | 5.00                        | no
        """,
        customer="""
            customer_number | customer_kind | home_organisation_code | first_reported_on | last_reported_on
            ----------------+---------------+------------------------+-------------------+-----------------
            C1              | corporate     | B20                    | 2020-01-01        | 2026-06-30
        """,
        customer_home_period="""
            customer_number | valid_from | valid_until | organisation_code
            ----------------+------------+-------------+------------------
            C1              | 1900-01-01 | 2026-06-30  | B10
            C1              | 2026-06-30 |             | B20
        """,
    )
    run(engine, CUSTOMER_CONTRIBUTION_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_contribution_month",
        """
        customer_number | business_date | organisation_code | customer_kind | deposit_margin_amount | loan_margin_amount | fee_amount | contribution_amount | capital_charge_amount | economic_value_added_amount | is_estimated
        ----------------+---------------+-------------------+---------------+-----------------------+--------------------+------------+---------------------+-----------------------+-----------------------------+-------------
        C1              | 2026-05-31    | B10               | corporate     | 2.00                  | 0.00               | 0.00       | 2.00                | 0.00                  | 2.00                        | no
        C1              | 2026-06-30    | B20               | corporate     | 2.00                  | 4.00               | 1.00       | 7.00                | 0.50                  | 6.50                        | yes
        none            | 2026-06-30    | none              | unknown       | 0.00                  | 0.00               | 5.00       | 5.00                | 0.00                  | 5.00                        | no
        """,
    )


SUBJECTS = """
    subject_code | subject_name           | statement_code | line_code
    -------------+------------------------+----------------+-------------------------
    601101       | 贷款利息收入           | income         | interest_income
    601102       | 存放同业利息收入       | income         | interest_income
    601103       | 债券投资利息收入       | income         | interest_income
    601104       | 贴现利息收入           | income         | interest_income
    6021         | 手续费收入             | income         | fee_income
    6421         | 手续费支出             | income         | fee_expense
    6111         | 投资收益               | income         | investment_income
    641101       | 存款利息支出           | income         | deposit_interest_expense
    641102       | 同业存放利息支出       | income         | interest_expense
    6403         | 税金及附加             | income         | tax_surcharge
    6602         | 业务及管理费           | income         | operating_expense
    6701         | 信用减值损失           | income         | impairment
    6801         | 所得税费用             | income         | income_tax
    6301         | 营业外收入             | income         | non_operating_income
    6051         | 其他业务收入           | income         | other_income
    6999         | 某损益                 | income         | other_result
"""


def test_the_bridge_leads_from_contribution_to_net_profit_by_ledger_subjects(engine: Engine) -> None:
    """
    Accounts: deposits bear 40 and earn 60, loans bear 100 and cost 70; fees 8, VAT 3, service 5, loss 6, tax 11, so 33 are contributed.
    transfer_centre −60 + 70; treasury 9 + 4 + 2 − 1; accrual 90 + 1 − 38 − (100 − 40); fees 10 − 1 − 8; VAT −2 + 3; expense −20 + 5;
    impairment −7 + 6; tax −6 + 11; other 3 + 2; unexplained 0.50. Together 29.50, which is the sum of the ledger.
    """
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        ledger_subject_line=SUBJECTS,
        contribution_month="""
            account_kind | business_date | interest_amount | transfer_amount | fee_amount | vat_amount | servicing_cost_amount | expected_loss_amount | tax_amount | contribution_amount
            -------------+---------------+-----------------+-----------------+------------+------------+-----------------------+----------------------+------------+--------------------
            deposit      | 2026-06-30    | 40.00           | 60.00           | 2.00       | 0.00       | 5.00                  | 0.00                 | 4.00       | 13.00
            loan         | 2026-06-30    | 100.00          | 70.00           | 0.00       | 3.00       | 0.00                  | 6.00                 | 6.00       | 15.00
            none         | 2026-06-30    | 0.00            | 0.00            | 6.00       | 0.00       | 0.00                  | 0.00                 | 1.00       | 5.00
        """,
        income_day="""
            subject_code | line_code                | business_date | local_profit_amount
            -------------+--------------------------+---------------+--------------------
            601101       | interest_income          | 2026-06-15    | 50.00
            601101       | interest_income          | 2026-06-30    | 40.00
            601102       | interest_income          | 2026-06-30    | 9.00
            601103       | interest_income          | 2026-06-30    | 4.00
            601104       | interest_income          | 2026-06-30    | 1.00
            6021         | fee_income               | 2026-06-30    | 10.00
            6421         | fee_expense              | 2026-06-30    | -1.00
            6111         | investment_income        | 2026-06-30    | 2.00
            641101       | deposit_interest_expense | 2026-06-30    | -38.00
            641102       | interest_expense         | 2026-06-30    | -1.00
            6403         | tax_surcharge            | 2026-06-30    | -2.00
            6602         | operating_expense        | 2026-06-30    | -20.00
            6701         | impairment               | 2026-06-30    | -7.00
            6801         | income_tax               | 2026-06-30    | -6.00
            6301         | non_operating_income     | 2026-06-30    | 3.00
            6051         | other_income             | 2026-06-30    | 2.00
            6999         | other_result             | 2026-06-30    | 0.50
        """,
    )
    run(engine, PROFIT_BRIDGE_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "profit_bridge_month",
        """
        organisation_code | bridge_line_code      | business_date | profit_amount
        ------------------+-----------------------+---------------+--------------
        B10               | contribution          | 2026-06-30    | 33.00
        B10               | transfer_centre       | 2026-06-30    | 10.00
        B10               | treasury              | 2026-06-30    | 14.00
        B10               | accrual_difference    | 2026-06-30    | -7.00
        B10               | fee_difference        | 2026-06-30    | 1.00
        B10               | vat_difference        | 2026-06-30    | 1.00
        B10               | expense_absorption    | 2026-06-30    | -15.00
        B10               | impairment_difference | 2026-06-30    | -1.00
        B10               | tax_difference        | 2026-06-30    | 5.00
        B10               | non_operating         | 2026-06-30    | 5.00
        B10               | unexplained           | 2026-06-30    | 0.50
        """,
    )
    assert sum(row[0] for row in engine.fetch("SELECT profit_amount FROM profit_bridge_month")) == sum(
        row[0] for row in engine.fetch("SELECT local_profit_amount FROM income_day")
    )


def test_a_month_has_a_bridge_only_when_its_ledger_and_its_prices_are_there(engine: Engine) -> None:
    """May has no contribution, July's ledger ends before the reporting date: only June is bridged, outlet by outlet."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-07-10"),
        ledger_subject_line=SUBJECTS,
        contribution_month="""
            organisation_code | account_kind | business_date | contribution_amount
            ------------------+--------------+---------------+--------------------
            B10               | none         | 2026-06-30    | 1.00
            B10               | none         | 2026-07-10    | 1.00
        """,
        income_day="""
            organisation_code | subject_code | line_code  | business_date | local_profit_amount
            ------------------+--------------+------------+---------------+--------------------
            B20               | 6021         | fee_income | 2026-05-31    | 7.00
            B20               | 6021         | fee_income | 2026-06-30    | 8.00
            B20               | 6021         | fee_income | 2026-07-09    | 9.00
        """,
    )
    run(engine, PROFIT_BRIDGE_MONTH_MART, reporting_date="2026-07-10")
    expect(
        engine,
        "profit_bridge_month",
        """
        organisation_code | bridge_line_code      | business_date | profit_amount
        ------------------+-----------------------+---------------+--------------
        B10               | contribution          | 2026-06-30    | 1.00
        B10               | transfer_centre       | 2026-06-30    | 0.00
        B10               | accrual_difference    | 2026-06-30    | 0.00
        B10               | fee_difference        | 2026-06-30    | 0.00
        B10               | vat_difference        | 2026-06-30    | 0.00
        B10               | expense_absorption    | 2026-06-30    | 0.00
        B10               | impairment_difference | 2026-06-30    | 0.00
        B10               | tax_difference        | 2026-06-30    | 0.00
        B20               | fee_difference        | 2026-06-30    | 8.00
        B20               | unexplained           | 2026-06-30    | 0.00
        """,
    )

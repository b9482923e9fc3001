"""What is known of each person at a month's end, worked out by hand from six months of drawn tables."""

from __future__ import annotations

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.customer_fact_month import CUSTOMER_FACT_MONTH_MART
from maisui.marts.customer_flow_month import CUSTOMER_FLOW_MONTH_MART
from maisui.marts.customer_recent_month import CUSTOMER_RECENT_MONTH_MART

# C1 and C2 are one person from 1 June under C1. C3 was reported in May and never held an account. C4 closed in June.
BANK = {
    "calendar_day": ("2026-01-01", "2026-06-30"),
    "customer": """
        customer_number | customer_kind | home_organisation_code | first_reported_on
        ----------------+---------------+------------------------+------------------
        C1              | personal      | B10                    | 2026-01-31
        C2              | personal      | B20                    | 2026-01-31
        C3              | corporate     | B10                    | 2026-05-10
        C4              | personal      | B10                    | 2026-01-31
    """,
    "customer_merge": """
        customer_number | valid_from | valid_until | surviving_number
        ----------------+------------+-------------+-----------------
        C2              | 2026-06-01 |             | C1
    """,
    "account": """
        account_number | customer_number | account_kind | opened_on  | closed_on
        ---------------+-----------------+--------------+------------+-----------
        A1             | C1              | deposit      | 2025-11-15 |
        A2             | C2              | deposit      | 2025-12-20 |
        A3             | C1              | deposit      | 2026-02-01 |
        A4             | C4              | deposit      | 2025-12-01 | 2026-06-10
        L1             | C1              | loan         | 2026-02-01 |
    """,
    "account_alias": """
        alias_number | account_number | account_kind | customer_number
        -------------+----------------+--------------+----------------
        A1           | A1             | deposit      | C1
        A2           | A2             | deposit      | C2
        A3           | A3             | deposit      | C1
        A4           | A4             | deposit      | C4
        L1           | L1             | loan         | C1
    """,
    "customer_standing": """
        customer_number | business_date | organisation_code | asset_average_balance | tier_average_balance | deposit_average_balance | loan_average_balance | loan_balance | reached_tier_code | tier_code | tier_rank | is_quality | is_effective | product_group_count
        ----------------+---------------+-------------------+-----------------------+----------------------+-------------------------+----------------------+--------------+-------------------+-----------+-----------+------------+--------------+--------------------
        C1              | 2026-01-31    | B10               | 100.00                | 0.00                 | 100.00                  | 0.00                 | 0.00         | ordinary          | ordinary  | 1         | no         | no           | 1
        C1              | 2026-02-28    | B10               | 100.00                | 0.00                 | 100.00                  | 0.00                 | 0.00         | ordinary          | ordinary  | 1         | no         | no           | 1
        C1              | 2026-03-31    | B10               | 101.00                | 0.00                 | 100.00                  | 0.00                 | 0.00         | ordinary          | ordinary  | 1         | no         | no           | 1
        C1              | 2026-04-30    | B10               | 400.00                | 0.00                 | 400.00                  | 0.00                 | 0.00         | ordinary          | ordinary  | 1         | no         | no           | 1
        C1              | 2026-05-31    | B10               | 500.00                | 0.00                 | 500.00                  | 0.00                 | 0.00         | ordinary          | ordinary  | 1         | no         | no           | 1
        C1              | 2026-06-30    | B10               | 600.00                | 0.00                 | 550.00                  | 0.00                 | 70.00        | ordinary          | gold      | 2         | yes        | yes          | 3
        C2              | 2026-05-31    | B20               | 9.00                  | 0.00                 | 9.00                    | 0.00                 | 0.00         | ordinary          | ordinary  | 1         | no         | no           | 1
        C4              | 2026-05-31    | B10               | 30.00                 | 0.00                 | 30.00                   | 0.00                 | 0.00         | ordinary          | ordinary  | 1         | no         | no           | 1
    """,
    "account_transaction": """
        transaction_number | account_kind | account_number | customer_number | posted_on  | amount | balance_change | transaction_type | channel_code | is_cash | is_reversal | is_bank_initiated | initiator_code | counterparty_account | is_counterparty_namesake
        -------------------+--------------+----------------+-----------------+------------+--------+----------------+------------------+--------------+---------+-------------+-------------------+----------------+----------------------+-------------------------
        1                  | deposit      | A1             | C1              | 2026-03-31 | 70.00  | 70.00          | payroll          | other        | no      | no          | no                | batch          | X1                   | no
        2                  | deposit      | A1             | C1              | 2026-04-02 | 40.00  | 40.00          | payroll          | other        | no      | no          | no                | batch          | X1                   | no
        3                  | deposit      | A1             | C1              | 2026-04-20 | 15.00  | -15.00         | transfer         | mobile_bank  | no      | no          | no                | customer       | X2                   | yes
        4                  | deposit      | A2             | C2              | 2026-06-05 | 5.00   | -5.00          | transfer         | mobile_bank  | no      | no          | no                | customer       | A4                   | no
        5                  | deposit      | A1             | C1              | 2026-06-07 | 50.00  | -50.00         | transfer         | mobile_bank  | no      | no          | no                | customer       | A3                   | yes
        6                  | deposit      | A3             | C1              | 2026-06-07 | 50.00  | 50.00          | transfer         | mobile_bank  | no      | no          | no                | customer       | A1                   | yes
        7                  | deposit      | A1             | C1              | 2026-06-21 | 1.00   | 1.00           | interest         | other        | no      | no          | yes               | bank           |                      | no
        8                  | deposit      | A1             | C1              | 2026-06-22 | 3.00   | -3.00          | loan_interest    | other        | no      | no          | no                | batch          | L1                   | no
        9                  | deposit      | A4             | C4              | 2026-05-09 | 30.00  | -30.00         | cash_withdrawal  | counter      | yes     | no          | no                | customer       |                      | no
    """,
    "customer_contribution_month": """
        customer_number | currency | business_date | contribution_amount | expected_loss_amount
        ----------------+----------+---------------+---------------------+---------------------
        C1              | CNY      | 2026-05-31    | 10.00               | 2.00
        C1              | CNY      | 2026-06-30    | 7.00                | -5.25
        C1              | USD      | 2026-06-30    | 99.00               | -50.00
        C2              | CNY      | 2026-06-30    | 0.50                | 0.25
    """,
    "deposit_term_snapshot": """
        reported_on | account_number | matures_on | is_auto_renewal
        ------------+----------------+------------+----------------
        2026-06-30  | A3             | 2026-07-30 | no
        2026-06-30  | A1             | 2026-07-31 | no
        2026-06-30  | A2             | 2026-07-15 | yes
    """,
    "account_balance": """
        account_number | valid_from | valid_until | balance
        ---------------+------------+-------------+--------
        A1             | 2026-01-01 |             | 33.00
        A2             | 2026-01-01 |             | 44.00
        A3             | 2026-02-01 | 2026-06-30  | 1.00
        A3             | 2026-06-30 |             | 55.00
    """,
    "loan": """
        loan_number | account_number | customer_number | disbursed_on | disbursed_amount | last_reported_on
        ------------+----------------+-----------------+--------------+------------------+-----------------
        N1          | L1             | C1              | 2026-02-01   | 100.00           | 2026-06-30
        N2          | L1             | C1              | 2026-02-01   | 100.00           | 2026-06-30
    """,
    "loan_state": """
        loan_number | valid_from | valid_until | balance | loan_class  | loan_status | overdue_since
        ------------+------------+-------------+---------+-------------+-------------+--------------
        N1          | 2026-02-01 | 2026-06-30  | 60.00   | pass        | current     |
        N1          | 2026-06-30 |             | 60.00   | substandard | overdue     | 2026-06-10
        N2          | 2026-02-01 |             | 10.00   | pass        | current     |
    """,
    "guarantee_party": """
        party_key | customer_number | business_date | component_code | chain_code | party_count | borrower_count | is_borrower | is_guarantor | has_mutual | given_amount
        ----------+-----------------+---------------+----------------+------------+-------------+----------------+-------------+--------------+------------+-------------
        C2        | C2              | 2026-06-30    | K1             | K1         | 4           | 3              | no          | yes          | no         | 800.00
        C4        | C4              | 2026-06-30    | K2             |            | 2           | 1              | no          | yes          | no         | 900.00
    """,
    "complaint": """
        complaint_number | customer_number | received_on | complaint_type | complaint_status
        -----------------+-----------------+-------------+----------------+-----------------
        K1               | C1              | 2026-03-31  | fee            | open
        K2               | C2              | 2026-06-01  | fee            | open
    """,
}


def fill(engine: Engine) -> None:
    """Run the two steps."""
    load_tables(engine, **BANK)
    for step in (CUSTOMER_FLOW_MONTH_MART, CUSTOMER_RECENT_MONTH_MART, CUSTOMER_FACT_MONTH_MART):
        run(engine, step, reporting_date="2026-06-30")


def test_money_is_counted_once_by_where_it_came_from_or_went_to(engine: Engine) -> None:
    """Between own accounts and interest count nowhere; C2's transfer of June is C1's, whose number he bears by then."""
    fill(engine)
    expect(
        engine,
        "customer_flow_month",
        """
        customer_number | month_start | flow_code             | inflow_amount | outflow_amount | transaction_count
        ----------------+-------------+-----------------------+---------------+----------------+------------------
        C1              | 2026-03-01  | payroll               | 70.00         | 0.00           | 1
        C1              | 2026-04-01  | payroll               | 40.00         | 0.00           | 1
        C1              | 2026-04-01  | own_account_elsewhere | 0.00          | 15.00          | 1
        C4              | 2026-05-01  | cash                  | 0.00          | 30.00          | 1
        C1              | 2026-06-01  | on_us                 | 0.00          | 5.00           | 1
        C1              | 2026-06-01  | loan                  | 0.00          | 3.00           | 1
        """,
    )


def test_the_facts_of_june(engine: Engine) -> None:
    """C1: (400 + 500 + 600) / 3 = 500.00 after (100 + 100 + 101) / 3 = 100.33; payroll of April only; 23 days since 7 June.

    Contribution 7.00 + 99.00 of the account in dollars + 0.50, with May 10.00 more; expected loss 2.00 - 5.25 - 50.00 + 0.25 = -53.00. A3 falls due on the 30th day, A1 a day later, A2 renews. C3 never held an account; C4 left on 10 June.
    """
    fill(engine)
    found = engine.fetch(
        "SELECT customer_number, organisation_code, is_holder, held_month_count, tier_code, is_quality, recent_asset_balance, earlier_asset_balance, "
        "inflow_amount, outflow_amount, payroll_amount, own_elsewhere_amount, transaction_count, idle_day_count, maturing_deposit_amount, "
        "overdue_balance, overdue_day_count, loan_class_rank, previous_loan_class_rank, bad_loan_balance, guaranteed_amount, complaint_count, "
        "contribution_amount, year_contribution_amount, year_expected_loss_amount FROM customer_fact_month WHERE business_date = DATE '2026-06-30' ORDER BY customer_number"
    )
    shown = ["|".join(str(value) for value in row) for row in found]
    assert shown == [
        "C1|B10|True|7|gold|True|500.00|100.33|40.00|23.00|40.00|15.00|4|23|55.00|60.00|20|3|1|60.00|800.00|1|106.50|116.50|-53.00",
        "C3|B10|False|0|none|False|0.00|0.00|0.00|0.00|0.00|0.00|0|0|0.00|0.00|0|0|0|0.00|0.00|0|0.00|0.00|0.00",
        "C4|B10|False|6|none|False|10.00|0.00|0.00|30.00|0.00|0.00|1|52|0.00|0.00|0|0|0|0.00|0.00|0|0.00|0.00|0.00",
    ]


def test_what_lies_before_the_history_is_not_known(engine: Engine) -> None:
    """In May only five months are known: nothing is said of the three months before. C3 is there from the day he was reported."""
    fill(engine)
    found = engine.fetch(
        "SELECT customer_number, earlier_asset_balance FROM customer_fact_month WHERE business_date = DATE '2026-05-31' ORDER BY 1"
    )
    assert [tuple(row) for row in found] == [("C1", None), ("C2", None), ("C3", None), ("C4", None)]
    (april,) = engine.fetch("SELECT count(*) FROM customer_fact_month WHERE business_date = DATE '2026-04-30'")
    assert april[0] == 3


def test_nobody_is_idle_before_anybody_is_seen_to_move(engine: Engine) -> None:
    """The bank's first own transaction is of April: before, nobody's days are counted; C4, who moves in May, is idle since 1 January."""
    fill(engine)
    found = engine.fetch("SELECT business_date, idle_day_count FROM customer_fact_month WHERE customer_number = 'C4' ORDER BY 1")
    counted = {str(day): days for day, days in found}
    assert (counted["2026-01-31"], counted["2026-03-31"]) == (None, None)
    assert counted["2026-04-30"] == 119, "counted from the first day of the history"
    assert counted["2026-05-31"] < 31

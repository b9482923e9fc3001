"""What is answered of one customer, each on drawn tables against figures found by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maisui.answers.customer_changes import customer_changes
from maisui.answers.customer_holdings import customer_months
from maisui.answers.customer_loyalty import customer_loyalty
from maisui.answers.customer_relations import customer_relations, path_between
from maisui.answers.customer_risk import customer_risk
from maisui.answers.customer_timeline import customer_timeline
from maisui.answers.customer_transactions import TransactionQuery, customer_transactions

ACCOUNTS = """
    account_number | customer_number | account_kind | product_group  | opened_on  | closed_on
    ---------------+-----------------+--------------+----------------+------------+-----------
    D1             | C1              | deposit      | demand_deposit | 2020-03-01 |
    T1             | C1              | deposit      | term_deposit   | 2025-06-20 |
    L1             | C1              | loan         | farmer_loan    | 2026-01-10 |
    D2             | C2              | deposit      | demand_deposit | 2021-01-01 | 2026-06-05
"""
MONTHS = """
    account_number | customer_number | account_kind | product_group  | month_start | closing_balance
    ---------------+-----------------+--------------+----------------+-------------+----------------
    D1             | C1              | deposit      | demand_deposit | 2026-05-01  | 100.00
    D1             | C1              | deposit      | demand_deposit | 2026-06-01  | 130.00
    T1             | C1              | deposit      | term_deposit   | 2026-05-01  | 900.00
    T1             | C1              | deposit      | term_deposit   | 2026-06-01  | 400.00
    L1             | C1              | loan         | farmer_loan    | 2026-05-01  | 50.00
    L1             | C1              | loan         | farmer_loan    | 2026-06-01  | 50.00
    D2             | C2              | deposit      | demand_deposit | 2026-06-01  | 7.00
"""
TERMS = """
    account_number | currency | matures_on | first_reported_on | last_reported_on
    ---------------+----------+------------+-------------------+-----------------
    T1             | CNY      | 2026-06-20 | 2025-06-30        | 2026-05-31
    T1             | CNY      | 2026-07-20 | 2026-06-30        | 2026-06-30
"""
HOLDINGS = """
    holding_number | customer_number | origin_kind | product_code | product_group | product_line | currency | valid_from | valid_until | market_amount
    ---------------+-----------------+-------------+--------------+---------------+--------------+----------+------------+-------------+--------------
    H1             | C1              | agency      | F1           | agency_fund   | agency       | CNY      | 2026-04-30 | 2026-06-30  | 80.00
    H2             | C1              | agency      | F1           | agency_fund   | agency       | CNY      | 2026-06-30 |             | 95.00
"""


def test_what_changed_stands_by_size_and_what_did_not_change_is_left_out(version) -> None:
    """Term -500, demand +30, funds +15, contribution -2; the loan stands still. 900 fell due in June, 400 does by 20 July."""
    version.draw(
        account=ACCOUNTS,
        account_month=MONTHS,
        deposit_term=TERMS,
        asset_holding=HOLDINGS,
        customer_contribution_month="""
            customer_number | currency | business_date | contribution_amount
            ----------------+----------+---------------+--------------------
            C1              | CNY      | 2026-05-31    | 5.00
            C1              | CNY      | 2026-06-30    | 3.00
        """,
    )
    found = customer_changes(version.reader, "C1")
    assert [(line.kind, line.code, line.change) for line in found.lines] == [
        ("deposit", "term_deposit", Decimal("-500.00")),
        ("deposit", "demand_deposit", Decimal("30.00")),
        ("asset", "agency_fund", Decimal("15.00")),
        ("contribution", "contribution", Decimal("-2.00")),
    ]
    assert (found.matured_amount, found.maturing_amount) == (Decimal("900.00"), Decimal("400.00"))


def test_assets_are_unknown_before_holdings_are_delivered_and_a_renewed_deposit_counts_as_renewed(version) -> None:
    """Deposits of March are known, products are not; T1 fell due once and was renewed."""
    version.draw(
        account=ACCOUNTS,
        deposit_term=TERMS,
        asset_holding=HOLDINGS,
        customer_month="""
            customer_number | month_start | home_organisation_code | deposit_balance | loan_balance
            ----------------+-------------+------------------------+-----------------+-------------
            C1              | 2026-03-01  | B10                    | 700.00          | 50.00
            C1              | 2026-06-01  | B10                    | 530.00          | 50.00
        """,
    )
    months = customer_months(version.reader, "C1", 4)
    assert [(one.day, one.deposit_balance, one.product_balance, one.asset_balance) for one in months] == [
        (date(2026, 3, 31), Decimal("700.00"), None, None),
        (date(2026, 4, 30), None, Decimal("80.00"), Decimal("80.00")),
        (date(2026, 5, 31), None, Decimal("80.00"), Decimal("80.00")),
        (date(2026, 6, 30), Decimal("530.00"), Decimal("95.00"), Decimal("625.00")),
    ]
    loyalty = customer_loyalty(version.reader, "C1", months)
    assert (loyalty.joined_on, loyalty.matured_count, loyalty.renewed_count) == (date(2020, 3, 1), 1, 1)
    assert loyalty.retained_share is None


def test_sums_of_transactions_are_over_all_that_fit_and_not_over_the_page(version) -> None:
    """Three movements in June, two of them out; C2's are nobody else's business."""
    version.draw(
        account=ACCOUNTS,
        account_transaction="""
            transaction_number | account_number | customer_number | posted_on  | posted_time | balance_change | channel_code | transaction_type
            -------------------+----------------+-----------------+------------+-------------+----------------+--------------+-----------------
            1                  | D1             | C1              | 2026-05-31 | 090000      | 500.00         | counter      | cash_deposit
            2                  | D1             | C1              | 2026-06-01 | 090000      | -20.00         | atm          | cash_withdrawal
            3                  | D1             | C1              | 2026-06-02 | 090000      | -30.00         | mobile_bank  | transfer
            4                  | D1             | C1              | 2026-06-03 | 090000      | 70.00          | mobile_bank  | transfer
            5                  | D2             | C2              | 2026-06-03 | 090000      | 99.00          | mobile_bank  | transfer
        """,
    )
    june = TransactionQuery(first_day=date(2026, 6, 1), size=1, page=2)
    found = customer_transactions(version.reader, "C1", june)
    assert (found.total_count, found.in_amount, found.out_amount) == (3, Decimal("70.00"), Decimal("50.00"))
    assert [row.balance_change for row in found.rows] == [Decimal("-30.00")]
    assert (found.channels, found.types) == (("atm", "mobile_bank"), ("cash_withdrawal", "transfer"))
    out = customer_transactions(version.reader, "C1", TransactionQuery(direction="out", channel_code="mobile_bank"))
    assert (out.total_count, out.in_amount, out.out_amount) == (1, Decimal(0), Decimal("30.00"))
    beyond = customer_transactions(version.reader, "C1", TransactionQuery(page=99))
    assert (beyond.page, len(beyond.rows)) == (1, 4)


def test_postings_of_several_currencies_are_added_up_in_the_local_one(version) -> None:
    """100.00 in dollars at 7.10 and 5.00 in yuan came in: 715.00; each line stays in its own currency."""
    version.draw(
        account=ACCOUNTS,
        local_rate="""
            currency | valid_from | valid_until | quoted_amount | exchange_rate
            ---------+------------+-------------+---------------+--------------
            USD      | 1900-01-01 | 2026-06-03  | 100           | 710
            USD      | 2026-06-03 |             | 100           | 999
        """,
        account_transaction="""
            transaction_number | account_number | customer_number | currency | posted_on  | balance_change
            -------------------+----------------+-----------------+----------+------------+---------------
            1                  | D1             | C1              | USD      | 2026-06-02 | 100.00
            2                  | D1             | C1              | CNY      | 2026-06-03 | 5.00
        """,
    )
    found = customer_transactions(version.reader, "C1", TransactionQuery())
    assert (found.in_amount, [row.balance_change for row in found.rows]) == (Decimal("715.00"), [Decimal("5.00"), Decimal("100.00")])


TIES = """
    first_party_key | second_party_key | tie_kind | tie_type | identity_grade | report_count | valid_from | valid_until
    ----------------+------------------+----------+----------+----------------+--------------+------------+------------
    C1              | C2               | kin      | 配偶     | reported       | 1            | 2026-01-31 |
    C1              | C9               | kin      | 子女     | reported       | 1            | 2025-01-31 | 2026-01-31
"""
GUARANTEES = """
    guarantee_contract_number | guaranteed_contract_number | guarantor_key | guarantor_number | borrower_number | guarantee_amount | currency | valid_from | valid_until | is_self
    --------------------------+----------------------------+---------------+------------------+-----------------+------------------+----------+------------+-------------+--------
    G1                        | K1                         | C3            | C3               | C2              | 600.00           | CNY      | 2026-02-01 |             | no
    G2                        | K2                         | C1            | C1               | C4              | 250.00           | CNY      | 2026-02-01 |             | no
    G3                        | K3                         | C1            | C1               | C1              | 10.00            | CNY      | 2026-02-01 |             | yes
"""


def test_relations_in_force_stand_once_and_a_path_goes_by_the_shortest_way(version) -> None:
    """C1 is kin of C2, whom C3 guarantees; the tie with C9 has ended, one's own guarantee is no relation, C5 lives with C3."""
    version.draw(
        account=ACCOUNTS,
        customer_tie=TIES,
        guarantee_link=GUARANTEES,
        household_member="""
            customer_number | household_code | evidence | valid_from | is_head
            ----------------+----------------+----------+------------+--------
            C3              | H1             | roster   | 2026-01-31 | yes
            C5              | H1             | roster   | 2026-01-31 | no
        """,
    )
    relations = [(one.other_number, one.kind, one.amount) for one in customer_relations(version.reader, "C1")]
    assert relations == [("C4", "guaranteed", Decimal("250.00")), ("C2", "kin", None)]
    path = path_between(version.reader, "C1", "C5")
    assert path is not None
    assert [(step.other_number, step.kind) for step in path] == [("C2", "kin"), ("C3", "guarantor"), ("C5", "household")]
    assert path_between(version.reader, "C1", "C9") is None
    given = customer_risk(version.reader, "C1").guarantees
    assert [(one.is_given, one.other_number, one.amount) for one in given] == [(True, "C4", Decimal("250.00"))]


def test_an_instalment_is_late_until_it_is_paid_whole_and_all_events_stand_in_one_order(version) -> None:
    """The first was paid ten days late, the second half: late for the thirty days since; accounts, loan and class by day."""
    version.draw(
        account=ACCOUNTS,
        loan="""
            loan_number | account_number | customer_number | currency | disbursed_amount | disbursed_on | last_reported_on
            ------------+----------------+-----------------+----------+------------------+--------------+-----------------
            J1          | L1             | C1              | CNY      | 60.00            | 2026-01-10   | 2026-06-30
        """,
        loan_class_change="""
            loan_number | customer_number | changed_on | previous_class | loan_class
            ------------+-----------------+------------+----------------+----------------
            J1          | C1              | 2026-06-10 | pass           | special_mention
        """,
        repayment_schedule="""
            loan_number | instalment_number | due_on     | due_principal_amount | due_interest_amount
            ------------+-------------------+------------+----------------------+--------------------
            J1          | 1                 | 2026-04-30 | 10.00                | 1.00
            J1          | 2                 | 2026-05-31 | 10.00                | 1.00
        """,
        repayment_receipt="""
            loan_number | receipt_number | instalment_number | received_on | principal_amount | interest_amount
            ------------+----------------+-------------------+-------------+------------------+----------------
            J1          | R1             | 1                 | 2026-05-10  | 10.00            | 1.00
            J1          | R2             | 2                 | 2026-06-02  | 4.50             | 1.00
        """,
    )
    risk = customer_risk(version.reader, "C1")
    assert [(one.due_on, one.received_amount, one.days_late(date(2026, 6, 30))) for one in risk.instalments] == [
        (date(2026, 5, 31), Decimal("5.50"), 30),
        (date(2026, 4, 30), Decimal("11.00"), 10),
    ]
    events = [(event.day, event.kind, event.number) for event in customer_timeline(version.reader, "C1")]
    assert events == [
        (date(2026, 6, 10), "class", "J1"),
        (date(2026, 1, 10), "disbursed", "J1"),
        (date(2026, 1, 10), "opened", "L1"),
        (date(2025, 6, 20), "opened", "T1"),
        (date(2020, 3, 1), "opened", "D1"),
    ]

"""Groups, ties, related parties, limits and what each customer and group owes, may draw and guarantees."""

from decimal import Decimal

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.measure_customer_exposure import MEASURE_CUSTOMER_EXPOSURE
from maisui.integration.measure_group_exposure import MEASURE_GROUP_EXPOSURE
from maisui.integration.resolve_customer_ties import RESOLVE_CUSTOMER_TIES
from maisui.integration.resolve_related_parties import RESOLVE_RELATED_PARTIES
from maisui.integration.trace_credit_limits import TRACE_CREDIT_LIMITS
from maisui.integration.trace_group_members import TRACE_GROUP_MEMBERS
from maisui.marts.concentration_day import CONCENTRATION_DAY_MART
from maisui.marts.loan_migration_day import LOAN_MIGRATION_DAY_MART
from maisui.marts.repayment_day import REPAYMENT_DAY_MART

DELIVERIES = """
    source_file_id | feed_code | business_date
    ---------------+-----------+--------------
    MAY            | monthly   | 2026-05-31
    JUNE           | monthly   | 2026-06-30
"""


def test_a_member_belongs_to_its_group_until_the_next_report_without_it(engine: Engine) -> None:
    load_tables(
        engine,
        delivery=DELIVERIES,
        customer_group_snapshot="""
            source_file_id | source_line | reported_on | group_number | member_number | parent_number
            ---------------+-------------+-------------+--------------+---------------+--------------
            MAY            | 1           | 2026-05-31  | J1           | C1            | C1
            MAY            | 2           | 2026-05-31  | J1           | C2            | C1
            JUNE           | 1           | 2026-06-30  | J1           | C1            | C1
            JUNE           | 2           | 2026-06-30  | J2           | C2            |
        """,
    )
    run(engine, TRACE_GROUP_MEMBERS, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_group_member",
        """
        group_number | customer_number | is_parent | valid_from | valid_until
        -------------+-----------------+-----------+------------+------------
        J1           | C1              | yes       | 2026-05-31 |
        J1           | C2              | no        | 2026-05-31 | 2026-06-30
        J2           | C2              | no        | 2026-06-30 |
        """,
    )


def test_a_tie_reported_from_both_sides_is_one_and_a_role_points_to_its_company(engine: Engine) -> None:
    """C1 and C2 are kin; C3 holds shares in C4; a certificate stands for a number; who is tied to himself is not."""
    load_tables(
        engine,
        delivery=DELIVERIES,
        certificate_match="""
            certificate_type | certificate_number | customer_number | candidate_count | identity_grade
            -----------------+--------------------+-----------------+-----------------+---------------
            居民身份证       | N5                 | C5              | 1               | exact
        """,
        customer_tie_snapshot="""
            source_file_id | source_line | reported_on | customer_number | related_number | certificate_type | certificate_number | tie_kind    | is_ended
            ---------------+-------------+-------------+-----------------+----------------+------------------+--------------------+-------------+---------
            MAY            | 1           | 2026-05-31  | C1              | C2             |                  |                    | kin         | no
            JUNE           | 1           | 2026-06-30  | C1              | C2             |                  |                    | kin         | no
            JUNE           | 2           | 2026-06-30  | C2              | C1             |                  |                    | kin         | no
            JUNE           | 3           | 2026-06-30  | C4              | C3             |                  |                    | shareholder | no
            JUNE           | 4           | 2026-06-30  | C4              |                | 居民身份证       | N5                 | officer     | no
            MAY            | 2           | 2026-05-31  | C6              | C7             |                  |                    | trade       | no
            JUNE           | 5           | 2026-06-30  | C6              | C7             |                  |                    | trade       | yes
            JUNE           | 6           | 2026-06-30  | C8              | C8             |                  |                    | kin         | no
        """,
    )
    run(engine, RESOLVE_CUSTOMER_TIES, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_tie",
        """
        first_party_key | second_party_key | tie_kind    | identity_grade | report_count | valid_from | valid_until
        ----------------+------------------+-------------+----------------+--------------+------------+------------
        C1              | C2               | kin         | reported       | 2            | 2026-05-31 |
        C3              | C4               | shareholder | reported       | 1            | 2026-06-30 |
        C5              | C4               | officer     | exact          | 1            | 2026-06-30 |
        C6              | C7               | trade       | reported       | 1            | 2026-05-31 | 2026-06-30
        """,
    )


def test_related_parties_are_customers_by_number_or_certificate(engine: Engine) -> None:
    load_tables(
        engine,
        delivery=DELIVERIES,
        certificate_match="""
            certificate_type | certificate_number | customer_number | candidate_count | identity_grade
            -----------------+--------------------+-----------------+-----------------+---------------
            居民身份证       | N5                 | C5              | 1               | deformed
        """,
        shareholder_snapshot="""
            source_file_id | source_line | reported_on | customer_number | certificate_type | certificate_number | shares_held_share | is_ended
            ---------------+-------------+-------------+-----------------+------------------+--------------------+-------------------+---------
            MAY            | 1           | 2026-05-31  | C1              |                  |                    | 0.050000          | no
            JUNE           | 1           | 2026-06-30  | C1              |                  |                    | 0.040000          | no
            JUNE           | 2           | 2026-06-30  |                 | 居民身份证       | N5                 | 0.010000          | no
            JUNE           | 3           | 2026-06-30  | C9              |                  |                    | 0.020000          | yes
        """,
    )
    run(engine, RESOLVE_RELATED_PARTIES, reporting_date="2026-06-30")
    expect(
        engine,
        "related_party",
        """
        party_key | customer_number | identity_grade | shares_held_share | valid_from | valid_until
        ----------+-----------------+----------------+-------------------+------------+------------
        C1        | C1              | reported       | 0.040000          | 2026-05-31 |
        C5        | C5              | deformed       | 0.010000          | 2026-06-30 |
        """,
    )


def test_what_is_undrawn_is_never_below_zero_and_unknown_where_use_is(engine: Engine) -> None:
    """100 − 30 is open, an overdrawn limit is not, one whose use nobody tells is not counted, an ended one neither."""
    load_tables(
        engine,
        delivery=DELIVERIES,
        credit_limit_snapshot="""
            source_file_id | source_line | reported_on | customer_number | limit_amount | used_amount | limit_status
            ---------------+-------------+-------------+-----------------+--------------+-------------+-------------
            MAY            | 1           | 2026-05-31  | C1              | 100.00       | 30.00       | in_force
            MAY            | 2           | 2026-05-31  | C1              | 50.00        | 60.00       | in_force
            MAY            | 3           | 2026-05-31  | C1              | 10.00        |             | unknown
            MAY            | 4           | 2026-05-31  | C1              | 999.00       | 0.00        | ended
            JUNE           | 1           | 2026-06-30  | C1              | 100.00       | 100.00      | in_force
        """,
    )
    run(engine, TRACE_CREDIT_LIMITS, reporting_date="2026-06-30")
    expect(
        engine,
        "credit_limit_state",
        """
        customer_number | valid_from | valid_until | limit_amount | used_amount | undrawn_amount | limit_count
        ----------------+------------+-------------+--------------+-------------+----------------+------------
        C1              | 2026-05-31 | 2026-06-30  | 160.00       | 90.00       | 70.00          | 3
        C1              | 2026-06-30 |             | 100.00       | 100.00      | 0.00           | 1
        """,
    )


LOANS = """
    loan_number | customer_number | disbursed_amount | disbursed_on | last_reported_on | product_code
    ------------+-----------------+------------------+--------------+------------------+-------------
    L1          | C1              | 500.00           | 2025-01-01   | 2026-06-30       | P1
    L2          | C2              | 300.00           | 2025-01-01   | 2026-06-30       | P1
    L3          | C3              | 90.00            | 2025-01-01   | 2026-06-30       | 委托贷款
    L4          | C1              | 60.00            | 2025-01-01   | 2026-06-30       | P1
"""

STATES = """
    loan_number | valid_from | valid_until | balance | loan_class  | loan_status
    ------------+------------+-------------+---------+-------------+------------
    L1          | 2026-05-31 | 2026-06-30  | 500.00  | pass        | current
    L1          | 2026-06-30 |             | 450.00  | substandard | overdue
    L2          | 2026-06-30 |             | 300.00  | pass        | current
    L3          | 2026-05-31 |             | 90.00   | pass        | current
    L4          | 2026-05-31 |             | 60.00   | loss        | written_off
"""


def test_exposure_is_loans_undrawn_limits_and_guarantees_given(engine: Engine) -> None:
    """Entrusted and written-off loans are none; a guarantee contract counts once; a group sums its members; ratios take the largest."""
    load_tables(
        engine,
        calendar_day=("2026-05-30", "2026-06-30"),
        loan=LOANS,
        loan_state=STATES,
        credit_limit_state="""
            customer_number | valid_from | valid_until | limit_amount | used_amount | undrawn_amount | limit_count
            ----------------+------------+-------------+--------------+-------------+----------------+------------
            C2              | 2026-05-31 |             | 400.00       | 300.00      | 100.00         | 1
        """,
        guarantee_link="""
            guarantee_contract_number | guaranteed_contract_number | guarantor_key | guarantor_number | borrower_number | guarantee_amount | valid_from | is_self
            --------------------------+----------------------------+---------------+------------------+-----------------+------------------+------------+--------
            G1                        | H1                         | C4            | C4               | C1              | 70.00            | 2026-06-01 | no
            G1                        | H2                         | C4            | C4               | C1              | 70.00            | 2026-06-01 | no
            G2                        | H1                         | C1            | C1               | C1              | 10.00            | 2026-06-01 | yes
        """,
        customer_group_member="""
            group_number | customer_number | is_parent | valid_from | valid_until
            -------------+-----------------+-----------+------------+------------
            J1           | C2              | yes       | 2026-06-30 |
            J1           | C4              | no        | 2026-06-30 |
        """,
        related_party="""
            party_key | customer_number | valid_from
            ----------+-----------------+-----------
            C2        | C2              | 2026-05-31
        """,
        regulatory_input="""
            input_code       | measured_on | input_amount
            -----------------+-------------+-------------
            net_capital      | 2026-03-31  | 4000.00
            net_capital      | 2026-06-30  | 5000.00
            tier_one_capital | 2026-03-31  | 3000.00
        """,
    )
    for step in (MEASURE_CUSTOMER_EXPOSURE, MEASURE_GROUP_EXPOSURE, CONCENTRATION_DAY_MART):
        run(engine, step, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_exposure",
        """
        customer_number | business_date | group_number | is_related_party | loan_balance | bad_loan_balance | undrawn_amount | guaranteed_amount
        ----------------+---------------+--------------+------------------+--------------+------------------+----------------+------------------
        C1              | 2026-05-31    |              | no               | 500.00       | 0.00             | 0.00           | 0.00
        C2              | 2026-05-31    |              | yes              | 0.00         | 0.00             | 100.00         | 0.00
        C1              | 2026-06-30    |              | no               | 450.00       | 450.00           | 0.00           | 0.00
        C2              | 2026-06-30    | J1           | yes              | 300.00       | 0.00             | 100.00         | 0.00
        C4              | 2026-06-30    | J1           | no               | 0.00         | 0.00             | 0.00           | 70.00
        """,
    )
    expect(
        engine,
        "group_exposure",
        """
        group_number | business_date | member_count | loan_balance | undrawn_amount | guaranteed_amount | exposure_amount
        -------------+---------------+--------------+--------------+----------------+-------------------+----------------
        J1           | 2026-06-30    | 2            | 300.00       | 100.00         | 70.00             | 400.00
        """,
    )
    expect(
        engine,
        "concentration_day",
        """
        business_date | loan_balance | largest_borrower_balance | top_ten_balance | largest_group_amount | related_party_amount | small_ticket_balance | net_capital_amount | tier_one_amount
        --------------+--------------+--------------------------+-----------------+----------------------+----------------------+----------------------+--------------------+----------------
        2026-05-31    | 500.00       | 500.00                   | 500.00          |                      | 100.00               | 500.00               | 4000.00            | 3000.00
        2026-06-30    | 750.00       | 450.00                   | 750.00          | 400.00               | 400.00               | 750.00               | 5000.00            | 3000.00
        """,
    )


def test_migration_compares_each_loan_with_last_year_end(engine: Engine) -> None:
    """Fallen, repaid, vanished, written off, grown, new: what remains is never more than there was."""
    load_tables(
        engine,
        calendar_day=("2025-12-31", "2026-01-31"),
        loan="""
            loan_number | customer_number | disbursed_amount | disbursed_on | last_reported_on | loan_status
            ------------+-----------------+------------------+--------------+------------------+------------
            L1          | C1              | 100.00           | 2025-01-01   | 2026-01-31       | overdue
            L2          | C1              | 100.00           | 2025-01-01   | 2026-01-31       | settled
            L3          | C1              | 100.00           | 2025-01-01   | 2025-12-31       | current
            L4          | C1              | 100.00           | 2025-01-01   | 2026-01-31       | written_off
            L5          | C1              | 100.00           | 2025-01-01   | 2026-01-31       | current
            L6          | C1              | 100.00           | 2026-01-09   | 2026-01-31       | current
        """,
        loan_state="""
            loan_number | valid_from | valid_until | balance | loan_class      | loan_status
            ------------+------------+-------------+---------+-----------------+------------
            L1          | 2025-12-31 | 2026-01-31  | 100.00  | pass            | current
            L1          | 2026-01-31 |             | 90.00   | substandard     | overdue
            L2          | 2025-12-31 | 2026-01-31  | 80.00   | pass            | current
            L2          | 2026-01-31 |             | 0.00    | pass            | settled
            L3          | 2025-12-31 | 2026-01-31  | 70.00   | special_mention | current
            L4          | 2025-12-31 | 2026-01-31  | 60.00   | loss            | overdue
            L4          | 2026-01-31 |             | 0.00    | loss            | written_off
            L5          | 2025-12-31 | 2026-01-31  | 50.00   | pass            | current
            L5          | 2026-01-31 |             | 55.00   | pass            | current
            L6          | 2026-01-31 |             | 10.00   | pass            | current
        """,
    )
    run(engine, LOAN_MIGRATION_DAY_MART, reporting_date="2026-01-31")
    expect(
        engine,
        "loan_migration_day",
        """
        opening_class   | closing_class | business_date | opening_balance | remaining_balance | loan_count
        ----------------+---------------+---------------+-----------------+-------------------+-----------
        pass            | substandard   | 2026-01-31    | 100.00          | 90.00             | 1
        pass            | settled       | 2026-01-31    | 80.00           | 0.00              | 1
        special_mention | settled       | 2026-01-31    | 70.00           | 0.00              | 1
        loss            | written_off   | 2026-01-31    | 60.00           | 0.00              | 1
        pass            | pass          | 2026-01-31    | 50.00           | 50.00             | 1
        """,
    )


def test_receipts_count_on_the_due_day_or_later_by_their_instalment(engine: Engine) -> None:
    """Early money counts on the due day, late money on its day; a receipt without an instalment of the schedule is no collection of a due."""
    load_tables(
        engine,
        repayment_schedule="""
            loan_number | instalment_number | due_on     | due_principal_amount | due_interest_amount
            ------------+-------------------+------------+----------------------+--------------------
            L1          | 1                 | 2026-06-10 | 100.00               | 5.00
            L1          | 2                 | 2026-07-10 | 100.00               | 4.00
        """,
        repayment_receipt="""
            loan_number | receipt_number | instalment_number | received_on | principal_amount | interest_amount
            ------------+----------------+-------------------+-------------+------------------+----------------
            L1          | R1             | 1                 | 2026-06-08  | 60.00            | 5.00
            L1          | R2             | 1                 | 2026-06-20  | 40.00            | 0.00
            L1          | R3             | 2                 | 2026-06-20  | 100.00           | 4.00
            L1          | R4             |                   | 2026-06-20  | 7.00             | 0.00
        """,
    )
    run(engine, REPAYMENT_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "repayment_day",
        """
        due_on     | business_date | due_principal_amount | due_interest_amount | collected_principal_amount | collected_interest_amount
        -----------+---------------+----------------------+---------------------+----------------------------+--------------------------
        2026-06-10 | 2026-06-10    | 100.00               | 5.00                | 60.00                      | 5.00
        2026-06-10 | 2026-06-20    | 0.00                 | 0.00                | 40.00                      | 0.00
        """,
    )
    assert engine.fetch("SELECT sum(collected_principal_amount) FROM repayment_day")[0][0] == Decimal("100.00")


def test_the_concentration_of_deposits_squares_what_each_customer_has(engine: Engine) -> None:
    """50, 30 and 20 millions: 2,500 + 900 + 400 beside 100 squared; an overdrawn and an unknown customer are left out."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        customer_exposure="""
            customer_number | business_date | loan_balance
            ----------------+---------------+-------------
            C1              | 2026-06-30    | 10.00
        """,
        customer_month="""
            customer_number | month_start | deposit_balance
            ----------------+-------------+----------------
            C1              | 2026-06-01  | 50000000.00
            C2              | 2026-06-01  | 30000000.00
            C3              | 2026-06-01  | 20000000.00
            C4              | 2026-06-01  | -5.00
            none            | 2026-06-01  | 70.00
        """,
    )
    run(engine, CONCENTRATION_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "concentration_day",
        """
        business_date | deposit_square_amount | squared_deposit_amount
        --------------+-----------------------+-----------------------
        2026-06-30    | 3800000000000000.00   | 10000000000000000.00
        """,
    )

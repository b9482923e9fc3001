"""Customers: everyone reported, and everyone whom an account, a loan or a role names."""

from drawn_feeds import deliver
from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.resolve_customer import RESOLVE_CUSTOMER


def test_the_latest_report_wins(engine: Engine) -> None:
    """A customer is as last reported, even where others were reported later; the day first seen stays."""
    load_tables(
        engine,
        customer_snapshot="""
            reported_on | customer_number | customer_kind | customer_name | organisation_code | is_farmer
            ------------+-----------------+---------------+---------------+-------------------+----------
            2026-06-30  | C1              | personal      | Zhang San     | B20               | yes
            2026-05-31  | C1              | personal      | Zhang         | B10               | no
            2026-05-31  | C2              | corporate     | Mill          | B10               |
        """,
    )
    run(engine, RESOLVE_CUSTOMER, reporting_date="2026-06-30")
    expect(
        engine,
        "customer",
        """
        customer_number | customer_kind | customer_name | home_organisation_code | is_farmer | first_reported_on | last_reported_on
        ----------------+---------------+---------------+------------------------+-----------+-------------------+-----------------
        C1              | personal      | Zhang San     | B20                    | yes       | 2026-05-31        | 2026-06-30
        C2              | corporate     | Mill          | B10                    |           | 2026-05-31        | 2026-05-31
        """,
    )


def test_facts_of_both_kinds_come_from_the_regulators_files(engine: Engine) -> None:
    """201 and 203 fill telephone, address and what else they say; no day of the blacklist and no fact of the other kind is invented."""
    deliver(
        engine,
        "east5",
        "customer_snapshot",
        grjcxxb="""
            KHTYBH | LXDH        | TXDZ   | XL   | ZY   | GZDWMC | GRNSR    | SFYH | SHMDBZ | SHMDRQ
            -------+-------------+--------+------+------+--------+----------+------+--------+-----------
            C1     | 13800000001 | 1 Road | 高中 | 农民 | Mill   | 36000.00 | 是   | 是     | 2026-01-05
            C2     |             |        |      |      |        |          | 否   | 否     |
        """,
        dgkhxxb="""
            KHTYBH | LXDH     | ZCDZ   | QYFL     | XYPJ | ZCZB      | ZCZBBZ | YGRS | FXYJXH | SSHY  | XZQHDM
            -------+----------+--------+----------+------+-----------+--------+------+--------+-------+-------
            D1     | 05788888 | 2 Road | 微型企业 | AA   | 500000.00 | CNY    | 12   | W3     | C1399 | 330100
        """,
    )
    expect(
        engine,
        "customer_snapshot",
        """
        customer_number | phone_number | address | education | occupation | employer_name | annual_income_amount | is_married | is_blacklisted | blacklisted_on | size_class | credit_rating | registered_capital_amount | registered_capital_currency | staff_count | warning_signal | industry_code
        ----------------+--------------+---------+-----------+------------+---------------+----------------------+------------+----------------+----------------+------------+---------------+---------------------------+-----------------------------+-------------+----------------+--------------
        C1              | 13800000001  | 1 Road  | 高中      | 农民       | Mill          | 36000.00             | yes        | yes            | 2026-01-05     |            |               |                           |                             |             |                |
        C2              |              |         |           |            |               |                      | no         | no             |                |            |               |                           |                             |             |                |
        D1              | 05788888     | 2 Road  |           |            |               |                      |            |                |                | 微型企业   | AA            | 500000.00                 | CNY                         | 12          | W3             | C1399
        """,
    )


def test_the_identity_feeds_telephone_comes_first_and_deformed_files_are_told(engine: Engine) -> None:
    """C1 has both numbers, C2 the regulator's alone; C1's file is deformed, C2's is genuine, of C3's nothing could be judged."""
    load_tables(
        engine,
        customer_snapshot="""
            reported_on | customer_number | customer_kind | phone_number | source_file_id
            ------------+-----------------+---------------+--------------+---------------
            2026-06-30  | C1              | personal      | 13800000001  | F1
            2026-06-30  | C2              | personal      | 13800000002  | F2
            2026-06-30  | C3              | corporate     |              | F3
        """,
        customer_identity_snapshot="""
            reported_on | customer_number | phone_number | source_file_id
            ------------+-----------------+--------------+---------------
            2026-05-31  | C1              | 13900000001  | F9
            2026-06-30  | C1              |              | F9
            2026-05-30  | C1              | 13700000001  | F9
        """,
        identity_file="""
            source_file_id | delivered_table   | reported_on | checked_count | is_genuine
            ---------------+-------------------+-------------+---------------+-----------
            F1             | customer_snapshot | 2026-06-30  | 10            | no
            F2             | customer_snapshot | 2026-06-30  | 10            | yes
            F3             | customer_snapshot | 2026-06-30  | 0             | no
        """,
    )
    run(engine, RESOLVE_CUSTOMER, reporting_date="2026-06-30")
    expect(
        engine,
        "customer",
        """
        customer_number | phone_number | is_deformed
        ----------------+--------------+------------
        C1              | 13900000001  | yes
        C2              | 13800000002  | no
        C3              |              |
        """,
    )


def test_a_customer_only_named_elsewhere_is_kept_as_unknown(engine: Engine) -> None:
    """Whoever an account, a loan or a holder's role names is a customer, of unknown kind until he is reported."""
    load_tables(
        engine,
        account_snapshot="""
            reported_on | account_number | customer_number | organisation_code
            ------------+----------------+-----------------+------------------
            2026-06-30  | A1             | C1              | B10
        """,
        loan_snapshot="""
            reported_on | loan_number | customer_number | organisation_code | disbursed_on
            ------------+-------------+-----------------+-------------------+-------------
            2026-06-30  | L1          | C2              | B20               | 2026-01-05
        """,
        account_holder="""
            account_number | customer_number | holder_role
            ---------------+-----------------+------------
            A1             | C3              | authorised
        """,
    )
    run(engine, RESOLVE_CUSTOMER, reporting_date="2026-06-30")
    expect(
        engine,
        "customer",
        """
        customer_number | customer_kind | home_organisation_code | first_reported_on
        ----------------+---------------+------------------------+------------------
        C1              | unknown       | B10                    |
        C2              | unknown       | B20                    |
        C3              | unknown       | none                   |
        """,
    )


def test_home_is_where_the_bank_says_or_else_the_outlet_of_the_first_account(engine: Engine) -> None:
    """The outlet the bank named is home; without one that of the account opened, or else seen, first; a loan's outlet comes last."""
    load_tables(
        engine,
        customer_snapshot="""
            reported_on | customer_number | organisation_code
            ------------+-----------------+------------------
            2026-06-30  | C1              | B90
            2026-06-30  | C2              |
        """,
        account_snapshot="""
            reported_on | account_number | customer_number | organisation_code | opened_on
            ------------+----------------+-----------------+-------------------+-----------
            2026-06-30  | A1             | C1              | B10               | 2015-01-05
            2026-06-30  | A2             | C2              | B10               | 2021-03-01
            2026-06-30  | A3             | C2              | B20               | 2015-01-05
            2026-05-31  | A4             | C3              | B30               |
            2026-06-30  | A4             | C3              | B30               |
            2026-06-30  | A5             | C3              | B10               | 2026-06-02
        """,
        loan_snapshot="""
            reported_on | loan_number | customer_number | organisation_code | disbursed_on
            ------------+-------------+-----------------+-------------------+-------------
            2026-06-30  | L1          | C2              | B00               | 2014-01-05
            2026-06-30  | L2          | C4              | B50               | 2014-01-05
            2026-06-30  | L3          | C4              | B40               | 2014-01-05
        """,
    )
    run(engine, RESOLVE_CUSTOMER, reporting_date="2026-06-30")
    expect(
        engine,
        "customer",
        """
        customer_number | home_organisation_code
        ----------------+-----------------------
        C1              | B90
        C2              | B20
        C3              | B30
        C4              | B40
        """,
    )

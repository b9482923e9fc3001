"""Customers by exact keys: genuine certificates only, in one form, dated, undone by a decision; and households by roster."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.collect_customer_certificates import COLLECT_CUSTOMER_CERTIFICATES
from maisui.integration.form_households import FORM_HOUSEHOLDS
from maisui.integration.judge_identity_files import JUDGE_IDENTITY_FILES
from maisui.integration.list_capabilities import LIST_CAPABILITIES
from maisui.integration.merge_customers import MERGE_CUSTOMERS
from maisui.marts.customer_day import CUSTOMER_DAY_MART

# 11010519491231002X is the example of GB 11643; 110105491231002 its old form. 53010219200508011X is that of GB 32100's neighbour.


def test_check_digits_tell_genuine_files_from_deformed_ones(engine: Engine) -> None:
    """F1 is genuine; F2 deforms its numbers; F3 has firms with right codes; F4 says nothing that can be checked."""
    load_tables(
        engine,
        customer_snapshot="""
            reported_on | customer_number | customer_kind | certificate_type | certificate_number  | source_file_id
            ------------+-----------------+---------------+------------------+---------------------+---------------
            2026-06-30  | C1              | personal      | 居民身份证       | 11010519491231002X  | F1
            2026-06-30  | C2              | personal      | 居民身份证       | 53010219200508011x  | F1
            2026-06-30  | C3              | personal      | 护照             | E12345678           | F1
            2026-05-31  | C1              | personal      | 居民身份证       | 110105194912310021  | F2
            2026-05-31  | C2              | personal      | 居民身份证       | 5301021920050abcd   | F2
            2026-06-30  | D1              | corporate     | 统一社会信用代码 | 91350100M000100Y43  | F3
            2026-06-30  | C4              | personal      | 护照             | E12345678           | F4
            2026-06-30  | C5              | personal      | 居民身份证       |                     | F4
            2026-06-30  | D2              | corporate     | 统一社会信用代码 |                     | F4
        """,
    )
    run(engine, JUDGE_IDENTITY_FILES, reporting_date="2026-06-30")
    expect(
        engine,
        "identity_file",
        """
        source_file_id | checked_count | genuine_count | is_genuine
        ---------------+---------------+---------------+-----------
        F1             | 2             | 2             | yes
        F2             | 2             | 0             | no
        F3             | 1             | 1             | yes
        F4             | 0             | 0             | no
        """,
    )


def test_a_certificate_has_one_form_and_must_be_right(engine: Engine) -> None:
    """15 digits become 18, wide letters narrow, small letters capital; wrong check digits and deformed files are left out."""
    load_tables(
        engine,
        identity_file="""
            source_file_id | reported_on | is_genuine
            ---------------+-------------+-----------
            F1             | 2026-06-30  | yes
            F2             | 2026-05-31  | no
        """,
        customer_snapshot="""
            reported_on | customer_number | customer_kind | certificate_type | certificate_number   | source_file_id
            ------------+-----------------+---------------+------------------+----------------------+---------------
            2026-06-30  | C1              | personal      | 居民身份证       | 11010519491231002X   | F1
            2026-06-30  | C2              | personal      | 居民身份证       | 110105 491231002     | F1
            2026-06-30  | C3              | personal      | 临时居民身份证   | １１０１０５１９４９１２３１００２ｘ | F1
            2026-06-30  | C4              | personal      | 居民身份证       | 110105194912310021   | F1
            2026-06-30  | C5              | personal      | 户口簿           | 11010519491231002X   | F1
            2026-06-30  | C6              | personal      | 护照             | e1234567             | F1
            2026-06-30  | D1              | corporate     | 居民身份证       | 11010519491231002X   | F1
            2026-06-30  | D2              | corporate     | 统一社会信用代码 | 91350100m000100y43   | F1
            2026-05-31  | C8              | personal      | 居民身份证       | 11010519491231002X   | F2
        """,
        customer_identity_snapshot="""
            reported_on | customer_number | certificate_type | certificate_number  | source_file_id
            ------------+-----------------+------------------+---------------------+---------------
            2026-06-30  | C9              | 居民身份证       | 53010219200508011X  | F1
            2026-05-31  | C1              | 居民身份证       | 53010219200508011X  | F1
        """,
    )
    run(engine, COLLECT_CUSTOMER_CERTIFICATES, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_certificate",
        """
        customer_number | certificate_group | certificate_number | first_reported_on
        ----------------+-------------------+--------------------+------------------
        C1              | resident          | 11010519491231002X | 2026-06-30
        C2              | resident          | 11010519491231002X | 2026-06-30
        C3              | resident          | 11010519491231002X | 2026-06-30
        C6              | 护照              | E1234567           | 2026-06-30
        D2              | credit_code       | 91350100M000100Y43 | 2026-06-30
        C9              | resident          | 53010219200508011X | 2026-06-30
        """,
    )


CERTIFICATES = """
    customer_number | certificate_group | certificate_number | first_reported_on | last_reported_on
    ----------------+-------------------+--------------------+-------------------+-----------------
    C1              | resident          | N1                 | 2026-01-31        | 2026-06-30
    C2              | resident          | N1                 | 2026-03-31        | 2026-06-30
    C3              | 护照              | E1                 | 2026-01-31        | 2026-06-30
    C2              | 护照              | E1                 | 2026-04-30        | 2026-06-30
    C4              | resident          | N4                 | 2026-01-31        | 2026-06-30
    C5              | resident          | N5                 | 2026-01-31        | 2026-06-30
    C4              | 护照              | E4                 | 2026-01-31        | 2026-06-30
    C5              | 护照              | E4                 | 2026-01-31        | 2026-06-30
    C6              | 护照              | E4                 | 2026-01-31        | 2026-06-30
    C7              | 护照              | E7                 | 2026-05-31        | 2026-06-30
    C8              | 护照              | E7                 | 2026-05-31        | 2026-06-30
"""
ACCOUNTS = """
    reported_on | account_number | customer_number | opened_on
    ------------+----------------+-----------------+-----------
    2026-06-30  | A1             | C1              | 2015-01-05
    2026-06-30  | A2             | C2              | 2012-01-05
    2026-06-30  | A3             | C2              | 2018-01-05
    2026-06-30  | A7             | C7              | 2020-01-05
"""


def test_numbers_with_one_certificate_merge_into_the_oldest(engine: Engine) -> None:
    """C1 and C2 share a resident number, C3 C2's passport: all into C2, who came first; E4 has two residents: nobody merges by it."""
    load_tables(engine, customer_certificate=CERTIFICATES, account_snapshot=ACCOUNTS)
    run(engine, MERGE_CUSTOMERS, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_merge",
        """
        customer_number | surviving_number | certificate_group | valid_from | valid_until
        ----------------+------------------+-------------------+------------+------------
        C1              | C2               | resident          | 2026-03-31 |
        C3              | C2               | 护照              | 2026-03-31 |
        C8              | C7               | 护照              | 2026-05-31 |
        """,
    )


def test_people_merge_what_no_certificate_joins_but_never_two_valid_numbers(engine: Engine) -> None:
    """P2 into P1 in March, undone in May. P3 and P1 have different valid numbers, P9 is unknown, P5 is merged itself; C2 keeps C1."""
    load_tables(
        engine,
        customer_certificate=CERTIFICATES
        + """    P1              | resident          | N8                 | 2026-01-31        | 2026-06-30
    P3              | resident          | N9                 | 2026-01-31        | 2026-06-30
""",
        account_snapshot=ACCOUNTS,
        customer_snapshot="""
            reported_on | customer_number | customer_kind
            ------------+-----------------+--------------
            2026-01-31  | P1              | personal
            2026-01-31  | P2              | personal
            2026-01-31  | P3              | personal
            2026-01-31  | P4              | personal
            2026-01-31  | P5              | personal
            2026-01-31  | P6              | personal
            2026-01-31  | C2              | personal
        """,
        customer_merge_decision="""
            customer_number | surviving_number | decided_on | decision_number | merge_decision | decided_by | decision_reason
            ----------------+------------------+------------+-----------------+----------------+------------+----------------
            P2              | P1               | 2026-03-15 | 1               | confirm        | M1         | same family
            P2              | P1               | 2026-05-10 | 1               | undo           | M2         | a cousin
            P3              | P1               | 2026-03-15 | 2               | confirm        | M1         | alike
            P4              | P9               | 2026-03-15 | 3               | confirm        | M1         | alike
            P5              | P6               | 2026-03-15 | 4               | confirm        | M1         | alike
            P4              | P5               | 2026-03-16 | 1               | confirm        | M1         | alike
            C2              | P1               | 2026-03-16 | 2               | confirm        | M1         | alike
        """,
    )
    run(engine, MERGE_CUSTOMERS, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_merge",
        """
        customer_number | surviving_number | certificate_group | valid_from | valid_until | decided_by
        ----------------+------------------+-------------------+------------+-------------+-----------
        C1              | C2               | resident          | 2026-03-31 |             |
        C3              | C2               | 护照              | 2026-03-31 |             |
        C8              | C7               | 护照              | 2026-05-31 |             |
        P2              | P1               | by_hand           | 2026-03-15 | 2026-05-10  | M1
        P5              | P6               | by_hand           | 2026-03-15 |             | M1
        """,
    )


def test_a_merge_is_undone_and_confirmed_again_by_dated_decisions(engine: Engine) -> None:
    """Undone in April, confirmed in June; a decision about another survivor, or after the day, does nothing; an early undoing counts at once."""
    load_tables(
        engine,
        customer_certificate=CERTIFICATES,
        account_snapshot=ACCOUNTS,
        customer_merge_decision="""
            customer_number | surviving_number | decided_on | decision_number | merge_decision | decided_by | decision_reason
            ----------------+------------------+------------+-----------------+----------------+------------+----------------
            C1              | C2               | 2026-04-10 | 1               | undo           | M1         | 父子同号
            C1              | C2               | 2026-06-01 | 1               | undo           | M1         | again
            C1              | C2               | 2026-06-01 | 2               | confirm        | M2         | 已核实
            C1              | C2               | 2026-07-01 | 1               | undo           | M1         | later
            C3              | C9               | 2026-04-10 | 1               | undo           | M1         | other
            C8              |                  | 2026-05-01 | 1               | undo           | M1         | early
        """,
    )
    run(engine, MERGE_CUSTOMERS, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_merge",
        """
        customer_number | surviving_number | valid_from | valid_until | decided_by | decision_reason
        ----------------+------------------+------------+-------------+------------+----------------
        C1              | C2               | 2026-03-31 | 2026-04-10  |            |
        C1              | C2               | 2026-06-01 |             | M2         | 已核实
        C3              | C2               | 2026-03-31 |             |            |
        """,
    )


def test_a_merged_customer_counts_once_from_the_day_of_merging(engine: Engine) -> None:
    """C1, C2 and C3 are one from the 28th; the survivor C2 leaves on the 29th, and one of the others counts for all."""
    load_tables(
        engine,
        calendar_day=("2026-06-27", "2026-06-30"),
        customer="""
            customer_number | person_customer_number | home_organisation_code
            ----------------+------------------------+-----------------------
            C1              | C2                     | B10
            C2              | C2                     | B20
            C3              | C2                     | B30
        """,
        customer_relation="""
            customer_number | relation | valid_from | valid_until | is_first
            ----------------+----------+------------+-------------+---------
            C1              | holder   | 2026-06-01 |             | yes
            C2              | holder   | 2026-06-01 | 2026-06-29  | yes
            C3              | holder   | 2026-06-01 |             | yes
        """,
        customer_merge="""
            customer_number | surviving_number | valid_from | valid_until
            ----------------+------------------+------------+------------
            C1              | C2               | 2026-06-28 | 2026-06-30
            C3              | C2               | 2026-06-28 |
        """,
    )
    run(engine, CUSTOMER_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_day",
        """
        organisation_code | business_date | customer_count | person_count
        ------------------+---------------+----------------+-------------
        B10               | 2026-06-27    | 1              | 1
        B10               | 2026-06-28    | 1              | 0
        B10               | 2026-06-29    | 1              | 1
        B10               | 2026-06-30    | 1              | 1
        B20               | 2026-06-27    | 1              | 1
        B20               | 2026-06-28    | 1              | 1
        B20               | 2026-06-29    | 0              | 0
        B20               | 2026-06-30    | 0              | 0
        B30               | 2026-06-27    | 1              | 1
        B30               | 2026-06-28    | 1              | 0
        B30               | 2026-06-29    | 1              | 0
        B30               | 2026-06-30    | 1              | 1
        """,
    )


def test_without_genuine_certificates_merging_is_disabled_and_says_why(engine: Engine) -> None:
    load_tables(
        engine,
        identity_file="""
            source_file_id | reported_on | is_genuine
            ---------------+-------------+-----------
            F1             | 2026-06-30  | no
        """,
    )
    run(engine, LIST_CAPABILITIES, reporting_date="2026-06-30")
    found = {row[0]: tuple(row[1:]) for row in engine.fetch("SELECT capability_code, is_enabled, reason_en FROM capability")}
    assert found["customer_merge"][0] is False
    assert "deformed" in found["customer_merge"][1]
    assert found["household"][0] is False
    assert found["as_is_view"][0] is True


def test_a_household_holds_whom_the_roster_names_by_number_or_certificate(engine: Engine) -> None:
    """C1 by number, C2 by an old resident number; a stranger and a mere name are left out; C1 moves to household 9 in June."""
    load_tables(
        engine,
        customer="""
            customer_number | person_customer_number
            ----------------+-----------------------
            C1              | C1
            C2              | C2
        """,
        customer_certificate="""
            customer_number | certificate_group | certificate_number | first_reported_on | last_reported_on
            ----------------+-------------------+--------------------+-------------------+-----------------
            C2              | resident          | 11010519491231002X | 2026-01-31        | 2026-06-30
        """,
        village_roster_snapshot="""
            reported_on | village_code | household_number | member_line | customer_number | certificate_number | is_head | kin_to_head
            ------------+--------------+------------------+-------------+-----------------+--------------------+---------+------------
            2026-04-30  | V1           | 7                | 1           | C1              |                    | yes     | 户主
            2026-04-30  | V1           | 7                | 2           |                 | 110105491231002    | no      | 配偶
            2026-04-30  | V1           | 7                | 3           | C99             | 999                | no      | 子女
            2026-05-31  | V1           | 7                | 1           | C1              |                    | yes     | 户主
            2026-06-30  | V1           | 9                | 1           | C1              |                    | no      | 父母
        """,
    )
    run(engine, FORM_HOUSEHOLDS, reporting_date="2026-06-30")
    expect(
        engine,
        "household_member",
        """
        customer_number | valid_from | valid_until | household_code | is_head | kin_to_head | evidence
        ----------------+------------+-------------+----------------+---------+-------------+-------------------
        C1              | 2026-04-30 | 2026-06-30  | V1-7           | yes     | 户主        | roster_number
        C1              | 2026-06-30 |             | V1-9           | no      | 父母        | roster_number
        C2              | 2026-04-30 | 2026-05-31  | V1-7           | no      | 配偶        | roster_certificate
        """,
    )

"""People: whose each number is, where they worked and when, and that a person counts once."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.build_persons import BUILD_PERSONS
from maisui.integration.count_organisation_resources import COUNT_ORGANISATION_RESOURCES
from maisui.integration.resolve_person_numbers import RESOLVE_PERSON_NUMBERS
from maisui.integration.trace_employments import TRACE_EMPLOYMENTS

TWO_NUMBERS = """
    reported_on | employee_number | employee_name | certificate_type | certificate_number | is_on_duty
    ------------+-----------------+---------------+------------------+--------------------+-----------
    2026-05-31  | M1              | Zhang         | 居民身份证       | 5399011980abcd     | yes
    2026-05-31  | M2              | Li            | 居民身份证       | 5399011990efgh     | yes
    2026-05-31  | M4              | Wu            | 居民身份证       | 0                  | yes
    2026-05-31  | M5              | He            | 居民身份证       | 0                  | yes
    2026-06-30  | M1              | Zhang         | 居民身份证       | 5399011980ABCD     | yes
    2026-06-30  | K1              | Zhang         | 居民身份证       | 5399011980abcd     | yes
    2026-06-30  | M4              | Wu            | 居民身份证       | 0                  | yes
    2026-06-30  | M5              | He            | 居民身份证       | 0                  | yes
"""


def test_numbers_with_one_certificate_are_one_person(engine: Engine) -> None:
    """M1 and K1 share a (deformed) certificate; M2 is no longer reported; a placeholder makes nobody one person."""
    load_tables(engine, employee_snapshot=TWO_NUMBERS)
    run(engine, RESOLVE_PERSON_NUMBERS, reporting_date="2026-06-30")
    expect(
        engine,
        "person_number",
        """
        number_kind | worker_number | valid_from | valid_until | person_number | evidence
        ------------+---------------+------------+-------------+---------------+------------
        employee    | M1            | 2026-05-31 |             | M1            | certificate
        employee    | K1            | 2026-06-30 |             | M1            | certificate
        employee    | M2            | 2026-05-31 | 2026-06-30  | M2            | own
        employee    | M4            | 2026-05-31 |             | M4            | own
        employee    | M5            | 2026-05-31 |             | M5            | own
        """,
    )
    run(engine, BUILD_PERSONS, reporting_date="2026-06-30")
    expect(
        engine,
        "person",
        """
        person_number | person_name | employee_number_count | teller_number_count | first_reported_on | last_reported_on
        --------------+-------------+-----------------------+---------------------+-------------------+-----------------
        M1            | Zhang       | 2                     | 0                   | 2026-05-31        | 2026-06-30
        M2            | Li          | 1                     | 0                   | 2026-05-31        | 2026-05-31
        M4            | Wu          | 1                     | 0                   | 2026-05-31        | 2026-06-30
        M5            | He          | 1                     | 0                   | 2026-05-31        | 2026-06-30
        """,
    )


def test_a_certificate_of_many_numbers_is_no_certificate(engine: Engine) -> None:
    """Six employees under one number share a filler, not a body."""
    lines = "\n".join(f"2026-06-30 | M{number} | 居民身份证 | 999999999" for number in range(6))
    load_tables(
        engine, employee_snapshot=f"reported_on | employee_number | certificate_type | certificate_number\n-----+-----+-----+-----\n{lines}"
    )
    run(engine, RESOLVE_PERSON_NUMBERS, reporting_date="2026-06-30")
    assert engine.fetch("SELECT count(DISTINCT person_number) FROM person_number")[0][0] == 6


def test_tellers_belong_to_whom_the_teller_table_names_and_virtual_ones_to_nobody(engine: Engine) -> None:
    """G1 passes from M1 to M2; G2 names a second number of M1; G3 names somebody nobody reported; V1 is a machine."""
    load_tables(
        engine,
        employee_snapshot=TWO_NUMBERS,
        teller_snapshot="""
            reported_on | teller_number | employee_number | is_physical
            ------------+---------------+-----------------+------------
            2026-05-31  | G1            | M1              | yes
            2026-06-30  | G1            | M2              | yes
            2026-05-31  | G2            | K1              | yes
            2026-06-30  | G3            | M9              | yes
            2026-05-31  | V1            | M1              | no
            2026-06-30  | V1            |                 | no
        """,
        loan_snapshot="""
            reported_on | loan_number | officer_number | disbursed_on
            ------------+-------------+----------------+-------------
            2026-06-30  | L1          | K1             | 2026-01-05
            2026-05-31  | L1          | G2             | 2026-01-05
            2026-06-30  | L2          | X7             | 2026-01-05
        """,
    )
    run(engine, RESOLVE_PERSON_NUMBERS, reporting_date="2026-06-30")
    rows = engine.fetch(
        "SELECT number_kind, worker_number, CAST(valid_from AS VARCHAR), CAST(valid_until AS VARCHAR), person_number, evidence "
        "FROM person_number WHERE number_kind <> 'employee' ORDER BY 1, 2, 3"
    )
    assert [tuple(row) for row in rows] == [
        ("officer", "G2", "2026-05-31", None, "M1", "teller_number"),
        ("officer", "K1", "2026-06-30", None, "M1", "employee_number"),
        ("officer", "X7", "2026-06-30", None, "X7", "unreported"),
        ("teller", "G1", "2026-05-31", "2026-06-30", "M1", "teller_table"),
        ("teller", "G1", "2026-06-30", None, "M2", "teller_table"),
        ("teller", "G2", "2026-05-31", "2026-06-30", "M1", "teller_table"),
        ("teller", "G3", "2026-06-30", None, "M9", "unreported"),
        ("teller", "V1", "2026-05-31", None, None, "virtual"),
    ]


def test_transfers_and_leaving_begin_periods(engine: Engine) -> None:
    """M1 moves to B20 and leaves in July; M2 is missing in June and back in July; the report between changes nothing."""
    load_tables(
        engine,
        employee_snapshot="""
            reported_on | employee_number | organisation_code | post_code | is_on_duty
            ------------+-----------------+-------------------+-----------+-----------
            2026-04-30  | M1              | B10               | P06       | yes
            2026-05-31  | M1              | B10               | P06       | yes
            2026-06-30  | M1              | B20               | P06       | yes
            2026-07-31  | M1              | B20               | P06       | no
            2026-04-30  | M2              | B10               | P07       | yes
            2026-05-31  | M2              | B10               | P07       | yes
            2026-07-31  | M2              | B10               | P07       | yes
        """,
        person_number="""
            number_kind | worker_number | valid_from | person_number
            ------------+---------------+------------+--------------
            employee    | M1            | 2026-04-30 | M1
            employee    | M2            | 2026-04-30 | M0
        """,
    )
    run(engine, TRACE_EMPLOYMENTS, reporting_date="2026-07-31")
    expect(
        engine,
        "employment_period",
        """
        employee_number | valid_from | valid_until | person_number | organisation_code | post_code | is_on_duty
        ----------------+------------+-------------+---------------+-------------------+-----------+-----------
        M1              | 2026-04-30 | 2026-06-30  | M1            | B10               | P06       | yes
        M1              | 2026-06-30 | 2026-07-31  | M1            | B20               | P06       | yes
        M1              | 2026-07-31 |             | M1            | B20               | P06       | no
        M2              | 2026-04-30 | 2026-06-30  | M0            | B10               | P07       | yes
        M2              | 2026-06-30 | 2026-07-31  | M0            | B10               | P07       | no
        M2              | 2026-07-31 |             | M0            | B10               | P07       | yes
        """,
    )


def test_a_person_with_two_numbers_counts_once_among_those_on_duty(engine: Engine) -> None:
    """M1 and K1 are one person at two outlets: he counts where his first number on duty stands."""
    load_tables(
        engine,
        calendar_day=("2026-06-30", "2026-06-30"),
        employee_snapshot="""
            reported_on | employee_number | organisation_code | is_on_duty
            ------------+-----------------+-------------------+-----------
            2026-06-30  | M1              | B10               | yes
            2026-06-30  | K1              | B20               | yes
            2026-06-30  | M2              | B10               | yes
        """,
        person_number="""
            number_kind | worker_number | valid_from | person_number
            ------------+---------------+------------+--------------
            employee    | M1            | 2026-06-30 | M1
            employee    | K1            | 2026-06-30 | M1
            teller      | M2            | 2026-06-30 | M1
        """,
    )
    run(engine, COUNT_ORGANISATION_RESOURCES, reporting_date="2026-06-30")
    assert engine.fetch("SELECT CAST(sum(employee_count) AS BIGINT) FROM organisation_day") == [(2,)]

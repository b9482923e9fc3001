"""What data lack: facts of customers that are empty or wrong, and words that no mapping knows."""

from __future__ import annotations

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.customer_completeness import CUSTOMER_COMPLETENESS_MART
from maisui.marts.unknown_word import CODED_COLUMNS, UNKNOWN_WORD_MART, CodedColumn
from maisui.tables import BY_NAME, DELIVERED

CUSTOMERS = {
    "customer": """
        customer_number | customer_kind | customer_name | certificate_number | home_organisation_code | sex    | born_on    | last_reported_on | phone_number | address | is_blacklisted | annual_income_amount | region_code | registered_capital_amount
        ----------------+---------------+---------------+--------------------+------------------------+--------+------------+------------------+--------------+---------+----------------+----------------------+-------------+--------------------------
        C1              | personal      | Li            | 1                  | B10                    | female | 1980-01-01 | 2026-06-30       | 13800000001  | 1 Road  | yes            | 100.00               |             |
        C2              | personal      |               |                    | B10                    |        | 2027-01-01 | 2026-05-31       | 12345        |         | no             |                      |             |
        C3              | corporate     | Mill          | 3                  | B20                    |        |            | 2026-06-30       |              |         |                |                      | 33010       | 0.00
        C9              | unknown       |               |                    | B10                    |        |            |                  |              |         |                |                      |             |
    """,
    "customer_snapshot": """
        reported_on | customer_number | customer_kind | certificate_type | certificate_number | organisation_code | source_file_id
        ------------+-----------------+---------------+------------------+--------------------+-------------------+---------------
        2026-05-31  | C1              | personal      | 居民身份证       | 1                  | B10               | F1
        2026-06-30  | C1              | personal      | 居民身份证       | 1                  | B10               | F2
        2026-05-31  | C2              | personal      |                  |                    | B99               | F1
        2026-06-30  | C3              | corporate     | 统一社会信用代码 | 3                  | B20               | F3
    """,
    "customer_identity_snapshot": """
        reported_on | customer_number | certificate_type | certificate_number | source_file_id
        ------------+-----------------+------------------+--------------------+---------------
        2026-05-31  | C1              | 居民身份证       | 1                  | F4
        2026-06-30  | C1              | 居民身份证       | 1                  | F4
        2026-06-30  | C2              | 护照             | 2                  | F4
    """,
    "customer_certificate": """
        customer_number | certificate_group | certificate_number | first_reported_on | last_reported_on
        ----------------+-------------------+--------------------+-------------------+-----------------
        C1              | resident          | 1                  | 2026-05-31        | 2026-06-30
        C2              | 护照              | 2                  | 2026-06-30        | 2026-06-30
    """,
    "identity_file": """
        source_file_id | reported_on | delivered_table            | is_genuine
        ---------------+-------------+----------------------------+-----------
        F1             | 2026-05-31  | customer_snapshot          | no
        F2             | 2026-06-30  | customer_snapshot          | no
        F3             | 2026-06-30  | customer_snapshot          | yes
        F4             | 2026-06-30  | customer_identity_snapshot | yes
    """,
    "organisation": """
        organisation_code | first_reported_on | last_reported_on
        ------------------+-------------------+-----------------
        B10               | 2026-05-31        | 2026-06-30
        B20               | 2026-05-31        | 2026-06-30
    """,
}


def test_each_fact_is_counted_as_filled_judged_and_right(engine: Engine) -> None:
    """C2's number is no telephone's, C1 is blacklisted without a day, C3's capital is nothing. C2 was born after the reporting date, names an unknown home and has only a passport, which is not judged; C9 was never reported."""
    load_tables(engine, **CUSTOMERS)
    run(engine, CUSTOMER_COMPLETENESS_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_completeness",
        """
        organisation_code | customer_kind | fact_code     | customer_count | filled_count | checked_count | valid_count
        ------------------+---------------+---------------+----------------+--------------+---------------+------------
        B10               | personal      | name          | 2              | 1            | 0             | 0
        B10               | personal      | certificate   | 2              | 2            | 1             | 1
        B10               | personal      | phone         | 2              | 2            | 2             | 1
        B10               | personal      | address       | 2              | 1            | 0             | 0
        B10               | personal      | education     | 2              | 0            | 0             | 0
        B10               | personal      | occupation    | 2              | 0            | 0             | 0
        B10               | personal      | employer      | 2              | 0            | 0             | 0
        B10               | personal      | income        | 2              | 1            | 1             | 1
        B10               | personal      | married       | 2              | 0            | 0             | 0
        B10               | personal      | blacklist     | 2              | 2            | 2             | 1
        B10               | personal      | born_on       | 2              | 2            | 2             | 1
        B10               | personal      | sex           | 2              | 1            | 0             | 0
        B10               | personal      | farmer        | 2              | 0            | 0             | 0
        B10               | personal      | home          | 2              | 2            | 2             | 1
        B10               | personal      | customer_type | 2              | 0            | 0             | 0
        B20               | corporate     | name          | 1              | 1            | 0             | 0
        B20               | corporate     | certificate   | 1              | 1            | 1             | 0
        B20               | corporate     | phone         | 1              | 0            | 0             | 0
        B20               | corporate     | address       | 1              | 0            | 0             | 0
        B20               | corporate     | size_class    | 1              | 0            | 0             | 0
        B20               | corporate     | credit_rating | 1              | 0            | 0             | 0
        B20               | corporate     | capital       | 1              | 1            | 1             | 0
        B20               | corporate     | staff         | 1              | 0            | 0             | 0
        B20               | corporate     | home          | 1              | 1            | 1             | 1
        B20               | corporate     | customer_type | 1              | 0            | 0             | 0
        B20               | corporate     | industry      | 1              | 0            | 0             | 0
        B20               | corporate     | region        | 1              | 1            | 1             | 0
        """,
    )


def test_unknown_and_other_words_are_counted_by_column(engine: Engine) -> None:
    """A column without any row is left out; 其他-… is a word that says only other."""
    load_tables(
        engine,
        account_transaction="""
            account_number | posted_on  | transaction_type | channel_code | balance_change
            ---------------+------------+------------------+--------------+---------------
            A1             | 2026-06-01 | transfer         | unknown      | 1.00
            A1             | 2026-06-02 | other            | unknown      | 1.00
            A1             | 2026-06-03 | unknown          | atm          | 1.00
        """,
        customer_snapshot="""
            reported_on | customer_number | certificate_type
            ------------+-----------------+-----------------
            2026-06-30  | C1              | 其他-工作证
            2026-06-30  | C2              | 居民身份证
            2026-06-30  | C3              |
        """,
    )
    run(engine, UNKNOWN_WORD_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "unknown_word",
        """
        table_name          | column_name      | row_count | unknown_count | other_count | first_unknown_on | last_unknown_on
        --------------------+------------------+-----------+---------------+-------------+------------------+----------------
        account_transaction | transaction_type | 3         | 1             | 1           | 2026-06-03       | 2026-06-03
        account_transaction | channel_code     | 3         | 2             | 0           | 2026-06-01       | 2026-06-02
        account_transaction | account_kind     | 3         | 0             | 0           |                  |
        customer_snapshot   | customer_kind    | 3         | 0             | 0           |                  |
        customer_snapshot   | certificate_type | 2         | 0             | 1           |                  |
        """,
    )


def test_each_coded_column_counts_its_own_words(engine: Engine) -> None:
    """Everywhere one unknown word of the second day, and two that say only other, of the days after.

    Where the words are listed, those that say other are unknown as well, but for `other` where it is one of them.
    """
    tables = {one.table for one in CODED_COLUMNS}
    load_tables(engine, product_level=GROUPS, **{table: _said_otherwise(table) for table in tables})
    run(engine, UNKNOWN_WORD_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "unknown_word",
        "\n".join(
            [
                "table_name | column_name | row_count | unknown_count | other_count | first_unknown_on | last_unknown_on",
                "---+---+---+---+---+---+---",
                *(
                    f"{one.table} | {one.column} | 4 | {unknown} | 2 | 2026-06-02 | 2026-06-0{last}"
                    for one in CODED_COLUMNS
                    for unknown, last in [_unknown_in(one)]
                ),
            ]
        ),
    )


GROUPS = """
    level_kind | level_code | parent_code
    -----------+------------+------------
    group      | mine       | deposit
    category   | other      | mine
"""


def _unknown_in(one: CodedColumn) -> tuple[int, int]:
    """Return how many of the four words the column does not know, and the day of the last one."""
    if not one.known and not one.is_product_group:
        return 1, 2
    return (2 if "other" in one.known else 3), 4


def _said_otherwise(table: str) -> str:
    """Draw four rows, one a day, in which every coded column says a known word, an unknown one, other and other by name."""
    counted = [one for one in CODED_COLUMNS if one.table == table]
    coded = [one.column for one in counted]
    first = [one.known[0] if one.known else "mine" for one in counted]
    days = [column.name for column in BY_NAME[table].columns if column.type == "DATE" and column.name not in coded]
    rows = [
        " | ".join([*words, *[f"2026-06-0{day}"] * len(days)])
        for day, words in enumerate((first, *([word] * len(coded) for word in ("unknown", "other", "其他-甲"))), 1)
    ]
    return "\n".join([" | ".join([*coded, *days]), "---", *rows])


def test_every_delivered_column_that_may_be_unknown_is_counted() -> None:
    counted = {(one.table, one.column) for one in CODED_COLUMNS}
    said = {(table.name, column.name) for table in DELIVERED for column in table.columns if "unknown" in column.meaning_en}
    assert said <= counted


def test_every_counted_column_stands_in_its_table() -> None:
    for one in CODED_COLUMNS:
        assert {one.column, one.day} <= set(BY_NAME[one.table].column_names)


def test_the_words_a_column_knows_are_those_its_meaning_lists() -> None:
    for one in CODED_COLUMNS:
        meaning = BY_NAME[one.table].column(one.column).meaning_en
        assert not [word for word in one.known if word not in meaning], (one.table, one.column)

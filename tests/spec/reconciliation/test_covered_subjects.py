"""Which subjects stand on accounts: by the bank's own line, by the accounts themselves, by the product's lines, or not at all."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.reconciliation.assign_subjects import ASSIGN_SUBJECTS
from maisui.reconciliation.cover_subjects import COVER_SUBJECTS
from maisui.reconciliation.ledger_tie import LEDGER_TIE_MART

LEDGER = """
    business_date | organisation_code | subject_code | subject_name | balance_side | business_subclass | balance
    --------------+-------------------+--------------+--------------+--------------+-------------------+--------
    2026-06-30    | B10               | 201101       | 个人存款     | credit       | deposit           | 100.00
    2026-06-30    | B20               | 201101       | 个人存款     | credit       | deposit           | 40.00
    2026-06-30    | B10               | 2251         | 保证金       | credit       | other             | 8.00
    2026-06-30    | B10               | 130301       | 农户贷款     | debit        | loan              | 500.00
    2026-06-30    | B10               | 130309       | 贷款利息调整 | debit        | loan              | -3.00
    2026-06-30    | B10               | 130101       | 贴现         | debit        | loan              | 90.00
    2026-06-30    | B20               | 130102       | 转贴现       | debit        | loan              | 10.00
    2026-06-30    | B10               | 130701       | 信用卡透支   | debit        | loan              | 7.00
    2026-06-30    | B10               | 2241         | 应解汇款     | credit       | deposit           | 2.00
    2026-06-30    | B10               | 6011         | 贷款利息收入 | credit       | interest_income   | 9.00
    2026-06-30    | B10               | 201199       | 个人存款     | credit       | other             | 1.00
    2026-06-30    | B10               | 201201       | 单位存款     | credit       | other             | 6.00
"""
SUBLEDGERS = """
    business_date | organisation_code | subject_code | control_code | balance
    --------------+-------------------+--------------+--------------+--------
    2026-06-30    | B10               | 201101       | deposit      | 100.00
    2026-06-30    | B10               | 2251         | deposit      | 8.00
    2026-06-30    | B10               | 201199       | deposit      | 1.00
    2026-06-30    | B10               | 201201       | deposit      | 6.00
    2026-06-30    | B10               | 130301       | loan         | 499.99
    2026-06-30    | B10               | *            | discount     | 90.00
    2026-06-30    | B20               | *            | discount     | 10.01
    2026-06-29    | B10               | *            | card         | 7.00
    2026-06-30    | B90               | 201101       | deposit      | 4.00
"""


def test_every_subject_has_its_set_and_why(engine: Engine) -> None:
    """Accounts decide before lines; discounts, cards and remittances leave the class they are reported under; the rest is nobody's."""
    load_tables(engine, ledger_day=LEDGER, subledger_day=SUBLEDGERS)
    run(engine, ASSIGN_SUBJECTS, reporting_date="2026-06-30")
    expect(
        engine,
        "subject_control",
        """
        subject_code | control_code | decided_by | element_code
        -------------+--------------+------------+-------------
        201101       | deposit      | accounts   | liability
        2251         | deposit      | accounts   | liability
        130301       | loan         | accounts   | asset
        130309       | none         | line       | asset
        130101       | discount     | line       | asset
        130102       | discount     | line       | asset
        130701       | card         | line       | asset
        2241         | none         | line       | liability
        6011         | none         | line       | result
        201199       | deposit      | accounts   | liability
        201201       | deposit      | accounts   | liability
        """,
    )


def test_the_banks_own_line_decides_first_and_only_in_its_days(engine: Engine) -> None:
    """From 30 June the bank holds its guarantees outside the deposits; the day before they were among them."""
    load_tables(
        engine,
        ledger_day="""
            business_date | subject_code | subject_name | balance_side | business_subclass | balance
            --------------+--------------+--------------+--------------+-------------------+--------
            2026-06-29    | 2251         | 保证金存款   | credit       | deposit           | 8.00
            2026-06-30    | 2251         | 保证金存款   | credit       | deposit           | 8.00
            2026-06-30    | 201101       | 个人存款     | credit       | deposit           | 9.00
        """,
        subledger_day="""
            business_date | subject_code | control_code | balance
            --------------+--------------+--------------+--------
            2026-06-29    | 2251         | deposit      | 8.00
            2026-06-30    | 2251         | deposit      | 7.00
            2026-06-30    | 201101       | deposit      | 9.00
        """,
        control_subject="""
            line_number | control_code | match_by | pattern | element_code | valid_from | valid_until | is_own
            ------------+--------------+----------+---------+--------------+------------+-------------+-------
            1           | none         | code     | 2251    |              | 2026-06-30 |             | yes
            2           | loan         | code     | 20      | asset        | 1900-01-01 |             | no
            3           | deposit      | subclass | deposit |              | 1900-01-01 |             | no
        """,
    )
    run(engine, ASSIGN_SUBJECTS, reporting_date="2026-06-30")
    expect(
        engine,
        "subject_control",
        """
        business_date | subject_code | control_code | decided_by
        --------------+--------------+--------------+-----------
        2026-06-29    | 2251         | deposit      | accounts
        2026-06-30    | 2251         | none         | own
        2026-06-30    | 201101       | deposit      | accounts
        """,
    )
    run(engine, LEDGER_TIE_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_tie",
        """
        business_date | subject_code | difference_amount
        --------------+--------------+------------------
        2026-06-29    | 2251         | 0.00
        2026-06-30    | 201101       | 0.00
        """,
    )


def test_what_ties_what_misses_and_what_nobody_holds_against_the_ledger(engine: Engine) -> None:
    """Cards were delivered on another day: uncovered today. Discounts tie outlet by outlet under all their subjects together."""
    load_tables(engine, ledger_day=LEDGER, subledger_day=SUBLEDGERS)
    for step in (ASSIGN_SUBJECTS, LEDGER_TIE_MART, COVER_SUBJECTS):
        run(engine, step, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_tie",
        """
        organisation_code | subject_code | control_code | found_in    | subledger_balance | ledger_balance | difference_amount
        ------------------+--------------+--------------+-------------+-------------------+----------------+------------------
        B10               | 201101       | deposit      | both        | 100.00            | 100.00         | 0.00
        B20               | 201101       | deposit      | no_accounts | 0.00              | 40.00          | -40.00
        B90               | 201101       | deposit      | subledger   | 4.00              | 0.00           | 4.00
        B10               | 2251         | deposit      | both        | 8.00              | 8.00           | 0.00
        B10               | 201199       | deposit      | both        | 1.00              | 1.00           | 0.00
        B10               | 201201       | deposit      | both        | 6.00              | 6.00           | 0.00
        B10               | 130301       | loan         | both        | 499.99            | 500.00         | -0.01
        B10               | *            | discount     | both        | 90.00             | 90.00          | 0.00
        B20               | *            | discount     | both        | 10.01             | 10.00          | 0.01
        """,
    )
    expect(
        engine,
        "subject_coverage",
        """
        subject_code | control_code | is_covered | ledger_balance | subledger_balance | difference_amount | differing_count
        -------------+--------------+------------+----------------+-------------------+-------------------+----------------
        201101       | deposit      | yes        | 140.00         | 104.00            | -36.00            | 2
        2251         | deposit      | yes        | 8.00           | 8.00              | 0.00              | 0
        130301       | loan         | yes        | 500.00         | 499.99            | -0.01             | 1
        130309       | none         | no         | -3.00          |                   |                   | 0
        130101       | discount     | yes        | 90.00          |                   |                   | 0
        130102       | discount     | yes        | 10.00          |                   |                   | 0
        130701       | card         | no         | 7.00           |                   |                   | 0
        2241         | none         | no         | 2.00           |                   |                   | 0
        6011         | none         | no         | 9.00           |                   |                   | 0
        201199       | deposit      | yes        | 1.00           | 1.00              | 0.00              | 0
        201201       | deposit      | yes        | 6.00           | 6.00              | 0.00              | 0
        """,
    )

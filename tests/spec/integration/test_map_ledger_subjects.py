"""Ledger subjects: on which statement line each stands, and why."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.map_ledger_subjects import MAP_LEDGER_SUBJECTS


def test_the_class_decides_before_the_name_and_the_top_subject_before_its_parts(engine: Engine) -> None:
    """A part of operating expense that is called after interest stays operating expense; deposit interest is told apart below its parent."""
    load_tables(
        engine,
        ledger_subject_snapshot="""
            reported_on | subject_code | subject_name     | parent_code | business_class | business_subclass
            ------------+--------------+------------------+-------------+----------------+------------------
            2026-06-30  | 1303         | 贷款             |             | 资产           | loan
            2026-06-30  | 130301       | 应收农户款       | 1303        | 资产           | other
            2026-06-30  | 6011         | 营业收入         |             | 损益           | interest_income
            2026-06-30  | 6411         | 利息支出         |             | 损益           | other
            2026-06-30  | 641101       | 个人存款利息支出 | 6411        | 损益           | other
            2026-06-30  | 641103       | 借款利息支出     | 6411        | 损益           | other
            2026-06-30  | 6602         | 业务及管理费     |             | 损益           | other
            2026-06-30  | 660209       | 手续费支出       | 6602        | 损益           | other
        """,
    )
    run(engine, MAP_LEDGER_SUBJECTS, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_subject_line",
        """
        subject_code | statement_code | line_code                | rule_code
        -------------+----------------+--------------------------+----------
        1303         | asset          | loan                     | category
        130301       | asset          | loan                     | category
        6011         | income         | interest_income          | category
        6411         | income         | interest_expense         | name
        641101       | income         | deposit_interest_expense | name
        641103       | income         | interest_expense         | name
        6602         | income         | operating_expense        | name
        660209       | income         | operating_expense        | name
        """,
    )


def test_a_chart_of_accounts_of_its_own_is_read_by_names(engine: Engine) -> None:
    """The older rural chart: results begin with 5, a general parent tells nothing, so that its parts decide."""
    load_tables(
        engine,
        ledger_subject_snapshot="""
            reported_on | subject_code | subject_name   | parent_code | business_class | business_subclass
            ------------+--------------+----------------+-------------+----------------+------------------
            2026-06-30  | 52           | 营业支出       |             | 4损益          | other
            2026-06-30  | 5211         | 金融机构往来支出 | 52        | 4损益          | other
            2026-06-30  | 5220         | 储蓄利息支出   | 52          | 4损益          | other
            2026-06-30  | 1230         | 短期个人贷款   |             | 1资产          | other
            2026-06-30  | 1231         | 固定资产贷款   |             | 1资产          | other
            2026-06-30  | 1240         | 信用卡透支     |             | 1资产          | other
            2026-06-30  | 1601         | 固定资产       |             | 1资产          | other
            2026-06-30  | 1602         | 累计折旧       |             | 1资产          | other
            2026-06-30  | 1603         | 固定资产减值准备 |             | 1资产          | other
            2026-06-30  | 2110         | 活期储蓄存款   |             | 2负债          | other
        """,
    )
    run(engine, MAP_LEDGER_SUBJECTS, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_subject_line",
        """
        subject_code | statement_code | line_code                | rule_code
        -------------+----------------+--------------------------+----------
        52           | income         | other_result             | none
        5211         | income         | interest_expense         | name
        5220         | income         | deposit_interest_expense | name
        1230         | asset          | loan                     | name
        1231         | asset          | loan                     | name
        1240         | asset          | other_asset              | none
        1601         | asset          | other_asset              | name
        1602         | asset          | other_asset              | name
        1603         | asset          | other_asset              | name
        2110         | liability      | deposit                  | name
        """,
    )


def test_the_bank_has_the_last_word_from_its_day_on_and_for_all_below(engine: Engine) -> None:
    """The parameter names a parent; its part follows; a line that begins later does not count yet."""
    load_tables(
        engine,
        ledger_subject_snapshot="""
            reported_on | subject_code | subject_name | parent_code | business_class | business_subclass
            ------------+--------------+--------------+-------------+----------------+------------------
            2026-06-30  | 6600         | 杂项         |             | 损益           | other
            2026-06-30  | 660001       | 杂项一       | 6600        | 损益           | other
            2026-06-30  | 1999         | 待处理       |             | 资产           | other
        """,
        parameter="""
            parameter_code   | valid_from | valid_until | text_value        | number_value
            -----------------+------------+-------------+-------------------+-------------
            ledger_line.6600 | 2026-01-01 |             | operating_expense |
            ledger_line.1999 | 2026-07-01 |             | loan              |
        """,
    )
    run(engine, MAP_LEDGER_SUBJECTS, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_subject_line",
        """
        subject_code | line_code         | rule_code
        -------------+-------------------+----------
        6600         | operating_expense | bank
        660001       | operating_expense | bank
        1999         | other_asset       | none
        """,
    )


def test_without_a_subject_table_the_code_tells_what_it_can(engine: Engine) -> None:
    """Only the ledger was delivered: ministry codes are known, others keep a line of their own."""
    load_tables(
        engine,
        ledger_snapshot="""
            reported_on | subject_code | closing_debit_balance
            ------------+--------------+----------------------
            2026-06-30  | 601101       | 1.00
            2026-06-30  | 2011         | 1.00
            2026-06-30  | 9001         | 1.00
        """,
    )
    run(engine, MAP_LEDGER_SUBJECTS, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_subject_line",
        """
        subject_code | statement_code | line_code       | rule_code
        -------------+----------------+-----------------+----------
        601101       | income         | interest_income | code
        2011         | liability      | other_liability | none
        9001         | unmapped       | other_unmapped  | none
        """,
    )

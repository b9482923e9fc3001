"""Ledger subjects: on which statement line each stands, and why."""

import pytest
from drawn_tables import compare, expect, load_tables, run

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


WORDS = {
    "资产": {
        "other_asset": ("固定资产", "累计折旧", "在建工程", "无形资产", "累计摊销", "使用权资产", "待摊费用", "抵债资产", "递延所得税资产"),
        "provision": ("贷款损失准备", "坏账减值准备"),
        "discount": ("贴现资产",),
        "advance": ("各项垫款",),
        "receivable": ("应收利息",),
        "cash": ("库存现金",),
        "central_bank_asset": ("存放中央银行款项", "缴存准备金"),
        "interbank_asset": ("存放同业", "拆出资金", "买入返售"),
        "investment": ("长期投资", "国家债券"),
        "loan": ("农户贷款",),
    },
    "负债": {
        "payable": ("应付账款", "应交税费"),
        "central_bank_liability": ("向中央银行借款", "支农再贷款"),
        "interbank_liability": ("同业存放", "拆入资金", "卖出回购", "发行债券"),
        "deposit": ("单位存款", "活期储蓄"),
    },
    "损益": {
        "income_tax": ("所得税费用",),
        "prior_year_adjustment": ("以前年度损益调整",),
        "non_operating_income": ("营业外收入",),
        "non_operating_expense": ("营业外支出",),
        "impairment": ("信用减值", "贷款资产损失", "提取准备支出"),
        "tax_surcharge": ("营业税金", "教育费附加"),
        "interest_expense": ("利息支出", "系统内往来支出"),
        "interest_income": ("利息收入", "系统内往来收入"),
        "fee_expense": ("手续费支出", "佣金支出"),
        "fee_income": ("手续费收入", "佣金收入", "中间业务收入"),
        "investment_income": ("投资收益", "公允价值变动", "汇兑损益"),
        "operating_expense": ("业务及管理费", "营业费用", "管理费用"),
        "other_income": ("其他业务收入", "其他营业收入", "其他收益", "资产处置收益"),
        "other_expense": ("其他业务成本", "其他营业支出"),
    },
}
"""Of each class the lines that a subject's name alone leads to."""

CLASSES = {
    "joint": ("共同类", "5"),
    "off_balance": ("表外类", "6"),
    "equity": ("所有者权益", "3"),
    "income": ("损益类", "4"),
    "asset": ("资产类", "1"),
    "liability": ("负债类", "2"),
}
"""How delivered subjects name the class of a subject, in words and by number."""


def subjects(rows: list[tuple[str, str]]) -> str:
    """Draw subjects 9001, 9002, …, whose codes tell nothing, with these classes and names."""
    lines = [f"2026-06-30 | {code} | {name} | {kind} | other" for code, (kind, name) in enumerate(rows, 9001)]
    return "\n".join(["reported_on | subject_code | subject_name | business_class | business_subclass", "---+---+---+---+---", *lines])


def test_every_word_of_a_name_leads_to_its_line(engine: Engine) -> None:
    told = [(kind, name, line) for kind, lines in WORDS.items() for line, names in lines.items() for name in names]
    load_tables(engine, ledger_subject_snapshot=subjects([(kind, name) for kind, name, _ in told]))
    run(engine, MAP_LEDGER_SUBJECTS, reporting_date="2026-06-30")
    found = engine.fetch("SELECT subject_code, subject_name, line_code, rule_code FROM ledger_subject_line")
    columns = ("code", "name", "line", "rule")
    expected = [(str(code), name, line, "name") for code, (_, name, line) in enumerate(told, 9001)]
    compare(
        "lines",
        columns,
        [dict(zip(columns, row, strict=True)) for row in expected],
        [dict(zip(columns, row, strict=True)) for row in found],
    )


@pytest.mark.parametrize("place", [0, 1], ids=["in words", "by number"])
def test_every_class_leads_to_its_statement(engine: Engine, place: int) -> None:
    load_tables(engine, ledger_subject_snapshot=subjects([(names[place], "甲") for names in CLASSES.values()]))
    run(engine, MAP_LEDGER_SUBJECTS, reporting_date="2026-06-30")
    found = engine.fetch("SELECT subject_code, statement_code FROM ledger_subject_line")
    assert sorted(tuple(row) for row in found) == [(str(code), statement) for code, statement in enumerate(CLASSES, 9001)]

"""EAST transactions: every word and code of the standard, of older layouts and of 一表通 becomes one of the bank's own words."""

from datetime import date

from drawn_tables import LEGAL_ENTITY

from maisui.engines.engine import Engine
from maisui.integration.deliver_table import delivered_steps, feed_schema
from maisui.pipeline.run_step import run_step
from maisui.sources.loader import load_builtin
from maisui.steps.step import BatchContext

EAST = load_builtin("east5")
STEP = next(step for step in delivered_steps([EAST]) if step.writes.name == "account_transaction")
POSTING = {
    "JYXLH": "T1", "GRCKZH": "A1", "DGCKZH": "A1", "DKFHZH": "A1", "BZ": "CNY", "NBJGH": "B10", "KHTYBH": "C1", "HXJYRQ": "2026-06-30",
    "JYJE": "5.00", "JYJDBZ": "贷", "JYLX": "转账", "JYQD": "柜面", "CBMBZ": "正常", "source_file_id": "F1", "source_line": "1",
}  # fmt: skip


def deliver(engine: Engine, **feeds: list[dict[str, str]]) -> None:
    """Run the mapping on the given rows of its feeds; what a row leaves out is as in `POSTING`."""
    for name in STEP.reads:
        columns = feed_schema(EAST)[name]
        rows = [{**POSTING, "JYXLH": f"T{number}"} | row for number, row in enumerate(feeds.get(name, []), 1)]
        lines = [
            ", ".join(f"CAST({literal(row.get(column))} AS {kind}) AS {column}" for column, kind in columns.items()) for row in rows or [{}]
        ]
        query = " UNION ALL ".join(f"SELECT {line}" for line in lines) + ("" if rows else " WHERE false")
        (engine.create_view if engine.name == "spark" else engine.create_table)(name, query)
    run_step(engine, STEP, BatchContext(LEGAL_ENTITY, date(2026, 6, 30)))


def literal(value: str | None) -> str:
    """Return a SQL literal."""
    return "NULL" if value is None else f"'{value}'"


def words(engine: Engine, column: str) -> list[str]:
    """Return one column of the result in the order of the rows delivered."""
    return [
        row[0] for row in engine.fetch(f"SELECT {column} FROM account_transaction ORDER BY length(transaction_number), transaction_number")
    ]


def test_every_channel_word_and_code_has_its_channel(engine: Engine) -> None:
    """The words of 5.0 and 4.0, the numbers of 一表通, telephone banking as a kind of 其他; a word nobody knows stays visible."""
    said = {
        "柜面": "counter", "01": "counter", "ATM": "atm", "02": "atm", "VTM": "vtm", "03": "vtm", "POS": "pos", "04": "pos",
        "网银": "internet_bank", "05": "internet_bank", "手机银行": "mobile_bank", "06": "mobile_bank", "第三方支付-支付宝": "third_party",
        "07": "third_party", "银联交易": "union_pay", "08": "union_pay", "其他-电话银行": "telephone_bank", "其他": "other", "00": "other",
        "其他-系统批量": "other", "小程序": "unknown",
    }  # fmt: skip
    deliver(engine, east5_grckfhzmx=[{"JYQD": word} for word in said])
    assert words(engine, "channel_code") == list(said.values())


def test_every_content_word_and_code_has_its_content(engine: Engine) -> None:
    """Fourteen words and as many numbers; fees are a kind of 其他."""
    said = {
        "转账": "transfer", "取现": "cash_withdrawal", "存现": "cash_deposit", "消费": "purchase", "代发": "payroll", "代扣": "direct_debit",
        "代缴": "bill_payment", "结息": "interest", "批量交易": "batch", "贷款发放": "loan_disbursement", "贷款还本": "loan_principal",
        "贷款还息": "loan_interest", "银证业务": "securities", "投资理财": "investment",
    }  # fmt: skip
    deliver(
        engine,
        east5_dgckfhzmx=[{"JYLX": word} for word in [*said, *(f"{n:02d}" for n in range(1, 15)), "其他-收费", "其他-核销", "00", "红包"]],
    )
    assert words(engine, "transaction_type") == [*said.values(), *said.values(), "fee", "other", "other", "unknown"]


def test_bank_batch_and_customer_set_postings_off(engine: Engine) -> None:
    """Interest and batches by the bank; payroll, direct debits and whatever the system's batch posts by a batch; the rest by the customer."""
    deliver(
        engine,
        east5_grckfhzmx=[
            {"JYLX": "结息", "JYQD": "其他-系统批量"},
            {"JYLX": "09"},
            {"JYLX": "代发"},
            {"JYLX": "其他-收费", "JYQD": "其他-系统批量"},
            {"JYLX": "取现", "JYQD": "ATM"},
        ],
    )
    assert words(engine, "initiator_code") == ["bank", "bank", "batch", "batch", "customer"]
    assert words(engine, "is_bank_initiated") == [True, True, False, False, False]


def test_the_direction_depends_on_the_kind_of_account(engine: Engine) -> None:
    """A credit raises a deposit and lowers a loan; interest paid on a loan moves no balance, by word or by number."""
    deliver(
        engine,
        east5_grckfhzmx=[{"JYXLH": "T1"}],
        east5_dgckfhzmx=[{"JYXLH": "T2", "JYJDBZ": "借"}],
        east5_grxdfhzmx=[{"JYXLH": "T3", "JYLX": "贷款还本"}, {"JYXLH": "T4", "JYLX": "贷款发放", "JYJDBZ": "借"}],
        east5_dgxdfhzmx=[{"JYXLH": "T5", "JYLX": "贷款还息"}, {"JYXLH": "T6", "JYLX": "12", "JYJDBZ": "借"}],
    )
    assert [str(change) for change in words(engine, "balance_change")] == ["5.00", "-5.00", "-5.00", "5.00", "0.00", "0.00"]


def test_a_namesake_bears_exactly_the_holders_name(engine: Engine) -> None:
    """No name, no namesake; a deformed name is compared as it stands."""
    deliver(engine, east5_grckfhzmx=[{"ZHMC": "张**", "DFHM": "张**"}, {"ZHMC": "张三", "DFHM": "李四"}, {"ZHMC": "张三"}])
    assert words(engine, "is_counterparty_namesake") == [True, False, False]

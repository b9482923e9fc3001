"""Words for what places subjects: statements and rules."""

from __future__ import annotations

from maisui.answers import SUBJECT_SETS, LedgerFrame
from maisui.web.text import Text, choose

STATEMENTS: dict[str, Text] = {
    "asset": Text("资产", "Assets"),
    "liability": Text("负债", "Liabilities"),
    "equity": Text("所有者权益", "Equity"),
    "income": Text("损益", "Income"),
    "joint": Text("资产负债共同类", "Joint"),
    "off_balance": Text("表外", "Off balance"),
    "unmapped": Text("未归类", "Unmapped"),
}
RULES: dict[str, Text] = {
    "bank": Text("本行参数", "the bank's parameter"),
    "category": Text("归属业务子类", "business class"),
    "name": Text("名称规则", "its name"),
    "code": Text("代码规则", "its code"),
    "none": Text("无规则", "no rule"),
}
SIDES: dict[str, Text] = {
    "debit": Text("借方科目", "debit subject"),
    "credit": Text("贷方科目", "credit subject"),
    "both": Text("借贷双方科目", "subject of both sides"),
}
SETS: dict[str, Text] = {one.code: Text(one.name_zh, one.name_en) for one in SUBJECT_SETS}


def currency_name(frame: LedgerFrame) -> str:
    """Return in which currency the amounts of a frame are, and whether all currencies stand together in it."""
    if frame.conversion is None:
        return frame.currency
    into = choose("人民币", "CNY") if frame.currency == "CNY" else frame.currency
    return choose(f"本外币合并（折{into}）", f"all currencies in {into}")

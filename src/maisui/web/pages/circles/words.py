"""How circles, their members' places and what ties them are said."""

from __future__ import annotations

from maisui.answers.circle_members import CircleKind
from maisui.answers.circles import CircleOrder, MemberChoice
from maisui.web.customers.circles import ShownCircle
from maisui.web.pages.merges.words import evidence_word
from maisui.web.text import Text, choose

KINDS: dict[CircleKind, Text] = {
    CircleKind.HOUSEHOLD: Text("家庭", "Households"),
    CircleKind.VILLAGE: Text("村组", "Villages"),
    CircleKind.COMPANY_GROUP: Text("企业集团", "Company groups"),
    CircleKind.COMMUNITY: Text("建议圈层", "Suggested communities"),
    CircleKind.PAYROLL: Text("代发圈", "Payroll clusters"),
    CircleKind.SUPPLY_CHAIN: Text("供应链", "Supply chains"),
}
"""The kinds in the order of their tabs."""
MEANINGS: dict[CircleKind, Text] = {
    CircleKind.HOUSEHOLD: Text(
        "同户依据村组名册（客户号或未变形的身份证号）",
        "Households by the village's roster, by customer or resident number",
    ),
    CircleKind.VILLAGE: Text(
        "村组名册上的户；建档、走访、授信、用信按户计",
        "Households of the village's roster, which all rates count",
    ),
    CircleKind.COMPANY_GROUP: Text("集团及成员按报送（EAST 205）", "Groups and their members as delivered (EAST 205)"),
    CircleKind.COMMUNITY: Text(
        "由关系与一年内资金往来推算（莱顿算法，固定种子，20 次取最优），只作提示，不是事实",
        "Found in ties and payments of a year (Leiden, fixed seed, best of 20): a hint, not a fact",
    ),
    CircleKind.PAYROLL: Text("一年内由同一客户代发工资的客户", "Customers whose wages one customer paid within a year"),
    CircleKind.SUPPLY_CHAIN: Text("一年内相互有资金往来的对公客户", "Firms that paid each other within a year"),
}
ORDERS: dict[CircleOrder, Text] = {
    CircleOrder.ASSETS: Text("资产日均", "Average assets"),
    CircleOrder.DEPOSITS: Text("存款余额", "Deposits"),
    CircleOrder.LOANS: Text("贷款余额", "Loans"),
    CircleOrder.CONTRIBUTION: Text("近十二个月贡献", "Contribution, 12 months"),
    CircleOrder.EXPOSURE: Text("授信余额", "Credit exposure"),
    CircleOrder.MEMBERS: Text("成员数", "Members"),
}
CHOICES: dict[MemberChoice, Text] = {
    MemberChoice.ALL: Text("全部成员", "All members"),
    MemberChoice.UNVISITED: Text("未走访户", "Not visited"),
    MemberChoice.WITHOUT_CREDIT: Text("无授信", "Without credit"),
    MemberChoice.ASLEEP: Text("沉睡农户", "Dormant farmers"),
}
_TIES: dict[str, Text] = {
    "household": Text("同户", "household"),
    "kin": Text("亲属", "kin"),
    "control": Text("控制", "control"),
    "shareholder": Text("股东", "shareholder"),
    "legal_representative": Text("法定代表人", "legal representative"),
    "officer": Text("高管", "officer"),
    "group": Text("同一集团", "same group"),
    "guarantee": Text("担保", "guarantee"),
    "other": Text("其他关系", "other tie"),
    "payroll": Text("代发笔数", "wages"),
    "payment": Text("往来", "payments with"),
}
_ROLES: dict[str, Text] = {
    "payer": Text("付薪方", "pays wages"),
    "payee": Text("领薪人", "is paid"),
    "buyer": Text("付款方", "pays"),
    "supplier": Text("收款方", "is paid"),
    "between": Text("收付双向", "pays and is paid"),
}


def name_of(kind: CircleKind, shown: ShownCircle) -> str:
    """Return what a circle is called: its own name, else that of its head or core, masked."""
    if shown.row.name:
        return shown.row.name
    who = shown.first_name or "—"
    match kind:
        case CircleKind.HOUSEHOLD:
            return choose(f"{who} 一户", f"Household of {who}")
        case CircleKind.VILLAGE | CircleKind.COMPANY_GROUP:
            return shown.code
        case _:
            return choose(f"{who} 等", f"{who} and others")


def place_of(kind: CircleKind, role: str | None, *, is_first: bool) -> str:
    """Return a member's place in his circle."""
    if kind is CircleKind.COMPANY_GROUP:
        return choose("母公司", "parent") if is_first else choose("成员", "member")
    if kind is CircleKind.COMMUNITY:
        return choose("核心", "core") if is_first else choose("成员", "member")
    if is_first and kind in (CircleKind.HOUSEHOLD, CircleKind.VILLAGE):
        return choose("户主", "head")
    return str(_ROLES.get(role or "", role or "—"))


def evidence_of(evidence: str | None) -> str:
    """Return by what a member belongs: the word of the evidence, or his ties inside with their numbers."""
    if not evidence:
        return "—"
    if ":" not in evidence:
        return choose("集团报送", "group report") if evidence == "group_report" else str(evidence_word(evidence))
    parts = [part.partition(":") for part in evidence.split("|")]
    return choose("、", ", ").join(f"{_TIES[tie]} {count}" for tie, _, count in parts)

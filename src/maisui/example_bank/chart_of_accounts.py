"""The bank's chart of accounts: subjects, their tree, side and the categories of table 402."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

DEBIT, CREDIT, EITHER = "借", "贷", "借贷"
COUNTY_CLEARING = "3102"
"""What banks of one union owe each other for their customers at each other's machines; only banks that have neighbours show it."""

_ASSET, _LIABILITY, _EQUITY, _RESULT, _JOINT = "资产", "负债", "所有者权益", "损益", "资产负债共同类"

_TREE = f"""
1001|库存现金|{DEBIT}|{_ASSET}|
1003|存放中央银行款项|{DEBIT}|{_ASSET}|
100301|存放中央银行法定准备金|{DEBIT}|{_ASSET}|
100302|存放中央银行超额准备金|{DEBIT}|{_ASSET}|
1011|存放同业款项|{DEBIT}|{_ASSET}|
101101|存放境内同业活期款项|{DEBIT}|{_ASSET}|
1132|应收利息|{DEBIT}|{_ASSET}|
113201|应收贷款利息|{DEBIT}|{_ASSET}|
1301|贴现资产|{DEBIT}|{_ASSET}|
130101|贴现资产面值|{DEBIT}|{_ASSET}|
130102|贴现利息调整|{CREDIT}|{_ASSET}|
1303|贷款|{DEBIT}|{_ASSET}|各项贷款
130301|农户贷款|{DEBIT}|{_ASSET}|各项贷款
13030101|农户小额信用贷款|{DEBIT}|{_ASSET}|各项贷款
13030102|农户保证贷款|{DEBIT}|{_ASSET}|各项贷款
130302|个人住房按揭贷款|{DEBIT}|{_ASSET}|各项贷款
130303|个人消费贷款|{DEBIT}|{_ASSET}|各项贷款
130304|个人经营性贷款|{DEBIT}|{_ASSET}|各项贷款
130305|单位流动资金贷款|{DEBIT}|{_ASSET}|各项贷款
130306|单位固定资产贷款|{DEBIT}|{_ASSET}|各项贷款
1304|贷款损失准备|{CREDIT}|{_ASSET}|各项准备金
130401|贷款损失一般准备|{CREDIT}|{_ASSET}|各项准备金
1306|垫款|{DEBIT}|{_ASSET}|
130601|银行承兑汇票垫款|{DEBIT}|{_ASSET}|
1307|信用卡透支|{DEBIT}|{_ASSET}|
1501|债权投资|{DEBIT}|{_ASSET}|投资
150101|国债及地方政府债券|{DEBIT}|{_ASSET}|投资
1601|固定资产|{DEBIT}|{_ASSET}|
1602|累计折旧|{CREDIT}|{_ASSET}|
2004|向中央银行借款|{CREDIT}|{_LIABILITY}|
200401|支农再贷款|{CREDIT}|{_LIABILITY}|
2011|吸收存款|{CREDIT}|{_LIABILITY}|各项存款
201101|个人存款|{CREDIT}|{_LIABILITY}|各项存款
20110101|个人活期储蓄存款|{CREDIT}|{_LIABILITY}|各项存款
20110102|个人一年以内定期储蓄存款|{CREDIT}|{_LIABILITY}|各项存款
20110103|个人一年以上定期储蓄存款|{CREDIT}|{_LIABILITY}|各项存款
20110104|个人通知存款|{CREDIT}|{_LIABILITY}|各项存款
20110105|个人大额存单|{CREDIT}|{_LIABILITY}|各项存款
201102|单位存款|{CREDIT}|{_LIABILITY}|各项存款
20110201|单位活期存款|{CREDIT}|{_LIABILITY}|各项存款
20110202|单位定期存款|{CREDIT}|{_LIABILITY}|各项存款
20110203|单位保证金存款|{CREDIT}|{_LIABILITY}|各项存款
2211|应付职工薪酬|{CREDIT}|{_LIABILITY}|
2221|应交税费|{CREDIT}|{_LIABILITY}|
2231|应付利息|{CREDIT}|{_LIABILITY}|
223101|应付个人存款利息|{CREDIT}|{_LIABILITY}|
223102|应付单位存款利息|{CREDIT}|{_LIABILITY}|
3101|系统内往来|{EITHER}|{_JOINT}|
{COUNTY_CLEARING}|县际通存通兑清算|{EITHER}|{_JOINT}|
4001|实收资本|{CREDIT}|{_EQUITY}|
4101|盈余公积|{CREDIT}|{_EQUITY}|
4102|一般风险准备|{CREDIT}|{_EQUITY}|
4104|利润分配|{CREDIT}|{_EQUITY}|
410401|未分配利润|{CREDIT}|{_EQUITY}|
6011|利息收入|{CREDIT}|{_RESULT}|利息收入
601101|贷款利息收入|{CREDIT}|{_RESULT}|利息收入
601102|存放款项利息收入|{CREDIT}|{_RESULT}|利息收入
601103|债券投资利息收入|{CREDIT}|{_RESULT}|利息收入
601104|贴现利息收入|{CREDIT}|{_RESULT}|利息收入
6021|手续费及佣金收入|{CREDIT}|{_RESULT}|中间业务收入
602101|结算手续费收入|{CREDIT}|{_RESULT}|中间业务收入
602102|代理业务手续费收入|{CREDIT}|{_RESULT}|中间业务收入
602103|银行卡手续费收入|{CREDIT}|{_RESULT}|中间业务收入
602104|代销业务手续费收入|{CREDIT}|{_RESULT}|中间业务收入
602105|收单业务手续费收入|{CREDIT}|{_RESULT}|中间业务收入
6403|税金及附加|{DEBIT}|{_RESULT}|
6411|利息支出|{DEBIT}|{_RESULT}|
641101|个人存款利息支出|{DEBIT}|{_RESULT}|
641102|单位存款利息支出|{DEBIT}|{_RESULT}|
641103|向中央银行借款利息支出|{DEBIT}|{_RESULT}|
6421|手续费及佣金支出|{DEBIT}|{_RESULT}|
642101|结算与代理手续费支出|{DEBIT}|{_RESULT}|
642102|收单业务手续费支出|{DEBIT}|{_RESULT}|
6602|业务及管理费|{DEBIT}|{_RESULT}|
660201|员工费用|{DEBIT}|{_RESULT}|
660202|业务费用|{DEBIT}|{_RESULT}|
660203|折旧费用|{DEBIT}|{_RESULT}|
6702|信用减值损失|{DEBIT}|{_RESULT}|
6801|所得税费用|{DEBIT}|{_RESULT}|
"""


@dataclass(frozen=True)
class Subject:
    """One ledger subject: code, name, level (1 = top), parent code ('' at the top), side and 402 categories."""

    code: str
    name: str
    level: int
    parent: str
    side: str
    major: str
    minor: str
    leaf: bool


@cache
def subjects() -> tuple[Subject, ...]:
    """All subjects in code order, parents before their children."""
    rows = [line.split("|") for line in _TREE.strip().splitlines()]
    codes = [row[0] for row in rows]
    found = []
    for code, name, side, major, minor in rows:
        parent = code[:-2] if len(code) > 4 else ""
        leaf = not any(other != code and other.startswith(code) for other in codes)
        found.append(Subject(code, name, (len(code) - 2) // 2, parent, side, major, minor, leaf))
    return tuple(found)


@cache
def shown_subjects(has_neighbours: bool) -> tuple[Subject, ...]:
    """The subjects that a bank's chart shows."""
    return tuple(subject for subject in subjects() if has_neighbours or subject.code != COUNTY_CLEARING)


@cache
def leaves() -> tuple[Subject, ...]:
    """The subjects on which entries are posted."""
    return tuple(subject for subject in subjects() if subject.leaf)


@cache
def leaf(code: str) -> int:
    """Position of a leaf subject among leaves(). Raises ValueError for a code that is no leaf."""
    return [subject.code for subject in leaves()].index(code)

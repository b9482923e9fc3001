"""How rules and views of groups are said, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from maisui.answers import FIELDS, LABEL_BY_CODE, NAMING_GROUPS, Branch, Condition, FieldKind, Unit
from maisui.web.components.figures import digits
from maisui.web.pages.customer_groups.curve_words import HOUR_NAMES, INDUSTRY_NAMES
from maisui.web.pages.customers.words import CONTENTS
from maisui.web.pages.overview.words import VALUE_WORDS, value_word
from maisui.web.text import Text, choose, known_word

JOIN_WORDS: dict[str, Text] = {
    "all": Text("同时满足", "All of"),
    "any": Text("满足任一", "Any of"),
    "none": Text("排除满足任一者", "None of"),
}
COMPARE_WORDS: dict[str, Text] = {
    "at_least": Text("不低于", "at least"),
    "at_most": Text("不高于", "at most"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "is": Text("是", "is"),
    "is_not": Text("不是", "is not"),
    "did": Text("做过", "did"),
    "did_not": Text("未做", "did not"),
}
VIEW_NAMES: dict[str, Text] = {
    "composition": Text("构成", "Composition"),
    "value": Text("价值", "Value"),
    "behaviour": Text("行为", "Behaviour"),
    "churn": Text("流失", "Churn"),
    "risk": Text("风险", "Risk"),
    "flow": Text("资金流量", "Fund flow"),
}
TABLE_NAMES: dict[str, Text] = {
    "customer_kind": Text("客户大类", "Kind"),
    "sex": Text("性别", "Sex"),
    "age": Text("年龄", "Age"),
    "life_stage": Text("生命周期", "Life stage"),
    "rural_group": Text("农村客群", "Rural group"),
    "tenure_month": Text("开户年限", "Tenure"),
    "organisation": Text("归属机构", "Home outlet"),
    "tier": Text("等级", "Tier"),
    "tier_move": Text("等级迁移：十二个月前 → 现在", "Tier: twelve months ago → now"),
    "decile": Text("贡献十等分（近十二个月，高 → 低）", "Contribution by tenths (twelve months, best first)"),
    "asset_band": Text("金融资产日均（元）", "Average assets (CNY)"),
    "recency_day": Text("最近一次主动交易（天前）", "Last own transaction (days ago)"),
    "frequency": Text("近三个月主动交易（笔）", "Own transactions in three months"),
    "monetary": Text("近三个月流入（元）", "Inflow of three months (CNY)"),
    "channel": Text("近三个月使用的渠道", "Channels used in three months"),
    "hour": Text("主动交易的时段（近三个月）", "Own transactions by hour (three months)"),
    "spending": Text("支出用在哪里（近三个月）", "What was spent on (three months)"),
    "product_group": Text("持有的账户产品", "Account products held"),
    "product_count": Text("持有产品组数", "Product groups held"),
    "signal": Text("流失与关注信号", "Signals of leaving and attention"),
    "cohort": Text("按首次开户年份：留下与离开", "By year of the first account: stayed and left"),
    "loan_class": Text("五级分类", "Loan class"),
    "class_move": Text("分类迁移：上月末 → 现在", "Loan class: month end before → now"),
    "overdue_day": Text("最长拖欠天数", "Longest arrears in days"),
    "roll": Text("逾期滚动率（近十二个月：上月末 → 月末）", "Roll rates of arrears (twelve months: month end before → month end)"),
    "guaranteed": Text("担保链、担保圈中的担保", "Guarantees in chains and circles"),
    "inflow": Text("流入从哪里来（近三个月）", "Where money came from (three months)"),
    "outflow": Text("流出到哪里去（近三个月）", "Where money went (three months)"),
    "bank": Text("去往哪些他行（近三个月，列明对手行的付款）", "Which banks money went to (three months, where the payment names one)"),
    "village": Text("按村组的净流入（近三个月）", "Net inflow by village (three months)"),
    "industry": Text("按行业的净流入（近三个月）", "Net inflow by industry (three months)"),
}
AMOUNT_NAMES: dict[str, Text] = {
    "asset_average_balance": Text("金融资产日均", "Average assets"),
    "year_contribution_amount": Text("近十二个月贡献", "Contribution"),
    "transaction_count": Text("笔数", "Transactions"),
    "inflow_amount": Text("流入", "Inflow"),
    "outflow_amount": Text("流出", "Outflow"),
    "net_inflow_amount": Text("净流入", "Net inflow"),
    "loan_balance": Text("贷款余额", "Loans"),
    "opening_balance": Text("月初余额合计", "Opening balances"),
    "guaranteed_amount": Text("担保金额", "Guaranteed"),
    "reason_amount": Text("信号金额", "Amount"),
}
FIGURE_NAMES: dict[str, tuple[Text, Unit]] = {
    "asset_gini": (Text("金融资产基尼系数", "Gini of assets"), Unit.COUNT_EACH),
    "top_tenth_share": (Text("前十分之一客户的资产占比", "Assets held by the best tenth"), Unit.SHARE),
    "contribution_each": (Text("户均年贡献", "Contribution each"), Unit.YUAN_EACH),
    "asset_each": (Text("户均金融资产", "Assets each"), Unit.YUAN_EACH),
    "left_share": (Text("已离开的客户占比", "Customers who have left"), Unit.SHARE),
    "assets_kept_share": (Text("十二个月资产留存率", "Assets kept over twelve months"), Unit.SHARE),
    "bad_share": (Text("不良率", "Bad loan ratio"), Unit.SHARE),
    "overdue_share": (Text("拖欠贷款占比", "Loans in arrears"), Unit.SHARE),
    "top_ten_share": (Text("前十大户贷款占比", "Loans of the ten largest"), Unit.SHARE),
    "elsewhere_share": (Text("流出中去往他行的占比", "Outflow that went to other banks"), Unit.SHARE),
    "payroll_share": (Text("有代发的客户占比", "Customers with payroll"), Unit.SHARE),
}
_RANKS: dict[str, Text] = {
    "0": Text("无贷款", "No loan"),
    "1": Text("正常", "Pass"),
    "2": Text("关注或未分类", "Special mention or unclassified"),
    "3": Text("次级", "Substandard"),
    "4": Text("可疑", "Doubtful"),
    "5": Text("损失", "Loss"),
}
_LINES: dict[str, Text] = {
    "male": Text("男", "Male"),
    "female": Text("女", "Female"),
    "none": Text("无", "None"),
    "in_circle": Text("在链、圈中担保", "Guarantees in one"),
    "outside": Text("没有", "None"),
    "payroll": Text("代发", "Payroll"),
    "loan": Text("贷款收放", "Loans"),
    "own_account_elsewhere": Text("本人他行账户", "Own account elsewhere"),
    "off_us": Text("他行", "Other banks"),
    "on_us": Text("本行他人", "Others at this bank"),
    "cash": Text("现金", "Cash"),
    "other": Text("其他", "Other"),
    "gone": Text("已离开", "Gone"),
    "rest": Text("其余", "All others"),
    "paid": Text("结清", "Paid off"),
}
_CLOSED_TABLES = frozenset(("sex", "customer_kind"))
"""Tables whose lines are words of a closed list."""
_ON_FILE = {"none": Text("未登记", "Not on file")}
"""What a line of persons is called of whom something is not on file; firms are a line of their own."""
_NAMED_BY_TABLE: Mapping[str, Mapping[str, Text | str]] = {
    "hour": HOUR_NAMES, "spending": CONTENTS, "industry": INDUSTRY_NAMES, "sex": _ON_FILE, "age": _ON_FILE,
}  # fmt: skip
_TIERS = ("ordinary", "gold", "platinum", "diamond", "private", "none")
_BAND = re.compile(r"^\d+:(\d+)-(\d*)$")

Names = Mapping[str, str]


_PLACES = {code: place for place, code in enumerate((*_TIERS, *LABEL_BY_CODE))}


def place_of(code: str) -> tuple[int, str]:
    """Return where a line stands in its table: tiers and labels as they rise, everything else by its code."""
    return _PLACES.get(code, -1), code


def excluding_ids(rule: Branch, *, is_within: bool = False) -> frozenset[str]:
    """Return the ids of the conditions of which a customer must fulfil none."""
    is_out = is_within != (rule.join == "none")
    found: set[str] = set()
    for node in rule.of:
        found |= excluding_ids(node, is_within=is_out) if isinstance(node, Branch) else ({node.id} if is_out else set())
    return frozenset(found)


def line_name(table: str, code: str, organisations: Names) -> str:
    """Return how a line of a table is called."""
    if table == "roll":
        return _rolled(code)
    if band := _BAND.match(code):
        return _band(table, int(band[1]), band[2])
    if table == "organisation":
        return choose("未报送归属机构", "No outlet delivered") if code == "none" else organisations.get(code, code)
    if table in ("loan_class", "class_move"):
        return " → ".join(str(_RANKS.get(part, part)) for part in code.split(">"))
    if table == "tier_move":
        return " → ".join(str(_word(part)) for part in code.split(">"))
    return _single_name(table, code)


def _rolled(part: str) -> str:
    """Return a band of arrears in days, or how it ended."""
    if (band := _BAND.match(part)) is None:
        return str(_word(part))
    if band[1] == "0":
        return choose("未逾期", "Current")
    return choose(f"{_band('roll', int(band[1]), band[2])} 天", f"{_band('roll', int(band[1]), band[2])} days")


def _single_name(table: str, code: str) -> str:
    if table == "decile":
        return choose(f"第 {int(code)} 等分", f"Tenth {int(code)}")
    if table == "cohort":
        year, _, what = code.partition(":")
        return f"{year} · {choose('留下', 'stayed') if what == 'stays' else choose('离开', 'left')}"
    if (named := _NAMED_BY_TABLE.get(table, {}).get(code)) is not None:
        return str(named)
    if table == "village":
        return _village(code)
    if table in _CLOSED_TABLES:
        return str(known_word({**VALUE_WORDS, **_LINES}, code))
    return code if table == "bank" and code not in _LINES else str(_word(code))


def _village(code: str) -> str:
    name, _, number = code.partition("|")
    if number:
        return f"{name} {number}".strip()
    return choose("名册上没有", "Not on a roster") if code == "none" else str(_word(code))


def _word(code: str) -> Text:
    return _LINES.get(code) or value_word(code)


def _band(table: str, lower: int, upper: str) -> str:
    top = int(upper) if upper else None
    if table == "tenure_month":
        unit = choose(" 个月", " months")
        return choose(f"{lower}{unit}以上", f"{lower}{unit} or more") if top is None else f"{lower}–{top - 1}{unit}"
    if top is None:
        return choose(f"{lower:,} 及以上", f"{lower:,} or more")
    if top - lower == 1:
        return f"{lower:,}"
    if table in ("asset_band", "monetary"):
        return choose(f"{lower:,} 至 {top:,} 以下", f"{lower:,} to below {top:,}")
    return f"{lower:,}–{top - 1:,}"


def condition_words(one: Condition, organisations: Names, groups: Names) -> str:
    """Return a condition as a sentence."""
    field = FIELDS[one.field]
    name = choose(field.name_zh, field.name_en)
    match field.kind:
        case FieldKind.AMOUNT:
            return choose(
                f"{name}{COMPARE_WORDS[one.compare]} {_number(one.value)} 元",
                f"{name} {COMPARE_WORDS[one.compare]} {_number(one.value)} CNY",
            )
        case FieldKind.COUNT:
            return choose(
                f"{name}{COMPARE_WORDS[one.compare]} {_number(one.value)}", f"{name} {COMPARE_WORDS[one.compare]} {_number(one.value)}"
            )
        case FieldKind.FLAG:
            return choose(f"{'是' if one.compare == 'yes' else '不是'}：{name}", f"{name}: {one.compare}")
        case FieldKind.DEED:
            value = field.words[one.value]
            return choose(
                f"{one.days} 天内{'' if one.compare == 'did' else '未'}{name}（{value[0]}）",
                f"{'' if one.compare == 'did' else 'not: '}{name} {value[1]} within {one.days} days",
            )
        case _:
            value = field.words[one.value] if field.words else None
            said = choose(*value) if value else _named(one, organisations, groups)
            return choose(
                f"{'' if one.compare == 'is' else '不满足：'}{name} {said}", f"{'' if one.compare == 'is' else 'not: '}{name} {said}"
            )


def _named(one: Condition, organisations: Names, groups: Names) -> str:
    """Return how the value of a condition is called that only the version or the owner of a group knows."""
    kind = FIELDS[one.field].kind
    names, key = (groups, one.value) if kind in NAMING_GROUPS else (organisations, one.value)
    return names.get(f"{one.field}:{one.value}" if kind is FieldKind.LISTED else key, one.value)


def _bracketed(said: str) -> str:
    return choose(f"（{said}）", f"({said})")


def rule_words(rule: Branch, organisations: Names, groups: Names) -> str:
    """Return a whole rule as one sentence."""
    parts = [
        _bracketed(rule_words(node, organisations, groups)) if isinstance(node, Branch) else condition_words(node, organisations, groups)
        for node in rule.of
        if isinstance(node, Condition) or node.of
    ]
    if not parts:
        return choose("全部客户", "everybody")
    either = choose("，或", ", or ").join(parts)
    match rule.join:
        case "all":
            return choose("，且", ", and ").join(parts)
        case "any":
            return either
        case _:
            return choose(f"不包括：{either}", f"except: {either}")


def _number(value: str) -> str:
    plain = Decimal(value)
    return digits(plain, max(0, -int(plain.as_tuple().exponent)))


def shown_value(one: Condition, value: object, name: Callable[[str], str]) -> str:
    """Return the value by which a condition was judged, in words; a dash where only yes or no is known."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return choose("是", "yes") if value else choose("否", "no")
    if isinstance(value, Decimal | int):
        return _number(str(value))
    return name(str(value)) if FIELDS[one.field].kind is FieldKind.ORGANISATION else str(_word(str(value)))

"""Words for the values by which figures are split."""

from __future__ import annotations

from collections.abc import Callable

from maisui.answers import BY_CODE, CHILD, LINE_NAMES, REASON_BY_CODE
from maisui.answers.products import level_names
from maisui.web.gateway import Gateway, employments_of
from maisui.web.text import Text, known_word

VALUE_WORDS: dict[str, Text] = {
    **{code: Text(*names) for code, names in LINE_NAMES.items()},
    **{code: Text(*names) for code, names in level_names().items()},
    **{reason.code: Text(reason.name_zh, reason.name_en) for reason in REASON_BY_CODE.values()},
    "card_account": Text("银行卡账户", "Card accounts"),
    "pass": Text("正常", "Pass"),
    "special_mention": Text("关注", "Special mention"),
    "substandard": Text("次级", "Substandard"),
    "doubtful": Text("可疑", "Doubtful"),
    "loss": Text("损失", "Loss"),
    "unclassified": Text("未分类", "Unclassified"),
    "ordinary": Text("普通", "Ordinary"),
    "gold": Text("金卡", "Gold"),
    "platinum": Text("白金", "Platinum"),
    "diamond": Text("钻石", "Diamond"),
    "private": Text("私人银行", "Private banking"),
    "personal": Text("个人", "Personal"),
    "corporate": Text("对公", "Corporate"),
    "unknown": Text("未知", "Unknown"),
    "none": Text("无", "None"),
    "unassigned": Text("未分配", "Unassigned"),
    "counter": Text("柜面", "Counter"),
    "atm": Text("ATM", "ATM"),
    "vtm": Text("VTM", "VTM"),
    "pos": Text("POS", "POS"),
    "internet_bank": Text("网上银行", "Internet bank"),
    "mobile_bank": Text("手机银行", "Mobile bank"),
    "telephone_bank": Text("电话银行", "Telephone bank"),
    "third_party": Text("第三方支付", "Third-party payment"),
    "union_pay": Text("银联", "UnionPay"),
    "batch": Text("批量", "Batch"),
    "other": Text("其他", "Other"),
}

WEEKDAY_WORDS: dict[str, Text] = {
    "1": Text("星期一", "Mon"),
    "2": Text("星期二", "Tue"),
    "3": Text("星期三", "Wed"),
    "4": Text("星期四", "Thu"),
    "5": Text("星期五", "Fri"),
    "6": Text("星期六", "Sat"),
    "7": Text("星期日", "Sun"),
}
"""Weekdays by their number in the marts, Monday first."""


def value_word(code: str) -> Text:
    """Return the words of a value, the value itself where none are known."""
    return VALUE_WORDS.get(code, Text(code, code))


_CLOSED_DIMENSIONS = frozenset(("channel", "customer_kind", "loan_class"))
"""Dimensions whose words are a closed list: another one was delivered and nobody knows what it means."""


def namer(gateway: Gateway, dimension: str) -> Callable[[str], Text | str]:
    """Return how values of a dimension are called: organisations and people by name, words in both languages, codes as they are."""
    if dimension in ("organisation", "handling_organisation", CHILD):
        names = {node.code: node.name for node in gateway.organisations()}
        return lambda code: names.get(code, code)
    if dimension == "weekday":
        return lambda code: WEEKDAY_WORDS.get(code, code)
    if dimension == "target":
        return lambda code: Text(BY_CODE[code].name_zh, BY_CODE[code].name_en) if code in BY_CODE else code
    if dimension == "manager":
        staff = employments_of(gateway.bank)
        return lambda number: f"{staff[number].employee_name} {number}" if number in staff else value_word(number)
    if dimension in _CLOSED_DIMENSIONS:
        return lambda code: known_word(VALUE_WORDS, code)
    return value_word

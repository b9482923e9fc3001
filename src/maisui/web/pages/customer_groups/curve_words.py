"""Words for what a group's views draw over time and by age, and for industries."""

from __future__ import annotations

from maisui.answers import Unit
from maisui.answers.group_curves import BEFORE
from maisui.answers.group_fields import INDUSTRIES
from maisui.web.text import Text, choose

COURSE_NAMES: dict[str, tuple[Text, Unit]] = {
    "effective_share": (Text("有效户占比", "Effective customers"), Unit.SHARE),
    "asset_each": (Text("户均金融资产", "Assets each"), Unit.YUAN_EACH),
    "transactions_each": (Text("户均主动交易（近三个月笔数）", "Own transactions each in three months"), Unit.COUNT_EACH),
    "holder_share": (Text("开过户的客户中仍有账户的占比", "Of those who ever held an account, who still does"), Unit.SHARE),
    "bad_share": (Text("不良率", "Bad loan ratio"), Unit.SHARE),
    "outflow_per_inflow": (Text("流出与流入之比（近三个月）", "Outflow for each yuan of inflow (three months)"), Unit.SHARE),
}
CURVE_NAMES: dict[str, tuple[Text, Text]] = {
    "survival": (
        Text("客户存续率", "Survival of customers"),
        Text(
            "首次开户（历史起点前已开户的从起点算）后各月仍有账户的占比，按 Kaplan–Meier 估计，"
            "至报告日仍在的按删失处理；成员按今天的规则取。",
            "Share that still holds an account so many months after the first one (those of before from the history's beginning on), by "
            "Kaplan–Meier; who still holds on the reporting date is censored. Members are today's.",
        ),
    ),
    "vintage": (
        Text("按放款月份的账龄分析", "Vintage by month of lending"),
        Text(
            "放款后各月月末逾期 30 天以上余额 ÷ 已满该账龄贷款的放款金额；人民币贷款，不含委托贷款；成员按今天的规则取。",
            "Balance more than 30 days overdue at the end of so many months ÷ amount lent of loans that have reached the age; "
            "loans in yuan without entrusted ones. Members are today's.",
        ),
    ),
}
HOUR_NAMES: dict[str, Text | str] = {
    "none": Text("无时间", "No time"),
    "00-06": "0:00–6:00",
    "06-09": "6:00–9:00",
    "09-12": "9:00–12:00",
    "12-14": "12:00–14:00",
    "14-17": "14:00–17:00",
    "17-20": "17:00–20:00",
    "20-24": "20:00–24:00",
}
INDUSTRY_NAMES: dict[str, Text] = {code: Text(*names) for code, names in INDUSTRIES.items()} | {
    "none": Text("未登记行业", "No industry on file")
}


def cohort_name(code: str) -> str:
    """Return how a cohort is called: all, before the history, a quarter of opening or a month of lending."""
    if code == "all":
        return choose("合计", "All")
    return choose("历史起点前已开户", "Opened before the history") if code == BEFORE else code

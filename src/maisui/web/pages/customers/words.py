"""Words for what stands on one customer's page: characteristics and their rules, relations, events, contents of transactions."""

from __future__ import annotations

from decimal import Decimal

from maisui.answers.group_fields import CHARACTERISTICS as CHARACTERISTIC_WORDS
from maisui.web.pages.overview.words import VALUE_WORDS
from maisui.web.text import Text, known_word

PURPOSES: dict[str, Text] = {
    "marketing": Text("营销", "marketing"),
    "sharing": Text("共享", "sharing"),
    "personalisation": Text("个性化推荐", "personalisation"),
    "credit_report": Text("征信查询", "credit report"),
    "other": Text("其他用途", "other"),
}
CONTENTS: dict[str, Text] = {
    "transfer": Text("转账", "Transfer"),
    "cash_withdrawal": Text("取现", "Cash withdrawal"),
    "cash_deposit": Text("存现", "Cash deposit"),
    "purchase": Text("消费", "Purchase"),
    "payroll": Text("代发", "Payroll"),
    "direct_debit": Text("代扣", "Direct debit"),
    "bill_payment": Text("代缴", "Bill payment"),
    "interest": Text("结息", "Interest"),
    "batch": Text("批量", "Batch"),
    "loan_disbursement": Text("贷款发放", "Loan disbursement"),
    "loan_principal": Text("贷款还本", "Loan principal"),
    "loan_interest": Text("贷款还息", "Loan interest"),
    "securities": Text("证券", "Securities"),
    "investment": Text("投资", "Investment"),
    "fee": Text("收费", "Fee"),
    "other": Text("其他", "Other"),
    "unknown": Text("不识别", "Unknown"),
}
CHARACTERISTICS: dict[str, Text] = {code: Text(*names) for code, names in CHARACTERISTIC_WORDS.items()}
PROMISE_STATES: dict[str, Text] = {
    "open": Text("未到期", "Not due yet"),
    "awaited": Text("已到期，待当日数据", "Due, its data are not in"),
    "kept": Text("已守诺", "Kept"),
    "partly": Text("部分守诺", "Partly kept"),
    "broken": Text("未守诺", "Broken"),
    "unknown": Text("无还款流水，不能判断", "Not told without repayments"),
    "withdrawn": Text("已撤回", "Withdrawn"),
}
CONFIDENCES: dict[str, Text] = {"high": Text("高", "high"), "medium": Text("中", "medium")}
RELATIONS: dict[str, Text] = {
    "kin": Text("亲属", "Kin"),
    "household": Text("同户", "Household"),
    "legal_representative": Text("法定代表人", "Legal representative"),
    "shareholder": Text("股东", "Shareholder"),
    "controller": Text("实际控制人", "Controller"),
    "officer": Text("高管", "Officer"),
    "group_member": Text("集团关系", "Group tie"),
    "group": Text("同一集团", "Same group"),
    "guarantor": Text("为其担保", "Guarantees for him"),
    "guaranteed": Text("由其担保", "Guaranteed by him"),
    "payment": Text("资金往来", "Payments"),
}
EVENTS: dict[str, Text] = {
    "opened": Text("开户", "Account opened"),
    "closed": Text("销户", "Account closed"),
    "disbursed": Text("贷款发放", "Loan disbursed"),
    "repaid": Text("贷款结清", "Loan ended"),
    "class": Text("五级分类调整", "Loan class changed"),
    "tier": Text("等级变化", "Tier changed"),
    "tier_set": Text("等级人工核定", "Tier set by hand"),
    "tier_over": Text("人工核定终止", "Tier by hand over"),
    "moved": Text("归属机构变化", "Home changed"),
    "manager": Text("管户经理变化", "Manager changed"),
    "large_in": Text("大额转入", "Large inflow"),
    "large_out": Text("大额转出", "Large outflow"),
    "contact": Text("联系", "Contact"),
    "task": Text("任务", "Task"),
    "promise": Text("还款承诺", "Promise to pay"),
    "need": Text("需求与投诉", "Need or complaint"),
}
FACT_KINDS: dict[str, Text] = {
    "family": Text("家庭", "family"),
    "business": Text("经营", "business"),
    "assets": Text("资产", "assets"),
    "document": Text("证照资料", "documents"),
    "preference": Text("偏好", "preferences"),
    "other": Text("其他", "other"),
}
FACT_SOURCES: dict[str, Text] = {
    "customer": Text("客户自述", "the customer"),
    "visit": Text("上门走访", "a visit"),
    "document": Text("证照资料", "a document"),
    "third_party": Text("第三方", "a third party"),
}
CONTACT_KINDS: dict[str, Text] = {
    "visit": Text("上门", "visit"),
    "telephone": Text("电话", "telephone"),
    "counter": Text("到店", "at the branch"),
    "message": Text("短信微信", "message"),
}
CONTACT_OUTCOMES: dict[str, Text] = {
    "agreed": Text("达成意向", "agreed"),
    "interested": Text("有兴趣", "interested"),
    "declined": Text("拒绝", "declined"),
    "not_reached": Text("未联系上", "not reached"),
    "informed": Text("已告知", "informed"),
}
TASK_STATES: dict[str, Text] = {
    "open": Text("待办", "to do"),
    "done": Text("完成", "done"),
    "dropped": Text("取消", "dropped"),
}
GUARANTEES: dict[str, Text] = {
    "surety": Text("保证", "surety"),
    "mortgage": Text("抵押", "mortgage"),
    "pledge": Text("质押", "pledge"),
}
LOAN_STATES: dict[str, Text] = {
    "current": Text("正常", "current"),
    "overdue": Text("逾期", "overdue"),
    "settled": Text("结清", "settled"),
    "defaulted": Text("违约", "defaulted"),
    "written_off": Text("核销", "written off"),
    "transferred": Text("转让", "transferred"),
    "other": Text("其他", "other"),
}

_THRESHOLDS = (
    "regular_months", "pension_age", "subsidy_payer_customers", "rent_months", "rent_spread_share", "takings_count", "takings_months",
    "school_payments", "own_account_months", "own_account_transfers", "night_share", "cash_share", "habit_count",
    "migrant_months", "migrant_inflow_share", "harvest_inflow_share",
)  # fmt: skip


def class_word(code: str) -> Text:
    """Return the words of a loan class."""
    return known_word(VALUE_WORDS, code)


def content_word(code: str) -> Text:
    """Return the words of a transaction's content."""
    return known_word(CONTENTS, code)


def relation_word(kind: str) -> Text:
    """Return the words of a kind of relation."""
    return RELATIONS.get(kind, Text(kind, kind))


def _percent(share: str) -> str:
    """Return a threshold that is a share as a percentage without needless noughts; one that is not set as it is."""
    return share if share == "—" else f"{(Decimal(share) * 100).normalize():f}%"


def rule_of(code: str, thresholds: dict[str, str]) -> Text:
    """Return by which rule a characteristic is recognised, with the thresholds in force."""
    t = dict.fromkeys(_THRESHOLDS, "—") | thresholds
    t |= {code: _percent(value) for code, value in t.items() if code.endswith("_share")}
    regular, age, payer = t["regular_months"], t["pension_age"], t["subsidy_payer_customers"]
    rules = {
        "wage": Text(
            f"同一付款人代发，近六个月至少 {regular} 个月入账且最近一个月未断，未满 {age} 岁",
            f"payroll of one payer in at least {regular} of the last six months, not broken off, younger than {age}",
        ),
        "pension": Text(
            f"同一付款人代发，近六个月至少 {regular} 个月入账且最近一个月未断，年满 {age} 岁",
            f"payroll of one payer in at least {regular} of the last six months, not broken off, {age} or older",
        ),
        "subsidy": Text(
            f"代发不按月，一年不超过 {regular} 个月，付款人代发至少 {payer} 户",
            f"payroll in at most {regular} months of the year, by a payer of at least {payer} customers",
        ),
        "rent": Text(
            f"向同一人连续至少 {t['rent_months']} 个月、每月一笔，金额相差不超过中位数的 {t['rent_spread_share']}",
            f"one payment a month to one payee for at least {t['rent_months']} months, within {t['rent_spread_share']} of the median",
        ),
        "takings": Text(
            f"个人客户经第三方支付或 POS 收款至少 {t['takings_count']} 笔、{t['takings_months']} 个月",
            f"a person's receipts through payment services or POS: at least {t['takings_count']} in {t['takings_months']} months",
        ),
        "school_fee": Text(
            f"向户名含学校字样的收款人付款，至少 {t['school_payments']} 个月",
            f"payments to payees named as schools in at least {t['school_payments']} months",
        ),
        "own_account_elsewhere": Text(
            f"{t['own_account_months']} 个月内向他行同名账户转出至少 {t['own_account_transfers']} 笔",
            f"at least {t['own_account_transfers']} transfer in {t['own_account_months']} months to an account of his name elsewhere",
        ),
        "night": Text(
            f"22 时至 6 时的笔数占本人发起笔数不低于 {t['night_share']}，至少 {t['habit_count']} 笔",
            f"from 22:00 to 6:00 at least {t['night_share']} of his own transactions, {t['habit_count']} or more",
        ),
        "cash": Text(
            f"现金笔数占本人发起笔数不低于 {t['cash_share']}，至少 {t['habit_count']} 笔",
            f"cash in at least {t['cash_share']} of his own transactions, {t['habit_count']} or more",
        ),
        "migrant": Text(
            f"职业登记为务工，且近 {t['migrant_months']} 个月内春节前 24 天有流入；占流入不低于 {t['migrant_inflow_share']} 且两笔以上为高",
            f"a migrant worker by occupation with money just before a Spring Festival of the last {t['migrant_months']} months; "
            f"sure from {t['migrant_inflow_share']} of the inflow and two movements on",
        ),
        "farming_season": Text(
            f"农户、领取补贴，且 6、10、11 月有流入；占全年不低于 {t['harvest_inflow_share']} 且两笔以上为高",
            f"a subsidised farmer with money in June, October or November; "
            f"sure from {t['harvest_inflow_share']} of the year's inflow and two movements on",
        ),
    }
    return rules[code]

"""The registry of what a condition of a customer group may be about: stable codes, words, kinds, and the SQL behind each.

SQL here is text of the product over a row `f` of `customer_fact_month` on the day `$day`; what people type fills `?` only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from maisui.labels import FAMILIES
from maisui.parameters import load_product_levels

Words = Mapping[str, tuple[str, str]]


class FieldKind(StrEnum):
    """How a field is compared."""

    AMOUNT = "amount"
    COUNT = "count"
    FLAG = "flag"
    WORD = "word"
    DEED = "deed"
    ORGANISATION = "organisation"
    GROUP = "group"
    TIED = "tied"
    LISTED = "listed"


NAMING_GROUPS = (FieldKind.GROUP, FieldKind.TIED)
"""Kinds whose value is the number of a group."""
MOST_BEARERS = 20
"""A telephone number that more customers bear stands for none: it was filled in to have one."""


@dataclass(frozen=True, slots=True)
class GroupField:
    """One field: `expression` is a value of the row, or for words and deeds a condition with one `?` for the word.

    Of a tie to somebody of another group `expression` holds `$group`, where the numbers of its members stand; of a tie to somebody who
    bears a label `$seen`, for the numbers of the customers among whom he is sought.
    `words` are the values offered with their names; empty where any value is taken. `shown` is the value shown when one asks
    why a customer is in or out; empty where only yes or no is said. `listing` finds the values that are offered where only the
    version knows them: one row each with its name (null: as the value) and the home outlet of somebody of whom it holds.
    """

    code: str
    section: str
    name_zh: str
    name_en: str
    kind: FieldKind
    expression: str
    words: Words = field(default_factory=dict[str, tuple[str, str]])
    shown: str = ""
    listing: str = ""


SECTIONS: dict[str, tuple[str, str]] = {
    "label": ("标签", "Labels"),
    "money": ("资产与贷款", "Money"),
    "flow": ("资金流", "Flows"),
    "risk": ("风险", "Risk"),
    "worth": ("价值", "Worth"),
    "profile": ("客户资料", "Profile"),
    "holding": ("持有产品", "Products held"),
    "deed": ("做过、未做", "Did, did not"),
    "relation": ("关系", "Relations"),
    "group": ("客户群", "Groups"),
}
"""The chapters of the registry, in reading order."""
MOVING_SECTIONS = frozenset(("flow", "deed"))
"""Chapters about what customers did: nothing can be said there while no transaction of a customer's own was delivered."""

CHANNELS: Words = {
    "counter": ("柜面", "Counter"),
    "atm": ("ATM", "ATM"),
    "vtm": ("VTM", "VTM"),
    "pos": ("POS", "POS"),
    "internet_bank": ("网上银行", "Internet bank"),
    "mobile_bank": ("手机银行", "Mobile bank"),
    "telephone_bank": ("电话银行", "Telephone bank"),
    "third_party": ("第三方支付", "Third-party payment"),
    "union_pay": ("银联", "UnionPay"),
}
_TYPES: Words = {
    "cash_deposit": ("现金存款", "Cash deposit"),
    "cash_withdrawal": ("现金取款", "Cash withdrawal"),
    "transfer": ("转账", "Transfer"),
    "purchase": ("消费", "Purchase"),
    "payroll": ("代发入账", "Payroll credit"),
    "direct_debit": ("代扣", "Direct debit"),
}
_TIERS: Words = {
    "ordinary": ("普通", "Ordinary"),
    "gold": ("金卡", "Gold"),
    "platinum": ("白金", "Platinum"),
    "diamond": ("钻石", "Diamond"),
    "private": ("私人银行", "Private banking"),
    "none": ("无", "None"),
}
_KINDS: Words = {"personal": ("个人", "Personal"), "corporate": ("对公", "Corporate"), "unknown": ("未知", "Unknown")}
_SEXES: Words = {"male": ("男", "Male"), "female": ("女", "Female")}
_PRODUCTS: Words = {
    **{level.code: (level.name_zh, level.name_en) for level in load_product_levels().levels if level.kind == "group"},
    "debit_card": ("借记卡", "Debit card"),
    "credit_card": ("信用卡", "Credit card"),
}
LABELS: Words = {label.code: (label.name_zh, label.name_en) for family in FAMILIES for label in family.labels}
INDUSTRIES: Words = {
    "A": ("农、林、牧、渔业", "Farming, forestry, fishing"),
    "B": ("采矿业", "Mining"),
    "C": ("制造业", "Manufacturing"),
    "D": ("电力、热力、燃气及水生产和供应业", "Electricity, heat, gas, water"),
    "E": ("建筑业", "Construction"),
    "F": ("批发和零售业", "Wholesale and retail"),
    "G": ("交通运输、仓储和邮政业", "Transport, storage, post"),
    "H": ("住宿和餐饮业", "Lodging and catering"),
    "I": ("信息传输、软件和信息技术服务业", "Information and software"),
    "J": ("金融业", "Finance"),
    "K": ("房地产业", "Real estate"),
    "L": ("租赁和商务服务业", "Leasing and business services"),
    "M": ("科学研究和技术服务业", "Research and technical services"),
    "N": ("水利、环境和公共设施管理业", "Water, environment, public facilities"),
    "O": ("居民服务、修理和其他服务业", "Household services and repair"),
    "P": ("教育", "Education"),
    "Q": ("卫生和社会工作", "Health and social work"),
    "R": ("文化、体育和娱乐业", "Culture, sport, entertainment"),
    "S": ("公共管理、社会保障和社会组织", "Public administration"),
    "T": ("国际组织", "International organisations"),
}
"""Sections of the classification of industries, as the first letter of a code names them."""
CHARACTERISTICS: Words = {
    "wage": ("工资", "Wage"),
    "pension": ("养老金", "Pension"),
    "subsidy": ("补贴", "Subsidy"),
    "rent": ("房租类定额支出", "Rent or a like fixed payment"),
    "takings": ("经营收款", "Takings of a business"),
    "school_fee": ("学费", "School fees"),
    "own_account_elsewhere": ("他行本人账户", "Own account elsewhere"),
    "night": ("夜间交易习惯", "Night-time habit"),
    "cash": ("现金习惯", "Cash habit"),
    "migrant": ("返乡务工", "Migrant worker"),
    "farming_season": ("农事季节", "Farming season"),
}
"""What is recognised from a customer's own transactions."""
_RANKS = {
    "1": ("正常及更差", "Pass or worse"),
    "2": ("关注及更差", "Special mention or worse"),
    "3": ("次级及更差", "Substandard or worse"),
    "4": ("可疑及更差", "Doubtful or worse"),
    "5": ("损失", "Loss"),
}
RELATIONS: Words = {
    "household": ("同一家庭", "Same household"),
    "kin": ("亲属", "Kin"),
    "guarantee": ("互为担保与被担保", "Guarantee between them"),
    "borrower": ("其担保的借款人", "Those he guarantees for"),
    "guarantor": ("为其担保的人", "Those who guarantee for him"),
    "phone": ("登记同一电话的人", "Those with the same telephone"),
    "payer": ("为其发工资的单位", "Who pays his wages"),
    "paid": ("由其发工资的人", "Those whose wages he pays"),
}

_PERSONS = "SELECT p.person_customer_number FROM customer AS p"
_OPEN = "{0}valid_from <= $day AND ({0}valid_until IS NULL OR {0}valid_until > $day)"
_GUARANTEED = (
    f"FROM guarantee_link WHERE NOT is_self AND guarantor_number IS NOT NULL AND borrower_number IS NOT NULL AND {_OPEN.format('')}"
)
_TELEPHONES = (
    "SELECT customer_number, phone_number FROM customer WHERE phone_number IS NOT NULL "
    f"QUALIFY count(*) OVER (PARTITION BY phone_number) <= {MOST_BEARERS}"
)
_WAGES = (
    "FROM customer_characteristic AS k INNER JOIN (SELECT DISTINCT account_number, customer_number FROM account) AS a "
    "ON a.account_number = k.counterparty_account WHERE k.characteristic_code = 'wage'"
)
PAIRS: dict[str, str] = {
    "household": "SELECT a.customer_number AS one, b.customer_number AS other FROM household_member AS a "
    "INNER JOIN household_member AS b ON b.household_code = a.household_code "
    f"WHERE {_OPEN.format('a.')} AND {_OPEN.format('b.')}",
    "kin": f"SELECT first_party_key AS one, second_party_key AS other FROM customer_tie WHERE tie_kind = 'kin' AND {_OPEN.format('')} "
    f"UNION ALL SELECT second_party_key AS one, first_party_key AS other FROM customer_tie WHERE tie_kind = 'kin' AND {_OPEN.format('')}",
    "guarantee": f"SELECT guarantor_number AS one, borrower_number AS other {_GUARANTEED} "
    f"UNION ALL SELECT borrower_number AS one, guarantor_number AS other {_GUARANTEED}",
    "borrower": f"SELECT guarantor_number AS one, borrower_number AS other {_GUARANTEED}",
    "guarantor": f"SELECT borrower_number AS one, guarantor_number AS other {_GUARANTEED}",
    "phone": f"SELECT a.customer_number AS one, b.customer_number AS other FROM ({_TELEPHONES}) AS a "
    f"INNER JOIN ({_TELEPHONES}) AS b ON b.phone_number = a.phone_number",
    "payer": f"SELECT k.customer_number AS one, a.customer_number AS other {_WAGES}",
    "paid": f"SELECT a.customer_number AS one, k.customer_number AS other {_WAGES}",
}
"""Which customers are tied to which, from one to the other: on the day, telephones and wages on the reporting date."""

_HELD = (
    "f.customer_number IN (SELECT p.person_customer_number FROM customer AS p INNER JOIN ("
    "SELECT customer_number, product_group FROM account WHERE opened_on <= $day AND (closed_on IS NULL OR closed_on > $day) "
    f"UNION ALL SELECT customer_number, product_group FROM asset_holding WHERE {_OPEN.format('')} "
    "UNION ALL SELECT customer_number, CASE card_kind WHEN 'credit' THEN 'credit_card' ELSE 'debit_card' END AS product_group FROM card "
    "WHERE card_kind <> 'passbook' AND coalesce(issued_on, DATE '1900-01-01') <= $day AND (closed_on IS NULL OR closed_on > $day)"
    ") AS h ON h.customer_number = p.customer_number WHERE h.product_group = ?)"
)
_ACTED = (
    "f.customer_number IN (SELECT coalesce(p.person_customer_number, t.customer_number) FROM account_transaction AS t "
    "LEFT JOIN customer AS p ON p.customer_number = t.customer_number WHERE t.customer_number IS NOT NULL "
    "AND t.account_kind = 'deposit' AND NOT t.is_bank_initiated AND NOT t.is_reversal "
    "AND t.posted_on <= $day AND t.posted_on > $since AND {})"
)
_BY_HIMSELF = "coalesce(t.initiator_code, 'customer') = 'customer'"
_TIED = (
    "f.customer_number IN (SELECT p.person_customer_number FROM customer AS p INNER JOIN ({}) AS r ON r.one = p.customer_number "
    "INNER JOIN customer AS q ON q.customer_number = r.other AND q.person_customer_number <> p.person_customer_number {})"
)
_LABELLED = "f.customer_number IN (SELECT b.customer_number FROM customer_label AS b WHERE b.business_date = $day AND b.label_code = ?)"
_PERSONAL = "f.customer_number IN (SELECT c.customer_number FROM customer AS c WHERE {})"
_RECOGNISED = (
    "f.customer_number IN (SELECT p.person_customer_number FROM customer AS p INNER JOIN customer_characteristic AS k "
    "ON k.customer_number = p.customer_number WHERE k.characteristic_code = ?)"
)
_MANAGED = (
    "f.customer_number IN (SELECT p.person_customer_number FROM customer AS p INNER JOIN managed_customer_month AS m "
    "ON m.customer_number = p.customer_number WHERE m.business_date <= $day AND m.managed_until > $day{})"
)
_ON_ROSTER = (
    "f.customer_number IN (SELECT p.person_customer_number FROM customer AS p INNER JOIN household_member AS m "
    f"ON m.customer_number = p.customer_number WHERE m.village_code = ? AND {_OPEN.format('m.')})"
)
_AGREED = (
    "f.customer_number IN (SELECT p.person_customer_number FROM customer AS p INNER JOIN (SELECT "
    "customer_number, consent_status, expires_on FROM consent WHERE consent_purpose_code = 'marketing' AND effective_from <= $day "
    "QUALIFY row_number() OVER (PARTITION BY customer_number ORDER BY effective_from DESC, consent_number DESC) = 1) AS l "
    "ON l.customer_number = p.customer_number GROUP BY p.person_customer_number "
    "HAVING bool_or(l.consent_status = 'given' AND (l.expires_on IS NULL OR l.expires_on >= $day)) "
    "AND NOT bool_or(l.consent_status = 'withdrawn'))"
)
"""As `marketing_consent` judges: it was given, has not ended, and is withdrawn under no number of the person."""
_VILLAGES = (
    "SELECT DISTINCT m.village_code, v.village_name, c.home_organisation_code FROM household_member AS m "
    "INNER JOIN customer AS c ON c.customer_number = m.customer_number LEFT JOIN (SELECT village_code, max(village_name) AS village_name "
    "FROM village_roster_snapshot GROUP BY village_code) AS v ON v.village_code = m.village_code"
)


def _own(section: str, code: str, name_zh: str, name_en: str) -> GroupField:
    """Return a field that is a column of the customer's own record, in the words in which it was delivered."""
    listing = f"SELECT DISTINCT {code}, NULL, home_organisation_code FROM customer WHERE {code} IS NOT NULL"
    return GroupField(code, section, name_zh, name_en, FieldKind.LISTED, _PERSONAL.format(f"c.{code} = ?"), listing=listing)


def _fact(section: str, kind: FieldKind, *lines: tuple[str, str, str]) -> list[GroupField]:
    """Return fields that are columns of the row, under their own names."""
    return [GroupField(code, section, zh, en, kind, f"f.{code}", shown=f"f.{code}") for code, zh, en in lines]


_ALL: list[GroupField] = [
    GroupField("label", "label", "带有标签", "Bears the label", FieldKind.WORD, _LABELLED, LABELS),
    *_fact(
        "money",
        FieldKind.AMOUNT,
        ("asset_average_balance", "金融资产日均", "Average assets"),
        ("recent_asset_balance", "近三个月资产日均", "Average assets of three months"),
        ("deposit_average_balance", "存款日均", "Average deposits"),
        ("loan_balance", "贷款余额", "Loan balance"),
        ("maturing_deposit_amount", "30 天内到期且不转存的定期", "Term deposits due within 30 days"),
    ),
    *_fact(
        "flow",
        FieldKind.AMOUNT,
        ("inflow_amount", "近三个月流入", "Inflow of three months"),
        ("outflow_amount", "近三个月流出", "Outflow of three months"),
        ("payroll_amount", "近三个月代发入账", "Payroll of three months"),
        ("own_elsewhere_amount", "近三个月净转往本人他行账户", "Moved to own accounts elsewhere in three months"),
    ),
    *_fact("flow", FieldKind.COUNT, ("transaction_count", "近三个月主动交易笔数", "Own transactions of three months")),
    *_fact(
        "flow",
        FieldKind.COUNT,
        (
            "idle_day_count",
            "距最近主动交易的天数（从未交易的自首次开户或历史首日起）",
            "Days since the last own transaction (none yet: since the first account or the history's first day)",
        ),
    ),
    *_fact(
        "risk",
        FieldKind.AMOUNT,
        ("overdue_balance", "拖欠贷款余额", "Loans in arrears"),
        ("bad_loan_balance", "不良贷款余额", "Bad loans"),
        ("guaranteed_amount", "担保链、担保圈中为他人担保", "Guaranteed for others in chains and circles"),
    ),
    *_fact("risk", FieldKind.COUNT, ("overdue_day_count", "最长拖欠天数", "Longest arrears in days")),
    GroupField("loan_class", "risk", "最差五级分类", "Worst loan class", FieldKind.WORD, "f.loan_class_rank >= CAST(? AS BIGINT)", _RANKS),
    *_fact("risk", FieldKind.COUNT, ("complaint_count", "近三个月投诉件数", "Complaints in three months")),
    *_fact(
        "worth",
        FieldKind.AMOUNT,
        ("contribution_amount", "当月贡献", "Contribution of the month"),
        ("year_contribution_amount", "近十二个月贡献", "Contribution of twelve months"),
    ),
    GroupField("tier", "worth", "等级", "Tier", FieldKind.WORD, "f.tier_code = ?", _TIERS, shown="f.tier_code"),
    *_fact("worth", FieldKind.FLAG, ("is_tier_by_hand", "等级由人工核定", "Tier set by hand")),
    *_fact("worth", FieldKind.FLAG, ("is_quality", "优质客户", "Quality customer"), ("is_effective", "有效户", "Effective customer")),
    *_fact("worth", FieldKind.COUNT, ("product_group_count", "持有产品组数", "Product groups held")),
    GroupField(
        "customer_kind", "profile", "客户大类", "Kind of customer", FieldKind.WORD, "f.customer_kind = ?", _KINDS, shown="f.customer_kind"
    ),
    *_fact("profile", FieldKind.FLAG, ("is_holder", "有未销账户", "Holds an open account")),
    *_fact("profile", FieldKind.COUNT, ("held_month_count", "自首次开户的月数", "Months since the first account")),
    GroupField("sex", "profile", "性别", "Sex", FieldKind.WORD, _PERSONAL.format("c.sex = ?"), _SEXES),
    GroupField(
        "age",
        "profile",
        "年龄",
        "Age",
        FieldKind.COUNT,
        "(SELECT date_sub('year', c.born_on, $day) FROM customer AS c WHERE c.customer_number = f.customer_number)",
    ),
    GroupField("is_farmer", "profile", "农户", "Farmer", FieldKind.FLAG, _PERSONAL.format("c.is_farmer")),
    GroupField("is_employee", "profile", "本行员工", "Employee of the bank", FieldKind.FLAG, _PERSONAL.format("c.is_employee")),
    GroupField(
        "organisation",
        "profile",
        "归属机构及下辖",
        "Home outlet, or below",
        FieldKind.ORGANISATION,
        "f.organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?)",
        shown="f.organisation_code",
    ),
    GroupField(
        "manager",
        "profile",
        "客户经理",
        "Manager",
        FieldKind.LISTED,
        _MANAGED.format(" AND ? IN (m.employee_number, m.person_number)"),
        listing="SELECT DISTINCT employee_number, NULL, organisation_code FROM managed_customer_month",
    ),
    GroupField("is_managed", "profile", "有客户经理", "Has a manager", FieldKind.FLAG, _MANAGED.format("")),
    GroupField("village", "profile", "所在村组", "Village", FieldKind.LISTED, _ON_ROSTER, listing=_VILLAGES),
    _own("profile", "occupation", "职业", "Occupation"),
    _own("profile", "education", "学历", "Education"),
    GroupField(
        "industry", "profile", "行业", "Industry", FieldKind.WORD, _PERSONAL.format("substr(c.industry_code, 1, 1) = ?"), INDUSTRIES
    ),
    GroupField("accepts_marketing", "profile", "同意营销联系", "Agreed to be approached", FieldKind.FLAG, _AGREED),
    GroupField("characteristic", "deed", "识别出特征", "Is recognised as", FieldKind.WORD, _RECOGNISED, CHARACTERISTICS),
    GroupField("product", "holding", "持有产品", "Holds the product", FieldKind.WORD, _HELD, _PRODUCTS),
    GroupField(
        "acted",
        "deed",
        "主动交易",
        "Transacted by",
        FieldKind.DEED,
        _ACTED.format(f"{_BY_HIMSELF} AND t.channel_code <> ?"),
        {"none": ("任何渠道", "any channel")},
    ),
    GroupField(
        "channel", "deed", "使用渠道", "Used the channel", FieldKind.DEED, _ACTED.format(f"{_BY_HIMSELF} AND t.channel_code = ?"), CHANNELS
    ),
    GroupField("transaction", "deed", "办理交易", "Did the transaction", FieldKind.DEED, _ACTED.format("t.transaction_type = ?"), _TYPES),
    *(
        GroupField(
            f"related_{code}",
            "relation",
            f"{zh}中有人带有标签",
            f"{en}: somebody who bears the label",
            FieldKind.WORD,
            _TIED.format(
                PAIRS[code],
                "INNER JOIN customer_label AS b ON b.customer_number = q.person_customer_number AND b.business_date = $day "
                "WHERE b.label_code = ? AND q.person_customer_number IN ($seen)",
            ),
            LABELS,
        )
        for code, (zh, en) in RELATIONS.items()
    ),
    *(
        GroupField(
            f"tied_{code}",
            "relation",
            f"{zh}中有人属于客户群",
            f"{en}: somebody in the group",
            FieldKind.TIED,
            _TIED.format(PAIRS[code], "WHERE q.person_customer_number IN ($group)"),
        )
        for code, (zh, en) in RELATIONS.items()
    ),
    GroupField("group", "group", "属于客户群", "Is in the group", FieldKind.GROUP, ""),
]

FIELDS: dict[str, GroupField] = {one.code: one for one in _ALL}
"""Every field under its code."""

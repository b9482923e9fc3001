"""Alert case: One occasion on which a rule of key focus found something, with its evidence."""

from maisui.tables.table import COUNT, DATE, MONEY, RATE, TEXT, Column, Privacy, Table, legal_entity

ALERT_CASE = Table(
    name="alert_case",
    title_zh="重点关注事项",
    title_en="Alert case",
    meaning_zh="每条重点关注规则就一个对象、一个期间发现的一件事项及其依据；处理情况不在此表。",
    meaning_en="What a rule of key focus found of one subject in one period, with its evidence; how people handle it is not in this table.",
    grain=("legal_entity_code", "rule_code", "subject_key", "period_on"),
    columns=(
        legal_entity(),
        Column("rule_code", TEXT, "规则", "Rule", nullable=False),
        Column(
            "subject_key",
            TEXT,
            "对象：客户号、账号、借据号、担保圈、机构或序列，依规则而定",
            "Subject: customer, account or loan number, circle, organisation or series, as the rule has it",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("period_on", DATE, "事项所属日期，与规则、对象一起辨认同一事项", "Day that tells this occasion from others", nullable=False),
        Column(
            "case_code", TEXT, "事项编号：规则、对象、日期的散列", "Number of the case: a hash of rule, subject and day", nullable=False
        ),
        Column("severity_code", TEXT, "严重程度：high、medium、low", "Severity: high, medium, low", nullable=False),
        Column(
            "organisation_code",
            TEXT,
            "客户类事项为归属机构，其他为所属机构",
            "Home outlet of the customer, otherwise the organisation itself",
            nullable=False,
        ),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL),
        Column("employee_number", TEXT, "报告日的管户客户经理", "Manager of the customer on the reporting date"),
        Column("at_stake_amount", MONEY, "涉及金额", "Money at stake", unit="currency unit"),
        Column("before_amount", MONEY, "之前金额", "Amount before", unit="currency unit"),
        Column("after_amount", MONEY, "之后金额", "Amount after", unit="currency unit"),
        Column("limit_amount", MONEY, "阈值金额", "Limit in money", unit="currency unit"),
        Column("measured_rate", RATE, "测得比率", "Rate or multiple measured", unit="fraction"),
        Column("limit_rate", RATE, "阈值比率", "Limit of the rate", unit="fraction"),
        Column("day_count", COUNT, "天数", "Days", unit="count"),
        Column("item_count", COUNT, "笔数或户数", "Number of things counted", unit="count"),
        Column("usual_count", COUNT, "惯常笔数", "Number that is usual", unit="count"),
        Column("due_on", DATE, "到期日", "Day something falls due"),
        Column("before_word", TEXT, "之前的代码", "Code before"),
        Column("after_word", TEXT, "之后的代码", "Code after"),
    ),
)

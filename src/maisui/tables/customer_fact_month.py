"""Customer fact month: What is known of each person at the end of a month, on which labels and groups are decided."""

from __future__ import annotations

from maisui.tables.table import COUNT, DATE, FLAG, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity


def _money(name: str, zh: str, en: str) -> Column:
    return Column(name, MONEY_SUM, zh, en, unit="currency unit", nullable=False)


def _count(name: str, zh: str, en: str) -> Column:
    return Column(name, COUNT, zh, en, unit="count", nullable=False)


CUSTOMER_FACT_MONTH = Table(
    name="customer_fact_month",
    title_zh="客户月末特征",
    title_en="Customer fact month",
    meaning_zh="月末（当月为报告日）每个已知客户的特征，标签与客户群据此判定；归并的客户号合为一户。已无未销账户的客户与尚未开户的客户也在内。",
    meaning_en="What is known of every person at the end of a month (this month: the reporting date), on which labels and groups are decided; merged numbers are one person. Those who have left and those who hold no account yet are among them.",
    grain=("legal_entity_code", "customer_number", "business_date"),
    columns=(
        legal_entity(),
        Column(
            "customer_number",
            TEXT,
            "当日代表该客户的客户号",
            "Number that stands for the customer on the day",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("organisation_code", TEXT, "当日归属机构号", "Home outlet of the day", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("is_holder", FLAG, "当日是否有未销账户", "Whether an account is open on the day", nullable=False),
        Column("first_held_on", DATE, "首次开户日，从未开户为空", "Day of the first account, null where there never was one"),
        _count("held_month_count", "自首次开户起的月数", "Months since the first account"),
        Column("tier_code", TEXT, "等级，无未销账户为 none", "Tier, none without an open account", nullable=False),
        Column("is_tier_by_hand", FLAG, "等级是否由人工核定", "Whether the tier was set by hand", nullable=False),
        Column("is_quality", FLAG, "是否优质客户", "Whether of quality", nullable=False),
        Column("is_effective", FLAG, "是否有效户", "Whether effective", nullable=False),
        _count("product_group_count", "持有产品组数", "Product groups held"),
        _money("asset_average_balance", "当月金融资产日均", "Average daily assets of the month"),
        _money("recent_asset_balance", "近三个月金融资产日均的平均", "Mean of the monthly average assets of the last three months"),
        Column(
            "earlier_asset_balance",
            MONEY_SUM,
            "再前三个月金融资产日均的平均，历史不足六个月为空",
            "Mean of the monthly average assets of the three months before them, null with less than six months of history",
            unit="currency unit",
        ),
        _money("deposit_average_balance", "当月存款日均", "Average daily deposits of the month"),
        _money("loan_balance", "贷款余额", "Loan balance"),
        _money("inflow_amount", "近三个月流入", "What came in during three months"),
        _money("outflow_amount", "近三个月流出", "What went out during three months"),
        _money("payroll_amount", "近三个月代发入账", "Payroll credited during three months"),
        _money(
            "own_elsewhere_amount",
            "近三个月转往本人他行账户的净额",
            "Net of what went to the customer's own accounts elsewhere in three months",
        ),
        _count("transaction_count", "近三个月客户发起的笔数", "Transactions the customer made in three months"),
        Column(
            "idle_day_count",
            COUNT,
            "距最近一次主动交易的天数，从无交易自首次开户起，最早自历史首日起；当日之前全行未报送主动交易时为空",
            "Days since his last own transaction; where there was none, since the first account or the history's first day; null while no own transaction of anybody was delivered",
            unit="count",
        ),
        _money(
            "maturing_deposit_amount",
            "30 天内到期且不自动转存的定期存款",
            "Term deposits due within 30 days that do not renew by themselves",
        ),
        _money("overdue_balance", "有拖欠的贷款余额", "Balance of loans in arrears"),
        _count("overdue_day_count", "最长拖欠天数", "Longest arrears in days"),
        _count(
            "loan_class_rank",
            "最差五级分类次序：0 无贷款、1 正常、2 关注或未分类、3 次级、4 可疑、5 损失",
            "Worst class: 0 no loan, 1 pass, 2 special mention or unclassified, 3 substandard, 4 doubtful, 5 loss",
        ),
        _count("previous_loan_class_rank", "上月末的最差分类次序", "The same at the month end before"),
        _money("bad_loan_balance", "不良贷款余额", "Balance of bad loans"),
        _money(
            "guaranteed_amount",
            "在担保链、担保圈中为他人担保的金额（仅报告日可知）",
            "What the customer guarantees for others in a chain or circle; known on the reporting date only",
        ),
        _count("complaint_count", "近三个月投诉件数", "Complaints in three months"),
        _money("contribution_amount", "当月贡献（折人民币未计外币）", "Contribution of the month in yuan"),
        _money("year_contribution_amount", "近十二个月贡献", "Contribution of twelve months in yuan"),
        _money(
            "year_expected_loss_amount",
            "近十二个月计提的预期损失（税前，人民币），负数为转回",
            "Expected loss charged in twelve months in yuan before tax; below nought it was released",
        ),
    ),
    month_of="business_date",
    settled_by="business_date",
)

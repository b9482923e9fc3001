"""Customer recent month: what the last three, six and twelve months of each known person come to, at the end of each month."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_RECENT_MONTH = Table(
    name="customer_recent_month",
    title_zh="客户近期汇总",
    title_en="Customer recent month",
    meaning_zh="每月末（当月为报告日）已知的每位客户近三个月、此前三个月与近十二个月的汇总；曾持有账户或曾被报送的客户均在内。",
    meaning_en=(
        "At the end of each month (this month: the reporting date) what the last three months, the three before and the last twelve of each "
        "known person come to; known is whoever has held an account or was reported."
    ),
    grain=("legal_entity_code", "customer_number", "business_date"),
    columns=(
        legal_entity(),
        Column(
            "customer_number", TEXT, "客户统一编号（归并后）", "Customer number, after merging", privacy=Privacy.PERSONAL, nullable=False
        ),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("first_held_on", DATE, "首次开户日；未曾持有的为空", "First account opened, none where he never held one"),
        Column(
            "recent_asset_amount",
            MONEY_SUM,
            "近三个月资产日均之和",
            "Average assets of the last three months, added up",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "earlier_asset_amount",
            MONEY_SUM,
            "此前三个月资产日均之和",
            "The same of the three months before",
            unit="currency unit",
            nullable=False,
        ),
        Column("inflow_amount", MONEY_SUM, "近三个月流入", "Money in, three months", unit="currency unit", nullable=False),
        Column("outflow_amount", MONEY_SUM, "近三个月流出", "Money out, three months", unit="currency unit", nullable=False),
        Column("payroll_amount", MONEY_SUM, "近三个月代发工资", "Pay received, three months", unit="currency unit", nullable=False),
        Column(
            "own_elsewhere_amount",
            MONEY_SUM,
            "近三个月净转往本人他行账户",
            "Net to own accounts elsewhere, three months",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "transaction_count", COUNT, "近三个月本人发起的交易笔数", "Transactions he began, three months", unit="count", nullable=False
        ),
        Column("complaint_count", COUNT, "近三个月投诉", "Complaints, three months", unit="count", nullable=False),
        Column("contribution_amount", MONEY_SUM, "当月贡献", "Contribution of the month", unit="currency unit", nullable=False),
        Column(
            "year_contribution_amount", MONEY_SUM, "近十二个月贡献", "Contribution of twelve months", unit="currency unit", nullable=False
        ),
        Column(
            "year_expected_loss_amount",
            MONEY_SUM,
            "近十二个月计提的预期损失（税前），负数为转回",
            "Expected loss charged in twelve months before tax; below nought it was released",
            unit="currency unit",
            nullable=False,
        ),
        Column("last_on", DATE, "最近一次本人发起的交易", "Last transaction he began"),
    ),
    published=False,
    settled_by="business_date",
)

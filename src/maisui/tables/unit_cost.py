"""Unit cost: What one transaction, account or month of a kind of service costs, with the day from which it holds."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity, provenance

UNIT_COST = Table(
    name="unit_cost",
    title_zh="单位成本",
    title_en="Unit cost",
    meaning_zh=(
        "每类业务每笔（每户、每月）的单位成本及其起用日期。按户、户月计的项目：deposit_account 只计存款账户，loan_account 只计贷款账户，"
        "credit_card_account 不计入任何账户，其他代码计入所有账户。"
    ),
    meaning_en=(
        "What one transaction, account or month of a kind of service costs, with the day from which it holds. Of the items by account and "
        "account month, deposit_account is for deposit accounts alone and loan_account for loan accounts alone, credit_card_account is "
        "charged to no account, and items of any other code are charged to every account."
    ),
    grain=("legal_entity_code", "cost_item_code", "channel_code", "effective_from"),
    columns=(
        legal_entity(),
        Column("cost_item_code", TEXT, "成本项目代码", "Cost item", nullable=False),
        Column("channel_code", TEXT, "渠道代码（不分渠道填 all）", "Channel, all where it does not matter", nullable=False),
        Column("effective_from", DATE, "起用日期", "First day on which it holds", nullable=False),
        Column("cost_item_name", TEXT, "成本项目名称", "Name of the cost item"),
        Column(
            "cost_unit_kind",
            TEXT,
            "计量单位：transaction 笔、account 户、account_month 户月、employee_month 人月",
            "What one unit is: transaction, account, account_month, employee_month",
            nullable=False,
        ),
        Column("unit_cost_amount", MONEY, "单位成本（元）", "Cost of one unit in yuan", unit="CNY", nullable=False),
        *provenance(),
    ),
    begins_by="effective_from",
)

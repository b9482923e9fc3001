"""Manager day: What belongs to each manager, and to nobody, on each day."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

MANAGER_DAY = Table(
    name="manager_day",
    title_zh="客户经理日统计",
    title_en="Manager day",
    meaning_zh="每个机构、客户经理（及未分配）每日归属的余额；各人与未分配之和等于机构余额。",
    meaning_en="Balance that belongs to each manager, and to nobody, by outlet on each day; persons and unassigned add up to the outlet's balance.",
    grain=("legal_entity_code", "organisation_code", "employee_number", "account_kind", "customer_kind", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "账户所属机构号", "Outlet that holds the accounts", nullable=False),
        Column("employee_number", TEXT, "客户经理工号，未分配为 unassigned", "Manager, or unassigned", nullable=False),
        Column(
            "person_number",
            TEXT,
            "该人的代表工号，未分配为 unassigned",
            "The employee number that stands for the person on the day, or unassigned",
            nullable=False,
        ),
        Column("account_kind", TEXT, "账户大类", "Kind: deposit or loan", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("balance", MONEY_SUM, "归属余额", "Balance that belongs to him at day end", unit="currency unit", nullable=False),
    ),
)

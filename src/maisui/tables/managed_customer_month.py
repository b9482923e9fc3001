"""Managed customer month: Which customers belonged to which manager, from when to when in each month."""

from maisui.tables.table import DATE, TEXT, Column, Privacy, Table, legal_entity

MANAGED_CUSTOMER_MONTH = Table(
    name="managed_customer_month",
    title_zh="管户客户月",
    title_en="Managed customer month",
    meaning_zh="每月中，有未销账户归属于某客户经理的客户及其起止日（截在当月之内）。",
    meaning_en="Customers with an open account that belongs to a manager, with the days in each month on which it does.",
    grain=("legal_entity_code", "customer_number", "employee_number", "business_date", "managed_until"),
    columns=(
        legal_entity(),
        Column(
            "customer_number",
            TEXT,
            "当月最后一日代表该客户的客户号（归并后）",
            "Number that stands for the customer on the month's last day, after merging",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("employee_number", TEXT, "客户经理工号", "Manager", nullable=False),
        Column(
            "person_number",
            TEXT,
            "该人当月最后一日的代表工号",
            "The employee number that stands for the manager on the month's last day",
            nullable=False,
        ),
        Column("organisation_code", TEXT, "当月最后一日客户归属机构号", "Customer's home outlet on the month's last day", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("business_date", DATE, "当月起始日", "First day in the month", nullable=False),
        Column("managed_until", DATE, "当月终止日（不含）", "First day after it, at most the next month's first", nullable=False),
    ),
    month_of="business_date",
    settled_by="business_date",
)

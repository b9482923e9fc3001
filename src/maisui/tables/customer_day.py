"""Customer day: Customers, borrowers, new and lost customers of each home outlet and customer kind on each day."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

CUSTOMER_DAY = Table(
    name="customer_day",
    title_zh="客户日统计",
    title_en="Customer day",
    meaning_zh="每个归属机构、客户大类每日的客户数、借款客户数、新增与流失。客户只在归属机构计一次。",
    meaning_en="Customers, borrowers, new and lost customers of each home outlet and customer kind on each day; a customer counts once, at home.",
    grain=("legal_entity_code", "organisation_code", "customer_kind", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "归属机构号", "Home outlet", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("customer_count", COUNT, "客户数", "Customers with at least one open account", unit="count", nullable=False),
        Column(
            "person_count",
            COUNT,
            "归并后的客户数",
            "Customers with at least one open account, merged numbers once",
            unit="count",
            nullable=False,
        ),
        Column(
            "depositor_count",
            COUNT,
            "存款客户数，归并的客户号计一次",
            "Customers with a deposit balance above zero, merged numbers once",
            unit="count",
            nullable=False,
        ),
        Column(
            "borrower_count",
            COUNT,
            "借款客户数，归并的客户号计一次",
            "Customers with a loan balance above zero, merged numbers once",
            unit="count",
            nullable=False,
        ),
        Column("new_customer_count", COUNT, "当日新增客户", "Customers whose first account opened that day", unit="count", nullable=False),
        Column(
            "lost_customer_count", COUNT, "当日流失客户", "Customers whose last open account closed that day", unit="count", nullable=False
        ),
    ),
)

"""Managed standing: how good each managed customer was at the end of a month, and by what way he did his business in it."""

from maisui.tables.table import COUNT, DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity

MANAGED_STANDING = Table(
    name="managed_standing",
    title_zh="管户客户状况",
    title_en="Managed standing",
    meaning_zh="月末（及数据日）归属于某客户经理的每个客户：是否优质、是否有效、是否有贷款、持有产品组数，当月电子渠道与柜面笔数；一个客户有两位经理时各列一行。",
    meaning_en="Each customer that belongs to a manager at a month's end (and on the reporting date): whether of quality, whether effective, whether he borrows, how many product groups he holds, and his electronic and counter transactions of the month; one with two managers has a line for each.",
    grain=("legal_entity_code", "customer_number", "employee_number", "business_date"),
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
        Column("person_number", TEXT, "该人的代表工号", "The employee number that stands for the manager", nullable=False),
        Column("organisation_code", TEXT, "当日客户归属机构号", "Customer's home outlet on the day", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("business_date", DATE, "月末或数据日", "Month's last day, or the reporting date", nullable=False),
        Column("is_quality", FLAG, "是否优质客户", "Whether of quality", nullable=False),
        Column("is_effective", FLAG, "是否有效户", "Whether effective", nullable=False),
        Column("is_borrower", FLAG, "是否有贷款余额", "Whether a loan has a balance", nullable=False),
        Column("product_group_count", COUNT, "持有产品组数", "Product groups held", unit="count", nullable=False),
        Column(
            "electronic_transaction_count",
            COUNT,
            "当月电子渠道笔数（按当日有效的电子渠道参数）",
            "Electronic transactions of the month, by the parameters of the day",
            unit="count",
            nullable=False,
        ),
        Column("counter_transaction_count", COUNT, "当月柜面笔数", "Counter transactions of the month", unit="count", nullable=False),
    ),
    month_of="business_date",
    settled_by="business_date",
)

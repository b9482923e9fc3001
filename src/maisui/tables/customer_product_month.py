"""Customer product month: Product groups in which a customer has something open on the last day of a month."""

from maisui.tables.table import DATE, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_PRODUCT_MONTH = Table(
    name="customer_product_month",
    title_zh="客户产品月",
    title_en="Customer product month",
    meaning_zh="每月最后一日（当月为报告日）客户持有的产品组：未销的存贷款账户、银行卡与代理、理财持有；不含识别不出客户的持有。",
    meaning_en="Product groups in which a customer has something open on the last day of a month (this month: the reporting date): accounts, cards, agency and wealth holdings; without holdings of unknown customers.",
    grain=("legal_entity_code", "customer_number", "business_date", "product_group"),
    columns=(
        legal_entity(),
        Column(
            "customer_number",
            TEXT,
            "当日代表该客户的客户号（归并后）",
            "Number that stands for the customer on the day, after merging",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
    ),
    published=False,
)

"""Customer base day: How many customers of which tier each outlet has at the ends of months, and what they hold."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

CUSTOMER_BASE_DAY = Table(
    name="customer_base_day",
    title_zh="客户基础统计",
    title_en="Customer base day",
    meaning_zh="月末与报告日，每个归属机构、客户大类、等级的客户数、有效户、优质户与持有产品。",
    meaning_en="At month ends and on the reporting date: customers, effective and quality customers and what they hold, for each home outlet, kind and tier.",
    grain=("legal_entity_code", "organisation_code", "customer_kind", "tier_code", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "归属机构号", "Home outlet", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("tier_code", TEXT, "等级", "Tier", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("customer_count", COUNT, "客户数", "Customers", unit="count", nullable=False),
        Column("effective_customer_count", COUNT, "有效户数", "Effective customers", unit="count", nullable=False),
        Column("quality_customer_count", COUNT, "优质客户数", "Quality customers", unit="count", nullable=False),
        Column(
            "product_group_count", COUNT, "持有产品组数之和", "Product groups held, summed over customers", unit="count", nullable=False
        ),
        Column(
            "cross_sold_customer_count",
            COUNT,
            "持有两个及以上产品组的客户数",
            "Customers with two product groups or more",
            unit="count",
            nullable=False,
        ),
        Column(
            "borrower_deposit_average_balance",
            MONEY_SUM,
            "当月有贷款日均的客户的存款日均之和",
            "Average deposits of the month of customers who had loans in it",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "borrower_loan_average_balance",
            MONEY_SUM,
            "当月有贷款日均的客户的贷款日均之和",
            "Average loans of the month of customers who had loans in it",
            unit="currency unit",
            nullable=False,
        ),
    ),
)

"""Product customer month: How many customers hold, use, took up and left each line, group and product."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

PRODUCT_CUSTOMER_MONTH = Table(
    name="product_customer_month",
    title_zh="产品客户月统计",
    title_en="Product customer month",
    meaning_zh=(
        "月末与报告日，每个归属机构、客户大类在产品线、产品组、产品三级上的持有、活跃、当月新增与流失客户数；每级每人只计一次。"
        "活跃：活期与借记卡近三个月内有本人发起的交易，信用卡有透支，其余存贷款余额大于零，理财与代理为持有。"
    ),
    meaning_en=(
        "At month ends and on the reporting date, by home outlet and kind: customers who hold each product line, group and product, who use "
        "it, took it up or left it since the month end before; each person once a level. Used is demand money and a debit card moved by the "
        "customer within three months, a credit card overdrawn, any other account with a balance, and whatever is held of wealth and agency."
    ),
    grain=("legal_entity_code", "organisation_code", "customer_kind", "level_kind", "level_code", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "归属机构号", "Home outlet", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("level_kind", TEXT, "级别：line、group、product", "Level: line, group or product", nullable=False),
        Column("level_code", TEXT, "该级代码", "Code of the line, group or product", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("product_group", TEXT, "产品组，产品线一级为 all", "Product group, all on the level of lines", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("holder_count", COUNT, "持有客户数", "Customers who hold it", unit="count", nullable=False),
        Column("active_holder_count", COUNT, "活跃客户数", "Customers who use it", unit="count", nullable=False),
        Column("taken_up_count", COUNT, "当月新增客户数，历史首月为空", "Customers who took it up, none in the first month", unit="count"),
        Column("left_count", COUNT, "当月流失客户数，历史首月为空", "Customers who left it, none in the first month", unit="count"),
    ),
    settled_by="business_date",
)

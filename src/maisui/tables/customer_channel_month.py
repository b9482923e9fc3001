"""Customer channel month: Each customer and channel in each month, with the first day the customer used it."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_CHANNEL_MONTH = Table(
    name="customer_channel_month",
    title_zh="客户渠道月",
    title_en="Customer channel month",
    meaning_zh="每个客户每月使用过的渠道：首次使用日与笔数；只计客户发起、未被冲补抹的存款交易。",
    meaning_en="The channels each customer used in each month: first day and number of transactions; the customer's own deposit transactions that were not reversed.",
    grain=("legal_entity_code", "customer_number", "channel_code", "month_start"),
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
        Column("channel_code", TEXT, "交易渠道", "Channel", nullable=False),
        Column("month_start", DATE, "月初日期", "First day of the month", nullable=False),
        Column("organisation_code", TEXT, "当月最后一日客户归属机构号", "Customer's home outlet on the month's last day", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("business_date", DATE, "当月首次使用日", "Day of the month on which it was first used", nullable=False),
        Column("transaction_count", COUNT, "当月笔数", "Transactions of the month", unit="count", nullable=False),
    ),
    month_of="business_date",
    settled_by="business_date",
)

"""Channel hour month: Count and amount of each outlet, channel and content by weekday and hour of each month."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

CHANNEL_HOUR_MONTH = Table(
    name="channel_hour_month",
    title_zh="渠道时段月",
    title_en="Channel hour month",
    meaning_zh="每个账户机构、渠道、交易类型每月按星期与小时的笔数与金额；只计客户发起的存款交易，合计与渠道日统计一致。",
    meaning_en="Count and amount of each holding outlet, channel and content by weekday and hour of each month; customers' own transactions on deposit accounts, which add up to channel_day.",
    grain=(
        "legal_entity_code",
        "organisation_code",
        "customer_kind",
        "channel_code",
        "transaction_type",
        "currency",
        "weekday_code",
        "hour_code",
        "business_date",
    ),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "账户所属机构号", "Outlet that holds the account", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("channel_code", TEXT, "交易渠道", "Channel", nullable=False),
        Column("transaction_type", TEXT, "交易类型", "Content", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("weekday_code", TEXT, "星期：1 星期一 … 7 星期日", "Weekday: 1 Monday … 7 Sunday", nullable=False),
        Column("hour_code", TEXT, "小时：00–23，未报送时间为 none", "Hour: 00 to 23, none where no time is delivered", nullable=False),
        Column(
            "business_date",
            DATE,
            "当月已有数据的最后一日",
            "Last day of the month that the history holds",
            nullable=False,
        ),
        Column(
            "transaction_count",
            COUNT,
            "笔数（被冲补抹的交易不计）",
            "Transactions, those reversed not counting",
            unit="count",
            nullable=False,
        ),
        Column(
            "transaction_amount",
            MONEY_SUM,
            "金额（被冲补抹的交易不计）",
            "Amount, those reversed not counting",
            unit="currency unit",
            nullable=False,
        ),
    ),
    month_of="business_date",
    settled_by="business_date",
)

"""Channel day: Count and amount of each holding and handling outlet, channel and content on each day."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY_SUM, TEXT, Column, Table, legal_entity

CHANNEL_DAY = Table(
    name="channel_day",
    title_zh="渠道日统计",
    title_en="Channel day",
    meaning_zh="每个账户机构、办理机构、渠道、交易类型每日的笔数与金额。",
    meaning_en="Count and amount of each holding and handling outlet, channel and content on each day.",
    grain=("legal_entity_code", "organisation_code", "handling_organisation_code", "account_kind", "customer_kind", "channel_code", "transaction_type", "currency", "is_bank_initiated", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "账户所属机构号", "Outlet that holds the account", nullable=False),
        Column("handling_organisation_code", TEXT, "业务办理机构号，未报送为 none", "Outlet that handled it, none where not delivered", nullable=False),
        Column("account_kind", TEXT, "账户大类", "Kind: deposit or loan", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("channel_code", TEXT, "交易渠道", "Channel", nullable=False),
        Column("transaction_type", TEXT, "交易类型", "Content", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("is_bank_initiated", FLAG, "是否银行发起", "Whether the bank posted it", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("is_electronic", FLAG, "当日参数下是否电子渠道", "Whether an electronic channel by that day's parameters", nullable=False),
        Column("transaction_count", COUNT, "笔数（被冲补抹的交易不计）", "Transactions, those reversed not counting", unit="count", nullable=False),
        Column("transaction_amount", MONEY_SUM, "金额（被冲补抹的交易不计）", "Amount, those reversed not counting", unit="currency unit", nullable=False),
        Column("reversal_count", COUNT, "冲补抹次数（原交易与冲销均标记的一对计一次）", "Reversals, a pair of which both are flagged counting once", unit="count", nullable=False),
        Column("posting_count", COUNT, "入账笔数（不论冲补抹）", "Postings, whatever they are", unit="count", nullable=False),
        Column("credit_amount", MONEY_SUM, "使余额增加的金额", "Amount that raised balances", unit="currency unit", nullable=False),
        Column("debit_amount", MONEY_SUM, "使余额减少的金额", "Amount that lowered balances", unit="currency unit", nullable=False),
    ),
    month_of="business_date",
)

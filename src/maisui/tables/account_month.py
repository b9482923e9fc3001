"""Account month: Opening and closing balance, balance-days and average of each account and month."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

ACCOUNT_MONTH = Table(
    name="account_month",
    title_zh="账户月统计",
    title_en="Account month",
    meaning_zh="每个账户每月的期初、期末余额、积数与日均；当月只到报告日。",
    meaning_en="Opening and closing balance, balance-days and average of each account and month; the current month to the reporting date.",
    grain=("legal_entity_code", "account_number", "currency", "month_start"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("month_start", DATE, "当月一日", "First day of the month", nullable=False),
        Column("account_kind", TEXT, "账户大类", "Kind: deposit or loan", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("organisation_code", TEXT, "当月最后一日账户所属机构号", "Outlet that holds it on the month's last day", nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("opening_balance", MONEY, "期初余额", "Balance at the end of the day before", unit="currency unit", nullable=False),
        Column("closing_balance", MONEY, "期末余额", "Balance at the last day", unit="currency unit", nullable=False),
        Column("balance_days", MONEY_SUM, "积数", "Sum of day-end balances", unit="currency unit · day", nullable=False),
        Column("day_count", COUNT, "天数", "Calendar days", unit="count", nullable=False),
        Column(
            "average_daily_balance",
            MONEY,
            "日均余额（四舍五入到分）",
            "Average daily balance, half-up to the cent",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "average_kind",
            TEXT,
            "日均来源：daily 每日余额、rolled 快照加流水滚动、two_point 期初期末两点平均（无流水时）",
            "Where the average comes from: daily (feed), rolled (reports and movements), two_point (opening and closing, where no movements are delivered)",
            nullable=False,
        ),
        Column("is_estimated", FLAG, "是否含估计区间", "Whether an estimated period is inside", nullable=False),
    ),
    month_of="month_start",
    settled_by="month_start",
)

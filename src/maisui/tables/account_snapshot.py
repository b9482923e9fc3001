"""Account snapshot: Balance and state of each deposit or loan account on one reported day, one row per currency and cash form."""

from maisui.tables.table import DATE, MONEY, RATE, TEXT, Column, Privacy, Table, legal_entity, provenance

ACCOUNT_SNAPSHOT = Table(
    name="account_snapshot",
    title_zh="账户快照",
    title_en="Account snapshot",
    meaning_zh="每个存款或贷款分户账在一个报送日的余额与状态，一户一币种一钞汇一行。余额按业务方向取正：存款贷方为正，贷款借方为正。",
    meaning_en="Balance and state of each deposit or loan account on one reported day, one row per currency and cash form. Balances are positive on the account's own side: deposits credit, loans debit.",
    grain=("legal_entity_code", "reported_on", "account_number", "currency", "cash_form"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column(
            "cash_form",
            TEXT,
            "钞汇类别（原文），不分时为 none",
            "Cash form as delivered, none where there is no such thing",
            nullable=False,
        ),
        Column("account_kind", TEXT, "账户大类：deposit 存款、loan 贷款", "Kind: deposit or loan", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("organisation_code", TEXT, "账户所属机构号", "Outlet that holds the account", nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column(
            "product_group",
            TEXT,
            "来源自己认定的产品组（如保证金标志），没有时为空，由产品归类决定",
            "Product group where the source itself knows it (such as a guarantee deposit by its flag), null otherwise",
        ),
        Column("subject_code", TEXT, "明细科目编号", "Detail ledger subject"),
        Column("interest_rate", RATE, "年利率", "Yearly interest rate", unit="fraction"),
        Column("balance", MONEY, "余额，来源不提供时为空", "Balance, null where the source has none", unit="currency unit"),
        Column("opened_on", DATE, "开户日期", "Day opened"),
        Column("closed_on", DATE, "销户日期，未销为空", "Day closed, null while open"),
        Column("account_status", TEXT, "账户状态（原文）", "Status word as delivered"),
        Column("last_active_on", DATE, "上次动户日期", "Day of the last movement by the customer"),
        *provenance(),
    ),
    month_of="reported_on",
    settled_by="reported_on",
)

"""Account: Each account and currency as last reported, with the days it was opened and closed."""

from maisui.tables.table import COUNT, DATE, FLAG, RATE, TEXT, Column, Privacy, Table, legal_entity

ACCOUNT = Table(
    name="account",
    title_zh="账户",
    title_en="Account",
    meaning_zh="每个账户（一币种一行）的最新情况；开户日与销户日取最后一次报送。",
    meaning_en="Each account and currency as last reported, with the days it was opened and closed.",
    grain=("legal_entity_code", "account_number", "currency"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("account_kind", TEXT, "账户大类：deposit、loan", "Kind: deposit or loan", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of its customer", nullable=False),
        Column("organisation_code", TEXT, "账户所属机构号", "Outlet that holds it", nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_category", TEXT, "产品类别", "Product category", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("subject_code", TEXT, "明细科目编号", "Detail ledger subject"),
        Column("interest_rate", RATE, "年利率", "Yearly interest rate", unit="fraction"),
        Column(
            "opened_on", DATE, "开户日期；未报送时为首次出现日", "Day opened; the day first seen where none is delivered", nullable=False
        ),
        Column("closed_on", DATE, "销户日期，未销为空", "Day closed, null while open"),
        Column("account_status", TEXT, "账户状态（原文）", "Status word as delivered"),
        Column(
            "is_vanished",
            FLAG,
            "是否未报销户即消失",
            "Whether it dropped out of a full delivery without being reported closed",
            nullable=False,
        ),
        Column("last_reported_on", DATE, "最近报送日期", "Last day reported"),
        Column("source_file_id", TEXT, "来源文件标识", "File of the last report", nullable=False),
        Column("source_line", COUNT, "来源行号", "Line in that file", unit="count", nullable=False),
    ),
)

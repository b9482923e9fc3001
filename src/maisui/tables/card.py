"""Card: Each card and passbook as last reported, with its customer and the account behind it."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity

CARD = Table(
    name="card",
    title_zh="卡折",
    title_en="Card",
    meaning_zh="每张卡与每本存折的最新情况，及其与客户、账户的联系。",
    meaning_en="Each card and passbook as last reported, with its customer and the account behind it.",
    grain=("legal_entity_code", "card_kind", "card_number"),
    columns=(
        legal_entity(),
        Column("card_kind", TEXT, "介质大类：debit、credit、passbook", "Kind: debit, credit, passbook", nullable=False),
        Column("card_number", TEXT, "卡号或存折号", "Card or passbook number", privacy=Privacy.PERSONAL, nullable=False),
        Column(
            "customer_number",
            TEXT,
            "客户统一编号，未报送为 none",
            "Customer number, none where not delivered",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("customer_kind", TEXT, "客户大类", "Kind of its customer", nullable=False),
        Column("account_number", TEXT, "所挂账号", "Account behind it", privacy=Privacy.PERSONAL),
        Column("has_account", FLAG, "所挂账户是否报送过", "Whether the account behind it was ever reported", nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "Outlet", nullable=False),
        Column("card_name", TEXT, "产品名称或存折类型（原文）", "Product name or type as delivered"),
        Column("card_status", TEXT, "状态", "State"),
        Column("is_supplementary", FLAG, "是否附属卡", "Whether a supplementary card", nullable=False),
        Column("issued_on", DATE, "开卡（启用）日期", "Day issued"),
        Column(
            "closed_on",
            DATE,
            "销卡日期；未报销卡即消失的为下一次报送日",
            "Day cancelled; the day of the next report where it dropped out unannounced",
        ),
        Column(
            "is_vanished",
            FLAG,
            "是否未报销卡即消失",
            "Whether it dropped out of a full delivery without being reported cancelled",
            nullable=False,
        ),
        Column("last_reported_on", DATE, "最近报送日期", "Last day reported", nullable=False),
    ),
)

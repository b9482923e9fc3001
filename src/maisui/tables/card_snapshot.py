"""Card snapshot: Each debit card, credit card and passbook as reported on one day, with the account behind it."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity, provenance

CARD_SNAPSHOT = Table(
    name="card_snapshot",
    title_zh="卡折快照",
    title_en="Card snapshot",
    meaning_zh="每张借记卡、信用卡与每本存折（含存单）在一个报送日的状态及其所挂账户；card_kind 区分。",
    meaning_en="Each debit card, credit card and passbook as reported on one day, with the account behind it.",
    grain=("legal_entity_code", "reported_on", "card_kind", "card_number"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column(
            "card_kind", TEXT, "介质大类：debit 借记卡、credit 信用卡、passbook 存折存单", "Kind: debit, credit, passbook", nullable=False
        ),
        Column("card_number", TEXT, "卡号或存折号", "Card or passbook number", privacy=Privacy.PERSONAL, nullable=False),
        Column(
            "customer_number",
            TEXT,
            "客户统一编号，未报送为 none",
            "Customer number, none where not delivered",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column(
            "account_number",
            TEXT,
            "所挂账号（信用卡为信用卡账号）",
            "Account behind it; for a credit card the card account",
            privacy=Privacy.PERSONAL,
        ),
        Column("organisation_code", TEXT, "内部机构号，未报送为 none", "Outlet, none where not delivered", nullable=False),
        Column("card_name", TEXT, "产品名称或存折类型（原文）", "Product name or type of passbook as delivered"),
        Column(
            "card_status",
            TEXT,
            "状态：active、frozen、cancelled、inactive、dormant、other",
            "State: active, frozen, cancelled, inactive, dormant, other",
        ),
        Column("is_supplementary", FLAG, "是否附属卡", "Whether a supplementary card"),
        Column("main_card_number", TEXT, "主卡号", "Number of the main card", privacy=Privacy.PERSONAL),
        Column("is_virtual", FLAG, "是否虚拟卡", "Whether it exists only as a number"),
        Column("issued_on", DATE, "开卡（启用）日期", "Day issued"),
        Column("closed_on", DATE, "销卡日期", "Day cancelled"),
        Column("last_active_on", DATE, "最后动户交易日期", "Day of the last movement"),
        *provenance(),
    ),
    published=False,
)

"""Fee charge: Each fee charged to a customer."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

FEE_CHARGE = Table(
    name="fee_charge",
    title_zh="手续费明细",
    title_en="Fee charge",
    meaning_zh="向客户收取的每笔手续费。",
    meaning_en="Each fee charged to a customer.",
    grain=("legal_entity_code", "fee_number"),
    columns=(
        legal_entity(),
        Column("fee_number", TEXT, "手续费流水号", "Number of the fee", nullable=False),
        Column("charged_on", DATE, "收取日期", "Day charged", nullable=False),
        Column(
            "customer_number",
            TEXT,
            "客户统一编号，未报送为 none",
            "Customer number, none where not delivered",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("account_number", TEXT, "账号", "Account charged", privacy=Privacy.PERSONAL),
        Column("organisation_code", TEXT, "内部机构号，未报送为 none", "Outlet, none where not delivered", nullable=False),
        Column("fee_type", TEXT, "手续费种类（原文）", "Kind of fee as delivered"),
        Column("product_code", TEXT, "产品代码", "Product code"),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("fee_amount", MONEY, "手续费金额", "Fee", unit="currency unit", nullable=False),
        *provenance(),
    ),
    month_of="charged_on",
    begins_by="charged_on",
)

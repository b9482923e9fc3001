"""Agency sale: Each sale or redemption of a product sold for another institution, with its fee."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

AGENCY_SALE = Table(
    name="agency_sale",
    title_zh="代理代销交易",
    title_en="Agency sale",
    meaning_zh="每笔代理代销（基金、保险、理财、国债等）交易及其手续费。",
    meaning_en="Each sale or redemption of a product sold for another institution, with its fee.",
    grain=("legal_entity_code", "transaction_number"),
    columns=(
        legal_entity(),
        Column("transaction_number", TEXT, "交易编号", "Number of the trade", nullable=False),
        Column(
            "customer_number",
            TEXT,
            "客户统一编号，未报送为 none",
            "Customer number, none where not delivered",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("account_number", TEXT, "客户账号", "Account of the customer", privacy=Privacy.PERSONAL),
        Column("organisation_code", TEXT, "内部机构号，未报送为 none", "Outlet, none where not delivered", nullable=False),
        Column("agency_type", TEXT, "代理代销交易类型（原文）", "Type of agency business as delivered"),
        Column("product_code", TEXT, "代销产品名称，作为产品代码", "Name of the product, which serves as its code", nullable=False),
        Column("sale_kind", TEXT, "交易方向：buy 买入、sell 卖出、other", "Direction: buy, sell, other", nullable=False),
        Column("traded_on", DATE, "交易日期，未报送取采集日期", "Day of the trade, the day delivered where none is given", nullable=False),
        Column("currency", TEXT, "币种，未报送为 CNY", "ISO currency, CNY where not delivered", nullable=False),
        Column("amount", MONEY, "交易金额", "Amount", unit="currency unit", nullable=False),
        Column("issuer_name", TEXT, "发行机构名称", "Issuing institution"),
        Column("fee_amount", MONEY, "手续费金额，未报送为 0", "Fee, 0 where not delivered", unit="currency unit", nullable=False),
        Column("is_cash", FLAG, "是否现金", "Whether in cash"),
        Column("employee_number", TEXT, "经办人工号", "Employee who handled it"),
        *provenance(),
    ),
    month_of="traded_on",
    begins_by="traded_on",
)

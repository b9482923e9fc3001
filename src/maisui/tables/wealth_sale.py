"""Wealth sale: Each confirmed sale of a wealth product; it names a certificate, not a customer."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

WEALTH_SALE = Table(
    name="wealth_sale",
    title_zh="理财销售",
    title_en="Wealth sale",
    meaning_zh="每笔理财产品销售确认；没有客户编号，以证件认人。",
    meaning_en="Each confirmed sale of a wealth product; it names a certificate, not a customer.",
    grain=("legal_entity_code", "confirmed_on", "transaction_number"),
    columns=(
        legal_entity(),
        Column("confirmed_on", DATE, "业务确认日期", "Day confirmed", nullable=False),
        Column("transaction_number", TEXT, "交易序列号", "Serial number", nullable=False),
        Column("contract_number", TEXT, "合同编号", "Contract"),
        Column("certificate_type", TEXT, "客户证件类别（原文）", "Certificate type as delivered"),
        Column("certificate_number", TEXT, "客户证件号码（原样）", "Certificate number as delivered", privacy=Privacy.PERSONAL),
        Column("account_number", TEXT, "客户理财交易账号", "Account of the customer", privacy=Privacy.PERSONAL),
        Column(
            "product_code",
            TEXT,
            "理财产品代码，未报送取产品登记编码",
            "Product code, the registration code where none is given",
            nullable=False,
        ),
        Column("product_name", TEXT, "理财产品名称", "Name of the product"),
        Column("registration_code", TEXT, "产品登记编码", "Registration code"),
        Column("sale_type", TEXT, "业务种类（原文）", "Kind of business as delivered"),
        Column("is_agency", FLAG, "是否代销", "Whether sold for another institution"),
        Column("currency", TEXT, "币种，未报送为 CNY", "ISO currency, CNY where not delivered", nullable=False),
        Column("amount", MONEY, "确认金额，未报送为 0", "Amount confirmed, 0 where not delivered", unit="currency unit", nullable=False),
        Column("fee_amount", MONEY, "手续费金额，未报送为 0", "Fee, 0 where not delivered", unit="currency unit", nullable=False),
        Column("teller_number", TEXT, "交易柜员号", "Teller"),
        *provenance(),
    ),
    month_of="confirmed_on",
)

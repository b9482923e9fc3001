"""Wealth holding snapshot: Wealth products held on one reported day; rows name a certificate, not a customer."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

WEALTH_HOLDING_SNAPSHOT = Table(
    name="wealth_holding_snapshot",
    title_zh="理财持有快照",
    title_en="Wealth holding snapshot",
    meaning_zh="客户在一个报送日持有的理财产品；没有客户编号，以证件认人。",
    meaning_en="Wealth products held on one reported day; rows name a certificate, not a customer.",
    grain=("legal_entity_code", "source_file_id", "source_line"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("certificate_type", TEXT, "客户证件类别（原文）", "Certificate type as delivered"),
        Column("certificate_number", TEXT, "客户证件号码（原样）", "Certificate number as delivered", privacy=Privacy.PERSONAL),
        Column("product_code", TEXT, "产品登记编码，作为产品代码", "Registration code, which serves as product code", nullable=False),
        Column("product_name", TEXT, "理财产品名称", "Name of the product"),
        Column("currency", TEXT, "币种，未报送为 CNY", "ISO currency, CNY where not delivered", nullable=False),
        Column("held_since", DATE, "客户持有日期", "Day since which it is held"),
        Column("market_amount", MONEY, "持有理财余额", "What the holding is worth", unit="currency unit", nullable=False),
        Column("local_amount", MONEY, "持有理财折算人民币余额", "The same in local currency", unit="currency unit"),
        *provenance(),
    ),
    published=False,
)

"""Related party of the bank: Which customers the bank's shareholders and related parties are, and from when until when."""

from maisui.tables.table import DATE, RATE, TEXT, Column, Privacy, Table, legal_entity

RELATED_PARTY = Table(
    name="related_party",
    title_zh="本行关联方",
    title_en="Related party of the bank",
    meaning_zh="本行股东与关联方是哪个客户，何时起止。",
    meaning_en="Which customers the bank's shareholders and related parties are, and from when until when.",
    grain=("legal_entity_code", "party_key"),
    columns=(
        legal_entity(),
        Column(
            "party_key",
            TEXT,
            "标识：客户统一编号，不是客户的为摘要",
            "Key: customer number, or a digest for those who are not customers",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column(
            "customer_number",
            TEXT,
            "客户统一编号，不是客户的为空",
            "Customer number, null for those who are not customers",
            privacy=Privacy.PERSONAL,
        ),
        Column(
            "identity_grade",
            TEXT,
            "匹配等级：reported、exact、deformed、unresolved",
            "Grade: reported, exact, deformed, unresolved",
            nullable=False,
        ),
        Column("relation_type", TEXT, "关系类型（原文）", "Relation as delivered"),
        Column("shares_held_share", RATE, "持股比例（0…1）", "Share of the bank's capital held"),
        Column("valid_from", DATE, "首次报送日期", "First day reported", nullable=False),
        Column("valid_until", DATE, "终止日（不含），仍有效为空", "Day after the last, null while it lasts"),
    ),
)

"""Certificate match: Which customer each certificate of a guarantor, pledgor or related party belongs to; by equality of type and number only, never by name."""

from maisui.tables.table import COUNT, TEXT, Column, Privacy, Table, legal_entity

CERTIFICATE_MATCH = Table(
    name="certificate_match",
    title_zh="证件匹配",
    title_en="Certificate match",
    meaning_zh="担保人、押品所有人与关联人的每个证件对应哪个客户；只按证件类别与号码相等，不按姓名。",
    meaning_en="Which customer each certificate of a guarantor, pledgor or related party belongs to; by equality of type and number only, never by name.",
    grain=("legal_entity_code", "certificate_type", "certificate_number"),
    columns=(
        legal_entity(),
        Column("certificate_type", TEXT, "证件类别（原文）", "Certificate type as delivered", nullable=False),
        Column("certificate_number", TEXT, "证件号码（原文）", "Certificate number as delivered", privacy=Privacy.PERSONAL, nullable=False),
        Column(
            "customer_number", TEXT, "客户统一编号，匹配不到为空", "Customer number, null where nobody has it", privacy=Privacy.PERSONAL
        ),
        Column("candidate_count", COUNT, "具有该证件的客户数", "Customers who have this certificate", unit="count", nullable=False),
        Column(
            "identity_grade",
            TEXT,
            "匹配等级：exact 未变形号码相等、deformed 相等但号码不能证明未变形、unresolved 无匹配",
            "Grade: exact (equal, a real number), deformed (equal, but not provably undeformed), unresolved",
            nullable=False,
        ),
    ),
    published=False,
)

"""Customer tie: Each kind of tie between two parties once, whoever reported it; a tie with a direction runs from the one in the role to the other."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_TIE = Table(
    name="customer_tie",
    title_zh="客户关系",
    title_en="Customer tie",
    meaning_zh="两个客户之间的每种关系一行，不分由谁报送；有方向的关系由角色方指向对方。",
    meaning_en="Each kind of tie between two parties once, whoever reported it; a tie with a direction runs from the one in the role to the other.",
    grain=("legal_entity_code", "first_party_key", "second_party_key", "tie_kind"),
    columns=(
        legal_entity(),
        Column(
            "first_party_key",
            TEXT,
            "一方标识：有方向时为角色方（股东、控制人、高管等），否则为较小者",
            "Key of one party: the one in the role (shareholder, controller, officer), otherwise the lesser",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("second_party_key", TEXT, "另一方标识", "Key of the other", privacy=Privacy.PERSONAL, nullable=False),
        Column("tie_kind", TEXT, "关系大类", "Kind of tie", nullable=False),
        Column("tie_type", TEXT, "关系类型（最近一次原文）", "Type as last delivered"),
        Column(
            "identity_grade",
            TEXT,
            "关系人匹配等级：reported 直接报送编号、exact、deformed、unresolved",
            "Grade of the match: reported by number, exact, deformed, unresolved",
            nullable=False,
        ),
        Column("report_count", COUNT, "最近一次报送中的行数", "Rows in the last report of it", unit="count", nullable=False),
        Column("valid_from", DATE, "首次报送日期", "First day reported", nullable=False),
        Column("valid_until", DATE, "终止日（不含），仍有效为空", "Day after the last, null while it lasts"),
    ),
)

"""Guarantee component: Which weakly connected part of the guarantees in force on the reporting date each party belongs to."""

from maisui.tables.table import FLAG, TEXT, Column, Privacy, Table, legal_entity

GUARANTEE_COMPONENT = Table(
    name="guarantee_component",
    title_zh="担保连通分量",
    title_en="Guarantee component",
    meaning_zh="报告日有效担保关系中，每一方所属的连通分量（不看方向）。",
    meaning_en="Which weakly connected part of the guarantees in force on the reporting date each party belongs to.",
    grain=("legal_entity_code", "party_key"),
    columns=(
        legal_entity(),
        Column(
            "party_key",
            TEXT,
            "担保各方标识：客户统一编号，不是客户的为摘要",
            "Key of the party: customer number, or a digest for those who are not customers",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column(
            "component_code", TEXT, "连通分量代码，成员变化时会变", "Code of the component; it changes with its members", nullable=False
        ),
        Column("is_moving", FLAG, "求解中是否仍在变化", "Whether the search has not come to rest", nullable=False),
    ),
    published=False,
)

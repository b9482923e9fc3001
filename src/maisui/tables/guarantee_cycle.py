"""Guarantee cycle: Which strongly connected part each party that both guarantees and is guaranteed belongs to."""

from maisui.tables.table import FLAG, TEXT, Column, Privacy, Table, legal_entity

GUARANTEE_CYCLE = Table(
    name="guarantee_cycle",
    title_zh="担保强连通分量",
    title_en="Guarantee cycle",
    meaning_zh="既为他人担保又被担保的每一方所属的强连通分量（沿担保方向可相互到达）。",
    meaning_en="Which strongly connected part each party that both guarantees and is guaranteed belongs to.",
    grain=("legal_entity_code", "party_key"),
    columns=(
        legal_entity(),
        Column("party_key", TEXT, "担保各方标识", "Key of the party", privacy=Privacy.PERSONAL, nullable=False),
        Column("piece_code", TEXT, "求解中的分块", "Piece in which the search goes on", nullable=False),
        Column("forward_code", TEXT, "能到达它的最小标识", "Least mark that reaches it", nullable=False),
        Column("backward_code", TEXT, "它能到达的最小标识", "Least mark that it reaches", nullable=False),
        Column("cycle_code", TEXT, "强连通分量代码，求解中为空", "Code of the strongly connected part, null while it is searched for"),
        Column("is_moving", FLAG, "求解中是否仍在变化", "Whether the search has not come to rest", nullable=False),
    ),
    published=False,
)

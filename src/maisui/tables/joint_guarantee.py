"""Joint guarantee member: Each party of a joint-guarantee group (one guarantee contract) on the reporting date."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity

JOINT_GUARANTEE = Table(
    name="joint_guarantee",
    title_zh="联保成员",
    title_en="Joint guarantee member",
    meaning_zh="报告日联保小组（同一担保合同）的每一方。",
    meaning_en="Each party of a joint-guarantee group (one guarantee contract) on the reporting date.",
    grain=("legal_entity_code", "guarantee_contract_number", "party_key"),
    columns=(
        legal_entity(),
        Column("guarantee_contract_number", TEXT, "担保合同号，即联保小组", "Guarantee contract number: the group", nullable=False),
        Column("party_key", TEXT, "担保各方标识", "Key of the party", privacy=Privacy.PERSONAL, nullable=False),
        Column("business_date", DATE, "报告日", "Reporting date", nullable=False),
        Column("is_borrower", FLAG, "在该合同下是否被担保", "Whether it is guaranteed under this contract", nullable=False),
        Column("is_guarantor", FLAG, "在该合同下是否担保人", "Whether it guarantees under this contract", nullable=False),
    ),
)

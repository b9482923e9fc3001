"""Household member: Which customers live in one household, by what evidence and when."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity

HOUSEHOLD_MEMBER = Table(
    name="household_member",
    title_zh="家庭成员",
    title_en="Household member",
    meaning_zh="客户属于哪一户、依据与时段；同一时点一个客户至多一户。",
    meaning_en="Which household a customer belongs to, by what evidence and when; at most one at a time.",
    grain=("legal_entity_code", "customer_number", "valid_from"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "The bank's customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "截止日（不含），至今为空", "First day after it, null while it lasts"),
        Column(
            "household_code", TEXT, "户代码（村组代码与户号）", "Household: village and number", privacy=Privacy.PERSONAL, nullable=False
        ),
        Column("village_code", TEXT, "村组代码", "Village"),
        Column("grid_code", TEXT, "网格代码", "Grid"),
        Column("is_head", FLAG, "是否户主", "Whether the head", nullable=False),
        Column("kin_to_head", TEXT, "与户主关系", "Kin to the head"),
        Column(
            "evidence",
            TEXT,
            "依据：roster_number 名册客户号、roster_certificate 名册身份证号",
            "Evidence: roster_number, roster_certificate",
            nullable=False,
        ),
    ),
    begins_by="valid_from",
)

"""Account holder: A customer's role on an account: owner or authorised."""

from maisui.tables.table import TEXT, Column, Privacy, Table, legal_entity, provenance

ACCOUNT_HOLDER = Table(
    name="account_holder",
    title_zh="账户持有关系",
    title_en="Account holder",
    meaning_zh="客户在账户上的角色：owner 户主、authorised 有权使用人。",
    meaning_en="A customer's role on an account: owner or authorised.",
    grain=("legal_entity_code", "account_number", "customer_number", "holder_role"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("holder_role", TEXT, "角色：owner、authorised", "Role: owner, authorised", nullable=False),
        *provenance(),
    ),
)

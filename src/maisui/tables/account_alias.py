"""Account alias: Every number by which an account of the bank is known, and whose it is."""

from maisui.tables.table import TEXT, Column, Privacy, Table, legal_entity

ACCOUNT_ALIAS = Table(
    name="account_alias",
    title_zh="账号与外部账号",
    title_en="Account alias",
    meaning_zh="本行账户的每一个号码（账号本身、卡号等外部账号）及其账户、客户、机构；由此判断对方或刷卡人是否本行客户。",
    meaning_en="Every number by which an account of the bank is known (its own, its card or other outside number) with its account, customer and outlet: so a counterparty or a card is recognised as ours.",
    grain=("legal_entity_code", "alias_number"),
    columns=(
        legal_entity(),
        Column("alias_number", TEXT, "号码", "Number", privacy=Privacy.PERSONAL, nullable=False),
        Column("account_number", TEXT, "账号", "Account it stands for", privacy=Privacy.PERSONAL, nullable=False),
        Column("account_kind", TEXT, "账户大类：deposit、loan", "Kind: deposit or loan", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of its customer", nullable=False),
        Column("organisation_code", TEXT, "账户所属机构号", "Outlet that holds the account", nullable=False),
    ),
    published=False,
)

"""Allocated balance: Each account's balance split among its managers and the unassigned remainder, exact to the cent."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity

ALLOCATED_BALANCE = Table(
    name="allocated_balance",
    title_zh="归属余额区间",
    title_en="Allocated balance",
    meaning_zh="账户余额按归属占比分到人与未分配：先按分向下取整，余下的分按最大余数依次补足，故各行之和恒等于账户余额。",
    meaning_en="An account's balance split by its shares: whole cents first, the cents left over by largest remainder, so that the parts always add up to the balance.",
    grain=("legal_entity_code", "account_number", "currency", "employee_number", "valid_from"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("employee_number", TEXT, "客户经理工号，未分配为 unassigned", "Manager, or unassigned", nullable=False),
        Column("organisation_code", TEXT, "当时的账户所属机构号", "Outlet that held the account then", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "终止日（不含），至今为空", "First day after it, null while it lasts"),
        Column("balance", MONEY, "归属余额", "Balance that belongs to him", unit="currency unit", nullable=False),
    ),
    published=False,
)

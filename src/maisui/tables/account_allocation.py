"""Account allocation: To whom an account's results belong, from when to when, and by which rule."""

from maisui.tables.table import COUNT, DATE, RATE, TEXT, Column, Privacy, Table, legal_entity

ACCOUNT_ALLOCATION = Table(
    name="account_allocation",
    title_zh="账户业绩归属区间",
    title_en="Account allocation",
    meaning_zh="每个账户的业绩在各时段归谁、占比多少、由哪条规则决定：账户优先于客户，客户优先于村；同一时段只用一条规则，其不足 100% 的部分归 unassigned（未分配）。没有任何分配报送时此表为空。",
    meaning_en="To whom each account's results belong in which days, with which share and by which rule: account before customer before village; one rule holds at a time, and what it leaves below 100 % is unassigned. Empty while no assignments are delivered at all.",
    grain=("legal_entity_code", "account_number", "currency", "employee_number", "valid_from"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("employee_number", TEXT, "客户经理工号，未分配为 unassigned", "Manager, or unassigned", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "终止日（不含），至今为空", "First day after it, null while it lasts"),
        Column("result_share", RATE, "占比", "Share of the results", unit="fraction", nullable=False),
        Column("rule_code", TEXT, "规则：account、customer、village、none", "Rule: account, customer, village, none", nullable=False),
        Column(
            "decision_number",
            COUNT,
            "依据的归属决定，按报送的分配为空",
            "Decision by which it holds, null by the delivered list",
            unit="count",
        ),
        Column("organisation_code", TEXT, "当时的账户所属机构号", "Outlet that held the account then", nullable=False),
    ),
)

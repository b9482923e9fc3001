"""Credit card state: Overdraft, class and arrears of each credit card account between two reports."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity

CREDIT_CARD_STATE = Table(
    name="credit_card_state",
    title_zh="信用卡状态区间",
    title_en="Credit card state",
    meaning_zh="信用卡账户在两次报送之间的透支、分类与逾期。",
    meaning_en="Overdraft, class and arrears of each credit card account between two reports.",
    grain=("legal_entity_code", "account_number", "currency", "valid_from"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "信用卡账号", "Credit card account", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "Outlet", nullable=False),
        Column("valid_from", DATE, "自", "From", nullable=False),
        Column("valid_until", DATE, "至（不含）", "Until, exclusive"),
        Column("limit_amount", MONEY, "授信额度", "Credit limit", unit="currency unit"),
        Column("overdraft_balance", MONEY, "透支余额", "Overdraft", unit="currency unit", nullable=False),
        Column("overdue_amount", MONEY, "逾期金额", "Overdue amount", unit="currency unit"),
        Column("overdue_since", DATE, "逾期日期", "Day from which it is overdue"),
        Column("loan_class", TEXT, "五级分类", "Five-category class", nullable=False),
    ),
    begins_by="valid_from",
)

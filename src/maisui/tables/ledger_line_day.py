"""Ledger line day: Balance of each organisation and statement line on every day, ledger days exactly and days between them as the mean."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Table, legal_entity

LEDGER_LINE_DAY = Table(
    name="ledger_line_day",
    title_zh="报表行日余额",
    title_en="Ledger line day",
    meaning_zh="每个机构、报表行、币种每日余额：有总账的日子取总账，两次总账之间取两端平均（is_estimated），最后一次之后沿用。资产与共同类借方为正，其余贷方为正。",
    meaning_en=(
        "Balance of each organisation, statement line and currency on every day: the ledger's on days it was delivered, the mean of both "
        "ends between two of them (is_estimated), the last one afterwards. Assets and joint subjects are positive in debit, others in credit."
    ),
    grain=("legal_entity_code", "organisation_code", "statement_code", "line_code", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("statement_code", TEXT, "报表", "Statement", nullable=False),
        Column("line_code", TEXT, "报表行", "Statement line", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("balance", MONEY, "余额", "Balance", unit="currency unit", nullable=False),
        Column(
            "local_balance", MONEY, "余额折本币", "Balance in local currency", unit="currency unit", nullable=False, older_from="balance"
        ),
        Column("is_estimated", FLAG, "是否为两端平均", "Whether it is the mean of two ledger days", nullable=False),
    ),
)

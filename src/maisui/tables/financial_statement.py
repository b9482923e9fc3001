"""Financial statement: Each financial statement of a corporate customer as last reported."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity

FINANCIAL_STATEMENT = Table(
    name="financial_statement",
    title_zh="财务报表",
    title_en="Financial statement",
    meaning_zh="对公客户每份财务报表的最近报送。",
    meaning_en="Each financial statement of a corporate customer as last reported.",
    grain=("legal_entity_code", "customer_number", "statement_number"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("statement_number", TEXT, "财务报表编号", "Statement number", nullable=False),
        Column("statement_on", DATE, "财务报表日期", "Day of the statement"),
        Column("is_audited", FLAG, "是否审计", "Whether audited"),
        Column("scope_type", TEXT, "报表口径（原文）", "Scope as delivered"),
        Column("period_type", TEXT, "报表周期（原文）", "Period as delivered"),
        Column("currency", TEXT, "币种", "ISO currency"),
        Column("assets_amount", MONEY, "资产总额", "Total assets", unit="currency unit"),
        Column("liabilities_amount", MONEY, "负债总额", "Total liabilities", unit="currency unit"),
        Column("net_profit_amount", MONEY, "净利润", "Net profit", unit="currency unit"),
        Column("revenue_amount", MONEY, "主营业务收入", "Revenue", unit="currency unit"),
        Column("net_cash_flow_amount", MONEY, "现金流量净额", "Net cash flow", unit="currency unit"),
        Column("receivables_amount", MONEY, "应收账款", "Accounts receivable", unit="currency unit"),
        Column("last_reported_on", DATE, "最近报送日期", "Last day reported", nullable=False),
    ),
)

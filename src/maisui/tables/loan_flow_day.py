"""Loan flow day: Principal disbursed and collected each day."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

LOAN_FLOW_DAY = Table(
    name="loan_flow_day",
    title_zh="贷款发放收回日统计",
    title_en="Loan flow day",
    meaning_zh="每日发放与收回的贷款本金；没有贷款明细账的来源以借据金额与发放日计发放。",
    meaning_en="Principal disbursed and collected each day; a source without loan transactions counts its receipts on their disbursement day.",
    grain=("legal_entity_code", "organisation_code", "product_code", "customer_kind", "currency", "loan_status", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Outlet", nullable=False),
        Column("product_code", TEXT, "贷款产品", "Loan product", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("loan_status", TEXT, "贷款最新状态", "Latest state of the loan", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("disbursed_amount", MONEY_SUM, "发放本金", "Principal disbursed", unit="currency unit", nullable=False),
        Column("disbursed_count", COUNT, "发放笔数", "Loans disbursed", unit="count", nullable=False),
        Column("collected_amount", MONEY_SUM, "收回本金", "Principal collected", unit="currency unit", nullable=False),
    ),
)

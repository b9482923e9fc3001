"""Loan: Each loan receipt as last reported."""

from maisui.tables.table import COUNT, DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity

LOAN = Table(
    name="loan",
    title_zh="贷款",
    title_en="Loan",
    meaning_zh="每张借据的最新情况。",
    meaning_en="Each loan receipt as last reported.",
    grain=("legal_entity_code", "loan_number"),
    columns=(
        legal_entity(),
        Column("loan_number", TEXT, "信贷借据号", "Loan receipt number", nullable=False),
        Column("account_number", TEXT, "贷款分户账号", "Loan account", privacy=Privacy.PERSONAL),
        Column("contract_number", TEXT, "信贷合同号", "Contract number"),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of its customer", nullable=False),
        Column("organisation_code", TEXT, "机构号", "Outlet", nullable=False),
        Column("product_code", TEXT, "信贷业务种类", "Loan product", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("disbursed_amount", MONEY, "贷款金额", "Amount disbursed", unit="currency unit", nullable=False),
        Column("disbursed_on", DATE, "发放日期", "Day disbursed", nullable=False),
        Column("matures_on", DATE, "到期日期", "Day it falls due"),
        Column("ended_on", DATE, "终结日期", "Day it ended"),
        Column("loan_class", TEXT, "五级分类", "Five-category class", nullable=False),
        Column("loan_status", TEXT, "贷款状态", "State of the loan", nullable=False),
        Column("last_reported_on", DATE, "最近报送日期", "Last day reported", nullable=False),
        Column("source_file_id", TEXT, "来源文件标识", "File of the last report", nullable=False),
        Column("source_line", COUNT, "来源行号", "Line in that file", unit="count", nullable=False),
    ),
)

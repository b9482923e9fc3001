"""Loan snapshot: Balance, class and arrears of each loan receipt on one reported day."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

LOAN_SNAPSHOT = Table(
    name="loan_snapshot",
    title_zh="借据快照",
    title_en="Loan snapshot",
    meaning_zh="每张借据在一个报送日的余额、五级分类与拖欠情况；当期结清的借据最后出现一次。",
    meaning_en="Balance, class and arrears of each loan receipt on one reported day; a settled one appears one last time.",
    grain=("legal_entity_code", "reported_on", "loan_number"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("loan_number", TEXT, "信贷借据号", "Loan receipt number", nullable=False),
        Column("account_number", TEXT, "贷款分户账号", "Loan account", privacy=Privacy.PERSONAL),
        Column("contract_number", TEXT, "信贷合同号", "Contract number"),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "Outlet", nullable=False),
        Column("product_code", TEXT, "信贷业务种类", "Loan product", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("disbursed_amount", MONEY, "贷款金额", "Amount disbursed", unit="currency unit", nullable=False),
        Column(
            "balance", MONEY, "贷款余额，来源不提供时为空", "Outstanding principal, null where the source has none", unit="currency unit"
        ),
        Column(
            "loan_class",
            TEXT,
            "五级分类：pass、special_mention、substandard、doubtful、loss、unclassified",
            "Five-category class: pass, special_mention, substandard, doubtful, loss, unclassified",
            nullable=False,
        ),
        Column(
            "loan_status",
            TEXT,
            "贷款状态：current、overdue、settled、defaulted、written_off、transferred、other",
            "State: current, overdue, settled, defaulted, written_off, transferred, other",
            nullable=False,
        ),
        Column("disbursed_on", DATE, "发放日期", "Day disbursed", nullable=False),
        Column("matures_on", DATE, "到期日期", "Day it falls due"),
        Column("ended_on", DATE, "终结日期", "Day it ended"),
        Column("principal_overdue_amount", MONEY, "欠本金额", "Overdue principal", unit="currency unit"),
        Column("interest_overdue_amount", MONEY, "表内外欠息余额", "Overdue interest, on and off balance sheet", unit="currency unit"),
        Column("overdue_since", DATE, "最早欠本或欠息日期", "Earliest day from which principal or interest is overdue"),
        Column("is_agriculture", FLAG, "是否涉农贷款", "Agriculture-related"),
        Column("is_inclusive_small_micro", FLAG, "是否普惠型小微企业贷款", "Inclusive small-and-micro"),
        Column("officer_number", TEXT, "信贷员工号", "Loan officer's employee number"),
        *provenance(),
    ),
    month_of="reported_on",
    settled_by="reported_on",
)

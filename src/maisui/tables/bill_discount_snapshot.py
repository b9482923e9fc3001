"""Bill discount snapshot: Each discounted bill as reported on one day."""

from maisui.tables.table import DATE, MONEY, RATE, TEXT, Column, Privacy, Table, legal_entity, provenance

BILL_DISCOUNT_SNAPSHOT = Table(
    name="bill_discount_snapshot",
    title_zh="票据贴现快照",
    title_en="Bill discount snapshot",
    meaning_zh="每张贴现票据在一个报送日的情况。",
    meaning_en="Each discounted bill as reported on one day.",
    grain=("legal_entity_code", "source_file_id", "source_line"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("loan_number", TEXT, "信贷借据号", "Loan receipt number"),
        Column("contract_number", TEXT, "信贷合同号", "Contract number"),
        Column("bill_number", TEXT, "票据号码", "Bill number"),
        Column("bill_type", TEXT, "票据类型（原文）", "Type of bill as delivered"),
        Column("customer_number", TEXT, "贴现人客户统一编号", "Customer number of the party that discounted it", privacy=Privacy.PERSONAL),
        Column("organisation_code", TEXT, "内部机构号", "Outlet"),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("face_amount", MONEY, "票面金额", "Face amount", unit="currency unit"),
        Column("discount_amount", MONEY, "贴现金额", "Amount paid out", unit="currency unit"),
        Column("discount_interest_amount", MONEY, "贴现利息", "Discount interest", unit="currency unit"),
        Column("discount_rate", RATE, "贴现利率", "Discount rate"),
        Column("discounted_on", DATE, "贴现日期", "Day discounted"),
        Column("matures_on", DATE, "票据到期日期", "Day the bill falls due"),
        Column(
            "bill_status",
            TEXT,
            "票据状态：held 持有、settled 已结清、overdue 逾期、transferred 已转出、other",
            "State: held, settled, overdue, transferred, other",
            nullable=False,
        ),
        *provenance(),
    ),
    published=False,
)

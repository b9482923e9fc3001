"""Repayment receipt: How much principal and interest of which receipt and instalment each repayment paid."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity, provenance

REPAYMENT_RECEIPT = Table(
    name="repayment_receipt",
    title_zh="还款记录",
    title_en="Repayment receipt",
    meaning_zh="每笔还款归还了哪张借据哪一期的多少本金与利息。",
    meaning_en="How much principal and interest of which receipt and instalment each repayment paid.",
    grain=("legal_entity_code", "loan_number", "receipt_number"),
    columns=(
        legal_entity(),
        Column("loan_number", TEXT, "信贷借据号", "Loan receipt number", nullable=False),
        Column("receipt_number", TEXT, "还款流水号", "Number of the repayment", nullable=False),
        Column("instalment_number", TEXT, "归还期次，提前还款可为空", "Instalment paid; may be empty for early repayment"),
        Column("received_on", DATE, "还款日期", "Day received", nullable=False),
        Column("principal_amount", MONEY, "归还本金", "Principal paid", unit="currency unit", nullable=False),
        Column("interest_amount", MONEY, "归还利息", "Interest paid", unit="currency unit", nullable=False),
        *provenance(),
    ),
)

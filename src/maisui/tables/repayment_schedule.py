"""Repayment schedule: Principal and interest that fall due on each receipt and instalment, as last delivered."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity, provenance

REPAYMENT_SCHEDULE = Table(
    name="repayment_schedule",
    title_zh="还款计划",
    title_en="Repayment schedule",
    meaning_zh="每张借据每一期应还的本金与利息，取最近一次报送。",
    meaning_en="Principal and interest that fall due on each receipt and instalment, as last delivered.",
    grain=("legal_entity_code", "loan_number", "instalment_number"),
    columns=(
        legal_entity(),
        Column("loan_number", TEXT, "信贷借据号", "Loan receipt number", nullable=False),
        Column("instalment_number", TEXT, "期次", "Instalment", nullable=False),
        Column("due_on", DATE, "应还日期", "Day it falls due", nullable=False),
        Column("due_principal_amount", MONEY, "应还本金", "Principal due", unit="currency unit", nullable=False),
        Column("due_interest_amount", MONEY, "应还利息", "Interest due", unit="currency unit", nullable=False),
        *provenance(),
    ),
)

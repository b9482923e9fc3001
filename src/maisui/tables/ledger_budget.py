"""Ledger budget: What an organisation plans for a ledger subject, a statement line or a line of the bank's own over a period."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity, provenance

LEDGER_BUDGET = Table(
    name="ledger_budget",
    title_zh="总账预算",
    title_en="Ledger budget",
    meaning_zh="机构在一个期间内某科目、报表行或自定义行的预算：损益为期间发生额，其余为期末余额；同一键以最后交付为准。",
    meaning_en=(
        "What an organisation plans for a subject, a statement line or a line of the bank's own over a period: results as the flow of the "
        "period, everything else as the balance at its end; the last delivery of a key counts."
    ),
    grain=("legal_entity_code", "organisation_code", "budget_item_kind", "budget_item_code", "currency", "period_from", "period_end_on"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "内部机构号", "Organisation", nullable=False),
        Column(
            "budget_item_kind",
            TEXT,
            "项目类别：subject 科目、line 报表行、own_line 自定义行",
            "Kind of item: subject, line, own_line",
            nullable=False,
        ),
        Column("budget_item_code", TEXT, "科目编号或行代码", "Subject or line", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("period_from", DATE, "期间首日", "First day of the period", nullable=False),
        Column("period_end_on", DATE, "期间末日", "Last day of the period", nullable=False),
        Column(
            "budget_amount",
            MONEY,
            "预算金额，收入与支出都填正数",
            "Planned amount; income and cost are both positive",
            unit="currency unit",
            nullable=False,
        ),
        *provenance(),
    ),
)

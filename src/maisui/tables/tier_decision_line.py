"""Tier decision line: What two people decided about a customer's tier, as delivered."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Privacy, Table, legal_entity, provenance

TIER_DECISION_LINE = Table(
    name="tier_decision_line",
    title_zh="等级核定明细",
    title_en="Tier decision line",
    meaning_zh="两人决定的客户等级人工核定与取消，每次一行；同一客户以后作出的决定为准。",
    meaning_en="What two people decided about the tier of a customer: set by hand until a day, or ended, one row each; of one customer the later decision holds.",
    grain=("legal_entity_code", "decision_number"),
    columns=(
        legal_entity(),
        Column("decision_number", COUNT, "决定顺序号", "Order of the decision", unit="count", nullable=False),
        Column("decision_kind", TEXT, "事项：set 核定、end 取消", "What was decided: set, end", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("tier_code", TEXT, "核定的等级，取消为空", "Tier that was set, null when ended"),
        Column("valid_from", DATE, "生效日期", "First day", nullable=False),
        Column("decided_until", DATE, "所定的失效日期（不含）", "First day after it, as it was decided"),
        Column("proposed_by", TEXT, "提出人", "Who proposed it"),
        Column("approved_by", TEXT, "审批人", "Who approved it"),
        Column("decision_reason", TEXT, "理由", "Reason"),
        *provenance(),
    ),
    published=False,
)

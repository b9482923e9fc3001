"""Tier decision: Each decision of two people about a customer's tier, from which day until which it holds, or why it was refused."""

from maisui.tables.table import COUNT, DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity, provenance

TIER_DECISION = Table(
    name="tier_decision",
    title_zh="等级核定",
    title_en="Tier decision",
    meaning_zh="每次客户等级人工核定与取消：实际有效的起止日（同一客户以后的决定自其生效日起取代以前的），或被拒绝的原因。",
    meaning_en="Each decision that sets a customer's tier by hand, or ends that: the days on which it really holds (of one customer a later decision replaces the earlier ones from its first day), or why it was refused.",
    grain=("legal_entity_code", "decision_number"),
    columns=(
        legal_entity(),
        Column("decision_number", COUNT, "决定顺序号", "Order of the decision", unit="count", nullable=False),
        Column("decision_kind", TEXT, "事项：set 核定、end 取消", "What was decided: set, end", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("tier_code", TEXT, "核定的等级，取消为空", "Tier that was set, null when ended"),
        Column("valid_from", DATE, "生效日期", "First day", nullable=False),
        Column(
            "valid_until",
            DATE,
            "实际失效日期（不含）：所定的日期，或更早被取代、取消的日期；取消与被拒绝的为空",
            "First day on which it holds no longer: the day decided, or the earlier one on which it was replaced or ended; null for an end and for what was refused",
        ),
        Column("decided_until", DATE, "所定的失效日期（不含）", "First day after it, as it was decided"),
        Column("proposed_by", TEXT, "提出人", "Who proposed it"),
        Column("approved_by", TEXT, "审批人", "Who approved it"),
        Column("decision_reason", TEXT, "理由", "Reason"),
        Column("is_accepted", FLAG, "是否有效", "Whether it counts", nullable=False),
        Column(
            "refusal_code",
            TEXT,
            "拒绝原因：customer_unknown 客户不存在、tier_unknown 等级不存在、dates_reversed 起止颠倒或缺失效日；有效为空",
            "Why refused: customer_unknown, tier_unknown, dates_reversed (or no last day); null when it counts",
        ),
        *provenance(),
    ),
    begins_by="valid_from",
)

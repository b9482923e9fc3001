"""Workload rate snapshot: For how many standard transactions one of a code counts, by day."""

from maisui.tables.table import DATE, RATE, TEXT, Column, Table, legal_entity, provenance

WORKLOAD_RATE_SNAPSHOT = Table(
    name="workload_rate_snapshot",
    title_zh="业务量折算系数快照",
    title_en="Workload rate snapshot",
    meaning_zh="每个交易码折合多少标准笔及生效区间；最后一次报送为准。",
    meaning_en="For how many standard transactions one of a code counts and on which days; the last delivery counts.",
    grain=("legal_entity_code", "reported_on", "transaction_code", "valid_from"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("transaction_code", TEXT, "交易码", "Transaction code", nullable=False),
        Column("workload_rate", RATE, "折算系数", "Standard transactions that one counts for", unit="count", nullable=False),
        Column("valid_from", DATE, "生效日期", "First day", nullable=False),
        Column("valid_until", DATE, "失效日期（不含），至今为空", "First day after it, null while it lasts"),
        *provenance(),
    ),
)

"""Organisation closure period: Who was above whom, and when."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

ORGANISATION_CLOSURE_PERIOD = Table(
    name="organisation_closure_period",
    title_zh="机构上下级时段",
    title_en="Organisation closure period",
    meaning_zh="每个机构与它的每一个上级（含自己）在各时段的上下级关系；“当时口径”按它汇总。1900-01-01 表示自首次报送之前起。",
    meaning_en="Each organisation and each of its ancestors, itself included, over time; the as-was view rolls up by it. 1900-01-01 means since before the first report.",
    grain=("legal_entity_code", "ancestor_code", "organisation_code", "valid_from"),
    columns=(
        legal_entity(),
        Column("ancestor_code", TEXT, "上级机构号", "Ancestor", nullable=False),
        Column("organisation_code", TEXT, "机构号", "Organisation below it, or itself", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "截止日（不含），至今为空", "First day after it, null while it lasts"),
        Column("distance", COUNT, "层级距离，自己为 0", "Steps between them, 0 for itself", unit="count", nullable=False),
    ),
)

"""Organisation closure: One row for each organisation and each of its ancestors, itself included."""

from maisui.tables.table import COUNT, TEXT, Column, Table, legal_entity

ORGANISATION_CLOSURE = Table(
    name="organisation_closure",
    title_zh="机构上下级",
    title_en="Organisation closure",
    meaning_zh="每个机构与它的每一个上级（含自己）一行；汇总一律按它，不按机构号前缀。",
    meaning_en="One row for each organisation and each of its ancestors, itself included; every roll-up uses it, never a code prefix.",
    grain=("legal_entity_code", "ancestor_code", "organisation_code"),
    columns=(
        legal_entity(),
        Column("ancestor_code", TEXT, "上级机构号", "Ancestor", nullable=False),
        Column("organisation_code", TEXT, "机构号", "Organisation below it, or itself", nullable=False),
        Column("distance", COUNT, "层级距离，自己为 0", "Steps between them, 0 for itself", unit="count", nullable=False),
    ),
)

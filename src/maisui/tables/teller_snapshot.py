"""Teller snapshot: Each teller number as reported on one day."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Table, legal_entity, provenance

TELLER_SNAPSHOT = Table(
    name="teller_snapshot",
    title_zh="柜员快照",
    title_en="Teller snapshot",
    meaning_zh="银行每次报送的柜员号；虚拟柜员没有工号。",
    meaning_en="Each teller number as reported on one day; a virtual teller has no employee number.",
    grain=("legal_entity_code", "reported_on", "teller_number"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("teller_number", TEXT, "柜员号", "Teller number", nullable=False),
        Column("employee_number", TEXT, "工号", "Employee number, null for a virtual teller"),
        Column("organisation_code", TEXT, "内部机构号", "Organisation", nullable=False),
        Column("is_physical", FLAG, "是否实体柜员", "Whether a person stands behind it", nullable=False),
        Column("teller_status", TEXT, "柜员状态", "Status word as delivered"),
        *provenance(),
    ),
)

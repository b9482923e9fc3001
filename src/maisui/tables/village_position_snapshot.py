"""Village position snapshot: Where each village lies, as reported on one day."""

from maisui.tables.table import DATE, RATE, TEXT, Column, Table, legal_entity, provenance

VILLAGE_POSITION_SNAPSHOT = Table(
    name="village_position_snapshot",
    title_zh="村组位置快照",
    title_en="Village position snapshot",
    meaning_zh="每个村组中心的经纬度；最后一次报送为准。",
    meaning_en="Latitude and longitude of the middle of each village; the last report counts.",
    grain=("legal_entity_code", "reported_on", "village_code"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("village_code", TEXT, "村组代码", "Village", nullable=False),
        Column("latitude", RATE, "纬度（度）", "Latitude", unit="degree", nullable=False),
        Column("longitude", RATE, "经度（度）", "Longitude", unit="degree", nullable=False),
        *provenance(),
    ),
)

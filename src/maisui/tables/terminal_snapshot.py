"""Terminal snapshot: Cash machines and other terminals as reported on one day."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Table, legal_entity, provenance

TERMINAL_SNAPSHOT = Table(
    name="terminal_snapshot",
    title_zh="终端快照",
    title_en="Terminal snapshot",
    meaning_zh="每次报送的自助设备与 POS 终端及其管理机构；最后一次报送为准。",
    meaning_en="Machines and point-of-sale terminals with the outlet that looks after them, as reported on one day; the last report counts.",
    grain=("legal_entity_code", "reported_on", "terminal_number"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("terminal_number", TEXT, "终端号", "Terminal", nullable=False),
        Column("terminal_kind", TEXT, "类别：atm、vtm、pos、other", "Kind: atm, vtm, pos, other", nullable=False),
        Column("organisation_code", TEXT, "管理机构号", "Outlet that looks after it", nullable=False),
        Column("is_away", FLAG, "是否离行", "Whether away from the outlet"),
        Column("merchant_number", TEXT, "商户编号", "Merchant"),
        Column("installed_on", DATE, "启用日期", "First day"),
        Column("retired_on", DATE, "停用日期", "Day it was taken away"),
        *provenance(),
    ),
)

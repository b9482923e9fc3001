"""Terminal day: How many terminals each outlet looks after on each day."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

TERMINAL_DAY = Table(
    name="terminal_day",
    title_zh="终端日统计",
    title_en="Terminal day",
    meaning_zh="每个机构每类渠道每日在用的自助设备与终端数。",
    meaning_en="Terminals in use by outlet and kind on each day.",
    grain=("legal_entity_code", "organisation_code", "channel_code", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "管理机构号", "Outlet that looks after them", nullable=False),
        Column("channel_code", TEXT, "类别：atm、vtm、pos、other", "Kind: atm, vtm, pos, other", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("terminal_count", COUNT, "在用终端数", "Terminals in use", unit="count", nullable=False),
        Column("success_count", COUNT, "终端上的成功动账次数", "Successful movements of money at them", unit="count", nullable=False),
    ),
)

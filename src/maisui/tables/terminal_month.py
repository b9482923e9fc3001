"""Terminal month: What each terminal did in each month, what it costs and what it saves."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY, MONEY_SUM, TEXT, Column, Table, legal_entity

TERMINAL_MONTH = Table(
    name="terminal_month",
    title_zh="终端月",
    title_en="Terminal month",
    meaning_zh="每台终端每月在有渠道流水之日的使用、手续费、固定成本与替代柜面节约的成本；没有渠道流水的月份没有行。",
    meaning_en="Use, fees, fixed cost and cost saved at the counter of each terminal in each month, on the days that the channel log tells of; a month without a log has no rows.",
    grain=("legal_entity_code", "terminal_number", "business_date"),
    columns=(
        legal_entity(),
        Column("terminal_number", TEXT, "终端号", "Terminal", nullable=False),
        Column("business_date", DATE, "当月已有数据的最后一日", "Last day of the month that the history holds", nullable=False),
        Column("organisation_code", TEXT, "管理机构号", "Outlet that looks after it", nullable=False),
        Column("channel_code", TEXT, "类别：atm、vtm、pos、other", "Kind: atm, vtm, pos, other", nullable=False),
        Column("merchant_number", TEXT, "商户编号", "Merchant"),
        Column("is_away", FLAG, "是否离行", "Whether away from the outlet"),
        Column(
            "band_code",
            TEXT,
            "使用档次：silent 无交易、below 未达首档、first、second、third（每季笔数参数，按在用日折算）",
            "Band of use: silent (none), below the first, first, second, third (by the parameters of a quarter, brought to the days in use)",
            nullable=False,
        ),
        Column("day_count", COUNT, "有渠道流水的在用日数", "Days in use that the log tells of", unit="count", nullable=False),
        Column("used_day_count", COUNT, "其中有成功动账的日数", "Of these, days with a movement of money", unit="count", nullable=False),
        Column("success_count", COUNT, "成功动账次数", "Successful movements of money", unit="count", nullable=False),
        Column("success_amount", MONEY_SUM, "成功动账金额", "Amount of these", unit="CNY", nullable=False),
        Column("fee_amount", MONEY_SUM, "手续费", "Fees of these", unit="CNY", nullable=False),
        Column(
            "cost_amount",
            MONEY,
            "固定成本：月成本参数按在用日分摊；没有参数的类别为空",
            "Fixed cost: the parameter of a month brought to the days in use; null for a kind without one",
            unit="CNY",
        ),
        Column(
            "unit_saving_amount",
            MONEY,
            "每笔节约：柜面单笔成本减本渠道单笔成本，只计自助设备；没有单位成本为空",
            "Saved by each: the counter's unit cost less the channel's, for self-service machines only; null without unit costs",
            unit="CNY",
        ),
        Column(
            "saved_amount",
            MONEY_SUM,
            "节约成本：每笔节约 × 笔数；没有单位成本为空",
            "Cost saved: the same times the movements; null without unit costs",
            unit="CNY",
        ),
    ),
    month_of="business_date",
    settled_by="business_date",
)

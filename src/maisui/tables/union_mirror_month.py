"""Union mirror month: What two members say of the same use of one's machines by the other's customers in one month."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

UNION_MIRROR_MONTH = Table(
    name="union_mirror_month",
    title_zh="跨县代理镜像核对",
    title_en="Union mirror month",
    meaning_zh="受理行记录的“本代他”（他县客户在本县机具）与发卡行记录的“他代本”（本县客户在他县机具）按行对、月逐一比对成功动账笔数与金额；一方未提供行号时该方为空。",
    meaning_en=(
        "For two members and one month: successful movements of money of the issuer's customers at the acquirer's machines, as the "
        "acquirer logs them and as the issuer logs them; null where a side does not tell the other bank's code."
    ),
    grain=("legal_entity_code", "acquirer_code", "issuer_code", "month_start"),
    columns=(
        legal_entity(),
        Column("acquirer_code", TEXT, "受理行法人机构代码", "Legal entity whose machine it was", nullable=False),
        Column("issuer_code", TEXT, "发卡行法人机构代码", "Legal entity whose customer it was", nullable=False),
        Column("month_start", DATE, "月初日", "First day of the month", nullable=False),
        Column("acquirer_count", COUNT, "受理行记录的笔数（本代他）", "Number as the acquirer logs it", unit="count"),
        Column("issuer_count", COUNT, "发卡行记录的笔数（他代本）", "Number as the issuer logs it", unit="count"),
        Column("acquirer_amount", MONEY_SUM, "受理行记录的金额", "Amount as the acquirer logs it", unit="CNY"),
        Column("issuer_amount", MONEY_SUM, "发卡行记录的金额", "Amount as the issuer logs it", unit="CNY"),
    ),
)

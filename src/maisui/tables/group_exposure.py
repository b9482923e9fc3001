"""Group exposure: Loans, undrawn limits and guarantees given of each group at each month end and on the reporting date."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

GROUP_EXPOSURE = Table(
    name="group_exposure",
    title_zh="集团风险暴露",
    title_en="Group exposure",
    meaning_zh="每个集团在每个月末与报告日的贷款、未用授信与对外担保。",
    meaning_en="Loans, undrawn limits and guarantees given of each group at each month end and on the reporting date.",
    grain=("legal_entity_code", "group_number", "business_date"),
    columns=(
        legal_entity(),
        Column("group_number", TEXT, "集团编号", "Group number", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("member_count", COUNT, "有风险暴露的成员数", "Members with an exposure", unit="count", nullable=False),
        Column("loan_balance", MONEY_SUM, "贷款余额", "Loans", unit="currency unit", nullable=False),
        Column("bad_loan_balance", MONEY_SUM, "不良贷款余额", "Non-performing loans", unit="currency unit", nullable=False),
        Column("undrawn_amount", MONEY_SUM, "未用授信额度", "Undrawn limits", unit="currency unit", nullable=False),
        Column("guaranteed_amount", MONEY_SUM, "对外担保金额", "Guarantees given for others", unit="currency unit", nullable=False),
        Column(
            "exposure_amount",
            MONEY_SUM,
            "授信余额：贷款加未用授信",
            "Credit: loans and undrawn limits",
            unit="currency unit",
            nullable=False,
        ),
    ),
)

"""Teller day: What each teller handled, checked and authorised on each day."""

from maisui.tables.table import COUNT, DATE, RATE, TEXT, Column, Table, legal_entity

TELLER_DAY = Table(
    name="teller_day",
    title_zh="柜员日统计",
    title_en="Teller day",
    meaning_zh="每个机构、柜员、交易码每日经办、复核、授权笔数与折算业务量；没有系数的交易码单列笔数。",
    meaning_en="What each teller handled, checked and authorised by outlet, code and day, with the weighted workload; those of a code without a rate are counted apart.",
    grain=("legal_entity_code", "organisation_code", "teller_number", "transaction_code", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "办理机构号", "Outlet", nullable=False),
        Column("teller_number", TEXT, "柜员号", "Teller", nullable=False),
        Column(
            "person_number",
            TEXT,
            "柜员本人的代表工号，虚拟柜员为其柜员号",
            "The employee number that stands for the teller on the day; a virtual teller's own number",
            nullable=False,
        ),
        Column("transaction_code", TEXT, "交易码", "Transaction code", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("handled_count", COUNT, "经办笔数", "Handled", unit="count", nullable=False),
        Column("checked_count", COUNT, "复核笔数", "Checked", unit="count", nullable=False),
        Column("authorised_count", COUNT, "授权笔数", "Authorised", unit="count", nullable=False),
        Column("unrated_count", COUNT, "经办而无折算系数的笔数", "Handled of a code without a rate", unit="count", nullable=False),
        Column(
            "converted_workload",
            RATE,
            "经办折算业务量（标准笔）",
            "Weighted workload of what was handled",
            unit="standard transactions",
            nullable=False,
        ),
    ),
)

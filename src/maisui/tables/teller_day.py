"""Teller day: What each teller handled, checked and authorised on each day."""

from maisui.tables.table import COUNT, DATE, FLAG, RATE, TEXT, Column, Table, legal_entity

TELLER_DAY = Table(
    name="teller_day",
    title_zh="柜员日统计",
    title_en="Teller day",
    meaning_zh="每个机构、柜员、交易码每日经办、复核、授权笔数与折算业务量，以及登记的差错；没有系数的交易码单列笔数，没有交易码的差错记为 none。",
    meaning_en="What each teller handled, checked and authorised by outlet, code and day, with the weighted workload and the errors registered; those of a code without a rate are counted apart; an error without a code stands under none.",
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
        Column("error_count", COUNT, "差错笔数", "Errors in the register", unit="count", nullable=False),
        Column("first_class_error_count", COUNT, "一类差错笔数", "Errors of the first class", unit="count", nullable=False),
        Column(
            "is_error_registered",
            FLAG,
            "当日是否已有差错登记（自首件差错所在月起）",
            "Whether errors are registered on the day: from the month of the first one on",
            nullable=False,
        ),
    ),
)

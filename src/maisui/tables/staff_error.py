"""Staff error: Each error of a teller in the register; the last delivery of a number counts."""

from maisui.tables.table import DATE, TEXT, Column, Table, legal_entity, provenance

STAFF_ERROR = Table(
    name="staff_error",
    title_zh="差错登记",
    title_en="Staff error",
    meaning_zh="登记簿中柜员的每件业务差错；同一编号以最后交付为准。",
    meaning_en="Each error of a teller in the register; the last delivery of a number counts.",
    grain=("legal_entity_code", "error_number"),
    columns=(
        legal_entity(),
        Column("error_number", TEXT, "差错编号", "Number of the error", nullable=False),
        Column("occurred_on", DATE, "差错发生日期", "Day on which the error was made", nullable=False),
        Column("organisation_code", TEXT, "办理机构号", "Outlet", nullable=False),
        Column("teller_number", TEXT, "柜员号", "Teller who made it", nullable=False),
        Column(
            "error_class",
            TEXT,
            "差错类别：first 一类、second 二类、third 三类，一类最重",
            "Class: first, second, third; the first is the gravest",
            nullable=False,
        ),
        Column("error_type", TEXT, "差错内容", "What was wrong"),
        Column("transaction_code", TEXT, "交易码", "Transaction code"),
        Column("found_on", DATE, "发现日期", "Day found"),
        Column("corrected_on", DATE, "整改日期", "Day put right"),
        *provenance(),
    ),
)

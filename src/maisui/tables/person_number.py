"""Person number: Every employee, teller and officer number, whose it is and since when."""

from maisui.tables.table import DATE, TEXT, Column, Table, legal_entity

PERSON_NUMBER = Table(
    name="person_number",
    title_zh="员工号码",
    title_en="Person number",
    meaning_zh="每个工号、柜员号、信贷员工号属于谁、依据与时段；虚拟柜员不属于任何人。",
    meaning_en="Whose each employee, teller and loan officer number is, by what evidence and when; a virtual teller is nobody.",
    grain=("legal_entity_code", "number_kind", "worker_number", "valid_from"),
    columns=(
        legal_entity(),
        Column("number_kind", TEXT, "号码种类：employee、teller、officer", "Kind: employee, teller, officer", nullable=False),
        Column("worker_number", TEXT, "号码", "The number", nullable=False),
        Column("valid_from", DATE, "起始日", "First day seen so", nullable=False),
        Column("valid_until", DATE, "截止日（不含），至今为空", "First day after it, null while it lasts"),
        Column("person_number", TEXT, "代表工号，虚拟柜员为空", "The person, null for a virtual teller"),
        Column(
            "evidence",
            TEXT,
            "依据：own 本号、certificate 同一证件号、teller_table 柜员表工号、employee_number 等于工号、teller_number 等于柜员号、unreported 未见报送、virtual 虚拟",
            "Evidence: own, certificate, teller_table, employee_number, teller_number, unreported, virtual",
            nullable=False,
        ),
    ),
    begins_by="valid_from",
)

"""Person: Each person who works for the bank, however many numbers he has."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Privacy, Table, legal_entity

PERSON = Table(
    name="person",
    title_zh="员工个人",
    title_en="Person",
    meaning_zh="在本行工作的每一个人，不论有几个工号；同一证件号的工号归为一人，以最早的工号代表。",
    meaning_en="Each person who works for the bank, however many numbers he has: equal certificates are one person, named by the oldest employee number.",
    grain=("legal_entity_code", "person_number"),
    columns=(
        legal_entity(),
        Column("person_number", TEXT, "代表工号", "The employee number that stands for the person", nullable=False),
        Column("person_name", TEXT, "姓名", "Name", privacy=Privacy.PERSONAL),
        Column("employee_number_count", COUNT, "工号个数", "Employee numbers of the person", unit="count", nullable=False),
        Column("teller_number_count", COUNT, "柜员号个数", "Teller numbers of the person", unit="count", nullable=False),
        Column("first_reported_on", DATE, "首次报送日期", "First day reported"),
        Column("last_reported_on", DATE, "最近报送日期", "Last day reported"),
    ),
)

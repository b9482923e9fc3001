"""Customer home period: Which outlet was a customer's home and when, for customers whose home changed."""

from maisui.tables.table import DATE, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_HOME_PERIOD = Table(
    name="customer_home_period",
    title_zh="客户归属时段",
    title_en="Customer home period",
    meaning_zh="换过归属机构的客户在各时段的归属机构；从未换过的客户不在此表，见 customer。1900-01-01 表示自首次报送之前起。",
    meaning_en="The home outlet over time of customers whose home changed; all others are in customer only. 1900-01-01 means since before the first report.",
    grain=("legal_entity_code", "customer_number", "valid_from"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "The bank's customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "截止日（不含），至今为空", "First day after it, null while it lasts"),
        Column("organisation_code", TEXT, "归属机构号", "Home outlet", nullable=False),
        Column("previous_organisation_code", TEXT, "此前的归属机构号，首段为空", "Home outlet before, null at first"),
    ),
    begins_by="valid_from",
)

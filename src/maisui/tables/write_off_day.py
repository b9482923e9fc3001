"""Write-off day: Principal and interest written off each day, and what came back of assets written off before."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

WRITE_OFF_DAY = Table(
    name="write_off_day",
    title_zh="核销收回日统计",
    title_en="Write-off day",
    meaning_zh="每日核销的本金与利息，以及已核销资产收回的本金与利息；收回为相邻两次报送累计收回之差，记在报送的收回日期。外币按当日汇率折本币。",
    meaning_en="Principal and interest written off each day, and what came back of assets written off; a recovery is the difference between two reports of what was recovered in all, on the day of recovery reported. In local currency at the rate of that day.",
    grain=("legal_entity_code", "organisation_code", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号，未报送为 none", "Outlet, none where not delivered", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "核销或收回日期", "Day written off or recovered", nullable=False),
        Column("written_off_principal_amount", MONEY_SUM, "核销本金", "Principal written off", unit="currency unit", nullable=False),
        Column("written_off_interest_amount", MONEY_SUM, "核销利息", "Interest written off", unit="currency unit", nullable=False),
        Column("recovered_principal_amount", MONEY_SUM, "收回已核销本金", "Principal recovered", unit="currency unit", nullable=False),
        Column("recovered_interest_amount", MONEY_SUM, "收回已核销利息", "Interest recovered", unit="currency unit", nullable=False),
    ),
)

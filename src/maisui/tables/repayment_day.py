"""Repayment day: Principal and interest due and collected each day, by the day they fell due; what is paid early counts on its due day."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

REPAYMENT_DAY = Table(
    name="repayment_day",
    title_zh="到期还款日统计",
    title_en="Repayment day",
    meaning_zh="每日到期应还与收回的本金、利息，按应还日期；提前收回计在应还日。外币按应还日汇率折本币。",
    meaning_en="Principal and interest due and collected each day, by the day they fell due; what is paid early counts on its due day. In local currency at the rate of the due day.",
    grain=("legal_entity_code", "organisation_code", "product_code", "customer_kind", "currency", "due_on", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "当日贷款经办机构号", "Outlet that keeps the loans on that day", nullable=False),
        Column("product_code", TEXT, "贷款产品", "Loan product", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("due_on", DATE, "应还日期", "Day it fell due", nullable=False),
        Column(
            "business_date",
            DATE,
            "日期：应还为应还日，收回为收回日与应还日中较晚者",
            "Day: of what is due its due day, of what is collected the later of receipt and due day",
            nullable=False,
        ),
        Column("due_principal_amount", MONEY_SUM, "应还本金", "Principal due", unit="currency unit", nullable=False),
        Column("due_interest_amount", MONEY_SUM, "应还利息", "Interest due", unit="currency unit", nullable=False),
        Column("collected_principal_amount", MONEY_SUM, "收回本金", "Principal collected", unit="currency unit", nullable=False),
        Column("collected_interest_amount", MONEY_SUM, "收回利息", "Interest collected", unit="currency unit", nullable=False),
    ),
)

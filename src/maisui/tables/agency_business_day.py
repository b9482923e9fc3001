"""Agency business day: What was sold for other institutions on each day, and to whose accounts it belongs."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

AGENCY_BUSINESS_DAY = Table(
    name="agency_business_day",
    title_zh="代理业务日统计",
    title_en="Agency business day",
    meaning_zh="每个机构、代销产品、客户经理（及未分配）每日的代理代销交易：笔数、金额与手续费（折人民币）。归属随交易账户当日的业绩归属；多人分享的金额拆分到分，笔数记在占比最高者名下，各人与未分配之和等于机构合计。",
    meaning_en="Trades in products of other institutions by outlet, product and manager (and nobody) on each day: number, amount and fee in yuan. They belong to whom the account of the trade belonged on the day; what several share is split to the cent, the trade counts with who has most of it, and persons and unassigned add up to the outlet.",
    grain=(
        "legal_entity_code",
        "organisation_code",
        "product_code",
        "customer_kind",
        "sale_kind",
        "employee_number",
        "currency",
        "business_date",
    ),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "办理机构号，未报送为 none", "Outlet of the trade, none where not delivered", nullable=False),
        Column("product_code", TEXT, "代销产品", "Product", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("sale_kind", TEXT, "交易方向：buy 买入、sell 卖出、other", "Direction: buy, sell, other", nullable=False),
        Column("employee_number", TEXT, "客户经理工号，未分配为 unassigned", "Manager, or unassigned", nullable=False),
        Column(
            "person_number",
            TEXT,
            "该人当日的代表工号，未分配为 unassigned",
            "The employee number that stands for the person on the day, or unassigned",
            nullable=False,
        ),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "交易日期", "Day of the trade", nullable=False),
        Column("sale_count", COUNT, "笔数", "Trades", unit="count", nullable=False),
        Column("sale_amount", MONEY_SUM, "归属金额", "Amount that belongs to him", unit="currency unit", nullable=False),
        Column("fee_amount", MONEY_SUM, "归属手续费", "Fee that belongs to him", unit="currency unit", nullable=False),
    ),
    month_of="business_date",
)

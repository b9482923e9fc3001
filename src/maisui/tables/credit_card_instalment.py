"""Credit card instalment: Each instalment plan on a credit card account."""

from maisui.tables.table import COUNT, DATE, MONEY, RATE, TEXT, Column, Privacy, Table, legal_entity, provenance

CREDIT_CARD_INSTALMENT = Table(
    name="credit_card_instalment",
    title_zh="信用卡分期",
    title_en="Credit card instalment",
    meaning_zh="每笔信用卡分期业务。",
    meaning_en="Each instalment plan on a credit card account.",
    grain=("legal_entity_code", "instalment_number"),
    columns=(
        legal_entity(),
        Column("instalment_number", TEXT, "分期业务编号", "Number of the plan", nullable=False),
        Column("account_number", TEXT, "信用卡账号", "Credit card account", privacy=Privacy.PERSONAL),
        Column(
            "customer_number",
            TEXT,
            "客户统一编号，未报送为 none",
            "Customer number, none where not delivered",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("organisation_code", TEXT, "内部机构号，未报送为 none", "Outlet, none where not delivered", nullable=False),
        Column("instalment_type", TEXT, "分期业务类型（原文）", "Type of plan as delivered"),
        Column("agreed_on", DATE, "办理分期日期", "Day agreed"),
        Column("currency", TEXT, "币种，未报送为 CNY", "ISO currency, CNY where not delivered", nullable=False),
        Column("instalment_amount", MONEY, "分期金额", "Amount put into instalments", unit="currency unit"),
        Column("instalment_count", COUNT, "分期期数", "Number of instalments", unit="count"),
        Column("interest_rate", RATE, "分期年利率", "Yearly rate of the plan", unit="fraction"),
        *provenance(),
    ),
)

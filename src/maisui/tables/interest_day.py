"""Interest day: interest earned and paid beside the balances that earn and bear it."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

INTEREST_DAY = Table(
    name="interest_day",
    title_zh="利息与生息付息余额日统计",
    title_en="Interest day",
    meaning_zh="每个机构、币种每日的利息收支（总账日发生）与生息资产、付息负债余额，均折本币，供计算净利差。",
    meaning_en="Interest earned and paid (on ledger days) and the balances of earning assets and interest-bearing liabilities, by organisation, currency and day, all in local currency: what the interest spread is made of.",
    grain=("legal_entity_code", "organisation_code", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("interest_income_amount", MONEY_SUM, "利息收入", "Interest earned", unit="currency unit", nullable=False),
        Column("interest_expense_amount", MONEY_SUM, "利息支出，正数", "Interest paid, positive", unit="currency unit", nullable=False),
        Column("earning_asset_balance", MONEY_SUM, "生息资产余额", "Balance of earning assets", unit="currency unit", nullable=False),
        Column(
            "bearing_liability_balance",
            MONEY_SUM,
            "付息负债余额",
            "Balance of interest-bearing liabilities",
            unit="currency unit",
            nullable=False,
        ),
    ),
    month_of="business_date",
)

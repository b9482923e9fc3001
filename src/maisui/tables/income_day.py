"""Income day: What each result subject added to profit since the ledger day before."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity

INCOME_DAY = Table(
    name="income_day",
    title_zh="损益发生额",
    title_en="Income day",
    meaning_zh="每个机构、损益科目在每个总账日较上一总账日增加的利润（收入为正、支出为负）；跨年从零起算，年末结转不计入。",
    meaning_en=(
        "What each result subject of an organisation added to profit since the ledger day before (income positive, expense negative); "
        "a new year begins at zero, and closing the year's books does not count."
    ),
    grain=("legal_entity_code", "organisation_code", "subject_code", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("subject_code", TEXT, "会计科目编号", "Subject code", nullable=False),
        Column("line_code", TEXT, "报表行", "Statement line", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "总账日", "Ledger day", nullable=False),
        Column("profit_amount", MONEY, "对利润的影响", "What was added to profit", unit="currency unit", nullable=False),
        Column(
            "local_profit_amount",
            MONEY,
            "对利润的影响折本币（按总账日汇率）",
            "The same in local currency at the rate of the ledger day",
            unit="currency unit",
            nullable=False,
            older_from="profit_amount",
        ),
    ),
    begins_by="business_date",
)

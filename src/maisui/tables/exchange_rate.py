"""Exchange rate: What an amount of a foreign currency is worth on each day: quoted_amount of it is exchange_rate of the local currency."""

from maisui.tables.table import DATE, MONEY, RATE, TEXT, Column, Table, legal_entity, provenance

EXCHANGE_RATE = Table(
    name="exchange_rate",
    title_zh="汇率",
    title_en="Exchange rate",
    meaning_zh="每个币种每日的汇率：quoted_amount 单位外币折合 exchange_rate 单位人民币。",
    meaning_en="What an amount of a foreign currency is worth on each day: quoted_amount of it is exchange_rate of the local currency.",
    grain=("legal_entity_code", "currency", "valid_from"),
    columns=(
        legal_entity(),
        Column("currency", TEXT, "外币币种", "Foreign currency", nullable=False),
        Column("local_currency", TEXT, "本币币种，未报送为 CNY", "Local currency, CNY where not delivered", nullable=False),
        Column("valid_from", DATE, "汇率日期", "Day of the rate", nullable=False),
        Column("quoted_amount", MONEY, "外币数量", "Amount of foreign currency quoted", unit="currency unit", nullable=False),
        Column("exchange_rate", RATE, "折本币数量", "Local currency for it", unit="currency unit", nullable=False),
        *provenance(),
    ),
)

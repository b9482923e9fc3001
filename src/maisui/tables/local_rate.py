"""Local rate: From when until when an amount of a foreign currency was worth how much of the local one."""

from maisui.tables.table import DATE, MONEY, RATE, TEXT, Column, Table, legal_entity

LOCAL_RATE = Table(
    name="local_rate",
    title_zh="折本币汇率区间",
    title_en="Local rate",
    meaning_zh="每个外币在每段日期的折本币汇率：quoted_amount 单位外币折合 exchange_rate 本币。缺报的日子沿用上一次汇率，首个汇率之前沿用首个。",
    meaning_en="What a foreign currency was worth over each stretch of days: quoted_amount of it was exchange_rate of the local currency. A day without a rate has that of the day before; days before the first rate have the first.",
    grain=("legal_entity_code", "currency", "valid_from"),
    columns=(
        legal_entity(),
        Column("currency", TEXT, "外币币种", "Foreign currency", nullable=False),
        Column("valid_from", DATE, "自", "From", nullable=False),
        Column("valid_until", DATE, "至（不含）", "Until, exclusive"),
        Column("quoted_amount", MONEY, "外币数量", "Amount of foreign currency quoted", unit="currency unit", nullable=False),
        Column("exchange_rate", RATE, "折本币数量", "Local currency for it", unit="currency unit", nullable=False),
    ),
    begins_by="valid_from",
)

"""Mutual guarantee: Two parties that guarantee each other on the reporting date, each pair once."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

MUTUAL_GUARANTEE = Table(
    name="mutual_guarantee",
    title_zh="互保",
    title_en="Mutual guarantee",
    meaning_zh="报告日相互担保的两方，各列一次。",
    meaning_en="Two parties that guarantee each other on the reporting date, each pair once.",
    grain=("legal_entity_code", "first_party_key", "second_party_key"),
    columns=(
        legal_entity(),
        Column("first_party_key", TEXT, "一方标识（较小）", "Key of one party, the lesser", privacy=Privacy.PERSONAL, nullable=False),
        Column("second_party_key", TEXT, "另一方标识", "Key of the other", privacy=Privacy.PERSONAL, nullable=False),
        Column("business_date", DATE, "报告日", "Reporting date", nullable=False),
        Column(
            "first_amount",
            MONEY_SUM,
            "较小一方为另一方担保的金额",
            "What the first guarantees for the second",
            unit="currency unit",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column(
            "second_amount",
            MONEY_SUM,
            "另一方为较小一方担保的金额",
            "What the second guarantees for the first",
            unit="currency unit",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
    ),
)

"""Customer label: Which labels each person bears at the end of a month, since when, and for which reasons."""

from __future__ import annotations

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_LABEL = Table(
    name="customer_label",
    title_zh="客户标签",
    title_en="Customer label",
    meaning_zh="月末（当月为报告日）每个客户的每个标签及其每条理由：自何时起连续持有、金额、依据。理由次序 1 为主要理由，每个客户、标签恰有一条。",
    meaning_en="Every label of every person at the end of a month (this month: the reporting date) with each reason: held since when, the amount, the facts. The reason of rank 1 is the main one; each customer and label has exactly one.",
    grain=("legal_entity_code", "customer_number", "business_date", "label_code", "reason_code"),
    columns=(
        legal_entity(),
        Column(
            "customer_number",
            TEXT,
            "当日代表该客户的客户号",
            "Number that stands for the customer on the day",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("organisation_code", TEXT, "当日归属机构号", "Home outlet of the day", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("family_code", TEXT, "标签族", "Family of the label", nullable=False),
        Column("label_code", TEXT, "标签", "Label", nullable=False),
        Column("reason_code", TEXT, "理由", "Reason", nullable=False),
        Column("reason_rank", COUNT, "理由次序，1 为主要理由", "Rank of the reason, 1 is the main one", unit="count", nullable=False),
        Column("held_since", DATE, "自哪个月末起连续持有", "Month end since which the label is held without a break", nullable=False),
        Column("reason_amount", MONEY_SUM, "理由的金额", "What the reason is worth", unit="yuan", privacy=Privacy.PERSONAL, nullable=False),
        Column("base_amount", MONEY_SUM, "与之相比的金额", "What it is held against", unit="yuan", privacy=Privacy.PERSONAL),
        Column("day_count", COUNT, "理由中的天数、月数或件数", "Days, months or cases of the reason", unit="count"),
    ),
    month_of="business_date",
    settled_by="business_date",
)

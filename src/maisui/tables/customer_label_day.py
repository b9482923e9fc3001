"""Customer label day: How many customers of each outlet bear each label at the ends of months, and what their reasons are worth."""

from __future__ import annotations

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

CUSTOMER_LABEL_DAY = Table(
    name="customer_label_day",
    title_zh="客户标签统计",
    title_en="Customer label day",
    meaning_zh="月末与报告日，每个归属机构、客户大类、标签、主要理由的客户数与金额；一个客户在一个标签下计一次。",
    meaning_en="At month ends and on the reporting date: customers and amounts of each home outlet, kind, label and main reason; a customer counts once under a label.",
    grain=("legal_entity_code", "organisation_code", "customer_kind", "label_code", "reason_code", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "归属机构号", "Home outlet", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("label_code", TEXT, "标签", "Label", nullable=False),
        Column("reason_code", TEXT, "主要理由", "Main reason", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("customer_count", COUNT, "客户数", "Customers", unit="count", nullable=False),
        Column("reason_amount", MONEY_SUM, "主要理由的金额之和", "What the main reasons are worth, summed", unit="yuan", nullable=False),
    ),
)

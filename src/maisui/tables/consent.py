"""Consent: What a customer agreed to or withdrew, for each purpose; every change is one row, none is rewritten."""

from maisui.tables.table import DATE, TEXT, Column, Table, legal_entity, provenance

CONSENT = Table(
    name="consent",
    title_zh="客户授权",
    title_en="Consent",
    meaning_zh="客户对每项用途的同意与撤回，逐次登记，从不改写。",
    meaning_en="What a customer agreed to or withdrew, for each purpose; every change is one row, none is rewritten.",
    grain=("legal_entity_code", "customer_number", "consent_purpose_code", "effective_from", "consent_number"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", nullable=False),
        Column(
            "consent_purpose_code",
            TEXT,
            "用途：marketing 营销、sharing 共享、personalisation 个性化推荐、credit_report 征信查询、other 其他",
            "Purpose: marketing, sharing, personalisation, credit_report, other",
            nullable=False,
        ),
        Column("effective_from", DATE, "生效日期", "Day from which it holds", nullable=False),
        Column(
            "consent_number", TEXT, "登记序号（同日多次时区分）", "Number of the entry, to tell several of one day apart", nullable=False
        ),
        Column("consent_status", TEXT, "同意或撤回：given 同意、withdrawn 撤回", "Given or withdrawn: given, withdrawn", nullable=False),
        Column("organisation_code", TEXT, "登记机构号", "Organisation that registered it"),
        Column("consent_version_code", TEXT, "授权书版本", "Version of the wording"),
        Column("collection_channel_type", TEXT, "取得渠道", "Where it was given"),
        Column("expires_on", DATE, "到期日期", "Day it ends"),
        *provenance(),
    ),
)

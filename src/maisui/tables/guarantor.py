"""Guarantor: Each guarantor of each guarantee contract, and which customer he is."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity

GUARANTOR = Table(
    name="guarantor",
    title_zh="担保人",
    title_en="Guarantor",
    meaning_zh="每份担保合同的每个担保人，以及他是哪个客户。",
    meaning_en="Each guarantor of each guarantee contract, and which customer he is.",
    grain=("legal_entity_code", "guarantee_contract_number", "guarantor_key"),
    columns=(
        legal_entity(),
        Column("guarantee_contract_number", TEXT, "担保合同号", "Guarantee contract number", nullable=False),
        Column(
            "guarantor_key",
            TEXT,
            "担保人标识：客户统一编号；不是客户的为证件或姓名摘要",
            "Key of the guarantor: customer number, or a digest of certificate or name for those who are not customers",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column(
            "customer_number",
            TEXT,
            "客户统一编号，不是客户的为空",
            "Customer number, null for those who are not customers",
            privacy=Privacy.PERSONAL,
        ),
        Column("identity_grade", TEXT, "匹配等级：exact、deformed、unresolved", "Grade: exact, deformed, unresolved", nullable=False),
        Column("guarantor_kind", TEXT, "担保人类别（原文）", "Kind as delivered"),
        Column("guarantor_name", TEXT, "担保人名称", "Name", privacy=Privacy.PERSONAL),
        Column("net_assets_currency", TEXT, "净资产币种", "Currency of net assets"),
        Column(
            "net_assets_amount", MONEY, "净资产，最近一次报送", "Net assets, last reported", unit="currency unit", privacy=Privacy.PERSONAL
        ),
        Column("first_reported_on", DATE, "首次报送日期", "First day reported in force", nullable=False),
        Column("last_reported_on", DATE, "最近有效报送日期", "Last day reported in force", nullable=False),
        Column("valid_until", DATE, "失效日（不含），仍有效为空", "Day after the last in force, null while in force"),
    ),
)

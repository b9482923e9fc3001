"""Guarantee link: Who guarantees which contract of whom: one edge from guarantor to borrower, dated, with its amount."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity

GUARANTEE_LINK = Table(
    name="guarantee_link",
    title_zh="担保关系",
    title_en="Guarantee link",
    meaning_zh="谁为谁的哪份合同担保：担保人到借款人的一条边，带起止日期与金额。",
    meaning_en="Who guarantees which contract of whom: one edge from guarantor to borrower, dated, with its amount.",
    grain=("legal_entity_code", "guarantee_contract_number", "guaranteed_contract_number", "guarantor_key"),
    columns=(
        legal_entity(),
        Column("guarantee_contract_number", TEXT, "担保合同号", "Guarantee contract number", nullable=False),
        Column("guaranteed_contract_number", TEXT, "被担保合同号", "Contract it secures", nullable=False),
        Column("guarantor_key", TEXT, "担保人标识", "Key of the guarantor", privacy=Privacy.PERSONAL, nullable=False),
        Column(
            "guarantor_number",
            TEXT,
            "担保人客户统一编号，不是客户的为空",
            "Guarantor's customer number, null for those who are not customers",
            privacy=Privacy.PERSONAL,
        ),
        Column("identity_grade", TEXT, "担保人匹配等级", "Grade of the guarantor's match", nullable=False),
        Column(
            "borrower_number",
            TEXT,
            "借款人客户统一编号，合同不在报送中时为空",
            "Borrower's customer number, null where nobody delivered the contract",
            privacy=Privacy.PERSONAL,
        ),
        Column("guarantee_type", TEXT, "担保类型", "Guarantee type", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency"),
        Column("guarantee_amount", MONEY, "担保金额", "Amount guaranteed", unit="currency unit"),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "终止日（不含），仍有效为空", "Day after the last, null while in force"),
        Column("is_self", FLAG, "是否为自己担保", "Whether the borrower guarantees himself", nullable=False),
    ),
)

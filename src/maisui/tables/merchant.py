"""Merchant: Each acquired merchant, whose it is and where its takings go."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Privacy, Table, legal_entity

MERCHANT = Table(
    name="merchant",
    title_zh="收单商户",
    title_en="Merchant",
    meaning_zh="每个收单商户：管理机构、清算账户及其客户、签约与终止日；有交易而未在商户表中的也有一行。",
    meaning_en="Each acquired merchant with its outlet, settlement account and its customer, first day and end; one that trades without being reported has a row as well.",
    grain=("legal_entity_code", "merchant_number"),
    columns=(
        legal_entity(),
        Column("merchant_number", TEXT, "商户编号", "Merchant number", nullable=False),
        Column("merchant_name", TEXT, "商户名称", "Name of the merchant", privacy=Privacy.PERSONAL),
        Column("organisation_code", TEXT, "管理机构号，未报送为 none", "Outlet, none where not delivered", nullable=False),
        Column("merchant_class", TEXT, "商户 MCC 码", "Merchant category code"),
        Column("settlement_account_number", TEXT, "清算账号", "Account to which takings are settled", privacy=Privacy.PERSONAL),
        Column(
            "customer_number",
            TEXT,
            "清算账户的客户号，不在本行为空",
            "Customer of that account, null where it is none of ours",
            privacy=Privacy.PERSONAL,
        ),
        Column("customer_kind", TEXT, "客户大类，未知为 unknown", "Kind of customer, unknown where not known", nullable=False),
        Column("terminal_count", COUNT, "最近一次报送的终端数", "Terminals as last reported", unit="count", nullable=False),
        Column("opened_on", DATE, "起效日期", "First day"),
        Column(
            "closed_on", DATE, "终止日期；不再报送的为下一次报送日", "Day on which it ended; the next report for one no longer reported"
        ),
    ),
)

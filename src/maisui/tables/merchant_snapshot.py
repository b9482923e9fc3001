"""Merchant snapshot: Each acquired merchant and terminal as reported on one day; the terminal is none where there is none."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity, provenance

MERCHANT_SNAPSHOT = Table(
    name="merchant_snapshot",
    title_zh="收单商户快照",
    title_en="Merchant snapshot",
    meaning_zh="每个收单商户及其终端在一个报送日的情况；没有终端的终端号为 none。",
    meaning_en="Each acquired merchant and terminal as reported on one day; the terminal is none where there is none.",
    grain=("legal_entity_code", "reported_on", "merchant_number", "terminal_number"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("merchant_number", TEXT, "商户编号", "Merchant number", nullable=False),
        Column("terminal_number", TEXT, "终端号，没有为 none", "Terminal number, none where there is none", nullable=False),
        Column("merchant_name", TEXT, "商户名称", "Name of the merchant"),
        Column("organisation_code", TEXT, "内部机构号，未报送为 none", "Outlet, none where not delivered", nullable=False),
        Column("is_pos", FLAG, "是否 POS 商户", "Whether it has a point-of-sale terminal"),
        Column("merchant_class", TEXT, "商户 MCC 码", "Merchant category code"),
        Column("settlement_account_number", TEXT, "清算账号", "Account to which takings are settled", privacy=Privacy.PERSONAL),
        Column("merchant_status", TEXT, "商户状态（原文）", "Status word as delivered"),
        Column("valid_from", DATE, "起效日期", "First day"),
        Column("valid_until", DATE, "失效日期（当日已失效）", "Day on which it has ended"),
        *provenance(),
    ),
    published=False,
)

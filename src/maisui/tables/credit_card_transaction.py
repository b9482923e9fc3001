"""Credit card transaction: Each posting on a credit card account."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

CREDIT_CARD_TRANSACTION = Table(
    name="credit_card_transaction",
    title_zh="信用卡交易明细",
    title_en="Credit card transaction",
    meaning_zh="信用卡账户的每笔交易。",
    meaning_en="Each posting on a credit card account.",
    grain=("legal_entity_code", "account_number", "transaction_number"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "信用卡账号", "Credit card account", privacy=Privacy.PERSONAL, nullable=False),
        Column("transaction_number", TEXT, "交易序列号", "Serial number of the posting", nullable=False),
        Column("card_number", TEXT, "卡号", "Card", privacy=Privacy.PERSONAL),
        Column("currency", TEXT, "币种，未报送为 CNY", "ISO currency, CNY where not delivered", nullable=False),
        Column(
            "customer_number",
            TEXT,
            "客户统一编号，未报送为 none",
            "Customer number, none where not delivered",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("organisation_code", TEXT, "内部机构号，未报送为 none", "Outlet, none where not delivered", nullable=False),
        Column("subject_code", TEXT, "明细科目编号", "Detail ledger subject"),
        Column("posted_on", DATE, "核心交易日期，未报送取采集日期", "Day posted, the day delivered where none is given", nullable=False),
        Column("posted_time", TEXT, "核心交易时间", "Time posted"),
        Column("amount", MONEY, "交易金额", "Amount", unit="currency unit", nullable=False),
        Column(
            "overdraft_change",
            MONEY,
            "透支变动：借方为正",
            "Change of the overdraft: debits positive",
            unit="currency unit",
            nullable=False,
        ),
        Column("transaction_type", TEXT, "卡片交易类型（原文）", "Transaction type as delivered"),
        Column("channel_type", TEXT, "交易渠道（原文）", "Channel as delivered"),
        Column("merchant_number", TEXT, "商户编号", "Merchant"),
        Column("fee_amount", MONEY, "手续费金额", "Fee", unit="currency unit"),
        Column("is_instalment", FLAG, "是否分期付款", "Whether paid by instalments"),
        *provenance(),
    ),
    month_of="posted_on",
    settled_by="posted_on",
)

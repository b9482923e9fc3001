"""Account transaction: Every successful posting on a deposit or loan account."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

ACCOUNT_TRANSACTION = Table(
    name="account_transaction",
    title_zh="账户交易明细",
    title_en="Account transaction",
    meaning_zh="存款或贷款账户上每一笔成功入账；同一流水以最后一次报送为准。冲补抹是另一笔，不删除原交易。",
    meaning_en="Every successful posting on a deposit or loan account; the last delivery of a number counts. A reversal is a posting of its own, the original stays.",
    grain=("legal_entity_code", "account_number", "currency", "transaction_number"),
    columns=(
        legal_entity(),
        Column("transaction_number", TEXT, "交易序列号", "Transaction number", nullable=False),
        Column("account_kind", TEXT, "账户大类：deposit、loan", "Kind: deposit or loan", nullable=False),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column(
            "external_account_number",
            TEXT,
            "外部账号（卡号等）",
            "Number the account is known by outside, such as its card",
            privacy=Privacy.PERSONAL,
        ),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL),
        Column("holding_organisation_code", TEXT, "账户所属机构号", "Outlet that holds the account", nullable=False),
        Column("handling_organisation_code", TEXT, "业务办理机构号", "Outlet that handled the business"),
        Column("posted_on", DATE, "核心交易日期", "Day posted in the core system", nullable=False),
        Column("posted_time", TEXT, "核心交易时间 hhmmss", "Time posted, hhmmss"),
        Column("amount", MONEY, "交易金额，恒为正", "Amount, always positive", unit="currency unit", nullable=False),
        Column(
            "balance_change",
            MONEY,
            "对账户余额的影响：存款贷方为正，贷款借方为正，贷款利息为零",
            "Change of the account's balance: deposit credit and loan debit positive, loan interest zero",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "transaction_type",
            TEXT,
            "交易类型：transfer、cash_withdrawal、cash_deposit、purchase、payroll、direct_debit、bill_payment、interest、batch、loan_disbursement、loan_principal、loan_interest、securities、investment、fee、other；unknown 为不识别的词",
            "Content: transfer, cash_withdrawal, cash_deposit, purchase, payroll, direct_debit, bill_payment, interest, batch, loan_disbursement, loan_principal, loan_interest, securities, investment, fee, other; unknown for a word nobody knows",
            nullable=False,
        ),
        Column(
            "channel_code",
            TEXT,
            "交易渠道：counter、atm、vtm、pos、internet_bank、mobile_bank、telephone_bank、third_party、union_pay、other、none；unknown 为不识别的词",
            "Channel: counter, atm, vtm, pos, internet_bank, mobile_bank, telephone_bank, third_party, union_pay, other; none where a transaction has none, unknown for a word nobody knows",
            nullable=False,
        ),
        Column("is_cash", FLAG, "是否现金", "Whether cash"),
        Column("is_reversal", FLAG, "是否冲补抹", "Whether the posting reverses another", nullable=False),
        Column("is_bank_initiated", FLAG, "是否银行发起（结息、批量等）", "Whether the bank posted it (interest, batches)", nullable=False),
        Column(
            "initiator_code",
            TEXT,
            "发起方：customer 客户、bank 银行（结息、批量交易）、batch 批量代办（代发、代扣、系统批量）",
            "Who set it off: customer, bank (interest, batches), batch (mass postings ordered by others: payroll, direct debits)",
        ),
        Column("counterparty_account", TEXT, "对方账号", "Counterparty's account", privacy=Privacy.PERSONAL),
        Column("counterparty_name", TEXT, "对方户名", "Counterparty's name", privacy=Privacy.PERSONAL),
        Column("counterparty_bank_code", TEXT, "对方行号", "Counterparty's bank"),
        Column("counterparty_bank_name", TEXT, "对方行名", "Name of the counterparty's bank"),
        Column(
            "is_counterparty_namesake", FLAG, "对方户名是否与本账户户名相同", "Whether the counterparty bears the account holder's name"
        ),
        Column("teller_number", TEXT, "交易柜员号", "Teller"),
        Column("authoriser_number", TEXT, "授权柜员号", "Teller who authorised it"),
        *provenance(),
    ),
    month_of="posted_on",
)

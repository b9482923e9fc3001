"""Loan tie: Loan receipts against loan accounts and against the ledger's loans, outlet by outlet."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

LOAN_TIE = Table(
    name="loan_tie",
    title_zh="借据核对",
    title_en="Loan tie",
    meaning_zh="每个报送日、机构、币种：有贷款分户账的借据余额与贷款分户账之差，以及不良口径的贷款余额（含贴现、垫款、信用卡透支，不含委托、核销、转让）与总账贷款的对照。",
    meaning_en="On each day reported, by organisation and currency: receipts that have a loan account less the loan accounts, and the loans that NPL figures are a share of (discounts, advances and card overdrafts among them, without entrusted, written-off and transferred ones) beside the ledger's loans.",
    grain=("legal_entity_code", "organisation_code", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "报送日期", "Day reported", nullable=False),
        Column(
            "receipt_balance",
            MONEY_SUM,
            "有分户账的借据余额合计，当日无分户账可比时为空",
            "Receipts that have an account; null without accounts to compare on that day",
            unit="currency unit",
        ),
        Column("account_balance", MONEY_SUM, "贷款分户账（409、411）余额合计", "Loan accounts (409, 411)", unit="currency unit"),
        Column("difference_amount", MONEY_SUM, "差额", "Receipts less accounts", unit="currency unit"),
        Column(
            "counted_balance",
            MONEY_SUM,
            "不良口径的贷款余额（不良率的分母）",
            "Loans that NPL figures count (their denominator)",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "ledger_balance",
            MONEY_SUM,
            "总账贷款余额（贷款、贴现、垫款、信用卡各集），当日无总账时为空",
            "The ledger's loans: sets loan, discount, advance, card; null without a ledger on that day",
            unit="currency unit",
        ),
    ),
)

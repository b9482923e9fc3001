"""Ledger day: Balance (positive on the subject's side) and turnover of each organisation, leaf subject and currency on each accounting day delivered."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity

LEDGER_DAY = Table(
    name="ledger_day",
    title_zh="总账日余额",
    title_en="Ledger day",
    meaning_zh="每个机构、末级科目、币种在每个已报送会计日的余额（按科目方向取正）与发生额。",
    meaning_en="Balance (positive on the subject's side) and turnover of each organisation, leaf subject and currency on each accounting day delivered.",
    grain=("legal_entity_code", "organisation_code", "subject_code", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("subject_code", TEXT, "会计科目编号", "Subject code", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "会计日期", "Accounting day", nullable=False),
        Column("subject_name", TEXT, "会计科目名称", "Subject name"),
        Column("balance_side", TEXT, "科目方向", "Side of the subject", nullable=False),
        Column("business_subclass", TEXT, "归属业务子类", "Business subclass", nullable=False),
        Column(
            "balance",
            MONEY,
            "期末余额（科目方向为正）",
            "Closing balance, positive on the subject's side",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "local_balance",
            MONEY,
            "期末余额折本币（科目方向为正，按会计日汇率）",
            "Closing balance in local currency at the rate of the day, positive on the subject's side",
            unit="currency unit",
            nullable=False,
            older_from="balance",
        ),
        Column("debit_amount", MONEY, "借方发生额", "Debit turnover", unit="currency unit", nullable=False),
        Column("credit_amount", MONEY, "贷方发生额", "Credit turnover", unit="currency unit", nullable=False),
    ),
)

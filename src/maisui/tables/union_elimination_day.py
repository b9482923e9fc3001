"""Union elimination day: Each position that a member holds within the union and that is taken out of the summed ledger."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity

UNION_ELIMINATION_DAY = Table(
    name="union_elimination_day",
    title_zh="联社合并抵销日明细",
    title_en="Union elimination day",
    meaning_zh="各成员行在每个会计日按抵销规则从汇总总账中剔除的系统内头寸，借方为正；同一规则各行之和不为零即为未核销差额。",
    meaning_en=(
        "Each position within the union that a rule takes out of the summed ledger on each accounting day, debit positive; where the "
        "positions of one rule do not add up to zero, the rest is unmatched."
    ),
    grain=("legal_entity_code", "rule_code", "subject_code", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column(
            "rule_code", TEXT, "抵销规则，即参数 union_elimination. 之后的名称", "Rule: the name after union_elimination.", nullable=False
        ),
        Column("subject_code", TEXT, "会计科目编号", "Subject code", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "会计日期", "Accounting day", nullable=False),
        Column("debit_balance", MONEY, "余额，借方为正", "Balance, debit positive", unit="currency unit", nullable=False),
        Column(
            "local_debit_balance",
            MONEY,
            "余额折本币，借方为正",
            "Balance in the member's local currency, debit positive",
            unit="currency unit",
            nullable=False,
            older_from="debit_balance",
        ),
    ),
)

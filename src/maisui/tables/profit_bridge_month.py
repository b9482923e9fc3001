"""Profit bridge month: From the contribution of accounts to the ledger's net profit, line by line, for each organisation and month."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

PROFIT_BRIDGE_MONTH = Table(
    name="profit_bridge_month",
    title_zh="利润桥",
    title_en="Profit bridge month",
    meaning_zh=(
        "从账户贡献合计到总账净利润的每一步，每行由总账科目与账户数计算，绝不倒挤；各行之和等于总账净利润。"
        "unexplained 为归不进任何一行的部分，超过限额不发布。"
    ),
    meaning_en=(
        "Each step from the sum of contributions to the ledger's net profit, computed from ledger subjects and accounts, never a plug; the "
        "lines add up to net profit. What fits no line is unexplained, and beyond its limit nothing is published."
    ),
    grain=("legal_entity_code", "organisation_code", "bridge_line_code", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column(
            "bridge_line_code",
            TEXT,
            (
                "行：contribution 账户贡献合计、transfer_centre 资金转移中心、treasury 投资与同业、accrual_difference 计提差异、fee_difference 未归属手续费、"
                "vat_difference 增值税及附加差异、expense_absorption 费用多吸收（少吸收为负）、impairment_difference 预期损失与减值差异、tax_difference 所得税差异、"
                "non_operating 营业外及其他、unexplained 未解释"
            ),
            (
                "Line: contribution, transfer_centre, treasury (investment and interbank), accrual_difference, fee_difference, vat_difference, "
                "expense_absorption (under-absorbed negative), impairment_difference, tax_difference, non_operating, unexplained"
            ),
            nullable=False,
        ),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("profit_amount", MONEY_SUM, "对净利润的影响", "What it adds to net profit", unit="CNY", nullable=False),
    ),
)

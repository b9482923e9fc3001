"""Loan loss month: What each loan receipt is expected to lose in a month, and by which of the two methods."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity

LOAN_LOSS_MONTH = Table(
    name="loan_loss_month",
    title_zh="贷款预期损失月统计",
    title_en="Loan loss month",
    meaning_zh=(
        "每张借据每月的预期损失。月初月末均为正常、关注类的：违约概率 × 违约损失率 × 月末余额 ÷ 12（当月按天数折算）；"
        "有一端为不良的：月末应提准备 − 月初应提准备 ＋ 当月核销。绝不把准备存量整笔计入一个月。"
    ),
    meaning_en=(
        "What each receipt is expected to lose in a month. Performing at both ends: probability of default × loss given default × closing "
        "balance ÷ 12 (an unfinished month by its days); non-performing at either end: required provision at the end − at the beginning + "
        "written off. Never the whole stock of provisions."
    ),
    grain=("legal_entity_code", "loan_number", "business_date"),
    columns=(
        legal_entity(),
        Column("loan_number", TEXT, "信贷借据号", "Loan receipt number", nullable=False),
        Column("account_number", TEXT, "贷款分户账号", "Loan account", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("loan_class", TEXT, "月末五级分类，已无余额为 none", "Class at the end, none where nothing is left", nullable=False),
        Column("method_code", TEXT, "方法：probability 违约概率、provision 准备变动", "Method: probability, provision", nullable=False),
        Column("balance", MONEY, "月末余额", "Closing balance", unit="currency unit", nullable=False),
        Column("expected_loss_amount", MONEY, "预期损失", "Expected loss", unit="currency unit", nullable=False),
    ),
    published=False,
    settled_by="business_date",
)

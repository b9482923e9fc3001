"""Concentration day: Largest borrower, largest group, ten largest borrowers, related parties and small loans of the bank at each month end and on the reporting date, with its capital."""

from maisui.tables.table import DATE, MONEY, MONEY_SUM, Column, Table, legal_entity

CONCENTRATION_DAY = Table(
    name="concentration_day",
    title_zh="集中度日统计",
    title_en="Concentration day",
    meaning_zh="每个月末与报告日全行最大一户、最大集团、最大十户、关联方、小额贷款与资本净额。",
    meaning_en="Largest borrower, largest group, ten largest borrowers, related parties and small loans of the bank at each month end and on the reporting date, with its capital.",
    grain=("legal_entity_code", "business_date"),
    columns=(
        legal_entity(),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("loan_balance", MONEY_SUM, "贷款余额", "Loans", unit="currency unit", nullable=False),
        Column(
            "largest_borrower_balance", MONEY_SUM, "最大一户贷款余额", "Loans of the largest borrower", unit="currency unit", nullable=False
        ),
        Column(
            "top_ten_balance", MONEY_SUM, "最大十户贷款余额", "Loans of the ten largest borrowers", unit="currency unit", nullable=False
        ),
        Column(
            "largest_group_amount",
            MONEY_SUM,
            "最大集团授信余额，未报送集团为空",
            "Credit of the largest group, null where groups are not delivered",
            unit="currency unit",
        ),
        Column(
            "related_party_amount",
            MONEY_SUM,
            "全部关联方授信余额，未报送关联方为空",
            "Credit to all related parties, null where they are not delivered",
            unit="currency unit",
        ),
        Column(
            "small_ticket_balance",
            MONEY_SUM,
            "单户贷款不超过参数金额（默认 500 万元）的贷款余额",
            "Loans of customers who owe no more than the parameter, 5 million by default",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "deposit_square_amount",
            MONEY_SUM,
            "Σ（每个客户存款余额）²",
            "Sum of the squares of each customer's deposits",
            unit="currency unit squared",
            nullable=False,
        ),
        Column(
            "squared_deposit_amount",
            MONEY_SUM,
            "（Σ 客户存款余额）²",
            "Square of the sum of customers' deposits",
            unit="currency unit squared",
            nullable=False,
        ),
        Column("net_capital_amount", MONEY, "资本净额，最近一次输入", "Net capital, last input", unit="currency unit"),
        Column("tier_one_amount", MONEY, "一级资本净额，最近一次输入", "Tier-one capital, last input", unit="currency unit"),
    ),
)

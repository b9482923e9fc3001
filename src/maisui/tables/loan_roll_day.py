"""Loan roll day: From which stage of arrears to which each month has moved the loans."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY_SUM, TEXT, Column, Table, legal_entity

LOAN_ROLL_DAY = Table(
    name="loan_roll_day",
    title_zh="逾期滚动统计",
    title_en="Loan roll day",
    meaning_zh="月末与报告日，上月末各拖欠期次（M0 未拖欠，M1 30 天以内，依此类推，M7 为 180 天以上）的贷款到当日的去向，按上月末余额。",
    meaning_en="At month ends and on the reporting date: where the loans of each stage of arrears at the month end before (M0 none, M1 up to 30 days and so on, M7 over 180 days) have gone, by their balance then.",
    grain=(
        "legal_entity_code",
        "organisation_code",
        "product_code",
        "customer_kind",
        "currency",
        "arrears_stage",
        "closing_arrears_stage",
        "business_date",
    ),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "当日贷款经办机构号", "Outlet that keeps the loans on that day", nullable=False),
        Column("product_code", TEXT, "信贷业务种类", "Loan product", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("arrears_stage", TEXT, "上月末拖欠期次 M0…M7", "Stage of arrears at the month end before, M0 … M7", nullable=False),
        Column(
            "closing_arrears_stage",
            TEXT,
            "当日拖欠期次，余额为 0 记 settled，核销、转让记 gone",
            "Stage now; settled without a balance, gone when written off or transferred",
            nullable=False,
        ),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("is_worse", FLAG, "是否进入更差的期次", "Whether in a worse stage now", nullable=False),
        Column("loan_count", COUNT, "贷款笔数", "Loans", unit="count", nullable=False),
        Column("opening_balance", MONEY_SUM, "上月末余额", "Balance at the month end before", unit="currency unit", nullable=False),
    ),
)

"""Customer characteristic: What a customer's own transactions show of him, with the evidence."""

from maisui.tables.table import COUNT, DATE, MONEY, MONEY_SUM, RATE, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_CHARACTERISTIC = Table(
    name="customer_characteristic",
    title_zh="客户特征",
    title_en="Customer characteristic",
    meaning_zh="截至报告日由客户自己的交易识别出的特征及其依据；门槛为参数 characteristic.*，更早月份的特征在当月发布的版本中。",
    meaning_en="What a customer's own transactions show of him up to the reporting date, with the evidence; thresholds are the parameters characteristic.*, earlier months stand in the versions published then.",
    grain=("legal_entity_code", "customer_number", "characteristic_code", "business_date"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column(
            "characteristic_code",
            TEXT,
            "特征：wage 工资、pension 养老金、subsidy 补贴、rent 房租类定额支出、takings 经营收款、school_fee 学费、own_account_elsewhere 他行本人账户、night 夜间交易、cash 现金习惯、migrant 返乡务工、farming_season 农事季节",
            "Characteristic: wage, pension, subsidy, rent (a fixed monthly payment), takings, school_fee, own_account_elsewhere, night, cash, migrant, farming_season",
            nullable=False,
        ),
        Column("business_date", DATE, "报告日", "Reporting date", nullable=False),
        Column("organisation_code", TEXT, "客户归属机构号", "Customer's home outlet", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("confidence_code", TEXT, "把握：high 高、medium 中", "Confidence: high, medium", nullable=False),
        Column(
            "counterparty_account",
            TEXT,
            "对方账号（付款人、收款人），不止一个对方时为空",
            "Account of the payer or payee, null where there are several",
            privacy=Privacy.PERSONAL,
        ),
        Column("counterparty_name", TEXT, "对方户名", "Name of the payer or payee", privacy=Privacy.PERSONAL),
        Column("counterparty_bank_name", TEXT, "对方行名", "Bank of the payer or payee"),
        Column("usual_day", COUNT, "通常在每月几日（中位数）", "Usual day of the month (median)", unit="day of the month"),
        Column(
            "median_amount", MONEY, "金额中位数（两个居中时取小）", "Median amount, the lower of two", unit="currency unit", nullable=False
        ),
        Column("total_amount", MONEY_SUM, "合计金额", "Sum of the amounts", unit="currency unit", nullable=False),
        Column("event_count", COUNT, "笔数", "Transactions", unit="count", nullable=False),
        Column("month_count", COUNT, "出现的月数", "Months in which it was seen", unit="count", nullable=False),
        Column(
            "evidence_share",
            RATE,
            "占比：收入类占转账、现金与代发流入，习惯类占本人发起的笔数；无从比较时为空",
            "Share: of incoming transfers, cash and payroll for income, of the customer's own transactions for habits; null where there is nothing to compare",
            unit="share",
        ),
        Column("first_seen_on", DATE, "窗口内首次出现", "First seen within the window", nullable=False),
        Column("last_seen_on", DATE, "最近出现", "Last seen", nullable=False),
    ),
)

"""Customer exposure: Loans, undrawn limits and guarantees given of each customer at each month end and on the reporting date."""

from maisui.tables.table import DATE, FLAG, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_EXPOSURE = Table(
    name="customer_exposure",
    title_zh="客户风险暴露",
    title_en="Customer exposure",
    meaning_zh="每个客户在每个月末与报告日的贷款、未用授信与对外担保；当日归并的客户号合为一户，记在保留号下，为自己其他号提供的担保不计。",
    meaning_en="Loans, undrawn limits and guarantees given of each customer at each month end and on the reporting date; numbers merged on the day are one customer under the surviving number, and a guarantee for one's own other number is none.",
    grain=("legal_entity_code", "customer_number", "business_date"),
    columns=(
        legal_entity(),
        Column(
            "customer_number",
            TEXT,
            "当日代表该客户的客户号",
            "Number that stands for the customer on the day",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("group_number", TEXT, "所属集团编号，不属于集团为空", "Group it belongs to, null outside groups"),
        Column("is_related_party", FLAG, "是否本行关联方", "Whether a related party of the bank", nullable=False),
        Column(
            "loan_balance",
            MONEY_SUM,
            "贷款余额（表内，不含委托、核销、转让）",
            "Loans on the books, without entrusted, written-off and transferred ones",
            unit="currency unit",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column(
            "bad_loan_balance",
            MONEY_SUM,
            "不良贷款余额",
            "Non-performing loans",
            unit="currency unit",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column(
            "undrawn_amount", MONEY_SUM, "未用授信额度", "Undrawn limits", unit="currency unit", privacy=Privacy.PERSONAL, nullable=False
        ),
        Column(
            "guaranteed_amount",
            MONEY_SUM,
            "对外担保金额",
            "Guarantees given for others",
            unit="currency unit",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
    ),
    month_of="business_date",
)

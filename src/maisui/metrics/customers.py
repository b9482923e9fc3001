"""Who counts as a customer, and where; a customer counts once, at home."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit

CUSTOMERS = Measure(
    mart="customer_day",
    expression="CAST(sum(customer_count) AS BIGINT)",
    timing=Timing.POINT,
)
PERSONS = Measure(
    mart="customer_day",
    expression="CAST(sum(person_count) AS BIGINT)",
    timing=Timing.POINT,
)
NEW = Measure(
    mart="customer_day",
    expression="CAST(sum(new_customer_count) AS BIGINT)",
    timing=Timing.PERIOD,
)
LOST = Measure(
    mart="customer_day",
    expression="CAST(sum(lost_customer_count) AS BIGINT)",
    timing=Timing.PERIOD,
)
BORROWERS = Measure(
    mart="customer_day",
    expression="CAST(sum(borrower_count) AS BIGINT)",
    timing=Timing.POINT,
)
ACCOUNTS = Measure(
    mart="product_day",
    expression="CAST(sum(account_count) AS BIGINT)",
    timing=Timing.POINT,
)

METRICS: tuple[Metric, ...] = (
    Metric(
        code="customer_count",
        name_zh="客户数",
        name_en="Customers",
        meaning_zh="至少有一个未销账户的客户，在归属机构计一次；按客户号计，同一人未归并的几个客户号各计一户，归并后见“客户数（归并后）”。",
        meaning_en="Customers with at least one open account, each counted once at the home outlet; by customer number: several numbers of one person count each, see Customers after merging.",
        formula_zh="有未销账户的客户数",
        formula_en="customers with an open account",
        unit=Unit.COUNT,
        numerator=CUSTOMERS,
        owner="个人与公司金融部 / Retail and corporate banking",
        more_is_better=True,
    ),
    Metric(
        code="person_customer_count",
        name_zh="客户数（归并后）",
        name_en="Customers after merging",
        meaning_zh="至少有一个未销账户的客户，同一证件的几个客户号自归并生效日起只计一次；与“客户数”之差即归并的影响。",
        meaning_en="Customers with at least one open account; numbers with one certificate count once from the day of merging. Customers less this is what merging changes.",
        formula_zh="有未销账户的客户数 − 归并的重复客户号数",
        formula_en="customers with an open account − merged numbers beside another one of the same person",
        unit=Unit.COUNT,
        numerator=PERSONS,
        owner="个人与公司金融部 / Retail and corporate banking",
        more_is_better=True,
    ),
    Metric(
        code="account_count",
        name_zh="账户数",
        name_en="Accounts",
        meaning_zh="未销的存款与贷款账户（一币种一户）。",
        meaning_en="Open deposit and loan accounts, one per currency.",
        formula_zh="未销账户数",
        formula_en="open accounts",
        unit=Unit.COUNT,
        numerator=ACCOUNTS,
        owner="个人与公司金融部 / Retail and corporate banking",
        more_is_better=True,
    ),
    Metric(
        code="new_customer_count",
        name_zh="新增客户数",
        name_en="New customers",
        meaning_zh="期间内首次开户的客户；销户后重开的不算。",
        meaning_en="Customers whose first account ever opened in the period; returning ones do not count.",
        formula_zh="首个账户在期间内开立的客户数",
        formula_en="customers whose first account opened in the period",
        unit=Unit.COUNT,
        numerator=NEW,
        owner="个人与公司金融部 / Retail and corporate banking",
        more_is_better=True,
    ),
    Metric(
        code="lost_customer_count",
        name_zh="流失客户数",
        name_en="Lost customers",
        meaning_zh="期间内最后一个未销账户被销户的客户（完全流失）。",
        meaning_en="Customers whose last open account closed in the period (complete attrition).",
        formula_zh="最后一个账户在期间内销户的客户数",
        formula_en="customers whose last account closed in the period",
        unit=Unit.COUNT,
        numerator=LOST,
        owner="个人与公司金融部 / Retail and corporate banking",
        more_is_better=False,
    ),
    Metric(
        code="borrower_count",
        name_zh="借款客户数",
        name_en="Borrowers",
        meaning_zh="有贷款余额的客户数；归并的客户号自归并生效日起只计一次。",
        meaning_en="Customers with a loan balance above zero; merged numbers count once from the day they are merged.",
        formula_zh="有贷款余额的客户数",
        formula_en="customers with a loan balance",
        unit=Unit.COUNT,
        numerator=BORROWERS,
        owner="个人与公司金融部 / Retail and corporate banking",
        more_is_better=True,
    ),
)
"""Every metric of this topic, one definition each."""

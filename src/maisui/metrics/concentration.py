"""How much of the bank's lending is in few hands, and what becomes of it: concentration, migration, collection."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit


def _held(column: str) -> Measure:
    """Return one column of the bank's concentration on the day: month ends and the reporting date are measured."""
    return Measure(
        mart="concentration_day",
        expression=f"sum({column})",
        timing=Timing.POINT,
        delivered_where=f"{column} IS NOT NULL",
    )


def _migrated(classes: str, worse: str) -> Measure:
    """Return what remains of last year end's loans of `classes` and is now of a class in `worse`."""
    return Measure(
        mart="loan_migration_day",
        expression=f"sum(CASE WHEN opening_class IN ({classes}) AND closing_class IN ({worse}) THEN remaining_balance ELSE 0 END)",
        timing=Timing.LAST,
    )


def _kept(classes: str) -> Measure:
    """Return what remains of last year end's loans of `classes`: the opening balance less what was paid or written off."""
    return Measure(
        mart="loan_migration_day",
        expression=f"sum(CASE WHEN opening_class IN ({classes}) THEN remaining_balance ELSE 0 END)",
        timing=Timing.LAST,
    )


def _repaid(column: str) -> Measure:
    """Return one column of what was collected of the dues of the period, within the period."""
    return Measure(
        mart="repayment_day",
        expression=f"sum(CASE WHEN due_on >= $period_start THEN {column} ELSE 0 END)",
        timing=Timing.PERIOD,
    )


def _rolled(expression: str) -> Measure:
    """Return a sum over the loans in arrears at the month end before; M7 cannot get worse."""
    return Measure(
        mart="loan_roll_day",
        expression=expression,
        timing=Timing.PERIOD,
        where="arrears_stage NOT IN ('M0', 'M7')",
    )


def _lent(column: str) -> Measure:
    """Return one column of the loans that were disbursed in the period."""
    return Measure(
        mart="loan_vintage_day",
        expression=f"sum(CASE WHEN vintage_month >= $period_start THEN {column} ELSE 0 END)",
        timing=Timing.POINT,
    )


_BAD = "'substandard', 'doubtful', 'loss'"
_CREDIT = "风险管理部 / Risk"
_OWED_ZH = "贷款含借据、未列入借据的贴现（508）与垫款（512）及信用卡透支（803）；已归并的客户号合为一户。"
_OWED_EN = "Loans are receipts, discounts (508) and advances (512) that are not among them, and card overdrafts (803); numbers that are merged are one customer."

METRICS: tuple[Metric, ...] = (
    Metric(
        code="largest_borrower_ratio",
        name_zh="单一客户贷款集中度",
        name_en="Largest-borrower ratio",
        meaning_zh="最大一户贷款余额除以资本净额（补录：监管指标输入，取当日或之前最近一次）。"
        + _OWED_ZH
        + "按月末与报告日计算；缺资本净额时为“—”。",
        meaning_en="Loans of the largest borrower over net capital (supplement feed of supervisory inputs, the last on or before the day). "
        + _OWED_EN
        + " Measured at month ends and on the reporting date; — while net capital is missing.",
        formula_zh="最大一户贷款余额 ÷ 资本净额",
        formula_en="largest borrower's loans ÷ net capital",
        unit=Unit.SHARE,
        numerator=_held("largest_borrower_balance"),
        denominator=_held("net_capital_amount"),
        owner=_CREDIT,
        more_is_better=False,
    ),
    Metric(
        code="largest_group_ratio",
        name_zh="单一集团客户授信集中度",
        name_en="Largest-group ratio",
        meaning_zh="最大一家集团的贷款与未用授信之和除以资本净额；集团按 EAST 205。缺集团或资本净额时为“—”。",
        meaning_en="Loans and undrawn limits of the largest group (EAST 205) over net capital; — while groups or net capital are missing.",
        formula_zh="最大集团授信余额 ÷ 资本净额",
        formula_en="largest group's credit ÷ net capital",
        unit=Unit.SHARE,
        numerator=_held("largest_group_amount"),
        denominator=_held("net_capital_amount"),
        owner=_CREDIT,
        more_is_better=False,
    ),
    Metric(
        code="top_ten_borrowers_ratio",
        name_zh="最大十家客户贷款集中度",
        name_en="Top-ten borrowers ratio",
        meaning_zh="贷款余额最大的十户之和除以资本净额。" + _OWED_ZH + "缺资本净额时为“—”。",
        meaning_en="Loans of the ten largest borrowers over net capital. " + _OWED_EN + " — while net capital is missing.",
        formula_zh="最大十户贷款余额 ÷ 资本净额",
        formula_en="ten largest borrowers' loans ÷ net capital",
        unit=Unit.SHARE,
        numerator=_held("top_ten_balance"),
        denominator=_held("net_capital_amount"),
        owner=_CREDIT,
        more_is_better=False,
    ),
    Metric(
        code="related_party_ratio",
        name_zh="全部关联度",
        name_en="Related-party ratio",
        meaning_zh="全部关联方（EAST 106）的贷款与未用授信之和除以资本净额；缺关联方或资本净额时为“—”。",
        meaning_en="Loans and undrawn limits of all related parties (EAST 106) over net capital; — while related parties or net capital are missing.",
        formula_zh="关联方授信余额 ÷ 资本净额",
        formula_en="related parties' credit ÷ net capital",
        unit=Unit.SHARE,
        numerator=_held("related_party_amount"),
        denominator=_held("net_capital_amount"),
        owner=_CREDIT,
        more_is_better=False,
    ),
    Metric(
        code="small_ticket_loan_share",
        name_zh="小额贷款占比",
        name_en="Small-ticket share of loans",
        meaning_zh="单户贷款余额不超过参数金额（默认 500 万元）的贷款占全部贷款的比例。" + _OWED_ZH + "按月末与报告日计算。",
        meaning_en="Loans of customers who owe no more than the parameter (5 million yuan by default) as a share of loans. "
        + _OWED_EN
        + " Measured at month ends and on the reporting date.",
        formula_zh="小额贷款余额 ÷ 贷款余额",
        formula_en="small-ticket loans ÷ loans",
        unit=Unit.SHARE,
        numerator=_held("small_ticket_balance"),
        denominator=_held("loan_balance"),
        owner="普惠金融部 / Inclusive finance",
        more_is_better=True,
    ),
    Metric(
        code="deposit_hhi",
        name_zh="存款集中度指数",
        name_en="Deposit concentration index (HHI)",
        meaning_zh="每个客户存款占全部客户存款之比的平方和乘以 10,000（赫芬达尔指数）：1 万为一户独占，越小越分散；已归并的客户号合为一户，余额为零或负的不计；按月末与报告日计算。",
        meaning_en="Sum of the squares of each customer's share of deposits, times 10,000 (Herfindahl-Hirschman): 10,000 is one customer alone, the smaller the more dispersed; numbers that are merged are one customer, balances of zero or less do not count; measured at month ends and on the reporting date.",
        formula_zh="Σ（客户存款 ÷ 全部客户存款）² × 10,000",
        formula_en="Σ (customer's deposits ÷ all customers' deposits)² × 10,000",
        unit=Unit.INDEX,
        numerator=Measure(
            mart="concentration_day",
            expression="CAST(sum(deposit_square_amount) * 10000 AS DECIMAL(38,2))",
            timing=Timing.POINT,
        ),
        denominator=_held("squared_deposit_amount"),
        owner="计划财务部 / Finance",
        more_is_better=False,
    ),
    Metric(
        code="normal_loan_migration_rate",
        name_zh="正常贷款迁徙率",
        name_en="Normal loan migration rate",
        meaning_zh="上年末正常类、关注类贷款中当日为不良的余额，除以这些贷款剔除期间减少（收回、核销、转让）后的余额；按月末与报告日计算。",
        meaning_en="Of the loans that were pass or special mention at last year end, what is non-performing now over what remains after collections, write-offs and transfers; measured at month ends and on the reporting date.",
        formula_zh="正常与关注类转为不良 ÷（期初余额 − 期间减少）",
        formula_en="pass and special mention now bad ÷ (opening − decrease)",
        unit=Unit.SHARE,
        numerator=_migrated("'pass', 'special_mention'", _BAD),
        denominator=_kept("'pass', 'special_mention'"),
        owner=_CREDIT,
        more_is_better=False,
    ),
    Metric(
        code="special_mention_migration_rate",
        name_zh="关注类贷款迁徙率",
        name_en="Special-mention migration rate",
        meaning_zh="上年末关注类贷款中当日降为次级、可疑、损失的余额，除以剔除期间减少后的余额。",
        meaning_en="Of the special-mention loans of last year end, what is substandard, doubtful or loss now over what remains after decreases.",
        formula_zh="关注类向下迁徙 ÷（期初余额 − 期间减少）",
        formula_en="special mention migrated down ÷ (opening − decrease)",
        unit=Unit.SHARE,
        numerator=_migrated("'special_mention'", _BAD),
        denominator=_kept("'special_mention'"),
        owner=_CREDIT,
        more_is_better=False,
    ),
    Metric(
        code="substandard_migration_rate",
        name_zh="次级类贷款迁徙率",
        name_en="Substandard migration rate",
        meaning_zh="上年末次级类贷款中当日降为可疑、损失的余额，除以剔除期间减少后的余额。",
        meaning_en="Of the substandard loans of last year end, what is doubtful or loss now over what remains after decreases.",
        formula_zh="次级类向下迁徙 ÷（期初余额 − 期间减少）",
        formula_en="substandard migrated down ÷ (opening − decrease)",
        unit=Unit.SHARE,
        numerator=_migrated("'substandard'", "'doubtful', 'loss'"),
        denominator=_kept("'substandard'"),
        owner=_CREDIT,
        more_is_better=False,
    ),
    Metric(
        code="doubtful_migration_rate",
        name_zh="可疑类贷款迁徙率",
        name_en="Doubtful migration rate",
        meaning_zh="上年末可疑类贷款中当日降为损失的余额，除以剔除期间减少后的余额。",
        meaning_en="Of the doubtful loans of last year end, what is loss now over what remains after decreases.",
        formula_zh="可疑类向下迁徙 ÷（期初余额 − 期间减少）",
        formula_en="doubtful migrated down ÷ (opening − decrease)",
        unit=Unit.SHARE,
        numerator=_migrated("'doubtful'", "'loss'"),
        denominator=_kept("'doubtful'"),
        owner=_CREDIT,
        more_is_better=False,
    ),
    Metric(
        code="due_loan_collection_rate",
        name_zh="到期贷款收回率",
        name_en="Collection rate of due loans",
        meaning_zh="期间内到期应还本金中期间内收回的部分；按补录的还款计划与还款记录精确计算，提前收回计在应还日，没有该补录时为“—”。",
        meaning_en="Of the principal that fell due in the period, what was collected within it; exact by the supplement feeds of schedules and receipts, early repayment counting on its due day; — without these feeds.",
        formula_zh="期间到期且收回的本金 ÷ 期间到期本金",
        formula_en="principal due and collected ÷ principal due",
        unit=Unit.SHARE,
        numerator=_repaid("collected_principal_amount"),
        denominator=_repaid("due_principal_amount"),
        owner="信贷管理部 / Credit",
        more_is_better=True,
    ),
    Metric(
        code="interest_collection_rate",
        name_zh="利息收回率",
        name_en="Interest collection rate",
        meaning_zh="期间内应还利息中期间内收回的部分；按补录的还款计划与还款记录精确计算，没有该补录时为“—”。",
        meaning_en="Of the interest that fell due in the period, what was collected within it; exact by the supplement feeds of schedules and receipts; — without these feeds.",
        formula_zh="期间到期且收回的利息 ÷ 期间到期利息",
        formula_en="interest due and collected ÷ interest due",
        unit=Unit.SHARE,
        numerator=_repaid("collected_interest_amount"),
        denominator=_repaid("due_interest_amount"),
        owner="信贷管理部 / Credit",
        more_is_better=True,
    ),
    Metric(
        code="roll_rate",
        name_zh="逾期滚动率",
        name_en="Roll rate",
        meaning_zh="上月末拖欠（M1–M6）的贷款中，当日进入更差期次的余额占比，按上月末余额；期间为季、年时为各月合计之比；按拖欠期次拆分看每一期。按月末与报告日计算。",
        meaning_en="Of the loans in arrears (M1–M6) at the month end before, the share by balance that is in a worse stage now; over a quarter or year the sums of its months; split it by stage of arrears. Measured at month ends and on the reporting date.",
        formula_zh="Σ 进入更差期次的上月末余额 ÷ Σ 上月末拖欠余额",
        formula_en="Σ opening balance now in a worse stage ÷ Σ opening balance in arrears",
        unit=Unit.SHARE,
        numerator=_rolled("sum(CASE WHEN is_worse THEN opening_balance ELSE 0 END)"),
        denominator=_rolled("sum(opening_balance)"),
        owner=_CREDIT,
        more_is_better=False,
    ),
    Metric(
        code="vintage_overdue_30d_share",
        name_zh="账龄逾期 30 天以上占比",
        name_en="Vintage share overdue over 30 days",
        meaning_zh="期间内发放的贷款中，当日逾期 30 天以上的余额占发放额的比例；按发放月份拆分看每一批。按月末与报告日计算。",
        meaning_en="Of what was lent in the period, the balance overdue for more than 30 days now as a share of the amount disbursed; split it by month of disbursement. Measured at month ends and on the reporting date.",
        formula_zh="期间发放贷款中逾期 30 天以上余额 ÷ 期间发放额",
        formula_en="balance overdue over 30 days of loans disbursed in the period ÷ amount disbursed",
        unit=Unit.SHARE,
        numerator=_lent("overdue_30d_balance"),
        denominator=_lent("disbursed_amount"),
        owner=_CREDIT,
        more_is_better=False,
    ),
)
"""Every metric of this topic, one definition each."""

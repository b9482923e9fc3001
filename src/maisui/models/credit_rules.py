"""The expert rules of credit early warning: lines with reasons, every threshold a dated parameter `credit_warning.<name>`.

In their SQL, `n` is the month, `b` the month three months before, `e` that six months before, `y` the year, `t` the loans, `d` the month's deposits, `x` and `z`
troubled guarantee partners and group members, `l` the thresholds, `w` whether any transaction came from the bank in three months.
"""

from maisui.models.model import RuleLine

LIMITS = (
    "performing_overdue_days",
    "default_overdue_days",
    "due_days",
    "cushion_share",
    "inflow_share",
    "inflow_to_loan",
    "arrears_months",
    "dressing_ratio",
    "idle_days",
)
"""Names of the thresholds, without their beginning."""

RULES: tuple[RuleLine, ...] = (
    RuleLine("special_mention", "t.is_special_mention", 3, "有关注类贷款", "a loan is classed special mention"),
    RuleLine("troubled_neighbours", "x.troubled > 0", 3, "担保对方已逾期或不良", "a guarantee partner is overdue or bad", ("troubled_neighbours",)),
    RuleLine("troubled_group", "z.troubled > 0", 3, "同一集团成员已逾期或不良", "a member of the same group is overdue or bad", ("troubled_group",)),
    RuleLine("overdue", "n.overdue_day_count > 0", 2, "当前有拖欠", "in arrears now", ("overdue_days", "arrears_to_loan")),
    RuleLine("arrears_again", "y.arrears_months >= l.arrears_months", 2, "近一年多次月末拖欠", "in arrears at several month ends of a year", ("arrears_months",)),
    RuleLine("due_uncovered", "t.due_amount > 0 AND n.recent_asset_balance < t.due_amount * l.cushion_share", 2,
             "贷款临近到期而存款很少", "a loan falls due soon and little is on deposit", ("months_to_due", "cushion")),
    RuleLine("inflow_dries_up", "b.inflow_amount >= n.loan_balance * l.inflow_to_loan "
             "AND n.inflow_amount <= least(b.inflow_amount, coalesce(e.inflow_amount, b.inflow_amount)) * l.inflow_share", 1,
             "流入大幅下降", "inflow has fallen sharply", ("inflow_to_earlier", "inflow_to_loan")),
    RuleLine("month_end_dressing", "d.month_end_amount >= n.loan_balance * l.inflow_to_loan AND d.month_end_amount > d.average_amount * l.dressing_ratio", 1,
             "存款只在月末冲高", "deposits stand high at the month's end only", ("month_end_dressing",)),
    RuleLine("silent", "n.idle_day_count >= l.idle_days AND w.has_moved", 1, "长期没有主动交易", "no own transaction for long", ("idle_days",)),
)  # fmt: skip
"""The gravest first; the order is that in which they are told."""

"""What each situation of the narrative says, in both languages; a number stands in braces."""

from __future__ import annotations

from maisui.answers import Remark, Situation
from maisui.web.text import Text

WORDS: dict[Situation, Text] = {
    Situation.DATA_LATE: Text(
        "数据停在 {day}，已晚 {count} 天，此后各日沿用旧值", "Data end on {day}, {count} days late; later days carry it forward"
    ),
    Situation.TIES_BROKEN: Text(
        "勾稽有 {count} 处不平，相关数字请慎用", "Controls found {count} differences; use the figures they concern with care"
    ),
    Situation.LIMIT_BREACHED: Text("{count} 项比率越限：{limits}", "Ratios beyond their limits, {count}: {limits}"),
    Situation.DEPOSITS_ROSE: Text("存款增加 {change}（{rate}），余额 {value}", "Deposits rose by {change} ({rate}) to {value}"),
    Situation.DEPOSITS_FELL: Text("存款减少 {change}（{rate}），余额 {value}", "Deposits fell by {change} ({rate}) to {value}"),
    Situation.DEMAND_SHARE_ROSE: Text("活期存款占比上升 {change}，为 {value}", "The share of demand deposits rose by {change} to {value}"),
    Situation.DEMAND_SHARE_FELL: Text("活期存款占比下降 {change}，为 {value}", "The share of demand deposits fell by {change} to {value}"),
    Situation.RENEWAL_ROSE: Text(
        "到期定期存款续存率上升 {change}，为 {value}", "Renewal of maturing term deposits rose by {change} to {value}"
    ),
    Situation.RENEWAL_FELL: Text(
        "到期定期存款续存率下降 {change}，为 {value}", "Renewal of maturing term deposits fell by {change} to {value}"
    ),
    Situation.DEPOSIT_COST_ROSE: Text("存款付息率上升 {change}，为 {value}", "The cost of deposits rose by {change} to {value}"),
    Situation.DEPOSIT_COST_FELL: Text("存款付息率下降 {change}，为 {value}", "The cost of deposits fell by {change} to {value}"),
    Situation.LOANS_ROSE: Text("贷款增加 {change}（{rate}），余额 {value}", "Loans rose by {change} ({rate}) to {value}"),
    Situation.LOANS_FELL: Text("贷款减少 {change}（{rate}），余额 {value}", "Loans fell by {change} ({rate}) to {value}"),
    Situation.SMALL_FIRM_LOANS_ROSE: Text(
        "普惠小微贷款增加 {change}（{rate}），余额 {value}", "Loans to small firms rose by {change} ({rate}) to {value}"
    ),
    Situation.SMALL_FIRM_LOANS_FELL: Text(
        "普惠小微贷款减少 {change}（{rate}），余额 {value}", "Loans to small firms fell by {change} ({rate}) to {value}"
    ),
    Situation.BAD_LOANS_ROSE: Text("不良贷款率上升 {change}，为 {value}", "The bad loan ratio rose by {change} to {value}"),
    Situation.BAD_LOANS_FELL: Text("不良贷款率下降 {change}，为 {value}", "The bad loan ratio fell by {change} to {value}"),
    Situation.OVERDUE_ROSE: Text("逾期贷款率上升 {change}，为 {value}", "The overdue ratio rose by {change} to {value}"),
    Situation.OVERDUE_FELL: Text("逾期贷款率下降 {change}，为 {value}", "The overdue ratio fell by {change} to {value}"),
    Situation.CUSTOMERS_GAINED: Text("客户净增 {change} 户，共 {value} 户", "Customers grew by {change} to {value}"),
    Situation.CUSTOMERS_LOST: Text("客户净减 {change} 户，共 {value} 户", "Customers fell by {change} to {value}"),
    Situation.MOVED_ONLINE: Text(
        "电子替代率上升 {change}，为 {value}：业务转向电子渠道",
        "Electronic substitution rose by {change} to {value}: business moves online",
    ),
    Situation.MOVED_TO_COUNTER: Text(
        "电子替代率下降 {change}，为 {value}：业务回到柜面",
        "Electronic substitution fell by {change} to {value}: business returns to the counter",
    ),
    Situation.PROFIT_ROSE: Text("{period}净利润增加 {change}，为 {value}", "Net profit ({period}) rose by {change} to {value}"),
    Situation.PROFIT_FELL: Text("{period}净利润减少 {change}，为 {value}", "Net profit ({period}) fell by {change} to {value}"),
    Situation.CONTRIBUTION_ROSE: Text(
        "{period}客户贡献增加 {change}，为 {value}", "Customers’ contribution ({period}) rose by {change} to {value}"
    ),
    Situation.CONTRIBUTION_FELL: Text(
        "{period}客户贡献减少 {change}，为 {value}", "Customers’ contribution ({period}) fell by {change} to {value}"
    ),
    Situation.MARKET_SHARE_ROSE: Text(
        "存款市场份额上升 {change}，为 {value}", "The share of the deposit market rose by {change} to {value}"
    ),
    Situation.MARKET_SHARE_FELL: Text(
        "存款市场份额下降 {change}，为 {value}", "The share of the deposit market fell by {change} to {value}"
    ),
    Situation.TARGET_BEHIND: Text(
        "{whole} 项年度目标落后时序{outstanding}（实际/目标）：{targets}",
        "Targets of the year behind schedule, {whole}{outstanding} (actual over target): {targets}",
    ),
    Situation.TARGET_AHEAD: Text(
        "{whole} 项年度目标领先时序{outstanding}（实际/目标）：{targets}",
        "Targets of the year ahead of schedule, {whole}{outstanding} (actual over target): {targets}",
    ),
    Situation.TARGET_MET: Text(
        "{count} 项年度目标已完成（实际/目标）：{targets}", "Targets of the year met already, {count} (actual over target): {targets}"
    ),
    Situation.BRANCH_AHEAD: Text(
        "{branch}{metric}变动 {rate}，明显高于下级机构中位数 {peers}",
        "{branch}: {metric} {rate}, far above the median of the organisations below, {peers}",
    ),
    Situation.BRANCH_BEHIND: Text(
        "{branch}{metric}变动 {rate}，明显低于下级机构中位数 {peers}",
        "{branch}: {metric} {rate}, far below the median of the organisations below, {peers}",
    ),
}
"""What each situation says; a number stands in braces."""
REMARKS: dict[Remark, Text] = {
    Remark.HIGHEST: Text("，为近 {}最高", ", the highest in {}"),
    Remark.LOWEST: Text("，为近 {}最低", ", the lowest in {}"),
    Remark.TURNED_UP: Text("，连降三期后回升", ", after three falls in a row"),
    Remark.TURNED_DOWN: Text("，连升三期后回落", ", after three rises in a row"),
    Remark.SPRING_FESTIVAL: Text("（{} 春节放假，两期不尽可比）", " (Spring Festival {}: the two are not quite alike)"),
}
"""What a sentence adds about the course of its figure; the braces hold how far back it is known, or the days of the festival."""

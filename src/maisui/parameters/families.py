"""In which families parameters stand, what their values are counted in, and which families a bank may add codes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ValueKind(StrEnum):
    """What the value of a parameter is counted in; a word is a code, everything else a number."""

    RATE = "rate"
    WEIGHT = "weight"
    DAYS = "days"
    MONTHS = "months"
    COUNT = "count"
    YUAN = "yuan"
    TEN_THOUSAND_YUAN = "ten_thousand_yuan"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Member:
    """A code, or the beginning of codes where it ends in a dot; `is_open` lets a bank add codes, whose meaning names the rest of the code.

    `is_for_whole_history` marks what the batch takes as of its reporting date: a line changes every month of the next version.
    """

    code: str
    kind: ValueKind
    is_open: bool = False
    meaning_zh: str = ""
    meaning_en: str = ""
    is_for_whole_history: bool = False

    def holds(self, code: str) -> bool:
        """Return whether `code` is this member's."""
        return code.startswith(self.code) if self.code.endswith(".") else code == self.code


@dataclass(frozen=True, slots=True)
class Family:
    """Parameters that a reader looks for together."""

    code: str
    name_zh: str
    name_en: str
    members: tuple[Member, ...]


_RATE, _WEIGHT, _DAYS, _WORD = ValueKind.RATE, ValueKind.WEIGHT, ValueKind.DAYS, ValueKind.WORD
_MONTHS, _COUNT, _YUAN, _TEN_THOUSAND = ValueKind.MONTHS, ValueKind.COUNT, ValueKind.YUAN, ValueKind.TEN_THOUSAND_YUAN


def _alert(name: str, kind: ValueKind, zh: str, en: str) -> tuple[Member, Member]:
    """Return a threshold of key focus for the bank, and for one organisation and what lies below it; both count as of the next batch."""
    return (
        Member(f"alert.{name}", kind),
        Member(f"alert.{name}.", kind, True, f"重点关注：机构 {{}} 的{zh}", f"Key focus: {en}, for the organisation {{}}"),
    )


FAMILIES: tuple[Family, ...] = (
    Family(
        "transfer_price",
        "内部资金转移定价（FTP）",
        "Funds transfer pricing (FTP)",
        (
            Member("transfer_curve", _WORD),
            Member("transfer_tenor_days.", _DAYS, True, "产品组 {} 的行为期限（天）", "Behavioural tenor of the product group {} in days"),
            Member("transfer_default_tenor_days.", _DAYS),
            Member("interest_day_basis.", _DAYS, True, "产品组 {} 的计息年天数", "Days of an interest year of the product group {}"),
            Member("demand_deposit_rate", _RATE),
        ),
    ),
    Family(
        "tax",
        "税",
        "Tax",
        (
            Member("vat_rate.", _RATE, True, "产品组 {} 的增值税率", "Value-added tax on the product group {}"),
            Member("surcharge_rate", _RATE),
            Member("income_tax_rate", _RATE),
        ),
    ),
    Family(
        "capital",
        "资本",
        "Capital",
        (
            Member("risk_weight.", _WEIGHT, True, "产品组 {} 的风险权重", "Risk weight of the product group {}"),
            Member("capital_ratio", _RATE),
            Member("capital_cost_rate", _RATE),
        ),
    ),
    Family(
        "risk",
        "风险与准备",
        "Risk and provisions",
        (
            Member("loss_given_default.", _RATE, True, "产品组 {} 的违约损失率", "Loss given default of the product group {}"),
            Member("default_probability.", _RATE),
            Member("provision_rate.", _RATE),
            Member("long_overdue_days", _DAYS),
        ),
    ),
    Family(
        "customers",
        "客户等级与有效户",
        "Customer tiers and standing",
        (
            Member("tier.", _TEN_THOUSAND),
            Member("tier_weight.", _WEIGHT),
            Member("tier_protection_months", _MONTHS),
            Member("quality_tier", _WORD),
            Member("effective_customer_balance", _YUAN),
            Member("dormant_personal_days", _DAYS),
            Member("dormant_personal_balance", _YUAN),
            Member("dormant_corporate_days", _DAYS),
        ),
    ),
    Family(
        "characteristics",
        "客户特征识别",
        "Recognising customers' characteristics",
        (
            Member("characteristic.window_months", _MONTHS, is_for_whole_history=True),
            Member("characteristic.own_account_months", _MONTHS, is_for_whole_history=True),
            Member("characteristic.own_account_transfers", _COUNT, is_for_whole_history=True),
            Member("characteristic.regular_months", _MONTHS, is_for_whole_history=True),
            Member("characteristic.pension_age", _COUNT, is_for_whole_history=True),
            Member("characteristic.subsidy_payer_customers", _COUNT, is_for_whole_history=True),
            Member("characteristic.takings_count", _COUNT, is_for_whole_history=True),
            Member("characteristic.takings_months", _MONTHS, is_for_whole_history=True),
            Member("characteristic.rent_months", _MONTHS, is_for_whole_history=True),
            Member("characteristic.rent_spread_share", _RATE, is_for_whole_history=True),
            Member("characteristic.school_payments", _MONTHS, is_for_whole_history=True),
            Member("characteristic.habit_count", _COUNT, is_for_whole_history=True),
            Member("characteristic.cash_share", _RATE, is_for_whole_history=True),
            Member("characteristic.night_share", _RATE, is_for_whole_history=True),
            Member("characteristic.migrant_months", _MONTHS, is_for_whole_history=True),
            Member("characteristic.migrant_inflow_share", _RATE, is_for_whole_history=True),
            Member("characteristic.harvest_inflow_share", _RATE, is_for_whole_history=True),
            Member("school_name_word.", _WORD, is_for_whole_history=True),
            Member("migrant_occupation_word", _WORD, is_for_whole_history=True),
            Member("spring_festival", _COUNT, is_for_whole_history=True),
        ),
    ),
    Family(
        "labels",
        "客户标签",
        "Customer labels",
        (
            Member("label_new_months", _MONTHS),
            Member("label_dormant_days", _DAYS),
            Member("label_dormant_balance", _YUAN),
            Member("label_judged_balance", _YUAN),
            Member("label_decline_share", _WEIGHT),
            Member("label_growth_share", _WEIGHT),
            Member("label_leaving_share", _WEIGHT),
            Member("label_low_deposit_share", _WEIGHT),
            Member("label_important_contribution", _YUAN),
            Member("label_released_share", _WEIGHT),
            Member("label_potential_loan", _YUAN),
            Member("label_potential_elsewhere", _YUAN),
            Member("label_potential_rise", _YUAN),
            Member("label_potential_payroll", _YUAN),
            Member("label_potential_turnover", _YUAN),
            Member("label_attention_guarantee", _YUAN),
            Member("label_attention_fall", _YUAN),
            Member("label_attention_maturity", _YUAN),
            Member("label_big_farmer_loan", _YUAN),
            Member("label_big_farmer_turnover", _YUAN),
        ),
    ),
    Family(
        "customer_value",
        "客户价值预测",
        "Customer value",
        (
            Member("customer_value.discount_rate", _RATE),
            Member("customer_value.horizon_months", _MONTHS),
        ),
    ),
    Family(
        "next_product",
        "下一步适合的产品",
        "Next best product",
        (
            Member("next_product.offered.", _WORD, True, "下一步产品：产品组 {} 可推荐给谁", "Next product: to whom {} may be offered"),
            Member("next_product.youngest.", _COUNT, True, "下一步产品：产品组 {} 的最低年龄", "Next product: youngest age for {}"),
            Member("next_product.oldest.", _COUNT, True, "下一步产品：产品组 {} 的最高年龄", "Next product: oldest age for {}"),
            Member("next_product.risk.", _COUNT, True, "下一步产品：产品组 {} 的风险等级", "Next product: risk of {} from 1 to 5"),
            Member("next_product.assumed_risk", _COUNT),
        ),
    ),
    Family(
        "thresholds",
        "口径与限额",
        "Thresholds and limits",
        (
            Member("small_ticket_limit", _TEN_THOUSAND),
            Member("small_transaction_limit", _YUAN),
            Member("quick_pay_daily_limit", _COUNT),
            Member("unexplained_profit_limit", _RATE),
            Member("fewest_customers_shown", _COUNT),
            Member("history_days", _DAYS, is_for_whole_history=True),
        ),
    ),
    Family(
        "ratio_limits",
        "比率限值",
        "Limits of ratios",
        (
            Member("ratio_floor.", _WEIGHT, True, "指标 {} 的下限", "What the metric {} must not fall below"),
            Member("ratio_ceiling.", _WEIGHT, True, "指标 {} 的上限", "What the metric {} must not exceed"),
            Member("ratio_near_share", _RATE),
        ),
    ),
    Family(
        "response",
        "需求与投诉",
        "Needs and complaints",
        (Member("response.complaint_days", _DAYS), Member("response.need_days", _DAYS), Member("response.opportunity_days", _DAYS)),
    ),
    Family(
        "products",
        "产品分析",
        "Product analysis",
        (
            Member("product_growth_rate", _RATE),
            Member("product_decline_rate", _RATE),
            Member("product_fewest_holders", _COUNT),
            Member("product_significance", _WEIGHT),
            Member(
                "product_band.term.", _MONTHS, True, "产品结构：期限分段下限 {}（月，含）", "Lower limit {} of the bands of term, months"
            ),
            Member("product_band.rate.", _RATE, True, "产品结构：利率分段下限 {}（含）", "Lower limit {} of the bands of rate"),
            Member(
                "product_band.amount.",
                _TEN_THOUSAND,
                True,
                "产品结构：金额分段下限 {}（万元，含）",
                "Lower limit {} of the bands of amount",
            ),
            Member("product_band.maturity.", _DAYS, True, "产品结构：剩余期限分段下限 {}（天，含）", "Lower limit {} of days to maturity"),
            Member("product_band.age.", _COUNT, True, "产品画像：年龄分段下限 {}（岁，含）", "Lower limit {} of the bands of age, years"),
            Member("product_exit_loss_months", _COUNT),
            Member("product_exit_active_share", _RATE),
            Member("product_upgrade_share", _RATE),
            Member("product_outflow_share", _RATE),
            Member("product_fewest_changes", _COUNT),
            Member("product_smallest_change", _RATE),
            Member(
                "product_rate_response.",
                _WEIGHT,
                True,
                "假设分析：产品组 {} 的利率每升高一个百分点余额变动的比例",
                "What-if: change of the balance of {} as a share, for a rate higher by one percentage point",
            ),
            Member(
                "product_fee_response.",
                _WEIGHT,
                True,
                "假设分析：产品组 {} 的收费每提高一成笔数变动的比例",
                "What-if: change of the use of {} as a share, for fees higher by a tenth",
            ),
            Member("loan_target_return", _RATE),
        ),
    ),
    Family(
        "performance",
        "绩效",
        "Performance",
        (
            Member("performance_smallest_base", _COUNT),
            Member("performance_fewest_peers", _COUNT),
            Member("performance_shrinkage_weight", _COUNT),
            Member("performance_objection_days", _DAYS),
            Member(
                "manual_workload_rate.",
                _WEIGHT,
                True,
                "手工登记工作量：{} 每单位折合多少标准笔",
                "Manual work: standard transactions that one unit of {} counts for",
            ),
            Member("scheme_weight.", _WEIGHT, True, "客户经理考核方案：指标 {} 的权重", "Scheme of managers: weight of the metric {}"),
            Member("scheme_cap", _WEIGHT),
            Member("scheme_floor", _WEIGHT),
            Member("scheme_point_price", _YUAN),
        ),
    ),
    Family(
        "ability",
        "能力评分",
        "Scores of ability",
        (
            Member("ability_weight.", _WEIGHT),
            Member("ability_trust.", _COUNT),
            Member("ability_smallest_base", _COUNT),
            Member(
                "workload_factor.",
                _WEIGHT,
                True,
                "能力评分：机构 {} 的折算业务量系数",
                "Scores of ability: factor of workload in the organisation {}",
            ),
            Member(
                "post_factor.", _WEIGHT, True, "能力评分：岗位 {} 的折算业务量系数", "Scores of ability: factor of workload in the post {}"
            ),
        ),
    ),
    Family(
        "branch",
        "网点画像",
        "Branches",
        (
            Member(
                "branch_similarity.",
                _WEIGHT,
                True,
                "网点画像：找相似网点时指标 {} 的权重",
                "Branches: weight of {} when alike ones are found",
            ),
            Member("branch_output.", _WEIGHT, True, "网点画像：效率中产出 {} 的权重", "Branches: weight of the output {} in efficiency"),
            Member("branch_peer_count", _COUNT),
            Member("branch_agriculture_share", _RATE),
            Member("branch_wage_share", _RATE),
            Member("branch_long_wait_minutes", _COUNT),
            Member("branch_short_wait_minutes", _COUNT),
            Member("branch_load_margin", _RATE),
        ),
    ),
    Family(
        "circles",
        "家庭、村组与建议圈层",
        "Households, villages and suggested circles",
        (
            Member("circle.weight.", _WEIGHT),
            Member("circle.fewest_payments", _COUNT),
            Member("circle.fewest_members", _COUNT),
            Member("circle.visit_days", _DAYS),
        ),
    ),
    Family(
        "cash",
        "现金备付",
        "Cash to hold",
        (
            Member("cash.cycle_days", _DAYS),
            Member("cash.hold_share", _RATE),
            Member("cash.idle_rate", _RATE),
            Member("cash.shortage_rate", _RATE),
        ),
    ),
    Family(
        "follow",
        "客户关注",
        "Followed customers",
        (Member("follow.asset_movement", _TEN_THOUSAND),),
    ),
    Family(
        "credit_warning",
        "信贷风险预警",
        "Credit early warning",
        (
            Member("credit_warning.performing_overdue_days", _DAYS),
            Member("credit_warning.default_overdue_days", _DAYS),
            Member("credit_warning.due_days", _DAYS),
            Member("credit_warning.cushion_share", _WEIGHT),
            Member("credit_warning.inflow_share", _WEIGHT),
            Member("credit_warning.inflow_to_loan", _WEIGHT),
            Member("credit_warning.arrears_months", _COUNT),
            Member("credit_warning.dressing_ratio", _WEIGHT),
            Member("credit_warning.idle_days", _DAYS),
        ),
    ),
    Family(
        "model",
        "模型",
        "Models",
        (
            Member("model.approval_months", _MONTHS),
            Member("model.red_months", _MONTHS),
            Member("model.shadow_months", _MONTHS),
        ),
    ),
    Family("narrative", "经营要点", "What is worth saying", (Member("narrative_noise_factor", _WEIGHT),)),
    Family(
        "channels",
        "渠道",
        "Channels",
        (
            Member("electronic_channel.", _WORD, True, "电子渠道：{}", "Electronic channel: {}"),
            Member("own_electronic_channel.", _WORD),
            Member("counter_leave_weight.", _WEIGHT),
            Member("union_bank_code_prefix", _WORD),
            Member(
                "union_bank_code_prefix.",
                _WORD,
                True,
                "本省联社内行社的支付行号开头：{}",
                "How payment codes of the same union's banks begin: {}",
            ),
            Member("rural_bank_code_prefix", _WORD),
            Member("rural_bank_code_prefix.", _WORD),
            Member("terminal_month_cost.", _YUAN, True, "终端每台每月固定成本（元）：{}", "Fixed cost of a terminal and month in yuan: {}"),
            Member("terminal_band.", _COUNT),
            Member("merchant_silent_days", _DAYS),
            Member("counter_staffing.standard_minutes", _WEIGHT),
            Member("counter_staffing.busy_share", _RATE),
            Member("counter_staffing.idle_share", _RATE),
            Member("counter_staffing.least_tellers", _COUNT),
        ),
    ),
    Family(
        "alerts",
        "重点关注",
        "Key focus",
        (
            *_alert("window_days", _DAYS, "变动类事项保留天数", "days that cases of movements stay"),
            *_alert("near_days", _DAYS, "近档天数", "near step in days"),
            *_alert("soon_days", _DAYS, "中档天数", "middle step in days"),
            *_alert("ahead_days", _DAYS, "远档天数", "far step in days"),
            *_alert("large_personal_movement", _TEN_THOUSAND, "个人大额变动", "large movement of a person"),
            *_alert("large_corporate_movement", _TEN_THOUSAND, "对公大额变动", "large movement of a firm"),
            *_alert("maturing_deposit", _TEN_THOUSAND, "到期定期存款最低余额", "smallest maturing deposit"),
            *_alert("maturing_loan", _TEN_THOUSAND, "到期贷款最低余额", "smallest maturing loan"),
            *_alert("nearly_bad_days", _DAYS, "临近不良逾期天数", "days in arrears close to non-performing"),
            *_alert("interest_arrears", _TEN_THOUSAND, "欠息最低金额", "smallest interest in arrears"),
            *_alert("top_customer_count", _COUNT, "大户名次", "number of top customers"),
            *_alert("top_customer_change", _RATE, "大户变动比率", "change of a top customer"),
            *_alert("dormant_days", _DAYS, "沉睡天数", "days of silence"),
            *_alert("dormant_movement", _TEN_THOUSAND, "沉睡账户转活跃金额", "movement that wakes an account"),
            *_alert("closed_outlet_days", _DAYS, "撤并后关注天数", "days watched after closing"),
            *_alert("closed_outlet_fall", _RATE, "撤并后存款下降比率", "fall after closing"),
            *_alert("closed_outlet_amount", _TEN_THOUSAND, "撤并后存款下降金额", "smallest fall after closing"),
            *_alert("circle_exposure", _TEN_THOUSAND, "担保圈贷款合计", "loans within a circle"),
            *_alert("staff_turnover", _TEN_THOUSAND, "员工账户当月流水", "turnover of an employee"),
            *_alert("staff_count", _COUNT, "员工账户当月笔数", "movements of an employee"),
            *_alert("deposit_deviation", _RATE, "月末存款偏离比率", "deviation at a month end"),
            *_alert("series_deviation", _WEIGHT, "业务量偏离倍数", "deviation of a series"),
            *_alert("series_floor", _COUNT, "业务量判断的最低日笔数", "smallest series judged"),
            *_alert("unusual_months", _MONTHS, "判断客户异动所需的自身历史月数", "months of his own past before a customer is judged"),
            *_alert("unusual_multiple", _WEIGHT, "客户偏离自身惯常的倍数", "multiples of a customer's own spread"),
            *_alert("unusual_amount", _TEN_THOUSAND, "客户异动超出惯常范围的最低金额", "smallest amount beyond a customer's usual range"),
            *_alert("unusual_budget", _COUNT, "每月列出的客户异动户数", "unusual customers told a month"),
            *_alert("daily_budget", _COUNT, "每人每日处理额度", "cases a person and day"),
            *_alert("high_due_days", _DAYS, "高级事项处理期限", "days to settle a case of high severity"),
            *_alert("medium_due_days", _DAYS, "中级事项处理期限", "days to settle a case of medium severity"),
            *_alert("low_due_days", _DAYS, "低级事项处理期限", "days to settle a case of low severity"),
        ),
    ),
    Family(
        "ledger_lines",
        "总账科目归属",
        "Ledger lines",
        (
            Member(
                "ledger_line.", _WORD, True, "科目 {} 归入的报表行", "Statement line of the ledger subject {}", is_for_whole_history=True
            ),
            Member(
                "union_elimination.",
                _WORD,
                True,
                "省联社合并时按规则 {} 抵销的系统内头寸科目（含下级）",
                "Ledger subject, with all below it, that a union's consolidation takes out by the rule {}",
            ),
            Member("own_line.", _WORD, True, "自定义报表行 {} 的公式", "Formula of the bank's own ledger line {}"),
            Member(
                "own_line_name.",
                _WORD,
                True,
                "自定义报表行 {} 的名称（中文|英文）",
                "Names of the bank's own ledger line {} (Chinese|English)",
            ),
            Member("interest_of.", _WORD, True, "利息科目 {} 对应的存贷等科目", "The subject whose balance the interest subject {} is of"),
        ),
    ),
)
"""Every family in the order in which readers see it; each code of the product stands in exactly one."""


def member_of(code: str) -> tuple[Family, Member] | None:
    """Return the family of `code` and its place there; None where no family takes it."""
    return next(((family, member) for family in FAMILIES for member in family.members if member.holds(code)), None)

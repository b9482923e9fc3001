"""Who is worth much already, and who could be: important contribution, quality, potential quality."""

from maisui.labels.label import Label, LabelFamily, Reason, one_label, share_of

_CONTRIBUTES = "f.year_contribution_amount >= l.label_important_contribution"
_RELEASED = "-f.year_expected_loss_amount"
_IS_RELEASED = f"{_RELEASED} > 0 AND {_RELEASED} >= {share_of('f.year_contribution_amount', 'l.label_released_share')}"
"""Whether much of the year's contribution came from expected loss that was released, as when an overdue loan is paid again."""

WORTH = LabelFamily(
    code="worth",
    name_zh="价值",
    name_en="Worth",
    labels=(
        Label(
            "important_contribution", "重要贡献", "Important contribution",
            "近十二个月贡献不低于规定金额", "contribution of twelve months at or above the set amount",
            (
                Reason("year_contribution", "年贡献", "Contribution of the year", "近十二个月贡献 {amount}，金融资产日均 {base}", "contributed {amount} in twelve months on average assets of {base}"),
                Reason("released_loss", "含预期损失转回", "Expected loss released", "近十二个月贡献 {amount}，其中 {base}（税前）是转回以前计提的预期损失，不是当年业务收入", "contributed {amount} in twelve months, of which {base} before tax is expected loss charged earlier and now released, not business of the year"),
            ),
        ),
        Label(
            "quality", "优质客户", "Quality customer",
            "等级不低于参数规定的等级", "of the parameter's tier or above",
            (
                Reason("tier_reached", "等级达标", "Tier reached", "金融资产日均 {amount}，等级达标", "average assets of {amount}, tier reached"),
                Reason("tier_set_by_hand", "等级人工核定", "Tier set by hand", "等级由人工核定，在有效期内；金融资产日均 {amount}", "tier set by hand until a day; average assets of {amount}"),
            ),
        ),
        Label(
            "potential_quality", "潜在优质", "Potential quality",
            "尚非优质客户，但至少有一项迹象表明其资金实力或往来远超在本行的存款",
            "not of quality yet, but at least one sign that the customer has or moves far more money than he keeps here",
            (
                Reason("loans_without_deposits", "有贷少存", "Borrows, keeps little", "贷款 {amount}，本行存款日均仅 {base}", "borrows {amount} and keeps only {base} on deposit"),
                Reason("money_elsewhere", "资金在他行", "Money kept elsewhere", "近三个月净转往本人他行账户 {amount}，本行金融资产日均 {base}", "moved {amount} net to his own accounts elsewhere in three months, average assets here {base}"),
                Reason("rising_balance", "资产上升", "Rising balance", "金融资产日均由 {base} 升高 {amount}", "average assets rose by {amount} from {base}"),
                Reason("good_payroll", "代发较高", "Good payroll", "近三个月代发入账 {amount}，金融资产日均 {base}", "received {amount} of payroll in three months, average assets {base}"),
                Reason("turnover_without_balance", "流水大存款少", "High turnover, low balance", "近三个月流入 {amount}，金融资产日均仅 {base}", "{amount} came in during three months, average assets only {base}"),
            ),
        ),
    ),
    select=f"""{one_label("important_contribution", "year_contribution", f"{_CONTRIBUTES} AND NOT ({_IS_RELEASED})", amount="f.year_contribution_amount", base="f.asset_average_balance")}
  UNION ALL
  {one_label("important_contribution", "released_loss", f"{_CONTRIBUTES} AND {_IS_RELEASED}", amount="f.year_contribution_amount", base=_RELEASED)}
  UNION ALL
  {one_label("quality", "tier_reached", "f.is_quality AND NOT f.is_tier_by_hand", amount="f.asset_average_balance")}
  UNION ALL
  {one_label("quality", "tier_set_by_hand", "f.is_quality AND f.is_tier_by_hand", amount="f.asset_average_balance")}
  UNION ALL
  {one_label("potential_quality", "loans_without_deposits", f"f.is_holder AND NOT f.is_quality AND f.bad_loan_balance <= 0 AND f.loan_balance >= l.label_potential_loan AND f.deposit_average_balance <= {share_of('f.loan_balance', 'l.label_low_deposit_share')}", amount="f.loan_balance", base="f.deposit_average_balance")}
  UNION ALL
  {one_label("potential_quality", "money_elsewhere", "f.is_holder AND NOT f.is_quality AND f.own_elsewhere_amount >= l.label_potential_elsewhere", amount="f.own_elsewhere_amount", base="f.asset_average_balance")}
  UNION ALL
  {one_label("potential_quality", "rising_balance", f"f.is_holder AND NOT f.is_quality AND f.recent_asset_balance - f.earlier_asset_balance >= l.label_potential_rise AND f.recent_asset_balance >= {share_of('f.earlier_asset_balance', 'l.label_growth_share')}", amount="f.recent_asset_balance - f.earlier_asset_balance", base="f.earlier_asset_balance")}
  UNION ALL
  {one_label("potential_quality", "good_payroll", "f.is_holder AND NOT f.is_quality AND f.payroll_amount >= l.label_potential_payroll", amount="f.payroll_amount", base="f.asset_average_balance")}
  UNION ALL
  {one_label("potential_quality", "turnover_without_balance", f"f.is_holder AND NOT f.is_quality AND f.inflow_amount >= l.label_potential_turnover AND f.asset_average_balance <= {share_of('f.inflow_amount', 'l.label_low_deposit_share')}", amount="f.inflow_amount", base="f.asset_average_balance")}""",
)  # fmt: skip

"""Who needs somebody's attention now, and who is leaving without saying so."""

from maisui.labels.label import Label, LabelFamily, Reason, one_label, share_of

CARE = LabelFamily(
    code="care",
    name_zh="关注",
    name_en="Attention",
    labels=(
        Label(
            "attention", "特别关注", "Special attention",
            "至少有一项需要有人处理：拖欠、分类下迁、担保圈、资产大幅下降、投诉、大额到期",
            "at least one thing somebody must see to: arrears, class fallen, guarantee circle, assets falling, complaint, large maturity",
            (
                Reason("overdue", "贷款拖欠", "In arrears", "拖欠 {count} 天，涉及贷款 {amount}", "{count} days in arrears on loans of {amount}"),
                Reason("class_fallen", "分类下迁", "Class fallen", "五级分类比上月末下迁，贷款 {amount}", "loan class fell since the month end before, loans of {amount}"),
                Reason("guarantee_circle", "担保圈敞口", "Guarantee circle", "在担保链、担保圈中为他人担保 {amount}", "guarantees {amount} for others in a chain or circle"),
                Reason("assets_falling", "资产大幅下降", "Assets falling", "金融资产日均由 {base} 减少 {amount}", "average assets fell by {amount} from {base}"),
                Reason("complaint", "近期投诉", "Complaint", "近三个月投诉 {count} 件，金融资产日均 {amount}", "{count} complaints in three months, average assets of {amount}"),
                Reason("large_maturity", "大额到期", "Large maturity", "30 天内 {amount} 定期到期，未约定转存", "{amount} of term deposits due within 30 days that do not renew by themselves"),
            ),
        ),
        Label(
            "silently_leaving", "静默流失", "Silently leaving",
            "账户未销，但资产已基本转出，或只剩零头且长期没有主动交易",
            "the account stays open, but the assets have left, or only small change is left and nothing moves",
            (
                Reason("assets_left", "资产转出", "Assets left", "金融资产日均由 {base} 转出 {amount}", "{amount} of average assets of {base} have left"),
                Reason("idle_remainder", "零头不动", "Idle remainder", "{count} 天没有主动交易，仅剩 {amount}", "no own transaction for {count} days, {amount} left"),
            ),
        ),
    ),
    select=f"""{one_label("attention", "overdue", "f.overdue_balance > 0", amount="f.overdue_balance", count="f.overdue_day_count")}
  UNION ALL
  {one_label("attention", "class_fallen", "f.previous_loan_class_rank > 0 AND f.loan_class_rank > f.previous_loan_class_rank", amount="f.loan_balance")}
  UNION ALL
  {one_label("attention", "guarantee_circle", "f.guaranteed_amount >= l.label_attention_guarantee", amount="f.guaranteed_amount")}
  UNION ALL
  {one_label("attention", "assets_falling", f"f.is_holder AND f.earlier_asset_balance >= l.label_attention_fall AND f.recent_asset_balance <= {share_of('f.earlier_asset_balance', 'l.label_decline_share')}", amount="f.earlier_asset_balance - f.recent_asset_balance", base="f.earlier_asset_balance")}
  UNION ALL
  {one_label("attention", "complaint", "f.complaint_count > 0", amount="f.asset_average_balance", count="f.complaint_count")}
  UNION ALL
  {one_label("attention", "large_maturity", "f.maturing_deposit_amount >= l.label_attention_maturity", amount="f.maturing_deposit_amount")}
  UNION ALL
  {one_label("silently_leaving", "assets_left", f"f.is_holder AND f.earlier_asset_balance >= l.label_judged_balance AND f.recent_asset_balance <= {share_of('f.earlier_asset_balance', 'l.label_leaving_share')}", amount="f.earlier_asset_balance - f.recent_asset_balance", base="f.earlier_asset_balance")}
  UNION ALL
  {one_label("silently_leaving", "idle_remainder", "l.has_moved AND f.is_holder AND f.loan_balance <= 0 AND f.held_month_count >= l.label_new_months AND f.idle_day_count >= l.label_dormant_days AND f.asset_average_balance < l.label_dormant_balance", amount="f.asset_average_balance", count="f.idle_day_count")}""",
)  # fmt: skip

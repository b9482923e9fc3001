"""Where a customer stands in his life with the bank: exactly one stage for everybody who is known."""

from maisui.labels.label import FROM, KEYS, Label, LabelFamily, Reason, share_of

_STAGE = f"""CASE
      WHEN f.first_held_on IS NULL THEN 'prospect'
      WHEN NOT f.is_holder THEN 'lost'
      WHEN f.held_month_count < l.label_new_months THEN 'new'
      WHEN l.has_moved AND f.idle_day_count >= l.label_dormant_days AND f.asset_average_balance < l.label_dormant_balance AND f.loan_balance <= 0
        THEN 'dormant'
      WHEN f.earlier_asset_balance >= l.label_judged_balance
        AND f.recent_asset_balance <= {share_of("f.earlier_asset_balance", "l.label_decline_share")} THEN 'declining'
      WHEN f.recent_asset_balance >= l.label_judged_balance
        AND f.recent_asset_balance >= {share_of("f.earlier_asset_balance", "l.label_growth_share")} THEN 'growing'
      ELSE 'mature'
    END"""


def _stage(code: str, name_zh: str, name_en: str, rule_zh: str, rule_en: str, sentence_zh: str, sentence_en: str) -> Label:
    """Return a stage; its one reason bears its name."""
    return Label(code, name_zh, name_en, rule_zh, rule_en, (Reason(code, name_zh, name_en, sentence_zh, sentence_en),))


LIFE_STAGE = LabelFamily(
    code="life_stage",
    name_zh="生命周期",
    name_en="Life stage",
    is_exclusive=True,
    is_exhaustive=True,
    labels=(
        _stage("prospect", "潜在", "Prospect", "已建档，从未开户", "known, but never held an account", "已建档，尚未开户", "known, no account yet"),
        _stage(
            "new", "新户", "New", "首次开户不足规定月数", "first account opened less than the set months ago",
            "开户 {count} 个月", "first account {count} months ago",
        ),
        _stage(
            "growing", "成长", "Growing", "近三个月金融资产日均比再前三个月增长达到规定比例",
            "average assets of three months grew by the set share over the three before",
            "金融资产日均由 {base} 升至 {amount}", "average assets rose from {base} to {amount}",
        ),
        _stage(
            "mature", "成熟", "Mature", "有未销账户，且不属于其他阶段", "holds an account and is in none of the other stages",
            "金融资产日均 {amount}，较为稳定", "average assets of {amount}, stable",
        ),
        _stage(
            "declining", "衰退", "Declining", "近三个月金融资产日均降至再前三个月的规定比例以下",
            "average assets of three months fell to the set share of the three before, or below",
            "金融资产日均由 {base} 降至 {amount}", "average assets fell from {base} to {amount}",
        ),
        _stage(
            "dormant", "沉睡", "Dormant", "无贷款、资产低于规定金额，且超过规定天数没有主动交易",
            "no loan, assets below the set amount and no own transaction for the set days",
            "{count} 天没有主动交易，金融资产日均仅 {amount}", "no own transaction for {count} days, average assets of only {amount}",
        ),
        _stage("lost", "流失", "Lost", "曾有账户，现已全部销户", "held accounts, all of them closed now", "账户已全部销户", "all accounts closed"),
    ),
    select=f"""SELECT
    {KEYS}, {_STAGE} AS label_code, {_STAGE} AS reason_code,
    CAST(f.recent_asset_balance AS DECIMAL(38,2)) AS reason_amount, CAST(f.earlier_asset_balance AS DECIMAL(38,2)) AS base_amount,
    CAST(CASE WHEN f.held_month_count < l.label_new_months THEN f.held_month_count ELSE f.idle_day_count END AS BIGINT) AS day_count
  {FROM}""",
)  # fmt: skip

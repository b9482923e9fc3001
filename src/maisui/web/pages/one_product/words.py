"""How what stands on the page of one product is called."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maisui.answers.product_facts import Band
from maisui.web.components.figures import digits
from maisui.web.text import Text, known_word

STAGE_NAMES: dict[str, Text] = {
    "first_used": Text("首次使用", "First used"),
    "peaked": Text("过了余额高点", "Past its highest balance"),
    "dormant": Text("转为睡眠", "Fallen dormant"),
    "closed": Text("已销户", "Closed"),
}
SECTION_NAMES: dict[str, Text] = {
    "term": Text("期限结构", "By term"),
    "rate": Text("利率结构", "By rate"),
    "amount": Text("金额结构", "By amount"),
    "maturity": Text("到期梯形", "Ladder of maturities"),
}
_SECTION_UNITS: dict[str, Text] = {
    "term": Text("个月", " months"),
    "rate": Text("%", "%"),
    "amount": Text("万元", " × 10,000 CNY"),
    "maturity": Text("天", " days"),
}
TRAIT_NAMES: dict[str, Text] = {
    "tier": Text("等级", "Tier"),
    "age": Text("年龄", "Age"),
    "sex": Text("性别", "Sex"),
    "farmer": Text("农户", "Farmer"),
    "groups": Text("持有产品组数", "Product groups held"),
}
_YES_NO: dict[str, Text] = {
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "male": Text("男", "male"),
    "female": Text("女", "female"),
    "unknown": Text("未知", "unknown"),
}
ARREARS_NAMES: dict[str, Text] = {
    "none": Text("未逾期", "Not overdue"),
    "to_90d": Text("逾期 90 天以内", "Up to 90 days"),
    "over_90d": Text("逾期 90 天以上", "More than 90 days"),
}
"""Arrears as the mart cuts them at the parameter `long_overdue_days`."""
NO_SUCH: dict[str, Text] = {
    "accounts": Text(
        "该产品不以存贷款账户持有，没有这项分析；客户与销售页可看。",
        "This product is not held in deposit or loan accounts, so there is nothing of the kind; see customers and sellers.",
    ),
    "loans": Text("五级分类、逾期与迁徙只有贷款有。", "Classes, arrears and migration exist for loans only."),
    "contribution": Text(
        "这一期该产品没有贡献数据：需要转移价格（transfer_price）补录，且产品在存贷款账户上，或手续费明细（fee）写明该产品。",
        "No contribution of this product in this period: it needs the supplement transfer_price, and accounts of deposits or loans or fees "
        "that name it.",
    ),
    "groups": Text("客户画像按产品组统计，请选下面的一个产品组。", "Portraits are counted by product group: choose one below."),
}


def month_word(day: date) -> str:
    """Return a month as it is written in tables."""
    return f"{day:%Y-%m}"


def quarter_word(day: date) -> str:
    """Return a quarter as it is written in tables."""
    return f"{day.year} Q{(day.month - 1) // 3 + 1}"


def band_word(band: Band) -> Text:
    """Return the limits of a band in words."""
    unit = _SECTION_UNITS[band.section]
    if band.number < 0:
        return {"rate": Text("未报送利率", "No rate delivered")}.get(band.section, Text("无期限", "Without a term"))
    if band.section == "maturity" and band.number == 0:
        return Text("已到期", "Past due")
    low, high = (_limit(band.section, limit) for limit in (band.lower, band.upper))
    if low is None:
        return Text(f"{high}{unit.zh}以下", f"below {high}{unit.en}")
    if high is None:
        return Text(f"{low}{unit.zh}及以上", f"{low}{unit.en} and more")
    return Text(f"{low}（含）–{high}{unit.zh}", f"{low} to below {high}{unit.en}")


def _limit(section: str, limit: Decimal | None) -> str | None:
    if limit is None:
        return None
    shown = limit * 100 if section == "rate" else limit
    return digits(shown, 2 if section == "rate" else 0)


def trait_word(trait: str, code: str, ages: list[int]) -> Text | None:
    """Return the value of a trait in words; None where it is a code that others name."""
    if code in _YES_NO:
        return _YES_NO[code]
    if trait == "age":
        low = int(code)
        above = min((age for age in ages if age > low), default=None)
        if above is None:
            return Text(f"{low} 岁及以上", f"{low} and older")
        return Text(f"{low}–{above - 1} 岁", f"{low} to {above - 1}")
    if trait == "groups":
        return Text("5 组及以上", "5 and more") if code == "5" else Text(f"{code} 组", code)
    if trait == "sex":
        return known_word(_YES_NO, code)
    return None

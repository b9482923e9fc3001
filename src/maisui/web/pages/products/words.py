"""How products, levels and stages are called."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse

from maisui.answers.product_months import LEVELS, Path
from maisui.answers.product_stage import Stage
from maisui.web.pages.overview.state import State
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text

LEVEL_NAMES: dict[str, Text] = {
    "line": Text("产品线", "Lines"),
    "group": Text("产品组", "Groups"),
    "product": Text("产品", "Products"),
}
STAGE_NAMES: dict[Stage, Text] = {
    Stage.INTRODUCTION: Text("导入期", "Introduction"),
    Stage.GROWTH: Text("成长期", "Growth"),
    Stage.MATURITY: Text("成熟期", "Maturity"),
    Stage.DECLINE: Text("衰退期", "Decline"),
}
NO_PRODUCT = "none"
_KEPT = frozenset({"org", "date", "period", "compare", "view", "tab"})
"""What the page of one product takes over from the address that leads to it."""


def product_name(path: Path, names: Mapping[str, str]) -> Text | str:
    """Return what a line, group or product is called; what belongs to no account says so."""
    code = path[-1]
    if len(path) == 3:  # noqa: PLR2004 - line, group, product
        if code == NO_PRODUCT:
            return Text("不属于账户的收费", "Fees of no account")
        return names.get(code, code)
    return value_word(code)


def address_of(path: Path, state: State) -> str:
    """Return the address of the page of a product in the organisation, day, period and view of a state.

    Empty for a code that no address can hold, and for what belongs to no product.
    """
    code = path[-1]
    if "/" in code or code in {"", ".", "..", "unmapped"}:
        return ""
    kept = {name: value for name, value in parse_qsl(state.query()) if name in _KEPT}
    return f"{reverse('products_one', args=[code])}?{urlencode(kept | {'level': LEVELS[len(path) - 1]}, safe=',')}"


STAGE_RULE = Text(
    "导入期：十二个月前无人持有；成长期：活跃客户或余额十二个月增幅 ≥ {growth}，且均未下降 ≥ {decline}；"
    "衰退期：有一项下降 ≥ {decline}，且均未增长 ≥ {growth}；其余为成熟期。持有客户不足 {fewest} 户不判断。阈值为有生效日的参数。",
    "Introduction: nobody held it twelve months before. Growth: active holders or balance up by {growth} or more and neither down by "
    "{decline}. Decline: one down by {decline} or more and neither up by {growth}. Else maturity. Below {fewest} holders nothing is said. "
    "Thresholds are dated parameters.",
)
"""The rule of stages, to be filled with the thresholds in force."""

"""What the rules of signals cannot say on a short history: how many months there are, how many a rule wants, and from when it holds."""

from __future__ import annotations

from datetime import date

from maisui.answers import Comparison, Timing
from maisui.answers.periods import base_day
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.figures import YEAR_MONTHS, first_day_of, months_before
from maisui.web.text import Text


def too_short_for_a_year(gateway: Gateway, day: date) -> Text | None:
    """Return what a rule over twelve months lacks on `day`; None where it has them."""
    months = len(months_before(day, gateway.month_ends(), YEAR_MONTHS))
    if months == YEAR_MONTHS:
        return None
    ahead = day.month - 1 + YEAR_MONTHS - months
    since = f"{day.year + ahead // 12}-{ahead % 12 + 1:02}"
    return Text(
        f"历史只有 {months} 个月，规则要看十二个月，{since} 起才能判断；在此之前不列出任何产品组，不等于没有该退出的",
        f"history is {months} months only and the rule looks at twelve: it can be judged from {since} on; until then nothing is listed, "
        "which does not say that nothing should go",
    )


def too_short_for_growth(gateway: Gateway, day: date) -> Text | None:
    """Return what a rule on the growth of twelve months lacks on `day`; None where there is a year before."""
    first = first_day_of(gateway)
    if base_day(day, Comparison.SAME_DATE_LAST_YEAR, Timing.POINT) >= first:
        return None
    since = f"{first.year + 1}-{first.month:02}"
    return Text(
        f"历史自 {first} 起，没有十二个月前的余额，{since} 起才能判断成长",
        f"history begins on {first} and has no balance of twelve months ago: growth can be judged from {since} on",
    )

"""The interest margin as the page shows it: its rates against the compared period, and group by group why interest changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers import Margin, MarginRow, Unit
from maisui.answers.figure import moved
from maisui.web.components.figures import Scale
from maisui.web.gateway import Gateway
from maisui.web.pages.ledger.state import State
from maisui.web.pages.ledger.statements import base_days
from maisui.web.pages.ledger.subjects import scale_of_table
from maisui.web.pages.overview.drawings import Sparkline, sparkline
from maisui.web.pages.overview.figures import SPARK_MONTHS, months_before
from maisui.web.pages.overview.state import COMPARISON_NAMES
from maisui.web.text import Text

GROUPS: dict[str, Text] = {
    "loans": Text("贷款与垫款", "Loans and advances"),
    "discounts": Text("贴现", "Discounted bills"),
    "investments": Text("投资", "Investments"),
    "placements": Text("存放央行与同业", "Placed with central bank and banks"),
    "other_earning": Text("未对应余额的利息收入", "Interest earned on unknown balances"),
    "earning": Text("生息资产合计", "Earning assets"),
    "deposits": Text("存款", "Deposits"),
    "central_bank_funds": Text("向中央银行借款", "Borrowed from the central bank"),
    "interbank_funds": Text("同业存放与拆入", "Owed to banks"),
    "other_bearing": Text("未对应余额的利息支出", "Interest paid on unknown balances"),
    "bearing": Text("付息负债合计", "Bearing liabilities"),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """One figure of the top strip: its value, the compared one, and the change (a share moves in percentage points)."""

    name: Text
    unit: Unit
    value: Decimal | None
    base: Decimal | None
    change: Decimal | None
    rate: Decimal | None
    metric: str = ""


@dataclass(frozen=True, slots=True)
class ShownMargin:
    """The margin on the screen; `base_name` is the comparison it is held against, None without one."""

    margin: Margin
    scale: Scale
    base_name: Text | None
    strip: tuple[Rate, ...]
    spark: Sparkline | None
    rows: tuple[tuple[MarginRow, Text, bool], ...]


def shown_margin(gateway: Gateway, state: State, day: date) -> ShownMargin:
    """Return the margin of the state's period, held against the first comparison that is chosen.

    Raises:
        MaisuiError: as the gateway does.
    """
    bases = base_days(gateway, state, day)
    comparison, base = bases[0] if bases else (None, None)
    found = gateway.ledger.margin(state.ledger_question(), base)
    days = months_before(day, gateway.month_ends(), SPARK_MONTHS)
    course = gateway.trend("net_interest_margin", organisation=state.organisation, days=days, period=state.period, view=state.view)
    rows = (
        *((row, GROUPS[row.code], False) for row in found.rows if row.is_earning),
        (found.earning, GROUPS["earning"], True),
        *((row, GROUPS[row.code], False) for row in found.rows if not row.is_earning),
        (found.bearing, GROUPS["bearing"], True),
    )
    return ShownMargin(
        found,
        scale_of_table(state, [row.now.average for row in found.rows if row.now.average]),
        COMPARISON_NAMES[comparison] if comparison and found.base_span else None,
        _strip(found),
        sparkline([value for _, value in course.points]),
        rows,
    )


def _strip(found: Margin) -> tuple[Rate, ...]:
    earning, bearing = found.earning, found.bearing
    values: Sequence[tuple[Text, Unit, Decimal | None, Decimal | None, str]] = (
        (Text("净息差", "Net interest margin"), Unit.SHARE, found.margin, found.base_margin, "net_interest_margin"),
        (Text("净利差", "Net interest spread"), Unit.SHARE, found.spread, found.base_spread, ""),
        (Text("生息资产收益率", "Yield of earning assets"), Unit.SHARE, earning.now.rate, earning.base.rate if earning.base else None, ""),
        (
            Text("付息负债成本率", "Cost of bearing liabilities"),
            Unit.SHARE,
            bearing.now.rate,
            bearing.base.rate if bearing.base else None,
            "",
        ),
        (Text("利息净收入", "Net interest income"), Unit.YUAN, found.net, found.base_net, ""),
    )
    return tuple(Rate(name, unit, value, base, *moved(value, base), metric) for name, unit, value, base, metric in values)

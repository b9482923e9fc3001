"""The tab of goals: what one product is of the bank's targets of the year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from maisui.answers import Additivity, Metric, Period, Question, Timing, Unit
from maisui.answers.figure import divide
from maisui.web.gateway import Gateway
from maisui.web.one_product_desk import OneProductDesk
from maisui.web.pages.one_product.blocks import Block, Heading, Line, missing
from maisui.web.pages.one_product.state import ProductState
from maisui.web.pages.one_product.tabs_money import months_of
from maisui.web.pages.overview.figures import first_day_of
from maisui.web.text import Text


def goal_blocks(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> list[Block]:
    """Return what the product is of the bank's targets of the year: of what is reached, and of what was added since the year began."""
    targets = gateway.targets(organisation=state.organisation, day=day, period=Period.YEAR, view=state.view)
    own = [line for line in targets if _is_of_products(line.metric)]
    courses = gateway.products.courses(state.organisation, months_of(gateway, day), state.view)
    codes = {path[2] for path in courses.by_path if len(path) == 3 and path[: len(desk.place.path)] == desk.place.path}  # noqa: PLR2004
    lines: list[Line] = []
    for target in own:
        mine = _of_products(gateway, state, target.metric, day, codes)
        if mine is None:
            continue
        start = target.period_from - timedelta(days=1)
        before = _of_products(gateway, state, target.metric, start, codes) if start >= first_day_of(gateway) else None
        whole_before = _whole(gateway, state, target.metric, start) if start >= first_day_of(gateway) else None
        moved = mine - before if before is not None else None
        whole_moved = target.actual - whole_before if target.actual is not None and whole_before is not None else None
        lines.append(
            Line(
                Text(target.metric.name_zh, target.metric.name_en),
                (
                    target.target,
                    target.actual,
                    target.completion,
                    mine,
                    divide(mine, target.actual, 6) if target.actual else None,
                    moved,
                    divide(moved, whole_moved, 6) if moved is not None and whole_moved else None,
                ),
            )
        )
    title = Text("在全行目标中的份量", "Its part in the goals of the year")
    if not lines:
        return [
            missing(
                "goals",
                title,
                Text(
                    "没有以该产品所在指标（存款、贷款、不良）下达的年度目标。",
                    "No target of the year is set on a figure that this product is part of.",
                ),
            )
        ]
    return [
        Block(
            "goals",
            title,
            Text("指标", "Metric"),
            (
                Heading(Text("目标", "Target"), Unit.YUAN),
                Heading(Text("已达到", "Reached"), Unit.YUAN),
                Heading(Text("完成率", "Completion"), Unit.SHARE),
                Heading(Text("其中本产品", "This product"), Unit.YUAN),
                Heading(Text("占已达到", "Of what is reached"), Unit.SHARE),
                Heading(Text("本产品较年初", "Its change since the year began"), Unit.YUAN),
                Heading(Text("占全部变动", "Of the whole change"), Unit.SHARE),
            ),
            tuple(lines),
            notes=(
                Text(
                    "占全部变动＝本产品年初以来变动 ÷ 全部变动；方向相反时为负",
                    "of the whole change: its change since the year began over that of all; negative where it went the other way",
                ),
            ),
            metric=own[0].metric.code,
            is_wide=True,
        )
    ]


def _is_of_products(metric: Metric) -> bool:
    return (
        "product" in metric.dimensions
        and metric.unit is Unit.YUAN
        and metric.denominator is None
        and metric.additivity("product") is Additivity.ADDITIVE
    )


def _of_products(gateway: Gateway, state: ProductState, metric: Metric, day: date, codes: set[str]) -> Decimal | None:
    question = Question(metric.code, ("product",), state.organisation, day, Period.YEAR, view=state.view)
    answer = gateway.ask(question)
    amounts = [row.numerator for row in answer.rows if row.dimensions["product"] in codes and row.numerator is not None]
    if not amounts:
        return None
    whole = sum(amounts, Decimal(0))
    return divide(whole, Decimal(answer.window.days), 2) if metric.numerator.timing is Timing.AVERAGE else whole


def _whole(gateway: Gateway, state: ProductState, metric: Metric, day: date) -> Decimal | None:
    rows = gateway.ask(Question(metric.code, (), state.organisation, day, Period.YEAR, view=state.view)).rows
    return rows[0].value if rows else None

"""The page of forecasts taken out: months ahead, parts, what was said beside what came, and the scenario of the address."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from maisui.answers import ForecastLine, ForecastView, SaidAndCame, Unit
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Amount, Cell, Chart, Column, Drawing, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.forecasts.page import member_word
from maisui.web.pages.forecasts.scenario import Scenario, scenario_of
from maisui.web.pages.forecasts.state import State
from maisui.web.pages.forecasts.words import METHODS, RUNGS, rung_said, shift_said
from maisui.web.text import Text, choose


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows.

    Raises:
        NotAtOnceError: where nothing is forecast.
    """
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    standing = standing_of(gateway, state.organisation, None, where="forecasts")
    state = replace(state, organisation=standing.organisation)
    found = gateway.forecasts.of(state.question(), is_export=True)
    if found is None:
        raise NotAtOnceError(Text("这里没有预测", "nothing is forecast here"))
    word = member_word(found)
    name = choose(found.metric.name_zh, found.metric.name_en) + (f" · {word(state.member)}" if state.member else "")
    about = f"{standing.place} · {name} · {found.day}"
    scenario = scenario_of(gateway, state, found)
    lines = [(standing.names.get(line.code, line.code), line) for line in found.children] if len(found.children) > 1 else []
    lines += [(str(word(line.code)), line) for line in found.members]
    came = ((choose("滚动检验", "Rolling test"), found.past), (choose("发布过的预测", "Published forecasts"), found.published))
    sheets = [
        _ahead_sheet(about, found),
        _lines_sheet(about, found, lines),
        *(_came_sheet(name, about, found, lines) for name, lines in came),
    ]
    if scenario is not None:
        sheets.append(_scenario_sheet(about, state, found, scenario))
    return Export(
        "forecasts",
        choose("预测与情景", "Forecasts"),
        tuple(sheet for sheet in sheets if sheet.rows),
        (found.metric,),
        standing.about(
            (choose("指标", "Figure"), name),
            (choose("状态", "State"), f"{RUNGS[found.rung]}{choose('：', ': ')}{rung_said(found)}"),
            *(((choose("水平突变", "Level shift"), shifted),) if (shifted := _shift(found)) else ()),
        ),
        standing.organisation,
        f"forecasts-{found.metric.code}-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(sum(len(sheet.rows) for sheet in sheets)) | {"metric": found.metric.code},
    )


def _ahead_sheet(about: str, found: ForecastView) -> Sheet:
    """Return what was and what is expected; of a history too short for that only what was, and from when more may be said."""
    title, unit = choose("预测", "Forecast"), found.metric.unit
    columns = [Column(choose("月末", "Month end"), width=14), Column(choose("实际", "Actual"), unit)]
    rows: list[tuple[Cell, ...]] = list(found.history)
    if not found.ahead:
        return Sheet(title, f"{title} · {about} · {rung_said(found)}", tuple(columns), rows)
    columns += [
        Column(choose("预测", "Expected"), unit),
        Column(choose("90% 区间下限", "90 % interval from"), unit),
        Column(choose("90% 区间上限", "90 % interval to"), unit),
    ]
    rows = [(*line, None, None, None) for line in rows]
    rows += [(one.day, None, one.amount, one.low, one.high) for one in found.ahead]
    said = " · ".join(filter(None, (title, about, str(RUNGS[found.rung]), _shift(found))))
    return Sheet(title, said, tuple(columns), rows, chart=Chart(Drawing.LINE, 0, 1, most=60))


def _shift(found: ForecastView) -> str:
    """Return since when the figure stands at another level; "" where nothing is told, or it does not."""
    return shift_said(found) if found.ahead else ""


def _lines_sheet(about: str, found: ForecastView, lines: list[tuple[str, ForecastLine]]) -> Sheet:
    title, unit = choose("构成", "Parts"), found.metric.unit
    columns = (
        Column(choose("代码", "Code"), width=18),
        Column(choose("名称", "Name"), width=32),
        Column(f"{found.day:%Y-%m}", unit),
        *(Column(f"{one.day:%Y-%m} {choose('预测', 'expected')}", unit) for one in found.ahead),
        *((Column(choose("方法", "Method"), width=18),) if found.ahead else ()),
        Column(choose("状态", "State"), width=14),
    )
    rows = [
        (
            line.code,
            name,
            line.last,
            *(one.amount for one in line.ahead),
            *((str(METHODS[line.method]) if line.method else choose("各序列之和", "Sum of series"),) if found.ahead else ()),
            f"{RUNGS[line.rung]}{_shifted(line)}",
        )
        for name, line in lines
    ]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _shifted(line: ForecastLine) -> str:
    """Return since when a part stands at another level, to be said after its state."""
    since = line.ahead[0].shifted_on if line.ahead else None
    return choose(f"（{since:%Y-%m} 起水平突变）", f" (level shift since {since:%Y-%m})") if since else ""


def _came_sheet(title: str, about: str, found: ForecastView, came: tuple[SaidAndCame, ...]) -> Sheet:
    unit = found.metric.unit
    columns = (
        Column(choose("月末", "Month end"), width=14),
        Column(choose("预测时点", "Said on"), width=14),
        Column(choose("当时预测", "Said"), unit),
        Column(choose("实际", "Came"), unit),
        Column(choose("相差", "Difference"), unit),
        Column(choose("区间", "Interval"), width=14),
    )
    held = {None: "—", True: choose("命中", "held"), False: choose("落在区间外", "missed")}
    rows = [(one.day, one.made_on, one.said, one.came, one.came - one.said, held[one.held]) for one in came]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _scenario_sheet(about: str, state: State, found: ForecastView, scenario: Scenario) -> Sheet:
    title, unit = choose("情景试算", "Scenario"), found.metric.unit
    said = choose(
        f"变动 {state.volume}%，利率 {state.rate} 基点；假设，不是预测", f"change {state.volume} %, rate {state.rate} bp; an assumption"
    )
    columns = (
        Column(choose("项目", "Line"), width=28),
        Column(choose("预测", "Expected"), unit),
        Column(choose("情景", "Scenario"), unit),
        Column(choose("相差", "Difference"), unit),
    )
    rows: list[tuple[Cell, ...]] = [
        (choose(found.metric.name_zh, found.metric.name_en), scenario.expected, scenario.changed, scenario.change)
    ]
    if scenario.margin_rate is not None:
        rates = (Amount(scenario.margin_rate, Unit.SHARE), Amount(scenario.changed_rate, Unit.SHARE))
        rows.append((choose("内部利差率（年）", "Transfer margin a year"), *rates, None))
        rows.append((choose("一年利差收入", "Margin of a year"), scenario.expected_margin, scenario.changed_margin, scenario.margin_change))
    return Sheet(title, f"{title} · {about} · {said}", columns, rows)

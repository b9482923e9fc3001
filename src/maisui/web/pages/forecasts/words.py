"""How methods and rungs of forecasts are said."""

from __future__ import annotations

from maisui.answers import ForecastMethod, ForecastView, Rung
from maisui.answers.forecasts import LEAST_MONTHS
from maisui.web.components.figures import short
from maisui.web.text import Text, choose

METHODS: dict[ForecastMethod, Text] = {
    ForecastMethod.HELD: Text("沿用最近值", "Last value held"),
    ForecastMethod.NAIVE: Text("朴素法", "Naive"),
    ForecastMethod.DRIFT: Text("漂移法", "Drift"),
    ForecastMethod.SEASONAL_NAIVE: Text("季节朴素法", "Seasonal naive"),
    ForecastMethod.ETS: Text("指数平滑", "ETS"),
    ForecastMethod.THETA: Text("Theta", "Theta"),
    ForecastMethod.ARIMA: Text("ARIMA", "ARIMA"),
    ForecastMethod.MEAN: Text("三法平均", "Mean of three"),
}
SAID: dict[ForecastMethod, Text] = {
    ForecastMethod.HELD: Text("不足 6 个月，只沿用最近一个月", "fewer than six months: the last one is held"),
    ForecastMethod.NAIVE: Text("与最近一个月相同", "as the last month"),
    ForecastMethod.DRIFT: Text("最近一个月加历史平均月变动", "the last month and the mean change of a month"),
    ForecastMethod.SEASONAL_NAIVE: Text("与上年同月相同", "as the same month a year before"),
    ForecastMethod.ETS: Text("水平与趋势的指数平滑，形式自动选取", "exponential smoothing of level and trend, its form chosen"),
    ForecastMethod.THETA: Text("两条 Theta 线合成，形式自动选取", "two theta lines put together, their form chosen"),
    ForecastMethod.ARIMA: Text("ARIMA(0,1,1)(0,1,1)，12 个月一季", "ARIMA(0,1,1)(0,1,1) with a season of twelve months"),
    ForecastMethod.MEAN: Text("指数平滑、Theta、ARIMA 的平均", "the mean of ETS, theta and ARIMA"),
}
RUNGS: dict[Rung, Text] = {
    Rung.NO_DATA: Text(
        "还没有一个完整的月份，首个月末发布后再评", "there is not one whole month yet; asked again once the first month end is published"
    ),
    Rung.RULE: Text("规则", "Rule"),
    Rung.BASELINE: Text("基线", "Baseline"),
    Rung.TRIAL: Text("试运行", "On trial"),
    Rung.IN_USE: Text("正式", "In use"),
}
RUNG_SAID: dict[Rung, Text] = {
    Rung.NO_DATA: Text(
        "还没有一个完整的月份，首个月末发布后再评", "there is not one whole month yet; asked again once the first month end is published"
    ),
    Rung.RULE: Text("多数业务不足 6 个整月，不作预测", "most of it is younger than six whole months: nothing is forecast"),
    Rung.BASELINE: Text(
        "以朴素类方法为主：历史不足 24 个月，或模型在滚动检验中不比它们准",
        "mostly plain methods: fewer than 24 months, or no model was nearer in the rolling test",
    ),
    Rung.TRIAL: Text(
        "以统计模型为主：在滚动检验中比朴素法准；供参考，不自动用于任何决定",
        "mostly statistical models, nearer than plain methods in the rolling test; for reference, nothing acts on it",
    ),
    Rung.IN_USE: Text(
        "以统计模型为主，滚动检验通过并经两人批准", "mostly statistical models, borne out by the rolling test and approved by two people"
    ),
}


def rung_said(found: ForecastView) -> Text:
    """Return why a forecast stands where it does; of a history too short, how long it is and from when it suffices."""
    first = found.earliest
    if first is None:
        return RUNG_SAID[found.rung]
    return Text(
        f"不作预测：仅有 {found.whole_months} 个整月历史（需 {LEAST_MONTHS} 个），最早 {first:%Y-%m} 月末后可预测",
        f"nothing is forecast: whole months of history {found.whole_months}, {LEAST_MONTHS} are needed, "
        f"from the end of {first:%Y-%m} at the earliest",
    )


def shift_said(found: ForecastView) -> str:
    """Return since when a figure stands at another level, and how many of its series are told from the months since; "" where none."""
    said: list[str] = []
    if found.shift is not None:
        before, after = ("".join(short(amount, found.metric.unit)) for amount in (found.shift.before, found.shift.after))
        said.append(
            choose(
                f"{found.shift.day:%Y-%m} 起水平由 {before} 变为 {after}（前后各三个月的中位数），超出此前波动所能解释",
                f"since {found.shift.day:%Y-%m} it stands at {after} instead of {before} (middle of three months before and after), "
                "beyond what its movements explain",
            )
        )
    if found.series == 1 and found.shifted:
        said.append(choose("此前的月份不用于预测", "the months before tell nothing of what is ahead"))
    elif found.shifted:
        said.append(
            choose(
                f"{found.series} 个序列中 {found.shifted} 个只用突变后的月份预测，突变不足 6 个月的按最近水平",
                f"of {found.series} series {found.shifted} are told from the months after a break alone, "
                "within six months of it by the last level",
            )
        )
    return choose("；", "; ").join(said)

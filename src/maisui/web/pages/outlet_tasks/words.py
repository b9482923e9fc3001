"""Words for tasks of outlets: their state, where they come from, what was measured."""

from __future__ import annotations

from maisui.answers import Unit
from maisui.web.outlet_tasks.models import SignalSource, State
from maisui.web.text import Text

STATES: dict[str, Text] = {
    State.OPEN: Text("待办", "open"),
    State.DONE: Text("已完成", "done"),
    State.DROPPED: Text("已取消", "dropped"),
}
SOURCES: dict[str, Text] = {
    SignalSource.TERMINAL: Text("机具", "Terminals"),
    SignalSource.STAFFING: Text("柜面忙闲", "Counter staffing"),
    SignalSource.LAUNCH: Text("产品信号", "Signals of products"),
}
PAGES: dict[str, str] = {
    SignalSource.TERMINAL: "terminals",
    SignalSource.STAFFING: "counter_staffing",
    SignalSource.LAUNCH: "product_signals",
}
"""The page that finds the signals of a source."""
MEASURED: dict[str, tuple[Text, Unit]] = {
    SignalSource.TERMINAL: (Text("终端日均笔数", "Uses of the terminal a day"), Unit.COUNT_EACH),
    SignalSource.STAFFING: (Text("当日最忙时段占用", "Use in the busiest hour of that weekday"), Unit.SHARE),
    SignalSource.LAUNCH: (Text("该网点持有比例", "Share of holders who hold it"), Unit.SHARE),
}
"""What a source measures, and its unit."""

"""The self-service page: choose metrics, rows and a column, see the table, keep it, share it, take it out, or ask the same by program."""

from __future__ import annotations

import shlex
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import TOPICS, Metric, Period, Unit, View
from maisui.web.access.permissions import ROLES, Permission
from maisui.web.access.scope import may_split_by
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.saved_views import LONGEST_NAME, Audience, audience_name, forget_view, query_within, save_view, views_of
from maisui.web.components.figures import Scale, short
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.state import PERIOD_NAMES, VIEW_NAMES
from maisui.web.pages.self_service.state import MONTH_CHOICES, MOST_METRICS, TIME, State
from maisui.web.pages.self_service.table import MOST_COLUMNS, MOST_LINES, Table, answered, common_dimensions, table_of
from maisui.web.text import Text

PAGE = "self_service"
STARTERS: tuple[tuple[Text, State], ...] = (
    (
        Text("各网点存贷款与不良率", "Deposits, loans and bad loans by outlet"),
        State(("deposit_balance", "loan_balance", "npl_ratio"), ("child",), sort="0"),
    ),
    (
        Text("产品组 × 近 6 个月存款", "Deposits by product group over six months"),
        State(("deposit_balance",), ("product_group",), TIME, sort="5"),
    ),
    (
        Text("渠道 × 客户大类交易笔数", "Transactions by channel and kind of customer"),
        State(("transaction_count",), ("channel",), "customer_kind", sort="0"),
    ),
    (
        Text("客户经理贡献", "Contribution of managers"),
        State(("customer_contribution", "economic_value_added", "raroc"), ("manager",), sort="0"),
    ),
)
"""Tables to begin with."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the table of the address and the form that changes it."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "self_service/page.html", {"is_empty": True})
    state = State.of(request.GET)
    day = state.day or fresh.reporting_date
    known = {metric.code: metric for metric in gateway.catalogue()}
    chosen = [known[code] for code in state.metrics if code in known]
    table = attempt(lambda: table_of(gateway, state, answered(gateway, state, day))) if state.metrics else None
    found = table.value if table else None
    context = {
        "state": state,
        "day": day,
        "query": state.query(),
        "topics": [
            (Text(topic.name_zh, topic.name_en), [(metric, metric.code in state.metrics) for metric in topic.metrics]) for topic in TOPICS
        ],
        "chosen": [(metric, state.query(metrics=tuple(code for code in state.metrics if code != metric.code))) for metric in chosen],
        "dimensions": [one for one in common_dimensions(chosen) if may_split_by(gateway.viewer, one[0])],
        "row_choices": (*state.rows, "", "")[:2],
        "time": TIME,
        "month_choices": MONTH_CHOICES,
        "organisations": gateway.organisations(),
        "periods": PERIOD_NAMES.items(),
        "views": VIEW_NAMES.items(),
        "days": gateway.month_ends(),
        "most_metrics": MOST_METRICS,
        "most_lines": MOST_LINES,
        "most_columns": MOST_COLUMNS,
        "starters": [
            (name, starter.query()) for name, starter in STARTERS if all(may_split_by(gateway.viewer, code) for code in starter.rows)
        ],
        "saved": [
            (view, query_within(gateway, view), audience_name(gateway, view))
            for view in views_of(gateway, request.user, PAGE)  # type: ignore[arg-type]
        ],
        "roles": [(role.code, role.name) for role in ROLES if not role.is_administrator],
        "longest_name": LONGEST_NAME,
        "may_export": gateway.may(Permission.FIGURE_EXPORT),
        "table": table,
        "total_cells": _cells(found, found.total) if found else (),
        "body": [(line, _cells(found, line.values)) for line in found.lines] if found else (),
        "sorts": _sorts(state, found),
        "trend": _trend(state, found),
        "calls": _calls(state, chosen),
        "call_days": dict.fromkeys(column.value for column in found.columns) if found and state.column == TIME else (),
    }
    return render(request, "self_service/page.html", context)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the table of the address under a name, for oneself, all colleagues, or those of a role or an organisation."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    try:
        save_view(
            gateway,
            request.user,  # type: ignore[arg-type]
            page=PAGE,
            name=request.POST.get("name", ""),
            query=state.query(),
            audience=Audience.of(request.POST.get("shared", "")),
        )
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    return redirect(f"{reverse(PAGE)}?{state.query()}")


@require_POST
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """Forget one's own kept table."""
    forget_view(request.gateway, request.user, number)  # type: ignore[attr-defined]
    return redirect(PAGE)


def _cells(table: Table, values: tuple[Decimal | None, ...]) -> list[tuple[Decimal | None, Unit, Scale]]:
    """Return figures with the unit and scale of their columns."""
    return [(value, column.metric.unit, column.scale) for column, value in zip(table.columns, values, strict=True)]


def _sorts(state: State, table: Table | None) -> list[tuple[str, str]]:
    """Return for each column the address that sorts by it, and the mark where it is sorted already."""
    found: list[tuple[str, str]] = []
    for number in range(len(table.columns) if table else 0):
        is_down, is_up = state.sort == str(number), state.sort == f"+{number}"
        found.append((state.query(sort=f"+{number}" if is_down else str(number)), "▼" if is_down else "▲" if is_up else ""))
    return found


def _trend(state: State, table: Table | None) -> dict[str, Any] | None:
    """Return the whole of the first metric over the months as a line, where the columns are months."""
    if table is None or state.column != TIME or not table.columns:
        return None
    metric = table.columns[0].metric
    points = [(column.value, value) for column, value in zip(table.columns, table.total, strict=True) if column.metric is metric]
    if sum(value is not None for _, value in points) <= 1:
        return None
    return {
        "metric": metric,
        "data": {
            "days": [day for day, _ in points],
            "values": [None if value is None else str(value) for _, value in points],
            "base": [None for _ in points],
            "unit": metric.unit.name,
            "names": [str(Text("合计", "Total")), ""],
            "shown": ["".join(short(value, metric.unit)) for _, value in points],
            "shown_base": ["" for _ in points],
        },
    }


def _calls(state: State, metrics: list[Metric]) -> list[tuple[str, str]]:
    """Return for each metric the same question to the interface and on the command line."""
    asked = [
        ("org", state.organisation),
        ("date", str(state.day) if state.day else None),
        ("period", state.period.value if state.period is not Period.MONTH else None),
        ("view", state.view.value if state.view is not View.AS_WAS else None),
    ]
    pairs = [("by", code) for code in (*state.rows, *([state.column] if state.column not in ("", TIME) else []))]
    pairs += [(name, value) for name, value in asked if value]
    found: list[tuple[str, str]] = []
    for metric in metrics:
        words = ["maisui", "ask", metric.code, *(word for name, value in pairs for word in (f"--{name}", value)), "--json"]
        found.append((f"GET /api/figures/{metric.code}?{urlencode(pairs)}".rstrip("?"), shlex.join(words)))
    return found

"""The challenger in shadow: how it does beside the model in use, and whom its list would hold otherwise."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.answers import MODEL_BY_CODE
from maisui.answers.model_shadow import ShadowView
from maisui.web.access.scope import NotVisibleError
from maisui.web.customers.shadow_desk import ROWS, ShadowDesk
from maisui.web.gateway import Gateway
from maisui.web.pages.paging import Slice
from maisui.web.text import Text

_BOTH = ("champion", "challenger")
_LEAST_GAIN = 0.01
_LISTED = {
    "": Text("名单（风险金额 × 概率最高的一成，户）", "List (highest tenth by value at risk × probability, customers)"),
    "next_product": Text("向客户推荐的产品（每户最多三个，项）", "Products offered (three a customer at most)"),
    "segments": Text("客户归群（户；对应到重合最多的群）", "Customers by segment (against the segment most of them would be in)"),
    "anomaly": Text("报出的序列日（个）", "Series-days reported"),
}
"""What the two lists hold, by model; the first where nothing else is said."""
_LONGEST = 6


@require_safe
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """Show whom the challenger would list otherwise; the page stands in the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if code not in MODEL_BY_CODE:
        raise NotVisibleError("there is no such model", where="models", next_step="go back to the model desk")
    word = request.GET.get("page", "")
    page = int(word) if word.isascii() and word.isdigit() and len(word) <= _LONGEST else 1
    found = ShadowDesk(gateway).changes(code, page) if gateway.freshness() is not None else None
    described = MODEL_BY_CODE[code]
    context: dict[str, Any] = {"name": Text(described.name_zh, described.name_en), "found": found is not None, "query": ""}
    if found is not None:
        shown, rows = found
        context |= {
            "shadow": told(shown.view),
            "rows": [
                {
                    "reference": reference,
                    "row": row,
                    "champion": f"{row.champion:.1%}",
                    "challenger": f"{row.challenger:.1%}",
                }
                for reference, row in rows
            ],
            "slice": Slice((), shown.page, max(1, -(-shown.total_count // ROWS)), shown.total_count),
        }
    return render(request, "models/shadow.html", context)


def told(view: ShadowView, code: str = "") -> dict[str, Any]:
    """Return a challenger for the template: figures beside each other, and what they come to."""
    compared, order = view.compared, view.lists["order"]
    lines: list[dict[str, Any]] = []
    if compared is not None and "auc" in compared:
        names = (("auc", Text("AUC", "AUC")), ("precision", Text("平均精确率（AP）", "Average precision (AP)")))
        lines = [{"name": name} | {part: _interval(compared[code][part]) for part in (*_BOTH, "gain")} for code, name in names]
        said = {part: compared["calibration"][part] for part in _BOTH}
        errors = {part: f"{one['error']:.3f} ({one['allowed']:.3f})" for part, one in said.items()}
        lines.append({"name": Text("校准误差（允许）", "Calibration error (allowed)"), "gain": "—"} | errors)
        expected = {part: f"{one['expected']:,.0f}" for part, one in said.items()}
        lines.append({"name": Text("预计发生", "Expected"), "gain": "—"} | expected)
    if compared is not None:
        lines += [
            {"name": Text(*one["name"])} | {part: _figure(one.get(part)) for part in (*_BOTH, "gain")}
            for one in compared.get("figures", [])
        ]
    return {
        "view": view,
        "listed": _LISTED.get(code, _LISTED[""]),
        "lines": lines,
        "verdict": _verdict(compared),
        "compared": compared,
        "share": _share(view.lists),
        "order": f"{order:.3f}" if order is not None else "—",
    }


def _verdict(compared: dict[str, Any] | None) -> Text:
    """Return whether the challenger is better: by a hundredth of AUC at least, beyond chance, and calibrated no worse."""
    if compared is None:
        return Text("还没有两个模型都未学过且结果已知的月份", "no month yet that neither learnt from and whose outcome is known")
    if "verdict" in compared:
        return Text(*compared["verdict"])
    if "auc" not in compared:
        return Text(
            f"仅 {compared['events']} 件发生，不足 50 件，不作比较", f"{compared['events']} events, fewer than 50: nothing is compared"
        )
    gain, errors = compared["auc"]["gain"], compared["calibration"]
    is_calibrated = errors["challenger"]["error"] <= max(errors["champion"]["error"], errors["challenger"]["allowed"])
    if gain["value"] >= _LEAST_GAIN and gain["low"] > 0 and is_calibrated:
        return Text("挑战者更好，且校准不差，可以提议接替", "the challenger is better and calibrated no worse: it may be proposed")
    if gain["high"] < 0:
        return Text("冠军更好，保留冠军", "the champion is better and stays")
    return Text(
        "差异不足 0.01、在偶然范围内或校准更差，保留冠军",
        "less than a hundredth of AUC, within chance, or calibrated worse: the champion stays",
    )


def _figure(value: object) -> str:
    """Return a figure, with its interval where it has one; a dash where it is not known."""
    if isinstance(value, dict):
        return _interval(value)  # type: ignore[arg-type]
    return "—" if value is None else f"{value:.3f}"


def _interval(one: dict[str, float]) -> str:
    return f"{one['value']:.3f} ({one['low']:.3f} – {one['high']:.3f})"


def _share(lists: dict[str, Any]) -> str:
    return f"{lists['both'] / lists['size']:.0%}" if lists["size"] else "—"

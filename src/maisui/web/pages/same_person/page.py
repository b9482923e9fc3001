"""Numbers that may be one person: suggested with evidence in words, confirmed, refused and taken back by people."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maisui.answers.person_pairs import PairEvidence
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.pairs import confirm_pair, refuse_pair, standing_decisions, undo_pair
from maisui.web.customers.pair_desk import PairDesk, ShownPair
from maisui.web.gateway import Gateway
from maisui.web.model_desk.models import PairDecision
from maisui.web.pages.churn.words import RUNGS
from maisui.web.pages.page import needs
from maisui.web.pages.paging import ROWS, Slice
from maisui.web.supplements.models import State
from maisui.web.text import Text

_WORDS = {
    "same": Text("相同", "same"),
    "near": Text("相近", "near"),
    "different": Text("不同", "different"),
    "unknown": Text("缺失", "missing"),
}
_STRONG, _PLAIN = Decimal(5), Decimal(1)
_MOST_PAGES = 1_000_000
_UPLOADS = {
    State.WAITING: Text("待他人审批", "waits for somebody else's approval"),
    State.APPROVED: Text("已批准，跑批后生效", "approved, counts from the next batch"),
    State.REJECTED: Text("已驳回", "rejected"),
    State.WITHDRAWN: Text("已撤回", "withdrawn"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the pairs that wait and what was decided; the page stands in the address."""
    return _page(request)


@needs(Permission.DATA_UPLOAD)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Confirm or refuse a pair."""
    gateway, said = _gateway(request), request.POST
    pair = PairDesk(gateway).one(said.get("newer", ""), said.get("older", ""))
    act = confirm_pair if said.get("decision") == "confirm" else refuse_pair
    return _done(request, lambda: act(gateway, request.user, pair, said.get("reason", "")))  # type: ignore[arg-type]


@needs(Permission.DATA_UPLOAD)
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take a decision back."""
    gateway, found = _gateway(request), PairDecision.objects.filter(pk=number).first()
    if found is None:
        raise NotVisibleError("there is no such decision", where="same_person", next_step="reload the page")
    return _done(request, lambda: undo_pair(gateway, request.user, found, request.POST.get("reason", "")))  # type: ignore[arg-type]


def _done(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as error:
        return _page(request, error.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("same_person")


def _page(request: HttpRequest, fault: Text | None = None) -> HttpResponse:
    gateway = _gateway(request)
    if gateway.freshness() is None:
        return render(request, "same_person/page.html", {"is_empty": True})
    desk = PairDesk(gateway)
    found = desk.open_pairs(frozenset(standing_decisions()))
    is_whole = gateway.viewer.is_whole_entity(Permission.CUSTOMER_VIEW)
    asked = request.GET.get("page", "1")[:7]
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) < _MOST_PAGES else 1
    context: dict[str, Any] = {"fault": fault, "is_scored": found is not None, "decisions": _decisions(desk) if is_whole else []}
    if found is not None:
        frame, pairs = found
        pages = max(1, -(-len(pairs) // ROWS))
        number = min(number, pages)
        shown = pairs[(number - 1) * ROWS : number * ROWS]
        context |= {
            "found": frame,
            "rung": RUNGS[frame.standing.rung.value],
            "said": Text(frame.standing.said_zh, frame.standing.said_en),
            "compared": [Text(one.name_zh, one.name_en) for one in shown[0].pair.evidence] if shown else [],
            "rows": [_row(one) for one in shown],
            "slice": Slice((), number, pages, len(pairs)),
        }
    context["may_decide"] = gateway.may(Permission.DATA_UPLOAD) and gateway.viewer.is_whole_entity(Permission.DATA_UPLOAD)
    context["may_see_supplements"] = gateway.may(Permission.SUPPLEMENT_VIEW)
    return render(request, "same_person/page.html", context, status=409 if fault is not None else 200)


def _row(shown: ShownPair) -> dict[str, Any]:
    return {
        "shown": shown,
        "chance": f"{min(shown.pair.probability, Decimal('0.9999')):.2%}",
        "evidence": [(_WORDS[one.word], weight_word(one)) for one in shown.pair.evidence],
    }


def weight_word(evidence: PairEvidence) -> Text:
    """Return what a field's weight says: five bits make it 32 times likelier, or less likely."""
    if evidence.word == "unknown" or abs(evidence.weight) < _PLAIN:
        return Text("不作依据", "says nothing")
    if evidence.weight > 0:
        return Text("有力支持", "strongly for") if evidence.weight >= _STRONG else Text("支持", "for")
    return Text("有力反对", "strongly against") if evidence.weight <= -_STRONG else Text("反对", "against")


def _decisions(desk: PairDesk) -> list[dict[str, Any]]:
    found = PairDecision.objects.select_related("decided_by", "ended_by", "upload", "undo_upload")[:ROWS]
    return [
        {
            "decision": one,
            "newer": desk.masked(one.customer_number),
            "older": desk.masked(one.surviving_number),
            "state": _UPLOADS.get(State(one.upload.state)) if one.upload is not None else None,
            "undo_state": _UPLOADS.get(State(one.undo_upload.state)) if one.undo_upload is not None else None,
            "is_open": one.ended_at is None and (one.upload is None or one.upload.state in (State.WAITING, State.APPROVED)),
        }
        for one in found
    ]


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]

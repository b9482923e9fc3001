"""Manual work of people in the viewer's organisations: what waits, what was decided, and a form for several people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import UPLOAD_BYTES, UPLOAD_ROWS
from maisui.answers.manual_work import FilledWork, manual_rates, manual_template, read_manual_work
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.manual_work import decide_work, is_party, may_decide, open_from, people_of, record_filled_in
from maisui.web.gateway import Gateway, employments_of
from maisui.web.manual_work.converted import ConvertedWork
from maisui.web.manual_work.models import ManualWork, State
from maisui.web.pages.manual_work.words import STATES, kind_name
from maisui.web.pages.page import needs
from maisui.web.pages.paging import Slice
from maisui.web.pages.supplements.page import TYPES
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

ROWS = 50


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what waits for the viewer's decision, then what was decided."""
    return _page(request)


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or reject an entry of somebody else's."""
    found = ManualWork.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, pk=number).first()
    if found is None:
        raise NotVisibleError("there is no such entry", where="manual work", next_step="go back to the list")
    is_approved, note = request.POST.get("decision") == "approve", request.POST.get("note", "")
    try:
        decide_work(_gateway(request), _user(request), found, is_approved=is_approved, note=note)
    except ActionRefusedError as error:
        return _page(request, error.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("manual_work")


@needs(Permission.PERFORMANCE_VIEW)
@require_POST
def fill_in(request: HttpRequest) -> HttpResponse:
    """Take a form for several people; every cell that does not pass is named."""
    gateway = _gateway(request)
    file = request.FILES.get("file")
    suffix = (file.name or "").rsplit(".", 1)[-1].lower() if file else ""
    if file is None or suffix not in TYPES or not file.size or file.size > UPLOAD_BYTES:
        return _page(request, Text("请上传不超过 5 MB 的 .xlsx 或 .csv 文件", "upload an .xlsx or .csv file of up to 5 MB"))
    try:
        form = read_manual_work(
            file.read(),
            is_workbook=suffix == "xlsx",
            people=people_of(gateway),
            rates=gateway.shared(("manual_rates",), manual_rates),
            open_from=open_from(),
            today=timezone.localdate(),
        )
        if form.faults:
            return _page(request, form=form)
        count = record_filled_in(gateway, _user(request), form.rows)
    except QuestionError as error:
        return _page(request, Text(f"文件无法读取：{error.what}", error.what))
    except ActionRefusedError as error:
        return _page(request, error.reason)
    messages.success(request, str(Text(f"已登记 {count} 条，等待他人审批", f"{count} entries recorded; somebody else approves them")))
    return redirect("manual_work")


@require_safe
def template(_request: HttpRequest, form: str) -> HttpResponse:
    """Give the empty form."""
    answer = HttpResponse(manual_template(form), content_type=TYPES.get(form))
    answer["Content-Disposition"] = f'attachment; filename="maisui-manual-work.{form}"'
    return answer


def rows_of(gateway: Gateway, found: list[ConvertedWork]) -> list[dict[str, Any]]:
    """Return entries as they are shown."""
    staff = employments_of(gateway.bank)
    return [
        {
            "entry": one.entry,
            "rate": one.rate,
            "converted": one.converted,
            "kind": kind_name(one.entry.kind),
            "state": STATES[one.entry.state],
            "name": staff[one.entry.employee_number].employee_name if one.entry.employee_number in staff else one.entry.employee_number,
            "waits": one.entry.state == State.WAITING,
        }
        for one in found
    ]


def _page(request: HttpRequest, fault: Text | None = None, form: FilledWork | None = None) -> HttpResponse:
    gateway, user = _gateway(request), _user(request)
    if gateway.freshness() is None:
        return render(request, "manual_work/page.html", {"is_empty": True})
    rates = gateway.shared(("manual_rates",), manual_rates)
    entries = ManualWork.objects.select_related("recorded_by", "decided_by").filter(legal_entity_code=settings.HOME.legal_entity_code)
    seen = [entry for entry in entries if may_decide(gateway, entry)]
    seen.sort(key=lambda entry: entry.state != State.WAITING)
    pages = max(1, -(-len(seen) // ROWS))
    asked = request.GET.get("page", "1")
    number = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1  # noqa: PLR2004
    shown = seen[(number - 1) * ROWS : number * ROWS]
    rows = rows_of(gateway, [ConvertedWork(entry, rates.on(entry.kind, entry.worked_on)) for entry in shown])
    for row in rows:
        row["may_decide"] = row["waits"] and not is_party(gateway, row["entry"], user)
    today = timezone.localdate()
    context = {
        "rows": rows,
        "slice": Slice(rows, number, pages, len(seen)),
        "waiting": sum(entry.state == State.WAITING for entry in seen),
        "rates": [(kind, kind_name(kind), rates.on(kind, today)) for kind in rates.kinds(today)],
        "may_fill_in": gateway.may(Permission.PERFORMANCE_VIEW),
        "most_rows": UPLOAD_ROWS,
        "form": form,
        "fault": fault,
    }
    return render(request, "manual_work/page.html", context, status=409 if fault or form else 200)


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]

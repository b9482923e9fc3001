"""Allocations in bulk: a filled form, every cell that does not pass, and one proposal where all do."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maisui.answers import UPLOAD_BYTES, UPLOAD_ROWS, supplement_template
from maisui.answers.allocation_forms import FORM, FilledForm, read_allocations
from maisui.answers.allocations import shares_on
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.allocations import Terms, propose_filled_in, settled_until
from maisui.web.allocations.holdings import Held
from maisui.web.gateway import Gateway, employments_of
from maisui.web.pages.page import needs
from maisui.web.pages.supplements.page import TYPES
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text


@needs(Permission.PERFORMANCE_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show how a form is filled in, and take one."""
    if request.method != "POST":
        return _page(request)
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    user: StaffUser = request.user  # type: ignore[assignment]
    file = request.FILES.get("file")
    name = file.name or "" if file else ""
    suffix = name.rsplit(".", 1)[-1].lower()
    if file is None or suffix not in TYPES or not file.size or file.size > UPLOAD_BYTES:
        return _page(request, Text("请上传不超过 5 MB 的 .xlsx 或 .csv 文件", "upload an .xlsx or .csv file of up to 5 MB"))
    is_correction = request.POST.get("correction") == "yes"
    try:
        form, held = _read(gateway, file.read(), is_workbook=suffix == "xlsx", is_correction=is_correction)
        if form.faults:
            return _page(request, form=form)
        terms = Terms(min(one.day for one in held), request.POST.get("reason", ""), is_correction=is_correction)
        made = propose_filled_in(gateway, user, held, terms)
    except QuestionError as error:
        return _page(request, Text(f"文件无法读取：{error.what}", error.what))
    except ActionRefusedError as error:
        return _page(request, error.reason)
    messages.success(request, str(Text("已提出，等待第二人审批", "Proposed; a second person decides")))
    return redirect("allocations_proposal", number=made.pk)


@require_safe
def template(_request: HttpRequest, form: str) -> HttpResponse:
    """Give the empty form."""
    answer = HttpResponse(supplement_template(settings.HOME, FORM, form), content_type=TYPES.get(form))
    answer["Content-Disposition"] = f'attachment; filename="maisui-{FORM}.{form}"'
    return answer


def _read(gateway: Gateway, content: bytes, *, is_workbook: bool, is_correction: bool) -> tuple[FilledForm, list[Held]]:
    is_whole = gateway.viewer.is_whole_entity(Permission.PERFORMANCE_VIEW)
    visible = None if is_whole else {node.code for node in gateway.organisations(Permission.PERFORMANCE_VIEW)}
    with gateway.reader() as reader:
        form = read_allocations(
            settings.HOME,
            reader,
            content,
            is_workbook=is_workbook,
            on_duty={number for number, one in employments_of(gateway.bank).items() if one.is_on_duty},
            organisations=visible,
            open_after=None if is_correction else settled_until(),
        )
        held: list[Held] = []
        for day in sorted({one.valid_from for one in form.objects}):
            objects = [one for one in form.objects if one.valid_from == day]
            before = shares_on(reader, [one.holding for one in objects], day)
            held += [
                Held(one.holding, one.organisation_code, one.customer_number, day, before[one.holding], one.shares, one.valid_until)
                for one in objects
            ]
    return form, held


def _page(request: HttpRequest, fault: Text | None = None, form: FilledForm | None = None) -> HttpResponse:
    context = {"fault": fault, "form": form, "most_rows": UPLOAD_ROWS, "settled_until": settled_until(), "typed": request.POST}
    return render(request, "allocations/import.html", context, status=409 if fault or form else 200)

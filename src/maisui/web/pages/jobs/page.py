"""Jobs: everyone's own exports, and for whoever runs the system every background job."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_tasks_db.models import DBTaskResult

from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.saved_views import LONGEST_NAME, LONGEST_QUERY, query_within, views_of, within
from maisui.web.actions.subscriptions import subscribe_page, unsubscribe_page
from maisui.web.exports.figures_book import KIND as ALL_FIGURES
from maisui.web.exports.files import OWN_SCOPE, given, place_names, place_of_all
from maisui.web.exports.jobs import KINDS, fetch
from maisui.web.exports.models import ExportJob, PageSubscription, Rhythm, State
from maisui.web.exports.page_schedule import SUBSCRIBABLE, SUBSCRIBED_PAGE
from maisui.web.exports.schedule import REPORT
from maisui.web.exports.sheets import Form
from maisui.web.gateway import Gateway
from maisui.web.pages.page import Page, needs
from maisui.web.pages.paging import slice_of
from maisui.web.text import Text

STATES: dict[str, Text] = {
    "waiting": Text("排队", "Waiting"),
    "READY": Text("排队", "Waiting"),
    "running": Text("进行中", "Running"),
    "RUNNING": Text("进行中", "Running"),
    "done": Text("完成", "Done"),
    "SUCCESSFUL": Text("完成", "Done"),
    "failed": Text("失败", "Failed"),
    "FAILED": Text("失败", "Failed"),
    "expired": Text("已过期", "Expired"),
}
_KINDS: dict[str, Text] = {
    "all_figures": Text("全部指标", "All figures"),
    "customer_list": Text("客户名单", "List of customers"),
    "operating_report": Text("经营月报", "Monthly operating report"),
    SUBSCRIBED_PAGE: Text("订阅", "Subscription"),
    "make_export": Text("生成导出", "Make an export"),
    "make_preview": Text("参数变更预览", "Preview of a parameter change"),
}
_OWN = 50
RHYTHMS: dict[str, Text] = {
    Rhythm.DAILY: Text("每个数据日", "each day of data"),
    Rhythm.WEEKLY: Text("每周一次", "once a week"),
    Rhythm.MONTHLY: Text("每个月末", "each month end"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one's own exports, and all background jobs to whoever may see them."""
    gateway = request.gateway  # type: ignore[attr-defined]
    names = {node.code: node.name for node in gateway.organisations(Permission.CUSTOMER_EXPORT)} | place_names(gateway)
    own = [_told(job, _place(gateway, job, names)) for job in ExportJob.objects.filter(owner=request.user)[:_OWN]]
    context: dict[str, object] = {"exports": own, "is_open": any(one["is_open"] for one in own)}
    context |= _subscriptions(request, gateway)
    if gateway.may(Permission.JOB_VIEW):
        found = DBTaskResult.objects.defer("args_kwargs", "return_value", "traceback").order_by("-enqueued_at", "id")
        if request.GET.get("state") in ("READY", "RUNNING", "SUCCESSFUL", "FAILED"):
            found = found.filter(status=request.GET["state"])
        part = slice_of(found, request.GET.get("page", ""))
        context |= {
            "slice": part,
            "jobs": [_told_job(job) for job in part.rows],
            "states": [(code, STATES[code]) for code in STATES if code.isupper()],
        }
    is_waiting = context["is_open"] or (gateway.may(Permission.JOB_VIEW) and DBTaskResult.objects.filter(status="READY").exists())
    return render(request, "jobs/page.html", context | {"nobody_works": is_waiting and not gateway.bank.home.has_worker})


@require_safe
def download(request: HttpRequest, job: uuid.UUID, form: str) -> HttpResponse:
    """Give an export to its owner while it is kept; scope is checked again and the look is recorded."""
    found, content = fetch(request.gateway, request.user, job, form)  # type: ignore[attr-defined]
    return given(content, Form(found.form), f"{found.kind}-{found.created_at:%Y%m%d}")


@needs(Permission.FIGURE_EXPORT)
@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Subscribe to the page and address that the form names."""
    said = request.POST
    try:
        subscribe_page(
            request.gateway,  # type: ignore[attr-defined]
            request.user,  # type: ignore[arg-type]
            page=said.get("page", ""),
            query=said.get("query", ""),
            name=said.get("name", ""),
            rhythm=Rhythm(said["rhythm"]) if said.get("rhythm") in Rhythm.values else Rhythm.MONTHLY,
            form=Form.PDF if said.get("form") == Form.PDF else Form.XLSX,
        )
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    return redirect(f"{reverse('jobs')}#subscriptions")


@require_POST
def unsubscribe(request: HttpRequest, number: int) -> HttpResponse:
    """End a subscription of one's own."""
    unsubscribe_page(request.gateway, request.user, number)  # type: ignore[attr-defined, arg-type]
    return redirect(f"{reverse('jobs')}#subscriptions")


def _subscriptions(request: HttpRequest, gateway: Gateway) -> dict[str, object]:
    """Return one's subscriptions, and the form of a new one where the address names a page or there are saved views."""
    if not gateway.may(Permission.FIGURE_EXPORT):
        return {}
    titles = {page.code: page.title for page in gateway_pages() if page.code in SUBSCRIBABLE}
    page = request.GET.get("page_wanted", "")
    views = views_of(gateway, request.user, "self_service")  # type: ignore[arg-type]
    held = PageSubscription.objects.filter(owner=request.user, ended_at=None)
    return {
        "may_subscribe": True,
        "subscriptions": [(one, titles.get(one.page, one.page), RHYTHMS[one.rhythm]) for one in held],
        "wanted": (page, titles[page], request.GET.get("query", "")[:LONGEST_QUERY]) if page in titles else None,
        "kept_views": [(view, query_within(gateway, view)) for view in views],
        "rhythms": RHYTHMS.items(),
        "longest_name": LONGEST_NAME,
    }


def gateway_pages() -> tuple[Page, ...]:
    """Return every page; the registry names this one too, so it is asked late."""
    from maisui.web.pages.registry import PAGES  # noqa: PLC0415

    return PAGES


def _place(gateway: Gateway, job: ExportJob, names: Mapping[str, str]) -> str:
    """Return whose figures or customers a file holds; what none being named means differs from kind to kind."""
    organisation = job.organisation_code
    if job.kind == SUBSCRIBED_PAGE:
        organisation = dict(parse_qsl(within(gateway, job.parameters.get("query", "")))).get("org", "")
    if organisation or job.kind in (SUBSCRIBED_PAGE, REPORT):
        return names.get(organisation, organisation)
    return place_of_all(gateway, KINDS[job.kind].permission) if job.kind == ALL_FIGURES else str(OWN_SCOPE)


def _told(job: ExportJob, place: str) -> dict[str, object]:
    is_ready = job.state == State.DONE and job.expires_at is not None and job.expires_at > timezone.now()
    state = "expired" if job.state == State.DONE and not is_ready else job.state
    return {
        "job": job,
        "kind": _KINDS.get(job.kind, job.kind),
        "place": place,
        "name": job.parameters.get("name", "") if job.kind == SUBSCRIBED_PAGE else "",
        "state": STATES.get(state, state),
        "is_ready": is_ready,
        "is_open": job.state in (State.WAITING, State.RUNNING),
    }


def _told_job(job: DBTaskResult) -> dict[str, object]:
    name = job.task_path.rsplit(".", 1)[-1]
    seconds = round((job.finished_at - job.started_at).total_seconds(), 1) if job.finished_at and job.started_at else None
    error = job.exception_class_path.rsplit(".", 1)[-1]
    return {
        "job": job,
        "kind": _KINDS.get(name, name),
        "state": STATES.get(job.status, job.status),
        "attempts": len(job.worker_ids),
        "seconds": seconds,
        "error": error,
    }

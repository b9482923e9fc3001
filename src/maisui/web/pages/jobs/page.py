"""Jobs: everyone's own exports, and for whoever runs the system every background job."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from maisui.web.access.permissions import Permission
from maisui.web.exports.files import given
from maisui.web.exports.jobs import fetch
from maisui.web.exports.models import ExportJob, State
from maisui.web.exports.sheets import Form
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
    "make_export": Text("生成导出", "Make an export"),
    "make_preview": Text("参数变更预览", "Preview of a parameter change"),
}
_OWN = 50


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one's own exports, and all background jobs to whoever may see them."""
    gateway = request.gateway  # type: ignore[attr-defined]
    own = [_told(job) for job in ExportJob.objects.filter(owner=request.user)[:_OWN]]
    context: dict[str, object] = {"exports": own, "is_open": any(one["is_open"] for one in own)}
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
    return render(request, "jobs/page.html", context)


@require_safe
def download(request: HttpRequest, job: uuid.UUID, form: str) -> HttpResponse:
    """Give an export to its owner while it is kept; scope is checked again and the look is recorded."""
    found, content = fetch(request.gateway, request.user, job, form)  # type: ignore[attr-defined]
    return given(content, Form(found.form), f"{found.kind}-{found.created_at:%Y%m%d}")


def _told(job: ExportJob) -> dict[str, object]:
    is_ready = job.state == State.DONE and job.expires_at is not None and job.expires_at > timezone.now()
    state = "expired" if job.state == State.DONE and not is_ready else job.state
    return {
        "job": job,
        "kind": _KINDS.get(job.kind, job.kind),
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

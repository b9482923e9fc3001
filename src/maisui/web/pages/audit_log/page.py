"""The audit log as its administrator reads it: filtered, by pages, checked, and taken out as a workbook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.web.audit.models import AuditRecord, Result
from maisui.web.audit.record import record
from maisui.web.audit.verification import verify
from maisui.web.exports.sheets import Column, Export, Sheet
from maisui.web.pages.paging import slice_of
from maisui.web.pages.words_of_staff import ACTIONS, RESULTS, action_name, details_in_words, object_name, result_name, role_name
from maisui.web.text import choose

MOST_EXPORTED = 50_000
_LONGEST_WORD = 200
_FIRST_YEAR, _LAST_YEAR = 2000, 2200
_FILTERS = ("actor", "action", "object", "result", "from", "until")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show records, newest first."""
    return render(request, "audit_log/page.html", _context(request))


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Check the whole chain now and show what was found; the check is itself recorded."""
    found = verify()
    result = Result.ALLOWED if found.is_good else Result.FAILED
    details = {"count": found.count, "finding": found.finding}
    record(action="audit_check", by=request.gateway.actor, object_type="audit_log", result=result, details=details)  # type: ignore[attr-defined]
    return render(request, "audit_log/page.html", _context(request) | {"verification": found})


def export_of_page(request: HttpRequest) -> Export:
    """Return the filtered records; those over the limit are said, not left out in silence."""
    found = _filtered(request.GET)
    count = found.count()
    asked = {name: request.GET[name][:_LONGEST_WORD] for name in _FILTERS if request.GET.get(name)}
    title = choose("审计记录", "Audit records")
    if count > MOST_EXPORTED:
        title += choose(f"（{count} 条中的最近 {MOST_EXPORTED} 条）", f" (the newest {MOST_EXPORTED} of {count})")
    return Export(
        "audit_log",
        choose("审计", "Audit"),
        (Sheet(choose("审计", "Audit"), title, _columns(), [_row(line) for line in found[:MOST_EXPORTED]]),),
        name=f"audit-{timezone.localdate()}",
        action="audit_export",
        details={"filters": asked, "rows": min(count, MOST_EXPORTED), "of": count},
    )


def _context(request: HttpRequest) -> dict[str, object]:
    part = slice_of(_filtered(request.GET), request.GET.get("page", ""))
    rows = [_shown(line) for line in part.rows]
    return {"slice": part, "rows": rows, "actions": sorted(ACTIONS.items()), "results": RESULTS.items()}


def _shown(line: AuditRecord) -> dict[str, object]:
    roles = [role_name(code) for code in line.roles.split(",") if code]
    scopes = [choose("全行", "whole bank") if scope == "*" else scope for scope in line.scope.split(",") if scope]
    return {
        "line": line,
        "action": action_name(line.action),
        "object": object_name(line.object_type),
        "result": result_name(line.result),
        "holding": " · ".join([*roles, *scopes]),
        "details": details_in_words(json.loads(line.details)),
    }


def _filtered(asked: Mapping[str, str]) -> QuerySet[AuditRecord]:
    found = AuditRecord.objects.order_by("-sequence")
    actor, thing, action = (_word(asked.get(name, "")) for name in ("actor", "object", "action"))
    if actor:
        found = found.filter(Q(actor_username__icontains=actor) | Q(actor_name__icontains=actor) | Q(employee_number=actor))
    if thing:
        found = found.filter(Q(object_type__icontains=thing) | Q(object_id__icontains=thing))
    if action:
        found = found.filter(action=action)
    if asked.get("result") in Result.values:
        found = found.filter(result=asked["result"])
    first, until = _midnight(asked.get("from", ""), 0), _midnight(asked.get("until", ""), 1)
    if first:
        found = found.filter(at__gte=first)
    if until:
        found = found.filter(at__lt=until)
    return found


def _word(text: str) -> str:
    return text.replace("\0", "").strip()[:_LONGEST_WORD]


def _midnight(text: str, days: int) -> datetime | None:
    """Return the bank's midnight that begins the day of `text`, or the day after it; None for what is no day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))


def _columns() -> tuple[Column, ...]:
    words = (
        ("序号", "Number", 10),
        ("时间", "Time", 22),
        ("用户名", "User", 18),
        ("姓名", "Name", 14),
        ("员工号", "Employee", 14),
        ("角色", "Roles", 24),
        ("范围", "Scope", 16),
        ("来源地址", "From", 18),
        ("动作", "Action", 20),
        ("对象类型", "Object type", 16),
        ("对象", "Object", 28),
        ("结果", "Result", 10),
        ("说明", "Details", 50),
        ("校验值", "Seal", 68),
    )
    return tuple(Column(choose(zh, en), width=width) for zh, en, width in words)


def _row(line: AuditRecord) -> tuple[str, ...]:
    at = f"{timezone.localtime(line.at):%Y-%m-%d %H:%M:%S}"
    who = (line.actor_username, line.actor_name, line.employee_number, line.roles, line.scope, line.source_address)
    what = (
        action_name(line.action),
        line.object_type,
        line.object_id,
        result_name(line.result),
        details_in_words(json.loads(line.details)),
        line.hash,
    )
    return (str(line.sequence), at, *who, *what)

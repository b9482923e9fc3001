"""The page of reports: choose organisation and month, see what will be in it, have it made, and have it every month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.report_templates import (
    LONGEST_NAME,
    FaultyTemplateError,
    filled_template,
    forget_template,
    keep_template,
    templates_of,
)
from maisui.web.actions.reports import ask_for_report, subscribe, unsubscribe
from maisui.web.exports.files import given, place_names, standing_of
from maisui.web.exports.models import ExportJob, ReportSubscription
from maisui.web.exports.models import State as JobState
from maisui.web.exports.schedule import REPORT
from maisui.web.exports.sheets import Form
from maisui.web.exports.template import MOST_BYTES
from maisui.web.gateway import Gateway
from maisui.web.pages.jobs.page import STATES
from maisui.web.pages.overview.figures import cards_of, metrics_by_code, months_before
from maisui.web.pages.overview.state import State as FiguresState
from maisui.web.pages.reports.report import COMPARISONS, KEY_FIGURES, PARTS, TITLE
from maisui.web.text import Text

_SHOWN = 20
_SHOWN_FAULTS = 100
_OPEN = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class State:
    """What the address says: an organisation and a month end."""

    organisation: str | None
    day: date | None

    @classmethod
    def of(cls, query: QueryDict) -> State:
        """Return the state that a query string says.

        Raises:
            QuestionError: when it names no day.
        """
        said = query.get("date", "")
        try:
            return cls(query.get("org") or None, date.fromisoformat(said) if said else None)
        except ValueError as error:
            raise QuestionError(f"{said!r} is not a day", where="date", next_step="write it as YYYY-MM-DD") from error

    def query(self) -> str:
        """Return the query string of this state."""
        pairs = (("org", self.organisation), ("date", self.day.isoformat() if self.day else None))
        return urlencode([(name, value) for name, value in pairs if value])


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what the report of the address will hold, the reports made, the subscriptions and the templates."""
    return _shown(request, {})


def _shown(request: HttpRequest, said: dict[str, object]) -> HttpResponse:
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "reports/page.html", {"is_empty": True})
    state = State.of(request.GET)
    ends = gateway.month_ends()
    standing = standing_of(gateway, state.organisation, state.day or ends[0], where="reports")
    made = ExportJob.objects.filter(owner=request.user, kind=REPORT)[:_SHOWN]
    names = place_names(gateway)
    asked = FiguresState(organisation=standing.organisation, day=standing.day, comparisons=COMPARISONS)
    metrics = metrics_by_code(gateway)
    days = months_before(standing.day, ends, 2)
    jobs = [_told(job, names) for job in made]
    context = {
        "state": state,
        "query": state.query(),
        "day": standing.day,
        "days": ends,
        "place": standing.place,
        "organisations": gateway.organisations(Permission.FIGURE_EXPORT),
        "title": TITLE,
        "parts": [part.name for part in PARTS],
        "cards": [(metrics[code], card) for code, card in zip(KEY_FIGURES, cards_of(gateway, asked, KEY_FIGURES, days), strict=True)],
        "jobs": jobs,
        "is_open": any(job["is_open"] for job in jobs),
        "subscriptions": [
            (one, names.get(one.organisation_code, one.organisation_code))
            for one in ReportSubscription.objects.filter(owner=request.user, ended_at=None)
        ],
        "templates": [(one, one.owner.pk == request.user.pk) for one in templates_of(request.user)],  # type: ignore[arg-type]
        "longest_name": LONGEST_NAME,
        "most_megabytes": MOST_BYTES >> 20,
    }
    return render(request, "reports/page.html", context | said, status=409 if said.get("fault") else 200)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Have the report of the address made in the background."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    day = state.day or next(iter(gateway.month_ends()), None)
    if day is None:
        raise QuestionError("nothing has been published yet", where="reports", next_step="wait for the first batch")
    ask_for_report(gateway, request.user, organisation=state.organisation, day=day, form=_form(request))  # type: ignore[arg-type]
    return _back(state, "made")


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Subscribe to the report of the address's organisation."""
    state = State.of(request.GET)
    try:
        subscribe(request.gateway, request.user, organisation=state.organisation, form=_form(request))  # type: ignore[attr-defined, arg-type]
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    return _back(state, "subscriptions")


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own subscriptions."""
    unsubscribe(request.gateway, request.user, number)  # type: ignore[attr-defined, arg-type]
    return _back(State.of(request.GET), "subscriptions")


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep an uploaded template, or show each cell that cannot be filled."""
    file = request.FILES.get("file")
    name = request.POST.get("name", "")
    try:
        checked = keep_template(
            request.gateway,  # type: ignore[attr-defined]
            request.user,  # type: ignore[arg-type]
            name=name,
            content=file.read(MOST_BYTES + 1) if file is not None else b"",
            is_shared=request.POST.get("shared") == "yes",
        )
    except ActionRefusedError as error:
        return _shown(request, _refusal(error) | {"typed_name": name})
    messages.success(request, str(Text(f"模板已保存，共 {checked.figures} 个指标格", f"kept, with {checked.figures} cells to fill")))
    if checked.has_drawings:
        said = Text("模板中的图表与图片不会保留，填充后请自行添加", "charts and pictures of the template are not kept; add them afterwards")
        messages.warning(request, str(said))
    return _back(State.of(request.GET), "templates")


@require_POST
def fill(request: HttpRequest, number: int) -> HttpResponse:
    """Give a template filled for the organisation and day of the address."""
    state = State.of(request.GET)
    try:
        template, name, content = filled_template(
            request.gateway,  # type: ignore[attr-defined]
            request.user,  # type: ignore[arg-type]
            number,
            organisation=state.organisation,
            day=state.day,
        )
    except FaultyTemplateError as error:
        return _shown(request, _refusal(error))
    return given(content, Form.XLSX, f"template-{template.pk}-{name}")


@require_POST
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """Forget one of one's own templates."""
    forget_template(request.gateway, request.user, number)  # type: ignore[attr-defined, arg-type]
    return _back(State.of(request.GET), "templates")


def _refusal(error: ActionRefusedError) -> dict[str, object]:
    return {"fault": error.reason, "faults": error.faults[:_SHOWN_FAULTS] if isinstance(error, FaultyTemplateError) else []}


def _form(request: HttpRequest) -> Form:
    try:
        return Form(request.POST.get("form", Form.PDF))
    except ValueError as error:
        raise QuestionError("there is no such form of file", where="form", next_step="choose PDF or Excel") from error


def _back(state: State, part: str) -> HttpResponse:
    return redirect(f"{reverse('reports')}?{state.query()}#{part}")


def _told(job: ExportJob, names: dict[str, str]) -> dict[str, object]:
    is_ready = job.state == JobState.DONE and job.expires_at is not None and job.expires_at > timezone.now()
    state = "expired" if job.state == JobState.DONE and not is_ready else job.state
    return {
        "job": job,
        "day": date.fromisoformat(job.parameters["day"]),
        "place": names.get(job.organisation_code, job.organisation_code),
        "is_scheduled": "subscription" in job.parameters,
        "state": STATES.get(state, state),
        "is_ready": is_ready,
        "is_open": job.state in _OPEN,
    }

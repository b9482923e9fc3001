"""The page of a subscription, made by the worker as its owner would take it out himself on that day."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, QueryDict

from maisui.errors import QuestionError
from maisui.web.actions.saved_views import within
from maisui.web.exports.models import ExportJob
from maisui.web.exports.sheets import Export, NotAtOnceError
from maisui.web.gateway import Gateway


def export_of_job(gateway: Gateway, job: ExportJob, tell: Callable[[int], None]) -> Export:
    """Return the page of the job's address on its day; an organisation that is not the owner's any more gives way to his own.

    Raises:
        AccessError: when the owner may not see the page or take it out any more.
        QuestionError: when the page is no more.
    """
    from maisui.web.pages.registry import PAGES  # noqa: PLC0415 - the registry names the page of jobs too

    said = job.parameters
    page = next((one for one in PAGES if one.code == said["page"]), None)
    view = next((view for _, name, view in page.parts if name == "export"), None) if page else None
    if page is None or view is None:
        raise QuestionError("this page is no more", where="subscriptions", next_step="end the subscription")
    if page.permission is not None:
        gateway.require(page.permission)
    request = HttpRequest()
    kept = [(name, value) for name, value in parse_qsl(within(gateway, said["query"]), keep_blank_values=True) if name != "date"]
    request.method, request.GET = "GET", QueryDict(urlencode([*kept, ("date", said["day"])]))
    request.user, request.gateway, request.page = job.owner, gateway, page  # type: ignore[attr-defined, assignment]
    tell(20)
    try:
        export: Export = view.build(request)  # type: ignore[attr-defined]
    except NotAtOnceError as error:
        raise QuestionError(str(error.said), where="subscriptions", next_step="look at the page, or end the subscription") from error
    tell(80)
    return export

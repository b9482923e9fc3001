"""How an export becomes a file, and the one way in which pages give files out: `export.xlsx` and `export.pdf` of the same address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from maisui.answers import Freshness
from maisui.errors import HomeError
from maisui.web.access.permissions import Permission
from maisui.web.audit.record import record
from maisui.web.exports import document, workbook
from maisui.web.exports.sheets import Export, Form, NotAtOnceError, Stamp, definitions_sheet
from maisui.web.gateway import Gateway
from maisui.web.text import Text, choose

CONTENT_TYPES: dict[Form, str] = {Form.XLSX: workbook.CONTENT_TYPE, Form.PDF: document.CONTENT_TYPE}
WHOLE_BANK = Text("全行", "Whole bank")
OWN_SCOPE = Text("本人权限范围内全部", "All within your scope")
Build = Callable[..., Export]
"""What a page says to take itself out, from the request and what stands in its address: permission first, then what is shown.

Its refusals are the page's own.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a page of figures stands: organisation (None is the whole entity), what it is called, the day, and the stamp of the data."""

    organisation: str | None
    place: str
    day: date
    fresh: Freshness
    names: dict[str, str]

    @property
    def file_name(self) -> str:
        """Return organisation and day as they stand in the names of files."""
        return f"{self.organisation or settings.HOME.legal_entity_code}-{self.day}"

    def details(self, rows: int) -> dict[str, object]:
        """Return what the audit keeps of an export."""
        return {"organisation": self.organisation or "*", "day": str(self.day), "rows": rows}

    def about(self, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        """Return organisation, day and what else the page's state says, label by label."""
        return ((choose("机构", "Organisation"), self.place), (choose("数据日期", "Day"), str(self.day)), *more)


def standing_of(gateway: Gateway, organisation: str | None, day: date | None, *, where: str) -> Standing:
    """Return where an export of figures stands; None of an organisation is the top of what the viewer sees.

    Raises:
        AccessError: when he may not export figures there.
        HomeError: before the first publication.
    """
    gateway.require_figures_export(organisation)
    fresh = gateway.freshness()
    if fresh is None:
        raise HomeError("nothing has been published yet", where=where, next_step="wait for the first batch")
    chosen = organisation or gateway.top
    names = {node.code: node.name for node in gateway.organisations()}
    place = names.get(chosen or "", choose(settings.HOME.name_zh, settings.HOME.name_en))
    return Standing(chosen, place, day or fresh.reporting_date, fresh, names)


def place_names(gateway: Gateway) -> dict[str, str]:
    """Return what the organisations in sight are called, under "" what a question of figures means that names none."""
    names, top = {node.code: node.name for node in gateway.organisations()}, gateway.top
    return {"": str(WHOLE_BANK) if top is None else names.get(top, str(OWN_SCOPE)), **names}


def place_of_all(gateway: Gateway, permission: Permission) -> str:
    """Return what a file is of that holds every organisation for which the viewer holds `permission`."""
    if gateway.viewer.is_whole_entity(permission):
        return str(WHOLE_BANK)
    tops = [node.name for node in gateway.organisations(permission) if node.parent_code is None]
    return tops[0] if len(tops) == 1 else str(OWN_SCOPE)


def file_of(export: Export, stamp: Stamp, form: Form) -> bytes:
    """Return the export as a file.

    Raises:
        NotAtOnceError: for a document of more lines or cells than anybody reads on paper.
        HomeError: for a document where the machine has no Chinese font.
    """
    if form is Form.PDF:
        if export.line_count > document.MOST_LINES:
            raise NotAtOnceError(
                Text(
                    f"共 {export.line_count} 行，PDF 最多 {document.MOST_LINES} 行；请导出 Excel",
                    f"{export.line_count} lines, a PDF holds at most {document.MOST_LINES}: take the workbook",
                )
            )
        if export.cell_count > document.MOST_CELLS:
            raise NotAtOnceError(
                Text(
                    f"共 {export.cell_count} 格，PDF 最多 {document.MOST_CELLS} 格；请导出 Excel，或减少列",
                    f"{export.cell_count} cells, a PDF holds at most {document.MOST_CELLS}: take the workbook, or fewer columns",
                )
            )
        return document.document(export, stamp)
    definitions = (definitions_sheet(export.metrics),) if export.metrics else ()
    return workbook.workbook((*export.sheets, *definitions), stamp, str(export.classification))


def stamp_of(gateway: Gateway, organisation: str | None) -> Stamp:
    """Return what marks a file that this viewer takes out now."""
    fresh, viewer = gateway.freshness(), gateway.viewer
    person = " ".join(word for word in (viewer.name, viewer.username, viewer.employee_number) if word)
    scope = scope_of(gateway, organisation)
    return Stamp(person, timezone.localtime(), fresh.version if fresh else "", settings.HOME.legal_entity_code if scope == "*" else scope)


def scope_of(gateway: Gateway, organisation: str | None) -> str:
    """Return whose figures an export holds: one organisation, or all that the viewer may export, the whole entity as "*"."""
    tops = gateway.viewer.tops_of(Permission.FIGURE_EXPORT)
    return organisation or ("*" if "" in tops else ",".join(tops)) or "*"


def given(content: bytes, form: Form, name: str) -> HttpResponse:
    """Return a file to be kept under a name."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="maisui-{name}.{form}"'
    return response


def exports(build: Build, *, name: str = "export", below: str = "") -> tuple[tuple[str, str, Any], ...]:
    """Return the parts of a page by which it is taken out, one for each form of file; see `pages.page.Page`."""
    return tuple((f"{below}export.{form}", name if form is Form.XLSX else f"{name}_{form}", _view(build, form)) for form in Form)


def _view(build: Build, form: Form) -> Callable[[HttpRequest], HttpResponse]:
    @require_safe
    def give(request: HttpRequest, **in_address: object) -> HttpResponse:
        """Give the page of the address as a file, recorded before it goes; what cannot be given at once says how to get it."""
        gateway: Gateway = request.gateway  # type: ignore[attr-defined]
        try:
            export = build(request, **in_address)
            content = file_of(export, stamp_of(gateway, export.organisation), form)
        except NotAtOnceError as error:
            messages.warning(request, str(error.said))
            return redirect(f"{request.path.removesuffix(f'export.{form}')}?{request.META['QUERY_STRING']}")
        details = {**export.details, "form": form.value}
        record(action=export.action, by=gateway.actor, object_type=export.code, object_id=export.object_id[:200], details=details)
        return given(content, form, export.name or export.code)

    give.build = build  # type: ignore[attr-defined] - subscriptions have the same page made without a request
    return give

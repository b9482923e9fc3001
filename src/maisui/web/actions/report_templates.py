"""Templates of the bank's own: kept, shared and forgotten by who uploaded them, filled by whoever sees them, with his own figures."""

from __future__ import annotations

import hashlib
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.exports.files import stamp_of, standing_of
from maisui.web.exports.models import ReportTemplate
from maisui.web.exports.template import MOST_BYTES, Checked, Fault, check_template, fill_template
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text, choose

LONGEST_NAME = 60
MOST_TEMPLATES = 50
_OBJECT = "report_template"


class FaultyTemplateError(ActionRefusedError):
    """A template with cells that cannot be filled."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the cells, to be shown one by one."""
        said = Text(f"有 {len(faults)} 处无法填充，请改正后重试", f"{len(faults)} cells cannot be filled; correct them and try again")
        super().__init__(said, where="template", next_step="correct the cells")
        self.faults = faults


def templates_of(user: StaffUser) -> QuerySet[ReportTemplate]:
    """Return the templates a user keeps and those that colleagues share; their files are not read."""
    return ReportTemplate.objects.filter(Q(owner=user) | Q(is_shared=True)).select_related("owner").defer("content")


def keep_template(gateway: Gateway, user: StaffUser, *, name: str, content: bytes, is_shared: bool) -> Checked:
    """Keep a checked template under a name; the same name of the same owner is overwritten.

    Raises:
        NotAllowedError: when the viewer may not export figures.
        FaultyTemplateError: when a cell cannot be read.
        ActionRefusedError: for a name that is empty or too long, a file that is none, or too many templates.
    """
    with action("template_keep", by=gateway.actor, permission=Permission.FIGURE_EXPORT, object_type=_OBJECT, object_id="") as details:
        plain = " ".join(name.split())
        if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
            raise _refused(Text(f"请填写名称（1 至 {LONGEST_NAME} 字）", f"give it a name of 1 to {LONGEST_NAME} characters"))
        if not 0 < len(content) <= MOST_BYTES:
            raise _refused(
                Text(f"请选择不超过 {MOST_BYTES >> 20} MB 的 .xlsx 文件", f"choose an .xlsx file of up to {MOST_BYTES >> 20} MB")
            )
        if ReportTemplate.objects.filter(owner=user).exclude(name=plain).count() >= MOST_TEMPLATES:
            raise _refused(Text(f"最多保存 {MOST_TEMPLATES} 个模板", f"at most {MOST_TEMPLATES} templates"))
        try:
            checked = check_template(content, gateway.catalogue())
        except QuestionError as error:
            raise _refused(Text(f"文件不能用作模板：{error.what}", f"this file cannot be a template: {error.what}")) from error
        if not checked.faults and not checked.figures:
            raise _refused(Text("没有找到占位符，例如 {{deposit_balance}}", "there is no placeholder such as {{deposit_balance}}"))
        if checked.faults:
            raise FaultyTemplateError(checked.faults)
        digest = hashlib.sha256(content).hexdigest()
        kept, _ = ReportTemplate.objects.update_or_create(
            owner=user,
            name=plain,
            defaults={
                "content": content,
                "sha256": digest,
                "figure_count": checked.figures,
                "is_shared": is_shared,
                "uploaded_at": timezone.now(),
            },
        )
        details |= {"template": kept.pk, "is_shared": is_shared, "count": checked.figures, "hash": digest}
    return checked


def forget_template(gateway: Gateway, user: StaffUser, number: int) -> None:
    """Forget a template of one's own.

    Raises:
        NotVisibleError: when there is no such template of his.
    """
    with action("template_forget", by=gateway.actor, permission=None, object_type=_OBJECT, object_id=str(number)):
        if not ReportTemplate.objects.filter(pk=number, owner=user).delete()[0]:
            raise NotVisibleError("there is no such template", where="templates", next_step="go back to the page of reports")


def filled_template(
    gateway: Gateway, user: StaffUser, number: int, *, organisation: str | None, day: date | None
) -> tuple[ReportTemplate, str, bytes]:
    """Return a template, the end of its file's name, and the file filled for an organisation and a day, within the viewer's scope.

    Raises:
        AccessError: when he may not export there.
        NotVisibleError: when there is no such template for him.
        FaultyTemplateError: when a cell cannot be answered; then there is no file.
    """
    standing = standing_of(gateway, organisation, day, where="templates")
    with action(
        "template_fill", by=gateway.actor, permission=Permission.FIGURE_EXPORT, object_type=_OBJECT, object_id=str(number)
    ) as details:
        template = ReportTemplate.objects.filter(Q(owner=user) | Q(is_shared=True), pk=number).first()
        if template is None:
            raise NotVisibleError("there is no such template", where="templates", next_step="go back to the page of reports")
        stamp = stamp_of(gateway, standing.organisation)
        words = {
            "date": f"{standing.day}",
            "year": f"{standing.day.year}",
            "month": f"{standing.day.month}",
            "organisation": standing.place,
            "bank": choose(settings.HOME.name_zh, settings.HOME.name_en),
            "person": stamp.person,
            "version": stamp.version,
        }
        content, faults, filled = fill_template(
            bytes(template.content), gateway, organisation=standing.organisation, day=standing.day, stamp=stamp, words=words
        )
        if faults:
            raise FaultyTemplateError(faults)
        details.update(standing.details(filled), template=template.pk)
    return template, standing.file_name, content


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="templates", next_step="correct it and try again")

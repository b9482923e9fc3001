"""Releasing a quarantined line: by whom, why, and never what it says."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from maisui.answers import release_line
from maisui.errors import BusyError, ContractError
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.audit.actor import Actor
from maisui.web.audit.chain import one_line
from maisui.web.text import Text

SHORTEST_REASON, LONGEST_REASON, LONGEST_LINE = 6, 200, 20_000


def release_quarantined(*, by: Actor, file_id: str, line: int, corrected: str | None, reason: str) -> None:
    """Let one quarantined line in; it counts after the next publication.

    Raises:
        NotAllowedError: when `by` may not release lines.
        QuestionError: when there is no such delivery.
        ActionRefusedError: without a reason, while a batch runs, or when the line still does not pass.
    """
    with action("quarantine_release", by=by, permission=Permission.DATA_RELEASE, object_type="delivery", object_id=file_id) as details:
        stated = one_line(reason.strip(), LONGEST_REASON + 1)
        details |= {"line": line, "corrected": corrected is not None, "reason": stated[:LONGEST_REASON]}
        if not SHORTEST_REASON <= len(stated) <= LONGEST_REASON:
            raise ActionRefusedError(
                Text(
                    f"理由须为 {SHORTEST_REASON} 至 {LONGEST_REASON} 个字", f"a reason has {SHORTEST_REASON} to {LONGEST_REASON} characters"
                ),
                where="quarantine",
                next_step="say why the line may be let in",
            )
        if corrected is not None and len(corrected) > LONGEST_LINE:
            raise ActionRefusedError(Text("更正行过长", "the corrected line is too long"), where="quarantine", next_step="correct the line")
        try:
            release_line(settings.HOME, file_id=file_id, line=line, corrected=corrected, operator=by.username, at=timezone.now())
        except BusyError as error:
            raise ActionRefusedError(
                Text("批次正在运行，请稍后再放行", "a batch is running; release the line afterwards"),
                where=error.where,
                next_step=error.next_step,
            ) from error
        except ContractError as error:
            raise ActionRefusedError(
                Text(f"该行未能放行：{error.what}", f"the line is not released: {error.what}"),
                where="quarantine",
                next_step=error.next_step,
            ) from error

"""What an action is: permission, one transaction, one audit record; a refusal is recorded after the roll-back."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from django.db import transaction

from maisui.errors import AccessError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotAllowedError
from maisui.web.audit.actor import Actor
from maisui.web.audit.models import Result
from maisui.web.audit.record import AuditUnavailableError, record
from maisui.web.text import Text


class ActionRefusedError(AccessError):
    """What was asked for may not be done as things stand; `reason` says why in both languages."""

    def __init__(self, reason: Text, *, where: str, next_step: str) -> None:
        """Keep the reason for the screen, and its English text for the command line."""
        super().__init__(reason.en, where=where, next_step=next_step)
        self.reason = reason


@contextmanager
def action(name: str, *, by: Actor, permission: Permission | None, object_type: str, object_id: str) -> Generator[dict[str, object]]:
    """Run the body as one action of `by`; what the body puts into the yielded dictionary becomes the record's details.

    `permission` None is for what everybody may do with what is his own; an operator at the server may do everything.

    Raises:
        NotAllowedError: when `by` lacks the permission.
        AccessError: what the body raised, after it was recorded as refused.
    """
    details: dict[str, object] = {}
    try:
        if permission is not None and not by.is_operator and permission not in by.permissions:
            raise NotAllowedError(
                str(permission.meaning), where=permission.value, next_step="ask the security administrator for a role that may"
            )
        with transaction.atomic():
            yield details
            record(action=name, by=by, object_type=object_type, object_id=object_id, details=details)
    except AuditUnavailableError:
        raise
    except AccessError as error:
        reason = {"reason": type(error).__name__, "what": error.what}
        record(action=name, by=by, object_type=object_type, object_id=object_id, result=Result.REFUSED, details=reason)
        raise

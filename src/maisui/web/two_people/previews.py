"""The preview of what somebody proposed, made by the worker and kept with it: `maisui … --json` in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from maisui.errors import MaisuiError
from maisui.web.text import Text
from maisui.web.two_people.desk import Desk
from maisui.web.two_people.models import PREVIEW_PATIENCE, Previewed, PreviewState

Record = TypeVar("Record", bound=Previewed)
_LONGEST_FAULT = 300


def begin_preview(desk: Desk, locked: Previewed, enqueue: Callable[[int], object]) -> None:
    """Have the preview of a proposal made from the current version, from the start where there is one already.

    Raises:
        ActionRefusedError: when it is on its way.
    """
    if locked.is_previewing:
        raise desk.refused(Text("预览正在计算，请稍候", "the preview is being made; wait a moment"))
    locked.preview_state, locked.preview_fault, locked.preview_at = PreviewState.WAITING, "", timezone.now()
    locked.save()
    transaction.on_commit(lambda: enqueue(locked.pk))


def keep_preview(kind: type[Record], number: int, words_of: Callable[[Record], Sequence[str]]) -> str:
    """Find what a proposal would have changed in the last whole month, by the command that `words_of` it are, and keep it."""
    rows = kind._default_manager.filter(pk=number)  # noqa: SLF001 - the public name of the manager of any table
    rows.update(preview_state=PreviewState.RUNNING, preview_at=timezone.now())
    try:
        found, fault = _asked(words_of(rows.get()))
    except (MaisuiError, OSError) as error:
        found, fault = None, error.what if isinstance(error, MaisuiError) else f"{error.strerror}"
    state = PreviewState.DONE if found is not None else PreviewState.FAILED
    rows.update(preview_state=state, preview=found, preview_fault=fault[:_LONGEST_FAULT], preview_at=timezone.now())
    return state


def _asked(words: Sequence[str]) -> tuple[dict[str, Any] | None, str]:
    """Return the preview, or why there is none."""
    command = [sys.executable, "-m", "maisui", *words, "--home", str(settings.HOME.path), "--json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PREVIEW_PATIENCE.total_seconds(), check=False)  # noqa: S603 - our own command
    except subprocess.TimeoutExpired:
        return None, f"it was not done within {PREVIEW_PATIENCE}"
    if done.returncode == 0:
        return json.loads(done.stdout), ""
    told = [line for line in done.stderr.splitlines() if line.startswith(("error: ", "next: "))]
    return None, "; ".join(line.split(": ", 1)[1] for line in told) or f"the preview ended with code {done.returncode}"

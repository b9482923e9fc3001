"""The preview of a proposal, made by the worker and kept with it: `maisui parameters preview` in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from maisui.web.parameters.models import PREVIEW_PATIENCE, ParameterProposal, PreviewState

_LONGEST_FAULT = 300


@task()
def make_preview(number: int) -> str:
    """Find what a proposal would have changed in the last whole month; asked again it is found anew from the current version."""
    proposal = ParameterProposal.objects.get(pk=number)
    ParameterProposal.objects.filter(pk=number).update(preview_state=PreviewState.RUNNING, preview_at=timezone.now())
    found, fault = _asked(proposal)
    state = PreviewState.DONE if found is not None else PreviewState.FAILED
    ParameterProposal.objects.filter(pk=number).update(
        preview_state=state, preview=found, preview_fault=fault[:_LONGEST_FAULT], preview_at=timezone.now()
    )
    return state


def _asked(proposal: ParameterProposal) -> tuple[dict[str, object] | None, str]:
    """Return the preview, or why there is none."""
    words = ["parameters", "preview", proposal.code, f"--from={proposal.valid_from}", f"--value={proposal.value}"]
    command = [sys.executable, "-m", "maisui", *words, "--home", str(settings.HOME.path), "--json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PREVIEW_PATIENCE.total_seconds(), check=False)  # noqa: S603 - our own command
    except subprocess.TimeoutExpired:
        return None, f"it was not done within {PREVIEW_PATIENCE}"
    if done.returncode == 0:
        return json.loads(done.stdout), ""
    told = [line for line in done.stderr.splitlines() if line.startswith(("error: ", "next: "))]
    return None, "; ".join(line.split(": ", 1)[1] for line in told) or f"the preview ended with code {done.returncode}"

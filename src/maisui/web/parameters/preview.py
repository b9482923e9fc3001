"""The preview of a proposed parameter line."""

from __future__ import annotations

from django_tasks import task

from maisui.web.parameters.models import ParameterProposal
from maisui.web.two_people.previews import keep_preview


@task()
def make_preview(number: int) -> str:
    """Find what a proposed line would have changed in the last whole month; asked again it is found anew from the current version."""
    return keep_preview(
        ParameterProposal,
        number,
        lambda line: ["parameters", "preview", line.code, f"--from={line.valid_from}", f"--value={line.value}"],
    )

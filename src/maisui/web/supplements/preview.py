"""The preview of an uploaded file: laid aside under the name that it would be delivered under, and asked of there."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings
from django_tasks import task

from maisui.answers import supplement_file_name
from maisui.web.supplements.models import SupplementUpload
from maisui.web.two_people.previews import keep_preview


@task()
def make_upload_preview(number: int) -> str:
    """Find what an uploaded file would have changed in the last whole month; asked again it is found anew from the current version."""
    with tempfile.TemporaryDirectory(prefix="preview-", dir=settings.HOME.entity) as folder:

        def words(upload: SupplementUpload) -> list[str]:
            file = Path(folder) / name_to_deliver(upload)
            file.write_bytes(bytes(upload.content))
            return ["preview", str(file)]

        return keep_preview(SupplementUpload, number, words)


def name_to_deliver(upload: SupplementUpload) -> str:
    """Return the name under which an upload lies in the inbox once it is approved: a later revision of the one it replaces."""
    first, revision = upload, 1
    while first.replaces is not None:
        first, revision = first.replaces, revision + 1
    return supplement_file_name(
        settings.HOME, upload.feed_code, day=upload.business_date, number=first.pk, revision=revision, suffix=upload.suffix
    )

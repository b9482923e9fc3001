"""What a figure was when it was published, beside what it is in today's version: earlier days may be known better since."""

from __future__ import annotations

from datetime import date

from maisui.errors import QuestionError
from maisui.warehouse.home import Home
from maisui.warehouse.version import Manifest, read_manifest


def version_as_published(home: Home, day: date) -> str:
    """Return the newest kept version whose reporting date is `day`.

    Raises:
        QuestionError: when no version of that day is kept.
        StorageError: when its manifest is damaged.
    """
    kept = [read_manifest(home.versions, path.stem) for path in home.versions.glob(f"{day:%Y%m%d}-*.json")]
    if not kept:
        raise QuestionError(
            f"no version of {day} is kept, so what was published then is not known",
            where="--as-published",
            next_step="ask for a reporting date of `maisui versions list`, or without --as-published for the figure as it is known now",
        )
    return max(kept, key=_age).version


def _age(manifest: Manifest) -> tuple[str, str]:
    return manifest.published_at, manifest.version

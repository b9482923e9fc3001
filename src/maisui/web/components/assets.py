"""Which built file stands behind `app.js` or `app.css`: names carry a hash of their content and never change."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"
MANIFEST = "manifest.json"


def built_name(name: str) -> str:
    """Return the name under `static/` of the built file `name`; its plain name where nothing was built."""
    path = DIST / MANIFEST
    if not path.exists():
        return f"dist/{name}"
    return f"dist/{_manifest(path, path.stat().st_mtime_ns)[name]}"


@cache
def _manifest(path: Path, _changed: int) -> dict[str, str]:
    return json.loads(path.read_text(encoding="utf-8"))["files"]

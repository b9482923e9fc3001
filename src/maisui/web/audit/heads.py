"""Signed heads of the chain, one file a day outside the database: whoever cuts the tail in the database leaves them behind."""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from maisui.web.audit.chain import canonical_json
from maisui.web.one_at_a_time import alone_in

FOLDER = "audit-heads"
_SALT = "maisui.audit.head"


@dataclass(frozen=True)
class Head:
    """The last record of a day: how many records there were and the seal of the last."""

    day: date
    sequence: int
    hash: str
    is_signed: bool
    path: Path


def folder() -> Path:
    """Return the folder of the heads in the bank's home; it is made when it is missing."""
    path = Path(settings.HOME.path) / FOLDER
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def is_writable() -> bool:
    """Tell whether a head can be written now."""
    try:
        return os.access(folder(), os.W_OK | os.X_OK)
    except OSError:
        return False


def keep_head(at: datetime, sequence: int, record_hash: str) -> None:
    """Write the head of the day of `at`; an older head never takes the place of a newer one."""
    day = at.date()
    path = folder() / f"{day.isoformat()}.json"
    with alone_in(path.parent):
        known = _read(path)
        if known is not None and known.is_signed and known.sequence >= sequence:
            return
        body = {"day": day.isoformat(), "sequence": sequence, "hash": record_hash}
        text = json.dumps({**body, "signature": _signature(day, sequence, record_hash)}, indent=1) + "\n"
        building = path.with_suffix(".building")
        with os.fdopen(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(text)
        building.replace(path)


def all_heads() -> list[Head]:
    """Return the heads of all days, oldest first; a file that cannot be read counts as unsigned."""
    paths = sorted(folder().glob("????-??-??.json"))
    return [_read(path) or Head(day=date.min, sequence=0, hash="", is_signed=False, path=path) for path in paths]


def _read(path: Path) -> Head | None:
    try:
        found = json.loads(path.read_text(encoding="ascii"))
        day = date.fromisoformat(found["day"])
        sequence, record_hash, signature = int(found["sequence"]), str(found["hash"]), str(found["signature"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_signed = path.stem == day.isoformat() and hmac.compare_digest(signature, _signature(day, sequence, record_hash))
    return Head(day=day, sequence=sequence, hash=record_hash, is_signed=is_signed, path=path)


def _signature(day: date, sequence: int, record_hash: str) -> str:
    return salted_hmac(
        _SALT, canonical_json([day.isoformat(), sequence, record_hash]), secret=settings.AUDIT_KEY, algorithm="sha256"
    ).hexdigest()

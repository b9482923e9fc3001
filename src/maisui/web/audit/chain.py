"""How a record becomes bytes and how its seal is reckoned: nothing here knows a database."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime

FIRST_HASH = "0" * 64
SEALED = (
    "sequence",
    "at",
    "actor_username",
    "actor_name",
    "employee_number",
    "roles",
    "scope",
    "source_address",
    "action",
    "object_type",
    "object_id",
    "result",
    "details",
    "previous_hash",
)
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def one_line(text: str, limit: int) -> str:
    r"""Return `text` as one printable line of at most `limit` characters.

    Line ends, control characters and marks that turn the direction of writing appear as `\uXXXX`, so that a name cannot
    forge a second record or hide a part of its own.
    """
    shown = "".join(_escaped(letter) for letter in text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _escaped(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if unicodedata.category(letter) in _UNPRINTABLE else letter


def canonical_json(value: object) -> str:
    """Return `value` as JSON that has only one spelling: sorted keys, no blanks."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)


def seal(record: Mapping[str, object]) -> str:
    """Return the SHA-256 over all fields of `record` named in SEALED, the seal of the record before it included."""
    fields = [_plain(record[name]) for name in SEALED]
    return hashlib.sha256(canonical_json(fields).encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds")
    return value

"""What a published version is: a manifest of immutable, content-named parts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from maisui.errors import StorageError
from maisui.warehouse.durable import write_durably


@dataclass(frozen=True, slots=True)
class Part:
    """One immutable file: the rows of one table in one month, or all whole tables together (`serving`).

    `tables` maps each table in the file to its row count; `month` is the first day of the month or empty.
    """

    file: str
    month: str
    tables: dict[str, int]
    content_hash: str


@dataclass(frozen=True, slots=True)
class Control:
    """The outcome of one control: what it compares, how many rows miss, by how much, and whether that stops.

    Differences within a tolerance of the bank's are counted apart, beside who accepted them and since when.
    """

    code: str
    name_zh: str
    name_en: str
    severity: str
    checked: int
    violations: int
    difference: str
    details: tuple[dict[str, str], ...] = ()
    tolerated: int = 0
    tolerated_difference: str = "0.00"
    tolerances: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberVersion:
    """A member of a union and the version of it that was rolled up; without one, `version` is empty and `reason` says why.

    `first_date` and `reporting_date` are the ends of its history; one that ends before the union's day is late. Its `controls` are
    told without places.
    """

    code: str
    name_zh: str
    name_en: str
    kind: str
    version: str = ""
    content_hash: str = ""
    first_date: date | None = None
    reporting_date: date | None = None
    last_delivery_on: date | None = None
    published_at: str = ""
    reason: str = ""
    controls: tuple[Control, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Return whether nothing of it is in the roll-up."""
        return not self.version

    def is_late(self, day: date) -> bool:
        """Return whether it is rolled up, but its history ends before `day`."""
        return self.reporting_date is not None and self.reporting_date < day


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that names a version: whose, as of when, from which deliveries, code and parameters.

    `own_feed_titles` are what the bank's own sources call their feeds, in Chinese and English, by the name mappings read them under.
    """

    version: str
    legal_entity_code: str
    reporting_date: date
    first_date: date
    code_version: str
    parameter_version: str
    sources: tuple[str, ...]
    source_hash: str
    deliveries: tuple[str, ...]
    last_delivery_on: date | None
    content_hash: str
    parts: tuple[Part, ...]
    controls: tuple[Control, ...] = ()
    lineage: dict[str, dict[str, list[str]]] = field(default_factory=dict[str, dict[str, list[str]]])
    published_at: str = ""
    members: tuple[MemberVersion, ...] = ()
    own_feed_titles: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    @property
    def is_union(self) -> bool:
        """Return whether this is a roll-up of several legal entities."""
        return bool(self.members)

    @property
    def fingerprint(self) -> tuple[object, ...]:
        """Return what decides the content: same fingerprint, same bytes."""
        return (self.legal_entity_code, self.reporting_date, self.code_version, self.parameter_version, self.source_hash, self.deliveries)

    def to_json(self) -> str:
        """Return the manifest as JSON text."""
        shallow = {each.name: getattr(self, each.name) for each in fields(self)}  # lineage is long: neither copied nor indented
        return json.dumps(shallow, ensure_ascii=False, default=_plain)


def read_manifest(versions: Path, version: str) -> Manifest:
    """Return the manifest of `version`.

    Raises:
        StorageError: when it is missing or cannot be read.
    """
    path = versions / f"{version}.json"
    try:
        return _from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise StorageError(
            f"there is no version {version}", where=str(versions), next_step="choose one of `maisui versions list`"
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise StorageError(
            f"the manifest of version {version} is damaged ({type(error).__name__})",
            where=str(path),
            next_step="run the batch again for its date, or roll back to another version",
        ) from error


def all_versions(versions: Path) -> tuple[Manifest, ...]:
    """Return every version kept, oldest publication first."""
    found = [read_manifest(versions, path.stem) for path in sorted(versions.glob("*.json"))]
    return tuple(sorted(found, key=lambda manifest: (manifest.published_at, manifest.version)))


def current_version(versions: Path) -> str | None:
    """Return the name of the version that readers see, or None before the first publication."""
    try:
        return (versions / "current").read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def point_to(versions: Path, version: str) -> None:
    """Make `version` the one that readers see, by one atomic rename."""
    write_durably(versions / "current", version + "\n")


def _from_json(text: dict[str, Any]) -> Manifest:
    return Manifest(
        version=text["version"],
        legal_entity_code=text["legal_entity_code"],
        reporting_date=date.fromisoformat(text["reporting_date"]),
        first_date=date.fromisoformat(text["first_date"]),
        code_version=text["code_version"],
        parameter_version=text["parameter_version"],
        sources=tuple(text["sources"]),
        source_hash=text["source_hash"],
        deliveries=tuple(text["deliveries"]),
        last_delivery_on=_day(text["last_delivery_on"]),
        content_hash=text["content_hash"],
        parts=tuple(Part(**part) for part in text["parts"]),
        controls=_controls(text["controls"]),
        lineage=text["lineage"],
        published_at=text["published_at"],
        members=tuple(
            MemberVersion(
                **(member | {name: _day(member[name]) for name in ("first_date", "reporting_date", "last_delivery_on")})
                | {"controls": _controls(member["controls"])}
            )
            for member in text.get("members", ())
        ),
        own_feed_titles={view: (zh, en) for view, (zh, en) in text.get("own_feed_titles", {}).items()},
    )


def _plain(value: object) -> object:
    """Return what JSON has no form for: records by their fields, dates as text."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _controls(texts: list[dict[str, Any]]) -> tuple[Control, ...]:
    found: list[Control] = []
    for text in texts:
        whole: dict[str, Any] = text | {"details": tuple(text["details"]), "tolerances": tuple(text.get("tolerances", ()))}
        found.append(Control(**whole))
    return tuple(found)

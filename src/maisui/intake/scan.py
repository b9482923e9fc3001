"""What lies in the inbox: which files are this source's, which are refused by their name alone."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from maisui.intake.receipt import base_name
from maisui.intake.refusal import Refusal, Waiting, printable
from maisui.intake.structure import is_structure
from maisui.sources.contract import Feed, Source, holds_one

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\\]|\.\.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file of a known feed, as it lies in the inbox; `control` is its companion when that has come."""

    path: Path
    file_name: str
    feed: Feed
    business_date: date
    size: int
    mtime_ns: int
    ctime_ns: int
    control: Path | None = None


@dataclass(slots=True)
class Scan:
    """All that was found, every file in exactly one list (companions belong to their file)."""

    arrivals: list[Arrival] = field(default_factory=list[Arrival])
    refused: list[Refusal] = field(default_factory=list[Refusal])
    waiting: list[Waiting] = field(default_factory=list[Waiting])
    unrecognised: list[str] = field(default_factory=list[str])
    later: int = 0


def scan_inbox(*, source: Source, inbox: Path, until: date) -> Scan:
    """Return what lies in `inbox` and its sub-folders one level down, in order of name."""
    found = Scan()
    below = [entry for entry in _entries(inbox) if entry.is_dir(follow_symlinks=False) and _name_is_safe(entry, found)]
    names = _FeedNames(source)
    for prefix, folder in [("", inbox), *((entry.name + "/", Path(entry.path)) for entry in below)]:
        _scan_folder(names, prefix, folder, until, found)
    found.arrivals.sort(key=lambda arrival: (arrival.business_date, arrival.file_name, str(arrival.path)))
    return found


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []


def _name_is_safe(entry: os.DirEntry[str], found: Scan) -> bool:
    """Tell whether an entry may be opened at all; record the refusal otherwise."""
    what = ""
    if _UNSAFE.search(entry.name):
        what = "the name holds control characters, a backslash or '..'"
    elif entry.is_symlink():
        what = "it is a symbolic link"
    elif not (entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)):
        what = "it is not an ordinary file"
    if what:
        found.refused.append(Refusal(printable(entry.name), what, "inbox", "deliver an ordinary file under its agreed name"))
    return not what


def _scan_folder(names: _FeedNames, prefix: str, folder: Path, until: date, found: Scan) -> None:
    files: dict[str, os.DirEntry[str]] = {}
    lowered: dict[str, str] = {}
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            found.unrecognised.extend([f"{prefix}{printable(entry.name)}/"] if prefix else [])
        elif _name_is_safe(entry, found):
            files[entry.name] = entry
            lowered[entry.name.lower()] = entry.name
    companions: set[str] = set()
    unknown: list[str] = []
    for name, entry in files.items():
        feed, business_date = names.match(name)
        if feed is None or business_date is None:
            unknown.append(name)
            continue
        possible = companion_names(name, feed.control.suffix) if feed.control else ()
        companion = next((lowered[other.lower()] for other in possible if other.lower() in lowered), "")
        companions.update((companion, *possible))
        if business_date > until:
            found.later += 1
        else:
            control = Path(files[companion].path) if companion in files else None
            found.arrivals.extend(_arrival(entry, feed, business_date, control))
    for name in unknown:
        if name not in companions:
            names.place_orphan(name, prefix, until, found)


def _arrival(entry: os.DirEntry[str], feed: Feed, business_date: date, control: Path | None) -> list[Arrival]:
    """Return a file as it lies there, or nothing when it was taken away meanwhile."""
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return []
    seen = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return [Arrival(Path(entry.path), entry.name, feed, business_date, *seen, control)]


def companion_names(file_name: str, suffix: str) -> tuple[str, ...]:
    """Return the names the control file of `file_name` may have: `suffix` in place of its own, or behind it."""
    plain = PurePosixPath(base_name(file_name))
    dotted = suffix if suffix.startswith(".") else f".{suffix}"
    return plain.stem + dotted, plain.name + dotted, file_name + dotted


class _FeedNames:
    """The name patterns of a source, with the cheap test first: thousands of files meet dozens of feeds."""

    def __init__(self, source: Source) -> None:
        self._feeds = list(source.feeds.values())
        self._pieces = [(feed, feed.name_pieces()) for feed in self._feeds]

    def match(self, name: str) -> tuple[Feed | None, date | None]:
        lowered = name.lower()
        for feed, pieces in self._pieces:
            if holds_one(lowered, pieces):
                business_date = feed.file_date(name)
                if business_date is not None:
                    return feed, business_date
        return None, None

    def place_orphan(self, name: str, prefix: str, until: date, found: Scan) -> None:
        """File a name no feed knows: a companion whose data has not come waits, anything else is unrecognised."""
        lowered = name.lower()
        if is_structure(self._feeds, name):
            return
        for feed in self._feeds:
            if feed.control is None or not lowered.endswith(feed.control.suffix.lower()):
                continue
            stem = name[: -len(feed.control.suffix)]
            data_name = stem if feed.file_date(stem) else stem + PurePosixPath(feed.file_pattern).suffix
            business_date = feed.file_date(data_name)
            if business_date is not None:
                if business_date <= until:
                    found.waiting.append(Waiting(name, "the control file has come, its data file has not", data_name, feed.code))
                return
        found.unrecognised.append(prefix + name)

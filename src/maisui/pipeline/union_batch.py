"""A union's batch: the published versions of its members become one version of roll-ups, or nothing changes."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from maisui import __version__
from maisui.consolidation import UNION_RULES
from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.errors import HomeError, MaisuiError, StorageError
from maisui.parameters import ParameterSet, parameters_of
from maisui.pipeline.consolidate import UNION_TABLES, consolidate, roll_up_member
from maisui.pipeline.control_settings import load_control_settings
from maisui.pipeline.controls import run_controls
from maisui.warehouse import publication
from maisui.warehouse.durable import disk_errors
from maisui.warehouse.home import Home, MemberHome
from maisui.warehouse.lock import batch_lock
from maisui.warehouse.version import Manifest, MemberVersion, all_versions, current_version, read_manifest

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class UnionResult:
    """What a union's batch did: the version readers now see."""

    manifest: Manifest
    was_published_before: bool


def run_union(home: Home, *, reporting_date: date, now: datetime, progress: Progress | None = None) -> UnionResult:
    """Roll up the newest version of every member whose reporting date is `reporting_date` or before, and publish the union's.

    A member without such a version, or whose version cannot be read, is named in the manifest as missing, and one whose history ends
    earlier as late; the others are rolled up all the same. Members' homes are read and never written to. The same versions,
    parameters and code give the same content hash.

    Raises:
        BusyError: when another batch is running on the union.
        HomeError: when no member has anything to roll up.
        StorageError: when disk space is short.
    """
    report = progress or (lambda _name, _done, _all: None)
    with disk_errors(home.entity), batch_lock(home.entity):
        parameters = parameters_of(home)
        chosen = [_chosen(member, reporting_date) for member in home.members]
        draft = _draft(home, parameters, [member for member, _ in chosen], reporting_date)
        if not any(manifest for _, manifest in chosen):
            raise HomeError(
                f"no member of the union has a version of {reporting_date} or before",
                where=", ".join(f"{member.code}: {member.reason}" for member in draft.members),
                next_step="run `maisui run` in the members' homes first",
            )
        published = _readable_current(home)
        if published is not None and published.fingerprint == draft.fingerprint:
            return UnionResult(published, True)
        kept = sum(path.stat().st_size for path in home.parts.rglob("*.duckdb"))
        publication.require_space(home.entity, expected_bytes=kept)
        shutil.rmtree(home.scratch, ignore_errors=True)
        engine = DuckDBEngine(home.scratch, memory_limit=home.memory_limit, threads=home.threads)
        try:
            manifest = _build(home, engine, parameters, draft, chosen, now, report)
        finally:
            engine.close()
            shutil.rmtree(home.scratch, ignore_errors=True)
        publication.publish(home.versions, manifest)
        publication.prune(home.versions, home.parts, recent=home.recent_versions, month_ends=home.month_ends)
        return UnionResult(manifest, False)


def _chosen(member: MemberHome, day: date) -> tuple[MemberVersion, Manifest | None]:
    """Return the version of a member to roll up for `day`, and what names it; without one the reason."""
    plain = MemberVersion(member.code, member.name_zh, member.name_en, member.kind)
    try:
        versions = all_versions(member.entity / "versions")
    except MaisuiError as error:
        return replace(plain, reason=error.what), None
    if not versions:
        return replace(plain, reason="it has published nothing yet"), None
    current = current_version(member.entity / "versions")
    known = [one for one in versions if one.reporting_date <= day]
    if not known:
        return replace(plain, reason=f"its oldest version kept is of {min(one.reporting_date for one in versions)}"), None
    newest = max(one.reporting_date for one in known)
    of_that_day = [one for one in known if one.reporting_date == newest]
    found = next((one for one in of_that_day if one.version == current), of_that_day[-1])
    gone = [part.file for part in found.parts if not (member.entity / "parts" / part.file).exists()]
    if gone:
        return replace(plain, reason=f"version {found.version} cannot be read: {len(gone)} of its parts are missing"), None
    told = tuple(replace(control, details=(), tolerances=()) for control in found.controls)
    return (
        MemberVersion(
            member.code,
            member.name_zh,
            member.name_en,
            member.kind,
            version=found.version,
            content_hash=found.content_hash,
            first_date=found.first_date,
            reporting_date=found.reporting_date,
            last_delivery_on=found.last_delivery_on,
            published_at=found.published_at,
            controls=told,
        ),
        found,
    )


def _draft(home: Home, parameters: ParameterSet, members: Sequence[MemberVersion], reporting_date: date) -> Manifest:
    present = [member for member in members if not member.is_missing]
    told = repr([(m.code, m.name_zh, m.name_en, m.kind, m.reason) for m in members])
    return Manifest(
        version="",
        legal_entity_code=home.legal_entity_code,
        reporting_date=reporting_date,
        first_date=min((m.first_date for m in present if m.first_date), default=reporting_date),
        code_version=__version__,
        parameter_version=parameters.version,
        sources=(),
        source_hash=hashlib.sha256(told.encode()).hexdigest()[:16],
        deliveries=tuple(sorted(f"{m.code}/{m.version}/{m.content_hash}" for m in present)),
        last_delivery_on=min((m.last_delivery_on for m in present if m.last_delivery_on), default=None),
        content_hash="",
        parts=(),
        members=tuple(members),
    )


def _readable_current(home: Home) -> Manifest | None:
    """Return the manifest of the current version, None where there is none or a part of it is gone: then it is built anew."""
    current = current_version(home.versions)
    try:
        manifest = read_manifest(home.versions, current) if current else None
    except StorageError:
        return None
    return manifest if manifest and all((home.parts / part.file).exists() for part in manifest.parts) else None


def _build(
    home: Home,
    engine: DuckDBEngine,
    parameters: ParameterSet,
    draft: Manifest,
    chosen: Sequence[tuple[MemberVersion, Manifest | None]],
    now: datetime,
    report: Progress,
) -> Manifest:
    rolled: list[tuple[MemberVersion, Path]] = []
    for number, (member, manifest) in enumerate(chosen):
        report(f"roll up: {member.code}", number, len(chosen) + 1)
        if manifest is not None:
            parts = next(one for one in home.members if one.code == member.code).entity / "parts"
            file = home.scratch / f"member-{number}.duckdb"
            roll_up_member(file, manifest, parts, parameters, union_code=home.legal_entity_code, memory_limit=home.memory_limit)
            rolled.append((member, file))
    report("consolidate", len(chosen), len(chosen) + 1)
    consolidate(engine, home, parameters, rolled)
    settings = load_control_settings(home)
    quoted_code = home.legal_entity_code.replace("'", "''")
    rules = [
        replace(
            rule,
            violations=rule.violations.replace("$union", f"'{quoted_code}'"),
            checked=rule.checked.replace("$union", f"'{quoted_code}'"),
        )
        for rule in UNION_RULES
    ]
    controls = run_controls(engine, settings, rules)
    parts_written = publication.write_parts(engine.as_duckdb(), UNION_TABLES, home.parts, progress=report)
    content = publication.content_hash(parts_written)
    return replace(
        draft,
        version=f"{draft.reporting_date:%Y%m%d}-{content[:12]}",
        content_hash=content,
        parts=parts_written,
        controls=controls,
        published_at=now.isoformat(timespec="seconds"),
    )

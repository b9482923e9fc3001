"""`maisui doctor`: is this home fit to be served, and what to do where it is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from maisui.cli.output import console, print_json
from maisui.errors import HomeError, MaisuiError
from maisui.warehouse.home import Home, open_home
from maisui.web import start

LEAST_FREE_BYTES = 2 << 30
_CLOCK_MAY_DIFFER = timedelta(minutes=5)
_FIRST_DAY = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Finding:
    """What one check found; the three lines are empty where all is well."""

    check: str
    is_good: bool
    what: str = ""
    where: str = ""
    next_step: str = ""


def doctor_command(
    home: HomeOption = DEFAULT_HOME,
    repair: Annotated[bool, typer.Option("--repair", help="Make missing keys, close rights, bring the database up to date.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check rights, keys, database, figures, space, clock, audit log, administrators and the pages' files."""
    place = open_home(home)
    if repair:
        close_rights(place.path)
        start.prepare(place.path)
        close_rights(place.path)
    findings = list(examine(place))
    faults = [finding for finding in findings if not finding.is_good]
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            console.print(f"{'[green]ok   [/green]' if finding.is_good else '[red]fault[/red]'} {finding.check}", highlight=False)
            if not finding.is_good:
                console.print(
                    f"      {finding.what}\n      where: {finding.where}\n      next: {finding.next_step}", highlight=False, markup=False
                )
    if faults:
        raise HomeError(
            f"{len(faults)} of {len(findings)} checks found a fault: {', '.join(finding.check for finding in faults)}",
            where=str(place.path),
            next_step="do what each finding says, then run `maisui doctor` again",
        )


def examine(home: Home) -> Iterator[Finding]:
    """Yield the finding of every check; without usable keys the checks that need the settings are left out."""
    yield _checked("rights", lambda: check_rights(home.path))
    yield _checked("space", lambda: _check_space(home.path))
    try:
        start.load(home.path)
    except MaisuiError as error:
        yield Finding("keys", is_good=False, what=error.what, where=error.where, next_step=error.next_step)
        return
    yield Finding("keys", is_good=True)
    from maisui.cli import doctor_checks as checks  # noqa: PLC0415 - needs the settings

    yield _checked("database", checks.check_database)
    yield _checked("clock", lambda: checks.check_clock(datetime.now(UTC), earliest=_FIRST_DAY, may_differ=_CLOCK_MAY_DIFFER))
    yield _checked("figures", checks.check_figures)
    yield _checked("audit log", checks.check_audit)
    yield _checked("administrators", checks.check_administrators)
    yield _checked("pages", checks.check_pages)


def check_rights(home: Path) -> None:
    """Refuse a home, a key or a database that others on this machine may open.

    Raises:
        HomeError: when one is.
    """
    for path in _private(home):
        mode = path.stat().st_mode & 0o777
        if mode & 0o077:
            raise HomeError(f"others on this machine may open it (mode {mode:o})", where=str(path), next_step=f"chmod go= {path}")


def close_rights(home: Path) -> None:
    """Take from others on this machine every right to the home, its keys and its database."""
    for path in _private(home):
        path.chmod(path.stat().st_mode & 0o700)


def _private(home: Path) -> list[Path]:
    found = [home, home / "keys", home / "audit-heads", home / "exports", *home.glob("keys/*"), *home.glob("operational.sqlite3*")]
    return [path for path in (*found, home / "demo-users.json") if path.exists()]


def _check_space(home: Path) -> None:
    free = shutil.disk_usage(home).free
    if free < LEAST_FREE_BYTES:
        raise HomeError(f"only {free >> 20:,} MB are free", where=str(home), next_step=f"free at least {LEAST_FREE_BYTES >> 20:,} MB")


def _checked(name: str, check: Callable[[], None]) -> Finding:
    try:
        check()
    except MaisuiError as error:
        return Finding(name, is_good=False, what=error.what, where=error.where, next_step=error.next_step)
    return Finding(name, is_good=True)

"""Homes of tests: copied, run, asked by the command line, and what their readers see."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import maisui
from maisui.cli.main import main
from maisui.intake import receipts
from maisui.pipeline import batch, plan
from maisui.pipeline.batch import BatchResult, run_batch
from maisui.pipeline.plan import Plan
from maisui.sources.contract import Source
from maisui.tables import ALL
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader
from maisui.warehouse.version import current_version

PROVENANCE = ("source_file_id", "source_line")


def without_stops(path: Path) -> None:
    """Have a home say nothing about its controls, so that those with a setting only warn."""
    file = path / "bank.toml"
    said, _, _ = file.read_text(encoding="utf-8").partition("\n# A difference to the ledger")
    file.write_text(said, encoding="utf-8")


def copy_home(source: Path, target: Path) -> Path:
    """Copy a home with its times: an untouched file is recognised by size and times, so a copy is hashed again."""
    shutil.copytree(source, target, symlinks=True)
    return target


_moments = iter(datetime(2027, 1, 1, tzinfo=UTC) + timedelta(seconds=second) for second in range(1_000_000))


def run(home: Path, day: date, *, from_the_start: bool = False) -> BatchResult:
    """Run one batch in this process, each at its own second."""
    return run_batch(open_home(home), reporting_date=day, now=next(_moments), workers=1, from_the_start=from_the_start)


_PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from maisui.cli.main import main
sys.exit(main())
"""
COMMAND = ("-c", _PROGRAM)
"""The command line; it hears Ctrl-C even where the tests themselves were started in the background, which is passed on as ignoring it."""


def arguments(home: Path, *words: str) -> list[str]:
    """Return the whole command line of a verb of `maisui` on `home`."""
    return [sys.executable, *COMMAND, *words, "--home", str(home)]


def environment() -> dict[str, str]:
    """Return the environment of a subprocess that finds the same `maisui` as this process."""
    return os.environ | {"PYTHONPATH": str(Path(maisui.__file__).parents[1]), "COLUMNS": "200"}


def command(home: Path, *words: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    """Run a verb of the real command line to its end."""
    return subprocess.run(arguments(home, *words), env=environment(), capture_output=True, text=True, timeout=timeout, check=False)


@dataclass(frozen=True)
class Told:
    """What the command line said: exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return standard output read as JSON."""
        return json.loads(self.out)


SERVE_ONE_HOME = frozenset({"init", "demo", "users", "audit", "serve", "worker", "doctor", "backup", "restore"})
"""Verbs that load the web's settings, of which a process has one set for one home: each gets a process of its own."""


def tell(*words: str) -> Told:
    """Run the command line's own entry point, in this process where the verb allows it."""
    if words and words[0] in SERVE_ONE_HOME and "--help" not in words:
        ended = subprocess.run(
            [sys.executable, *COMMAND, *words], env=environment(), capture_output=True, text=True, timeout=600, check=False
        )
        return Told(ended.returncode, ended.stdout, ended.stderr)
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    code: object = 0
    sys.argv = ["maisui", *words]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.argv = before
    return Told(code if isinstance(code, int) else 0 if code is None else 1, out.getvalue(), err.getvalue())


def begin(home: Path, day: date) -> subprocess.Popen[str]:
    """Start `maisui run` as a process group of its own."""
    return subprocess.Popen(
        arguments(home, "run", "--date", day.isoformat()),
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def is_three_lines(text: str) -> bool:
    """Tell whether standard error is one anticipated error: what, where, next, and no traceback."""
    lines = text.strip().splitlines()
    return (
        "Traceback" not in text
        and lines[0].startswith("error: ")
        and any(s.startswith("where: ") for s in lines)
        and lines[-1].startswith("next: ")
    )


def contents(home: Path, *, version: str | None = None, without: Sequence[str] = ()) -> dict[str, tuple[int, str]]:
    """Return rows and a hash of every table that readers of `version` (the current one) see, columns `without` left out."""
    place = open_home(home)
    found: dict[str, tuple[int, str]] = {}
    with open_reader(place.versions, place.parts, version=version) as reader:
        for table in ALL:
            if table.published:
                columns = ", ".join(name for name in table.column_names if name not in without)
                rows = reader.rows(f"SELECT {columns} FROM {table.name} ORDER BY ALL")
                found[table.name] = (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
    return found


def figures(home: Path) -> dict[str, tuple[int, str]]:
    """Return what readers see but for the names of files and lines: equal when the bank's figures are."""
    found = contents(home, without=PROVENANCE)
    found.pop("delivery")
    found.pop("identity_file")  # one row a file
    return found


def receipts_of(home: Path) -> list[tuple[str, str, str, int]]:
    """Return id, file, kind and lines of everything registered; the lines of each must add up."""
    found = receipts(raw=open_home(home).raw)
    assert all(r.line_count == r.loaded + r.quarantined + r.duplicate for r in found)
    return sorted((r.file_id, r.file_name, r.kind.value, r.line_count) for r in found)


def current(home: Path) -> str | None:
    """Return the name of the version that readers see."""
    return current_version(open_home(home).versions)


@contextmanager
def plans_made_once() -> Iterator[None]:
    """Let batches of this process check and trace the SQL of the same sources and steps once: it takes longer than a small batch."""
    made: dict[tuple[str, int], Plan] = {}
    traced: dict[str, dict[str, dict[str, list[str]]]] = {}
    make, trace = batch.make_plan, batch.column_lineage

    def plan_of(sources: tuple[Source, ...]) -> Plan:
        key = (repr(sources), id(plan.OWN_STEPS))
        if key not in made:
            made[key] = make(sources)
        return made[key]

    def lineage_of(plan: Plan) -> dict[str, dict[str, list[str]]]:
        if plan.source_hash not in traced:
            traced[plan.source_hash] = trace(plan)
        return traced[plan.source_hash]

    batch.make_plan, batch.column_lineage = plan_of, lineage_of
    try:
        yield
    finally:
        batch.make_plan, batch.column_lineage = make, trace

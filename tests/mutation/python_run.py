"""Runs mutants of Python files: first on tests that are warm (`python_swap`), and what lives there or is more than a function anew.

Anew means in a forked process that meets the mutant where it imports the file. Nothing is written into the checkout: the mutated
tree is compiled in memory. The parent has libraries loaded and a published home made; each child forgets every module of ours,
takes a copy of the home and runs the tests of the file until one fails.
"""

from __future__ import annotations

import ast
import importlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import NoReturn

import pytest
from mutation.python_mutants import python_mutant, python_mutants
from mutation.python_swap import SOURCES, Fault, Warm
from mutation.verdicts import LEAST_KILLED, Account, Verdict, drawn

ROOT = Path(__file__).parents[2]
LIBRARIES = ("django", "duckdb", "sqlglot", "pyarrow", "numpy", "openpyxl", "cryptography", "hypothesis")


DECIDED = ("access/test_allocations.py", "access/test_settlements.py")
DEALT = "unit/web/test_allocation_shares.py"
SETTINGS = "unit/pipeline/test_control_settings.py"
AREAS: dict[str, dict[str, tuple[str, ...]]] = {
    "access": {
        "web/access/scope.py": ("unit/web/test_viewer.py",),
        "web/access/permissions.py": ("unit/web/test_viewer.py",),
        "web/access/sealed.py": ("unit/web/test_sealed.py",),
        "web/gateway.py": ("access/test_gateway.py",),
    },
    "masking": {
        "web/access/masking.py": ("unit/web/test_masking.py",),
        "web/customers/shown.py": ("unit/web/test_customers_shown.py",),
    },
    "allocation": {
        "answers/allocations.py": ("unit/answers/test_allocation_decision_file.py", "unit/answers/test_allocation_forms.py", *DECIDED),
        "answers/allocation_forms.py": ("unit/answers/test_allocation_forms.py",),
        "web/allocation_desk.py": DECIDED,
        "web/allocations/holdings.py": (DEALT,),
        "web/allocations/shares.py": (DEALT,),
        "web/allocations/sources.py": DECIDED,
        "web/own_numbers.py": DECIDED,
        "web/actions/allocations.py": DECIDED,
    },
    "reconciliation": {
        "pipeline/controls.py": ("unit/pipeline/test_control_outcomes.py",),
        "pipeline/control_settings.py": (SETTINGS,),
        "pipeline/splits.py": ("unit/pipeline/test_splits.py",),
        "answers/tie_outs.py": ("unit/answers/test_tie_outs.py", "unit/answers/test_tie_outs_by_hand.py"),
        "reconciliation/subject_sets.py": (SETTINGS, "spec/reconciliation/test_covered_subjects.py"),
    },
}
"""Of each area the files that are mutated, each with the tests that must see it, the quick ones first."""


class BrokenTestsError(Exception):
    """Tests fail without a mutant."""


class Mutating(MetaPathFinder):
    """Finds one module of ours in a mutated form."""

    def __init__(self, source: str, tree: ast.Module) -> None:
        self.module = "maisui." + source.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        self.file, self.tree = str(SOURCES / source), tree

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        """Return where the module is, once it is asked for."""
        if name != self.module:
            return None
        return spec_from_file_location(name, self.file, loader=_Loader(name, self.file, self.tree))


class _Loader(SourceFileLoader):
    def __init__(self, name: str, file: str, tree: ast.Module) -> None:
        super().__init__(name, file)
        self.tree = tree

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.tree, self.path, "exec", dont_inherit=True)


@dataclass(eq=False)
class First:
    """A plugin that remembers the first failure."""

    failed: list[str] = field(default_factory=list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the name of a test that failed."""
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep the name of a file that cannot be imported."""
        if report.failed:
            self.failed.append(f"import of {report.nodeid}")


class Bench:
    """The parent of all trials."""

    def __init__(self) -> None:
        self.scratch = Path(tempfile.mkdtemp(prefix="maisui-mutants-"))
        for library in LIBRARIES:
            importlib.import_module(library)
        import web_home

        self.home = web_home.web_home()

    def killed_warm(self, tests: tuple[str, ...], faults: Sequence[Fault]) -> dict[str, str]:
        """Return which of `faults` tests that are warm kill, and which test does; of the others nothing is said."""
        place = Path(tempfile.mkdtemp(dir=self.scratch))
        told = place / "killed"
        told.touch()
        child = os.fork()
        if child == 0:
            _begin(place, self.home)
            _run(tests, place, Warm(faults, told))
        os.waitpid(child, 0)
        killed = dict(line.split("\t", 1) for line in told.read_text(encoding="utf-8").splitlines())
        shutil.rmtree(place, ignore_errors=True)
        return killed

    def tried(self, tests: tuple[str, ...], finder: Mutating | None, limit: int) -> str:
        """Return which of `tests` fails first, empty when all pass, with `finder` before all others."""
        place = Path(tempfile.mkdtemp(dir=self.scratch))
        child = os.fork()
        if child == 0:
            _become(tests, finder, self.home, place, limit)
        _, status = os.waitpid(child, 0)
        told = place / "failed"
        said = told.read_text(encoding="utf-8") if told.exists() else ""
        shutil.rmtree(place, ignore_errors=True)
        if os.WIFSIGNALED(status):
            return f"time limit of {limit} s" if os.WTERMSIG(status) == signal.SIGALRM else f"signal {os.WTERMSIG(status)}"
        return "" if os.WEXITSTATUS(status) == 0 else said or f"pytest ended with {os.WEXITSTATUS(status)}"

    def close(self) -> None:
        """Take the scratch folder away."""
        shutil.rmtree(self.scratch, ignore_errors=True)


def _become(tests: tuple[str, ...], finder: Mutating | None, home: Path, place: Path, limit: int) -> None:
    """Be one trial, from forgetting all modules of ours to the end of the process."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limit)
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        if name.split(".")[0] == "maisui" or (file.startswith(str(ROOT / "tests")) and not name.startswith("mutation")):
            del sys.modules[name]
    if finder is not None:
        sys.meta_path.insert(0, finder)
    try:
        _begin(place, home)
    except BaseException as error:  # noqa: BLE001 - a mutant that breaks the frame is killed
        (place / "failed").write_text(f"{type(error).__name__} outside of tests", encoding="utf-8")
        os._exit(1)
    _run(tests, place, First())


def _begin(place: Path, home: Path) -> None:
    """Be silent, and let tests of the web meet a copy of the home."""
    log = os.open(place / "log", os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    import web_home

    shutil.copytree(home, place / "home", symlinks=True)
    web_home.web_home = lambda: place / "home"


def _run(tests: tuple[str, ...], place: Path, plugin: First | Warm) -> NoReturn:
    """Run the tests and end the process."""
    code = 1
    try:
        options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--basetemp", str(place / "temp")]
        paths = [str(ROOT / "tests" / test) for test in tests]
        code = int(pytest.main([*options, "-m", "not data and not long and not spark", *paths], plugins=[plugin]))
        if code:
            (place / "failed").write_text(plugin.failed[0] if isinstance(plugin, First) and plugin.failed else "", encoding="utf-8")
    except BaseException as error:  # noqa: BLE001 - a mutant that breaks the frame is killed
        (place / "failed").write_text(f"{type(error).__name__} outside of tests", encoding="utf-8")
    finally:
        os._exit(code)


def try_python_mutants(name: str, count: int, *, told: bool = False, source: str = "") -> tuple[Account, list[str]]:
    """Try `count` mutants of an area, or of one of its files; return what became of them and whatever makes that worthless."""
    tests_of = {file: tests for file, tests in AREAS[name].items() if source in file}
    mutants = {
        f"{file}: {mutant.name}": (file, mutant)
        for file in tests_of
        for mutant in python_mutants((SOURCES / file).read_text(encoding="utf-8"))
    }
    bench, verdicts, limits = Bench(), list[Verdict](), dict[tuple[str, ...], int]()
    faults = [Fault(chosen, SOURCES / mutants[chosen][0], mutants[chosen][1].place) for chosen in drawn(mutants, count)]
    try:
        for tests in dict.fromkeys(tests_of.values()):
            of_tests = [fault for fault in faults if tests_of[mutants[fault.name][0]] == tests]
            killed = bench.killed_warm(tests, of_tests)
            for fault in of_tests:
                killer = killed.get(fault.name) or _tried_cold(bench, tests, fault, limits)
                verdicts.append(Verdict(fault.name, killer))
                if told:
                    sys.stdout.write(f"{killer or 'LIVES':60.60} {fault.name} (line {mutants[fault.name][1].line})\n")
                    sys.stdout.flush()
    except BrokenTestsError as error:
        return Account(name, tuple(verdicts)), [f"without a mutant: {error}"]
    finally:
        bench.close()
    return Account(name, tuple(verdicts)), []


def _tried_cold(bench: Bench, tests: tuple[str, ...], fault: Fault, limits: dict[tuple[str, ...], int]) -> str:
    """Return what kills a fault when everything is imported with it; what the tests take without one is reckoned once."""
    if tests not in limits:
        begun = time.monotonic()
        if broken := bench.tried(tests, None, 3600):
            raise BrokenTestsError(broken)
        limits[tests] = int(4 * (time.monotonic() - begun)) + 30
    tree = python_mutant(fault.file.read_text(encoding="utf-8"), fault.place)
    return bench.tried(tests, Mutating(fault.file.relative_to(SOURCES).as_posix(), tree), limits[tests])


def main(arguments: list[str]) -> int:
    """Try mutants of an area (first argument), so many (second), of the files whose name holds the third."""
    account, broken = try_python_mutants(arguments[0], int(arguments[1]), told=True, source="".join(arguments[2:]))
    sys.stdout.write("\n".join([str(account), *broken]) + "\n")
    return 1 if broken or account.share < LEAST_KILLED else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

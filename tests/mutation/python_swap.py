"""Tries many mutants on tests that are imported, collected and warm: only the code of the mutated functions is put in place.

A process for each list of tests runs them once without a mutant, then forks one child a mutant. What a child finds failing is
killed, and so is what keeps its file from being imported. What lives here, or changes more than functions, is for `python_run.Bench.tried`, which imports everything anew.
"""

from __future__ import annotations

import ast
import functools
import gc
import inspect
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest
from _pytest.runner import runtestprotocol
from mutation.python_mutants import python_mutant

SOURCES = Path(__file__).parents[2] / "src" / "maisui"
NOTHING_FAILS = "nothing fails"
Codes = dict[tuple[str, int], CodeType]
"""Functions by their qualified name and line."""


@dataclass(frozen=True)
class Fault:
    """One mutant of a file: its name among all, the file and the mutant's place in it."""

    name: str
    file: Path
    place: int


def changed_functions(before: CodeType, after: CodeType) -> Codes | None:
    """Return the outermost functions that differ in two compilations of a file; None where more than functions differs."""
    inner_before, inner_after = _inner(before), _inner(after)
    if len(inner_before) != len(inner_after) or _own(before) != _own(after):
        return None
    found: Codes = {}
    for one, other in zip(inner_before, inner_after, strict=True):
        if one == other:
            continue
        if one.co_flags & inspect.CO_OPTIMIZED:
            found[one.co_qualname, one.co_firstlineno] = other
        elif (below := changed_functions(one, other)) is not None:
            found |= below
        else:
            return None
    return found


def put_in_place(fault: Fault) -> bool:
    """Give the living functions of a file their mutated code; False where that does not make the mutant."""
    source = fault.file.read_text(encoding="utf-8")
    before = compile(source, str(fault.file), "exec", dont_inherit=True)
    codes = changed_functions(before, compile(python_mutant(source, fault.place), str(fault.file), "exec", dont_inherit=True))
    living = [
        (function, codes.get((function.__code__.co_qualname, function.__code__.co_firstlineno)) if codes else None)
        for function in gc.get_objects()
        if type(function) is FunctionType and function.__code__.co_filename == str(fault.file)
    ]
    met = [(function, code) for function, code in living if code is not None]
    if not codes or {code.co_qualname for _, code in met} != {code.co_qualname for code in codes.values()}:
        return False
    for function, code in met:
        if function.__code__.co_freevars != code.co_freevars:
            return False
        function.__code__ = code
    for kept in gc.get_objects():  # asking what an object is an instance of would wake lazy ones
        if type(kept) is functools._lru_cache_wrapper and str(kept.__module__).startswith("maisui."):
            kept.cache_clear()
    return True


def breaks_the_import(fault: Fault) -> bool:
    """Return whether a file can be imported once more as it is, but not with its fault; this process has it twice afterwards."""
    source = fault.file.read_text(encoding="utf-8")
    return _can_be_imported(ast.parse(source), fault.file) and not _can_be_imported(python_mutant(source, fault.place), fault.file)


def _can_be_imported(tree: ast.Module, file: Path) -> bool:
    name = ".".join(("maisui", *file.with_suffix("").relative_to(SOURCES).parts))
    module = sys.modules[name] = ModuleType(name)
    module.__file__ = str(file)
    try:
        exec(compile(tree, str(file), "exec", dont_inherit=True), vars(module))  # noqa: S102 - our own source with one fault
    except Exception:  # noqa: BLE001 - whatever a mutant breaks
        return False
    return True


def _inner(code: CodeType) -> list[CodeType]:
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def _own(code: CodeType) -> tuple[object, ...]:
    constants = [(type(one), one) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, code.co_names, code.co_varnames, constants


@dataclass(eq=False)
class Warm:
    """A plugin that runs the collected tests once, then in a forked child for each fault; `told` takes the killed ones with their tests."""

    faults: Sequence[Fault]
    told: Path
    seconds: float = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all, once more in a child, then try each fault; the fixtures of the last file stay as they are."""
        begun = time.monotonic()
        sound = not _first_failure(session.items)
        self.seconds = time.monotonic() - begun
        if sound and self._told_by_a_child(None, session.items) == NOTHING_FAILS:
            for fault in self.faults:
                killer = self._told_by_a_child(fault, session.items)
                if killer not in ("", NOTHING_FAILS):
                    with self.told.open("a", encoding="utf-8") as file:
                        file.write(f"{fault.name}\t{killer}\n")
        return True

    def _told_by_a_child(self, fault: Fault | None, items: list[pytest.Item]) -> str:
        """Return the test that fails in a child with the fault in place, or that all pass; empty where nothing can be said.

        That is so where the fault is more than a function, and where the child does not come to its end: libraries with threads of
        their own may break in a forked process.
        """
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.alarm(int(4 * self.seconds) + 30)
                if fault is None or put_in_place(fault):
                    os.write(write, (_first_failure(items) or NOTHING_FAILS).encode())
                elif breaks_the_import(fault):
                    os.write(write, f"import of {fault.file.name}".encode())
            finally:
                os._exit(0)
        os.close(write)
        os.waitpid(child, 0)
        with os.fdopen(read, "rb") as said:
            return said.read().decode()


def _first_failure(items: list[pytest.Item]) -> str:
    """Return the name of the first test that fails; fixtures of the whole run outlive it."""
    for item, following in pairwise([*items, items[0]]):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            return item.nodeid
    return ""

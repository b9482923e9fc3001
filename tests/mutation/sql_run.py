"""Runs mutants of steps, metrics and controls against the drawn specifications, all in one process.

A specification reads the text of a step, a measure or a control through its field; while a mutant is tried, that field
answers with the mutant's text. Which specifications read which text is seen once, beforehand, and only those are run.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest
from _pytest.runner import runtestprotocol
from mutation.sql_mutants import sql_mutant, sql_mutants, written_again
from mutation.verdicts import LEAST_KILLED, Account, Verdict, drawn

TESTS = Path(__file__).parents[1]
AREA = "sql"
LONGEST = 60
"""Seconds of one specification on a mutant, after which it counts as killed."""
SHARES = {"Measure": 0.25, "Rule": 0.15, "Step": 0.6}
"""What part of the mutants falls on metrics, controls and steps; by chance alone nearly all would be of steps."""

Text = tuple[str, str, str]
"""Which kind's field holds which text."""


class Watched:
    """Stands for a field that holds SQL: notes who reads it, and answers with a mutant where one is tried."""

    read: ClassVar[set[Text]] = set()
    instead: ClassVar[dict[Text, str]] = {}

    def __init__(self, kind: str, owner: type, name: str) -> None:
        self.kind, self.name, self.slot = kind, name, getattr(owner, name)

    def __get__(self, instance: object, owner: type) -> object:
        if instance is None:
            return self
        text = self.slot.__get__(instance, owner)
        if not text:
            return text
        key = (self.kind, self.name, text)
        Watched.read.add(key)
        return Watched.instead.get(key, text)

    def __set__(self, instance: object, text: object) -> None:
        self.slot.__set__(instance, text)


def watch() -> dict[Text, str]:
    """Watch every field that holds SQL, and return all texts that can be mutated with the name of their first owner.

    A rule of key focus is a step of its own here: specifications run each alone, and nobody reads the text of all of them together.
    """
    from maisui.alerts import RULES as ALERTS
    from maisui.alerts import Rule as Alert
    from maisui.metrics import CATALOGUE, Measure
    from maisui.own_steps import OWN_STEPS
    from maisui.reconciliation import RULES, Rule
    from maisui.steps.step import Step

    kinds = {
        Step: ("Step", ("query", "covers", "again")),
        Alert: ("Step", ("query",)),
        Measure: ("Measure", ("expression", "where", "delivered_where")),
        Rule: ("Rule", ("violations", "checked")),
    }
    steps = [(step.name, step) for step in OWN_STEPS if step.name != "fill_alert_case"]
    measures = [(metric.code, m) for metric in CATALOGUE for m in (metric.numerator, metric.denominator) if m is not None]
    controls = [(rule.code, rule) for rule in RULES]
    texts: dict[Text, str] = {}
    for name, owner in [*steps, *((rule.code, rule) for rule in ALERTS), *measures, *controls]:
        kind, fields = kinds[type(owner)]
        for one in fields:
            if text := getattr(owner, one):
                texts.setdefault((kind, one, text), f"{name}.{one}")
    for owner, (kind, fields) in kinds.items():
        for one in fields:
            setattr(owner, one, Watched(kind, owner, one))
    return texts


class TooLongError(BaseException):
    """A specification on a mutant does not come to an end."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Interrupt what takes longer."""

    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@dataclass(eq=False)
class Trial:
    """A plugin that runs the collected specifications as often as mutants need them."""

    texts: dict[Text, str]
    count: int
    told: bool = False
    only_read: bool = False
    readers: dict[Text, list[tuple[float, pytest.Item]]] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep what runs on the embedded engine."""
        items[:] = [item for item in items if item.get_closest_marker("spark") is None]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Look once who reads what, then try each mutant."""
        for item in session.items:
            self._observe(item)
        mutants = {f"{owner}: {what}": (key, place) for key, owner in self.texts.items() for place, what in enumerate(sql_mutants(key[2]))}
        kinds = [[name for name in mutants if mutants[name][0][0] == kind] for kind in SHARES]
        chosen = [drawn(names, round(self.count * share)) for names, share in zip(kinds, SHARES.values(), strict=True)]
        for name in (name for names in chosen for name in names):
            key, place = mutants[name]
            if self.only_read and key not in self.readers:
                continue
            self.verdicts.append(self._tried(name, key, sql_mutant(key[2], place)))
            if self.told:
                sys.__stdout__.write(f"{self.verdicts[-1].killed_by or 'LIVES':60.60} {name}\n")
                sys.__stdout__.flush()
        return True

    def _observe(self, item: pytest.Item) -> None:
        Watched.read, Watched.instead, begun = set(), {}, time.monotonic()
        if not self._passes(item):
            self.broken.append(f"{item.nodeid} fails without a mutant")
        for key in Watched.read:
            self.readers.setdefault(key, []).append((time.monotonic() - begun, item))

    def _tried(self, name: str, key: Text, text: str) -> Verdict:
        readers = [item for _, item in sorted(self.readers.get(key, []), key=lambda reader: (reader[0], reader[1].nodeid))]
        Watched.instead = {key: written_again(key[2])}
        if readers and not self._passes(readers[0]):
            self.broken.append(f"{name}: read and written without a change, the text is another one")
        Watched.instead = {key: text}
        killer = next((item.nodeid for item in readers if not self._passes(item)), "")
        Watched.instead = {}
        return Verdict(name, killer)

    def _passes(self, item: pytest.Item) -> bool:
        try:
            with at_most(LONGEST):
                reports = runtestprotocol(item, log=False, nextitem=None)
        except TooLongError:
            return False
        return not any(report.failed for report in reports)


def try_sql_mutants(count: int, *specifications: str, told: bool = False) -> tuple[Account, list[str]]:
    """Try `count` mutants; return what became of them and what stood in the way of an honest verdict.

    With `specifications` (paths below `tests`) only those are run, on those of the mutants whose text they read.
    """
    trial = Trial(watch(), count, told, only_read=bool(specifications))
    where = [str(TESTS / name) for name in specifications or ("spec",)]
    unwanted = [f"--ignore={TESTS / 'spec' / name}" for name in ("test_engines_agree.py", "test_the_whole_bank_on_both_engines.py")]
    code = pytest.main([*where, *unwanted, "-q", "-p", "no:cacheprovider", "-p", "no:xdist"], plugins=[trial])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        trial.broken.append(f"pytest ended with {code!r}")
    return Account(AREA, tuple(trial.verdicts)), trial.broken


def main(arguments: list[str]) -> int:
    """Try as many mutants as the first argument says and tell of each; further ones name specifications."""
    account, broken = try_sql_mutants(int(arguments[0]), *arguments[1:], told=True)
    sys.stdout.write("\n".join([str(account), *broken]) + "\n")
    return 1 if broken or account.share < LEAST_KILLED else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

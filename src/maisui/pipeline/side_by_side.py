"""How the steps of a plan run beside each other: each begins as soon as the tables it reads are made.

One query seldom keeps two processors busy: small tables, sorts and the ends of large ones are the work of one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from graphlib import TopologicalSorter
from queue import SimpleQueue

import duckdb

from maisui.engines.engine import Engine
from maisui.steps.step import Step

_BETWEEN_INTERRUPTS = 0.1


def run_side_by_side(
    engine: Engine,
    steps: Sequence[Step],
    run: Callable[[Engine, Step], None],
    *,
    lanes: int,
    begun: Callable[[Step], None],
    ended: Callable[[Step], None],
) -> None:
    """Run every step, up to `lanes` of them at a time, on an engine beside `engine`; `begun` and `ended` are told in this thread.

    Of those that can begin the one with the longest way to go after it does. A step for which the memory
    did not suffice beside others is run again on `engine` itself when they have ended. The first error stops the others.
    """
    if lanes == 1:
        for step in steps:
            begun(step)
            run(engine, step)
            ended(step)
        return
    _Lanes(engine, steps, run, lanes).run(begun, ended)


class _Lanes:
    """The steps that wait, run and have ended, and the engines that are free."""

    def __init__(self, engine: Engine, steps: Sequence[Step], run: Callable[[Engine, Step], None], lanes: int) -> None:
        self._engine, self._run = engine, run
        self._steps = {step.writes.name: step for step in steps}
        self._urgency = _urgency(steps)
        self._order = TopologicalSorter({step.writes.name: self._made_by_steps(step) for step in steps})
        self._order.prepare()
        self._lanes = lanes
        self._free = SimpleQueue[Engine]()
        self._ready, self._alone = list[str](), list[str]()
        self._running: dict[Future[None], str] = {}

    def run(self, begun: Callable[[Step], None], ended: Callable[[Step], None]) -> None:
        with ExitStack() as stack:
            engines = [stack.enter_context(self._engine.beside()) for _ in range(self._lanes)]
            for one in engines:
                self._free.put(one)
            pool = stack.enter_context(ThreadPoolExecutor(self._lanes))
            stack.callback(self._interrupt, engines)
            while self._order.is_active():
                for name in self._next():
                    begun(self._steps[name])
                    self._running[pool.submit(self._run_beside, self._steps[name])] = name
                for name in self._wait():
                    ended(self._steps[name])
                    self._order.done(name)

    def _interrupt(self, engines: Sequence[Engine]) -> None:
        """End what still runs: between two of its queries a step hears nothing, so it is told until it has ended."""
        while wait(self._running, timeout=_BETWEEN_INTERRUPTS).not_done:
            for one in engines:
                one.interrupt()

    def _made_by_steps(self, step: Step) -> list[str]:
        return [name for name in step.reads if name in self._steps]

    def _next(self) -> list[str]:
        """Return what begins now: nothing while a step waits to run alone."""
        self._ready += self._order.get_ready()
        self._ready.sort(key=self._urgency.__getitem__)
        room = 0 if self._alone else self._lanes - len(self._running)
        return [self._ready.pop() for _ in range(min(room, len(self._ready)))]

    def _wait(self) -> list[str]:
        """Return the tables that were made meanwhile, one at least unless memory did not suffice for it."""
        if not self._running:
            made, self._alone = self._alone, []
            for name in made:
                self._run(self._engine, self._steps[name])
            return made
        made = list[str]()
        for future in wait(self._running, return_when=FIRST_COMPLETED).done:
            name = self._running.pop(future)
            try:
                future.result()
            except duckdb.OutOfMemoryException:
                self._alone.append(name)
            else:
                made.append(name)
        return made

    def _run_beside(self, step: Step) -> None:
        engine = self._free.get()
        try:
            self._run(engine, step)
        finally:
            self._free.put(engine)


def _urgency(steps: Sequence[Step]) -> dict[str, tuple[int, int]]:
    """Return by table how many steps wait for it one after another; of equals the earlier in the plan is more urgent."""
    longest = dict.fromkeys((step.writes.name for step in steps), 0)
    for step in reversed(steps):
        for name in step.reads:
            if name in longest:
                longest[name] = max(longest[name], longest[step.writes.name] + 1)
    return {step.writes.name: (longest[step.writes.name], -number) for number, step in enumerate(steps)}

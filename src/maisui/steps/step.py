"""A step is one SELECT that writes one table; the runner proves its grain and its coverage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from maisui.tables import Table


@dataclass(frozen=True, slots=True)
class Step:
    """One transformation.

    `query` is a SELECT in the portable subset of DuckDB's dialect (see `maisui.steps.lint`); it may
    name `$reporting_date` and `$legal_entity_code`, and `$needed_from`, the day before which no row of a
    settled table is asked for. One of a large table that looks at each month for itself may also name `$piece_from` and
    `$piece_until`, between which the days of the rows lie that are made in one go where the memory does not suffice for
    all (see `maisui.pipeline.in_pieces`). `reads` lists every table it selects from.
    `covers` is a SELECT of key columns (named as in the table written) whose every row must be
    found again in the table: no customer or account may vanish on the way.

    A step with `again` goes on: `query` makes the first rows, and `again`, a SELECT that may read the
    table itself besides `reads`, makes the next ones from them, until no row meets the condition `moving`.

    `reaches_back` is for a step by which new rows alter what earlier ones count as: a SELECT of the earliest
    day before `$first_day` that rows since then alter, null where there is none (see `maisui.pipeline.settled`).

    `united` are SELECTs of columns of the same names and types which `query` joins as `union_all` writes them: those
    that have no rows may be left out of it.
    """

    name: str
    writes: Table
    reads: tuple[str, ...]
    query: str
    covers: str | None = None
    again: str | None = None
    moving: str = ""
    reaches_back: str | None = None
    united: tuple[str, ...] = ()

    @property
    def queries(self) -> tuple[str, ...]:
        """Return every SELECT that writes the table."""
        return (self.query,) if self.again is None else (self.query, self.again)


@dataclass(frozen=True, slots=True)
class BatchContext:
    """The only facts from outside that a step sees: whose data, and as of which day."""

    legal_entity_code: str
    reporting_date: date
    needed_from: date = date.min
    piece_from: date = date.min
    piece_until: date = date.max

    def fill(self, query: str) -> str:
        """Return `query` with the names of days and `$legal_entity_code` replaced by literals."""
        entity = self.legal_entity_code.replace("'", "''")
        days = {
            "$reporting_date": self.reporting_date,
            "$needed_from": self.needed_from,
            "$piece_from": self.piece_from,
            "$piece_until": self.piece_until,
        }
        for name, day in days.items():
            query = query.replace(name, f"DATE '{day.isoformat()}'")
        return query.replace("$legal_entity_code", f"'{entity}'")


def union_all(queries: Iterable[str]) -> str:
    """Return `queries` one below the other."""
    return "\nUNION ALL\n".join(queries)


def typed(table: Table, query: str) -> str:
    """Return `query` wrapped so that every column has exactly the type its table declares.

    Engines infer different decimal widths and integer sizes; the declared type is the one truth.
    """
    columns = ",\n  ".join(f"CAST(q.{c.name} AS {c.type}) AS {c.name}" for c in table.columns)
    return f"SELECT\n  {columns}\nFROM (\n{query}\n) AS q"


def in_order(steps: tuple[Step, ...], available: frozenset[str]) -> tuple[Step, ...]:
    """Return `steps` so that each comes after those whose tables it reads; ties keep their order.

    Raises:
        ValueError: when a table is written twice, is read but never written, or steps form a circle.
    """
    written = [step.writes.name for step in steps]
    if len(set(written)) != len(written):
        raise ValueError(f"a table is written twice: {sorted({n for n in written if written.count(n) > 1})}")
    done, ordered, waiting = set(available), list[Step](), list(steps)
    while waiting:
        ready = [step for step in waiting if all(name in done for name in step.reads)]
        if not ready:
            missing = sorted({name for step in waiting for name in step.reads if name not in done})
            raise ValueError(f"no order: {[step.name for step in waiting]} wait for {missing}")
        ordered.append(ready[0])
        done.add(ready[0].writes.name)
        waiting.remove(ready[0])
    return tuple(ordered)

"""How a delivered table comes together: the mappings of every source that implements it, one below the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maisui.errors import ContractError, collect
from maisui.integration.read_feed import column_type
from maisui.sources.contract import Source
from maisui.steps import lineage, lint
from maisui.steps.step import Step
from maisui.tables import BY_NAME, DELIVERED, Table

_NEXT = "correct the source folder, then run `maisui check`"


def delivered_steps(sources: Sequence[Source]) -> tuple[Step, ...]:
    """Return one step for each delivered table: the union of the sources' mappings, empty without any.

    A nullable column that a mapping leaves out is null. `legal_entity_code` is added here.

    Raises:
        ContractError: listing everything that is wrong with the mappings of the sources.
    """
    faults: list[str] = []
    outputs: dict[tuple[str, str], frozenset[str]] = {}
    for source in sources:
        outputs.update(_check_source(source, faults))
    collect(ContractError, faults, where=", ".join(source.code for source in sources), next_step=_NEXT)
    return tuple(_step(table, sources, outputs) for table in DELIVERED)


def feed_schema(source: Source) -> dict[str, dict[str, str]]:
    """Return the columns and types of the source's feeds as mapping SQL sees them."""
    fixed = {"delivered_on": "DATE", "source_file_id": "VARCHAR", "source_line": "BIGINT"}
    return {feed.view: fixed | {column.name: column_type(column) for column in feed.columns} for feed in source.feeds.values()}


def columns_left_out(source: Source) -> dict[str, tuple[str, ...]]:
    """Return, for each table the source implements, the columns it does not deliver."""
    left_out: dict[str, tuple[str, ...]] = {}
    schema = feed_schema(source)
    for name, mapping in source.mappings.items():
        given = set(lineage.columns_read(mapping.query, schema)) - {"*"}
        missing = tuple(c.name for c in BY_NAME[name].columns if c.name not in given and c.name != "legal_entity_code")
        if missing:
            left_out[name] = missing
    return left_out


def _check_source(source: Source, faults: list[str]) -> Mapping[tuple[str, str], frozenset[str]]:
    outputs: dict[tuple[str, str], frozenset[str]] = {}
    schema = feed_schema(source)
    deliverable = {table.name: table for table in DELIVERED}
    for name, mapping in source.mappings.items():
        place = f"{source.code}/{name}.sql"
        table = deliverable.get(name)
        if table is None:
            faults.append(f"{place}: there is no delivered table {name}; those are {', '.join(sorted(deliverable))}")
            continue
        problems = [*lint.violations(mapping.query)]
        problems += lineage.unknown_columns(mapping.query, schema) if not problems else []
        if not problems:
            given = frozenset(lineage.columns_read(mapping.query, schema)) - {"*"}
            outputs[source.code, name] = given
            unknown = sorted(given - set(table.column_names))
            needed = [c.name for c in table.columns if not c.nullable and c.name != "legal_entity_code" and c.name not in given]
            problems += [f"gives {column}, which {name} does not have" for column in unknown]
            problems += [f"does not give {column}, which {name} needs" for column in needed]
        faults.extend(f"{place}: {problem}" for problem in problems)
    return outputs


def _step(table: Table, sources: Sequence[Source], outputs: Mapping[tuple[str, str], frozenset[str]]) -> Step:
    pieces: list[str] = []
    reads: list[str] = []
    for source in sources:
        mapping = source.mappings.get(table.name)
        if mapping is None:
            continue
        given = outputs[source.code, table.name]
        columns = ",\n  ".join(
            f"m.{c.name}" if c.name in given else f"CAST(NULL AS {c.type}) AS {c.name}"
            for c in table.columns
            if c.name != "legal_entity_code"
        )
        pieces.append(f"SELECT\n  $legal_entity_code AS legal_entity_code,\n  {columns}\nFROM (\n{mapping.query}\n) AS m")
        views = {feed.view for feed in source.feeds.values()}
        reads.extend(sorted(name for name in lineage.tables_read(mapping.query) if name in views))
    if not pieces:
        nothing = ", ".join(f"CAST(NULL AS {c.type}) AS {c.name}" for c in table.columns)
        return Step(f"deliver_{table.name}", table, (), f"SELECT {nothing} WHERE false")
    return Step(f"deliver_{table.name}", table, tuple(dict.fromkeys(reads)), "\nUNION ALL\n".join(pieces))

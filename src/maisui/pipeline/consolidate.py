"""How members' versions become a union's tables: each member rolled up beside the others, then put together under one tree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from maisui.consolidation import (
    BANK_CODE_QUERY,
    COUNTER_LINE_QUERY,
    COUNTER_SNAPSHOT_QUERY,
    ELIMINATED_QUERY,
    MIRROR_QUERY,
    RULE_QUERY,
    TOLD_QUERY,
    UNMATCHED_LINE_QUERY,
    counter_rows,
    roll_up_query,
    rolled_up,
)
from maisui.engines.duckdb_engine import DuckDBEngine, connect
from maisui.errors import IntegrationError
from maisui.parameters import ParameterSet
from maisui.steps.step import typed
from maisui.tables import BY_NAME, UNION, Table
from maisui.warehouse.home import ELIMINATION, Home
from maisui.warehouse.reader import attach_tables
from maisui.warehouse.version import Manifest, MemberVersion

_TREE = ("organisation", "organisation_closure", "organisation_closure_period")
_CHART = ("ledger_subject_snapshot", "ledger_subject_line")
_READ_OF_MEMBERS = frozenset(
    {*(t.name for t in rolled_up()), *_CHART, "calendar_day", "attempt_agency", "organisation_snapshot", "local_rate"}
)
"""What is read of a member's version; of attempts only sums by month and bank are taken over."""
UNION_TABLES: tuple[Table, ...] = (
    *rolled_up(),
    *(BY_NAME[name] for name in ("calendar_day", "local_rate", "parameter", *_CHART, *_TREE)),
    *UNION,
)
"""Every table of a union's version; whatever else a bank has stays empty there."""


def roll_up_member(file: Path, manifest: Manifest, parts: Path, parameters: ParameterSet, *, union_code: str, memory_limit: str) -> None:
    """Write the roll-ups of one member's version, and what its ledger and channel log say of other members, into the database `file`."""
    connection = connect(scratch=file.parent / f"{file.stem}-spilled", database=file, memory_limit=memory_limit)
    try:
        connection.execute("CREATE SCHEMA theirs")
        connection.execute("SET schema = 'theirs'")
        attach_tables(connection, manifest, parts, _READ_OF_MEMBERS)
        _make(
            connection,
            "rolled.union_rule",
            f"SELECT * FROM ({RULE_QUERY.replace('FROM parameter', f'FROM ({parameters.query()}) AS parameter')}) AS r",
        )
        connection.execute("SET search_path = 'theirs,rolled'")
        filled = {"$member": _literal(manifest.legal_entity_code), "$version": _literal(manifest.version), "$union": _literal(union_code)}
        for table in rolled_up():
            _make(connection, f"rolled.{table.name}", _filled(roll_up_query(table), filled))
        for name in _CHART:
            columns = {"legal_entity_code": "$union", "source_file_id": "$version", "source_line": "CAST(0 AS BIGINT)"}
            listed = ", ".join(f"{columns[c]} AS {c}" if c in columns else c for c in BY_NAME[name].column_names)
            _make(connection, f"rolled.{name}", _filled(f"SELECT {listed} FROM {name}", filled))
        _make(connection, "rolled.calendar_day", "SELECT * FROM calendar_day")
        _make(connection, "rolled.local_rate", "SELECT * FROM local_rate")
        _make(connection, "rolled.union_elimination_day", _filled(ELIMINATED_QUERY, filled))
        _make(connection, "rolled.agency_told", _filled(TOLD_QUERY, filled))
        _make(connection, "rolled.member_bank_code", _filled(BANK_CODE_QUERY, filled))
        _make_counter_lines(connection, filled)
    finally:
        connection.close()


def _make_counter_lines(connection: duckdb.DuckDBPyConnection, filled: dict[str, str]) -> None:
    """Write what this member's eliminated positions take off the statement lines of every day; days without a position count as zero."""
    connection.execute("CREATE SCHEMA taken_out")
    every_day = (
        "SELECT k.legal_entity_code, k.rule_code, k.subject_code, k.currency, d.business_date, "
        "coalesce(e.debit_balance, CAST(0 AS DECIMAL(18,2))) AS debit_balance, "
        "coalesce(e.local_debit_balance, CAST(0 AS DECIMAL(18,2))) AS local_debit_balance "
        "FROM (SELECT DISTINCT legal_entity_code, rule_code, subject_code, currency FROM rolled.union_elimination_day) AS k "
        "CROSS JOIN (SELECT DISTINCT business_date FROM theirs.ledger_day) AS d LEFT JOIN rolled.union_elimination_day AS e "
        "ON e.rule_code = k.rule_code AND e.subject_code = k.subject_code AND e.currency = k.currency AND e.business_date = d.business_date"
    )
    _make(connection, "taken_out.eliminated", every_day)
    _make(connection, "taken_out.ledger_day", _filled(counter_rows(eliminated="taken_out.eliminated", ledger="theirs.ledger_day"), filled))
    lines = "SELECT subject_code, subject_name, statement_code, line_code, rule_code FROM theirs.ledger_subject_line"
    lines += f" UNION ALL {UNMATCHED_LINE_QUERY}"
    _make(connection, "taken_out.ledger_subject_line", lines)
    connection.execute("SET search_path = 'taken_out,theirs'")
    _make(connection, "rolled.counter_line", _filled(COUNTER_LINE_QUERY.replace("$legal_entity_code", "$union"), filled))


def consolidate(engine: DuckDBEngine, home: Home, parameters: ParameterSet, rolled: Sequence[tuple[MemberVersion, Path]]) -> None:
    """Make every table of a union in `engine` from the roll-ups of its members.

    Raises:
        IntegrationError: when a roll-up has two rows of one key.
    """
    connection = engine.as_duckdb()
    for number, (_, file) in enumerate(rolled):
        connection.execute(f"ATTACH {_literal(str(file))} AS m{number} (READ_ONLY)")
    filled = {"$union": _literal(home.legal_entity_code)}

    def together(name: str) -> str:
        columns = ", ".join(BY_NAME[name].column_names) if name in BY_NAME else "*"
        return " UNION ALL ".join(f"SELECT {columns} FROM m{number}.rolled.{name}" for number in range(len(rolled)))

    made: dict[str, str] = {table.name: together(table.name) for table in (*rolled_up(), BY_NAME["union_elimination_day"])}
    engine.create_table("union_elimination_day", typed(BY_NAME["union_elimination_day"], made["union_elimination_day"]))
    for name in ("ledger_day", "ledger_snapshot"):
        engine.create_table(f"summed_{name}", typed(BY_NAME[name], made[name]))
    made["ledger_day"] += " UNION ALL " + _filled(counter_rows(eliminated="union_elimination_day", ledger="summed_ledger_day"), filled)
    taken_out = _filled(COUNTER_SNAPSHOT_QUERY.replace("FROM ledger_snapshot AS s", "FROM summed_ledger_snapshot AS s"), filled)
    made["ledger_snapshot"] += f" UNION ALL SELECT * FROM ({taken_out}) AS t"
    made["ledger_line_day"] += " UNION ALL " + _counter_lines(len(rolled))
    made |= _chart(rolled, filled["$union"]) | _tree(home, rolled)
    engine.create_table("member_rate", together("local_rate"))
    made["local_rate"] = _rates(rolled, filled["$union"])
    made["calendar_day"] = f"SELECT DISTINCT * FROM ({together('calendar_day')}) AS d"
    made["parameter"] = parameters.query()
    engine.create_table("agency_told", together("agency_told"))
    engine.create_table("member_bank_code", together("member_bank_code"))
    engine.create_table("union_member", _members(rolled))
    made["union_mirror_month"] = _filled(MIRROR_QUERY, filled)
    for table in UNION_TABLES:
        engine.create_table(table.name, typed(table, made[table.name]))
        if engine.repeated_keys(table.name, table.grain):
            raise IntegrationError(
                f"the roll-up {table.name} has several rows of one key", where="the union", next_step="report this: the roll-up is wrong"
            )


def _counter_lines(count: int) -> str:
    every = " UNION ALL ".join(f"SELECT * FROM m{number}.rolled.counter_line" for number in range(count))
    return (
        "SELECT legal_entity_code, organisation_code, statement_code, line_code, currency, business_date, "
        "CAST(sum(balance) AS DECIMAL(18,2)) AS balance, CAST(sum(local_balance) AS DECIMAL(18,2)) AS local_balance, "
        f"bool_or(is_estimated) AS is_estimated FROM ({every}) AS c "
        "GROUP BY legal_entity_code, organisation_code, statement_code, line_code, currency, business_date"
    )


def _chart(rolled: Sequence[tuple[MemberVersion, Path]], union: str) -> dict[str, str]:
    """Return one chart of accounts for all members: where two differ, the member that stands first in bank.toml decides."""
    found: dict[str, str] = {}
    for name in _CHART:
        table = BY_NAME[name]
        listed = ", ".join(table.column_names)
        every = " UNION ALL ".join(f"SELECT {listed}, {number} AS place FROM m{number}.rolled.{name}" for number in range(len(rolled)))
        found[name] = (
            f"SELECT {listed} FROM ({every}) AS c QUALIFY row_number() OVER (PARTITION BY {', '.join(table.grain)} ORDER BY place) = 1"
        )
    columns = "subject_code, subject_name, statement_code, line_code, rule_code"
    unmatched = " UNION ".join(
        f"SELECT {columns} FROM m{number}.taken_out.ledger_subject_line WHERE starts_with(subject_code, 'unmatched.')"
        for number in range(len(rolled))
    )
    found["ledger_subject_line"] += f" UNION ALL SELECT {union}, {columns} FROM ({unmatched}) AS u"
    return found


def _rates(rolled: Sequence[tuple[MemberVersion, Path]], union: str) -> str:
    """Return one set of rates for all members: of those that have a currency the one that stands first in bank.toml decides."""
    columns = "currency, valid_from, valid_until, quoted_amount, exchange_rate"
    every = " UNION ALL ".join(f"SELECT {columns}, {number} AS place FROM m{number}.rolled.local_rate" for number in range(len(rolled)))
    return f"SELECT {union} AS legal_entity_code, {columns} FROM ({every}) AS r QUALIFY place = min(place) OVER (PARTITION BY currency)"


def _tree(home: Home, rolled: Sequence[tuple[MemberVersion, Path]]) -> dict[str, str]:
    """Return the union above its members, and beside them the place of what is eliminated."""
    top = home.legal_entity_code
    first = min(member.first_date for member, _ in rolled if member.first_date)
    last = max(member.reporting_date for member, _ in rolled if member.reporting_date)
    places = [(top, top, home.name_zh, "head_office", None)]
    places += [(member.code, member.code, member.name_zh, "other", top) for member, _ in rolled]
    places.append((top, ELIMINATION, "合并抵销", "virtual", top))
    organisations = [
        f"SELECT {_literal(entity)} AS legal_entity_code, {_literal(code)} AS organisation_code, {_literal(name)} AS organisation_name, "
        f"'{kind}' AS organisation_kind, {_literal(parent) if parent else 'CAST(NULL AS VARCHAR)'} AS parent_code, "
        "CAST(NULL AS VARCHAR) AS region_code, CAST(NULL AS DATE) AS opened_on, true AS is_open, "
        f"DATE '{first}' AS first_reported_on, DATE '{last}' AS last_reported_on"
        for entity, code, name, kind, parent in places
    ]
    lines = [(entity, code, code, 0) for entity, code, *_ in places]
    lines += [(entity, parent, code, 1) for entity, code, _, _, parent in places if parent]
    closure = [
        f"SELECT {_literal(entity)} AS legal_entity_code, {_literal(above)} AS ancestor_code, {_literal(code)} AS organisation_code, "
        f"CAST({distance} AS BIGINT) AS distance"
        for entity, above, code, distance in lines
    ]
    closure_query = " UNION ALL ".join(closure)
    return {
        "organisation": " UNION ALL ".join(organisations),
        "organisation_closure": closure_query,
        "organisation_closure_period": (
            "SELECT legal_entity_code, ancestor_code, organisation_code, DATE '1900-01-01' AS valid_from, "
            f"CAST(NULL AS DATE) AS valid_until, distance FROM ({closure_query}) AS c"
        ),
    }


def _members(rolled: Sequence[tuple[MemberVersion, Path]]) -> str:
    return " UNION ALL ".join(
        f"SELECT {_literal(m.code)} AS member_code, DATE '{m.first_date}' AS first_date, DATE '{m.reporting_date}' AS reporting_date"
        for m, _ in rolled
    )


def _make(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    schema = name.partition(".")[0]
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    connection.execute(f"CREATE TABLE {name} AS {query}")


def _filled(query: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        query = query.replace(name, value)
    return query


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

"""Which tables of its members a union holds, and how their rows become one a legal entity; no row of a customer, account or employee."""

from __future__ import annotations

from maisui.metrics import CATALOGUE
from maisui.tables import ALL, BY_NAME, Privacy, Table

_MEMBER = "$member"
_STAFF = {
    "employee_number": "CASE WHEN employee_number = 'unassigned' THEN 'unassigned' ELSE 'assigned' END",
    "teller_number": "'all'",
    "person_number": "CAST(NULL AS VARCHAR)",
}
"""What stands in place of a person of the staff: that there is one, never who."""
_PROVENANCE = {"source_file_id": "$version", "source_line": "CAST(0 AS BIGINT)"}
"""What is rolled up comes from a version of a member, not from a line of a file."""
WITHHELD = {
    "target_period": "targets are set within a county; the union sets its own",
    "delivery": "files are a county's; the union sees the state of each member and its tie-outs",
}
"""Tables without customers that a union still does not hold, each with the reason."""
LEDGER_TABLES = ("ledger_snapshot",)
"""Tables without metrics that the pages of the ledger read."""
PERSONAL_NAMES = frozenset(column.name for table in ALL for column in table.columns if column.privacy is Privacy.PERSONAL)
"""Names under which something of a customer stands anywhere in the model."""


def withheld_reason(table: Table) -> str:
    """Return why the rows of `table` never enter a union; empty where they may.

    A column of class C2 keeps a table out whole, and so does a column that tells rows apart (anything but a sum) under a name
    that is of class C2 in any other table.
    """
    if table.name in WITHHELD:
        return WITHHELD[table.name]
    personal = [
        c.name for c in table.columns if c.privacy is Privacy.PERSONAL or (c.name in PERSONAL_NAMES and not _is_summed(table, c.name))
    ]
    return f"it has rows of single customers ({', '.join(personal)}), which never leave the county" if personal else ""


def rolled_up() -> tuple[Table, ...]:
    """Return the tables a union holds for its members: those that metrics read and those of the ledger's pages, without the withheld."""
    read = {m.mart for metric in CATALOGUE for m in (metric.numerator, metric.denominator) if m is not None}
    return tuple(t for t in ALL if (t.name in read or t.name in LEDGER_TABLES) and not withheld_reason(t))


def roll_up_query(table: Table) -> str:
    """Return the SELECT of the rows of one member, one for what is left of the grain; `$member` and `$version` stand for literals."""
    reason = withheld_reason(table)
    if reason:
        raise ValueError(f"{table.name} must not enter a union: {reason}")
    listed, grouped = [], []
    for column in table.columns:
        if _is_summed(table, column.name):
            listed.append(f"CAST(sum({column.name}) AS {column.type}) AS {column.name}")
        elif column.name in table.grain:
            value = _kept(column.name)
            listed.append(f"{value} AS {column.name}")
            if value not in (_MEMBER, _STAFF["teller_number"]):
                grouped.append(value)
        elif column.name in (*_STAFF, *_PROVENANCE):
            listed.append(f"{(_STAFF | _PROVENANCE)[column.name]} AS {column.name}")
        else:
            listed.append(f"min({column.name}) AS {column.name}")  # follows from the grain: one value, or that of the first word
    return f"SELECT {', '.join(listed)} FROM {table.name} GROUP BY {', '.join(grouped)}"


def _is_summed(table: Table, name: str) -> bool:
    return name not in table.grain and name != "source_line" and table.column(name).type.startswith(("DECIMAL", "BIGINT"))


def _kept(name: str) -> str:
    """Return what stands in the roll-up for a column of the grain: organisations become their member, staff nobody."""
    match name:
        case "legal_entity_code" | "organisation_code":
            return _MEMBER
        case "handling_organisation_code":
            return f"CASE WHEN handling_organisation_code = 'none' THEN 'none' ELSE {_MEMBER} END"
        case _:
            return _STAFF.get(name, name)


assert all(name in BY_NAME for name in (*WITHHELD, *LEDGER_TABLES))  # noqa: S101 - a withheld table that is renamed must not slip in

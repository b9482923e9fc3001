"""How a feed's text becomes typed columns: by its contract alone, after intake has proved every form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maisui.intake import amounts
from maisui.sources.contract import ColumnKind, Content, Feed, FeedColumn

_TYPES = {
    ColumnKind.DATE: "DATE",
    ColumnKind.AMOUNT: "DECIMAL(18,2)",
    ColumnKind.POSITIVE_AMOUNT: "DECIMAL(18,2)",
    ColumnKind.RATE: "DECIMAL(12,6)",
    ColumnKind.INTEGER: "BIGINT",
}


def column_type(column: FeedColumn) -> str:
    """Return the portable SQL type of a delivered column."""
    return _TYPES.get(column.kind, "VARCHAR")


def raw_view(feed: Feed) -> str:
    """Return the name of the view over the feed's raw text rows."""
    return f"raw_{feed.view}"


def delivered_key(feed: Feed) -> tuple[str, ...]:
    """Return the columns of which one row counts: the key per day for full deliveries, the bare key for increments."""
    return (*(("delivered_on",) if feed.content is Content.FULL else ()), *feed.key) if feed.key else ()


def typed_feed(
    feed: Feed,
    *,
    has_repeated_keys: bool = True,
    fractions: Mapping[str, Sequence[str]] | None = None,
    arrived: Mapping[str, int] | None = None,
) -> str:
    """Return the SELECT that mapping SQL sees under the feed's name.

    Besides the contracted columns it carries `delivered_on` (business date of the file),
    `source_file_id` and `source_line`. Where several files bring the same `delivered_key`, the last
    delivered counts; a caller that knows there are none saves the sort. `fractions` names for a column of
    rates the files that give them as fractions: there they are multiplied up to percent. `arrived` says of files with
    one business date which came later: a higher place wins.
    """
    given = fractions or {}
    columns = ",\n  ".join(f"{_value(c, _texts(('', *feed.nulls_of(c))), given.get(c.name, ()))} AS {c.name}" for c in feed.columns)
    query = f"SELECT\n  delivered_on,\n  source_file_id,\n  source_line,\n  {columns}\nFROM {raw_view(feed)}"
    if not feed.key or not has_repeated_keys:
        return query
    order = ["delivered_on DESC", "source_file_id DESC", "source_line DESC"]
    if arrived:
        places = ", ".join(f"({_texts((file_id,))}, {place})" for file_id, place in sorted(arrived.items()))
        query += f"\nLEFT JOIN (VALUES {places}) AS arrival(arrived_file_id, arrived_place) ON arrived_file_id = source_file_id"
        order.insert(1, "coalesce(arrived_place, 0) DESC")
    return f"{query}\nQUALIFY row_number() OVER (\n  PARTITION BY {', '.join(delivered_key(feed))}\n  ORDER BY {', '.join(order)}\n) = 1"


def _texts(values: Sequence[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)


def _value(column: FeedColumn, nulls: str, in_fractions: Sequence[str]) -> str:
    text = f"CASE WHEN {column.name} IN ({nulls}) THEN NULL ELSE {column.name} END"
    if column.kind is ColumnKind.DATE:
        return f"CAST(strptime({text}, '{column.format}') AS DATE)"
    if in_fractions:
        typed = f"CAST({text} AS {_TYPES[column.kind]})"
        percent = f"CAST({typed} * 100 AS {_TYPES[column.kind]})"
        return f"CASE WHEN source_file_id IN ({_texts(in_fractions)}) THEN {percent} ELSE {typed} END"
    if column.kind.is_amount:
        text = amounts.plain_sql(text, column)
    if column.kind in _TYPES:
        return f"CAST({text} AS {_TYPES[column.kind]})"
    return text

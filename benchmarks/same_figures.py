"""Whether pandas did the same work: rows and the sum of every amount of each table that both make, beside the published version."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from same_work import SAME_TABLES

from maisui.tables import BY_NAME
from maisui.tables.table import MONEY, MONEY_SUM
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader


def main(home_folder: Path, out: Path) -> int:
    """Print the comparison and return how many tables differ."""
    home, differing = open_home(home_folder), 0
    with open_reader(home.versions, home.parts) as reader, duckdb.connect() as there:
        for table in (BY_NAME[name] for name in SAME_TABLES):
            folder = out / "tables" / table.name
            amounts = _shared_amounts(there, folder, [column.name for column in table.columns if column.type in (MONEY, MONEY_SUM)])
            summed = "".join(f", CAST(coalesce(sum({name}), 0) * 100 AS HUGEINT)" for name in amounts)
            published = reader.rows(f"SELECT count(*){summed} FROM {table.name}")[0]
            made = _made(there, folder, amounts)
            is_same = published == made
            differing += not is_same
            print(f"{'=' if is_same else '≠'} {table.name:24} {published[0]:>10,} rows, {len(amounts)} amounts", "" if is_same else made)
            if not is_same:
                print(f"  published {published}")
    return differing


def _shared_amounts(there: duckdb.DuckDBPyConnection, folder: Path, amounts: list[str]) -> list[str]:
    """Return the amounts that pandas carries as well."""
    if not folder.is_dir():
        return amounts
    carried = {name for (name, *_) in there.execute(f"DESCRIBE FROM '{folder}/*.parquet'").fetchall()}
    return [name for name in amounts if name in carried]


def _made(there: duckdb.DuckDBPyConnection, folder: Path, amounts: list[str]) -> tuple[int, ...]:
    if not folder.is_dir():
        return (0, *(0 for _ in amounts))
    summed = "".join(f", CAST(coalesce(sum({name}), 0) AS HUGEINT)" for name in amounts)
    return there.execute(f"SELECT count(*){summed} FROM '{folder}/*.parquet'").fetchall()[0]


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1]), Path(sys.argv[2])) else 0)

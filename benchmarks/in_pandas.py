"""The same work in pandas: every file and column held to its contract, rows kept, the tables of `same_work.py` written by month.

pandas is given every honest advantage: Arrow strings, cents as whole numbers instead of decimals, accounts as numbers, no line of
Python a row, columns kept in memory instead of read again, nothing sorted or hashed for publication, no lineage, no controls, no
fsync. `benchmarks/same_figures.py` holds its tables to the published version.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pandas as pd
from pandas_bank import WANTED, Bank, deliver
from pandas_intake import take_in
from pandas_marts import fill_marts
from pandas_model import integrate
from same_work import SAME_TABLES

from maisui.tables import BY_NAME, Table


def main(inbox: Path, out: Path, reporting_date: pd.Timestamp) -> None:
    """Do the work, write every published table, and tell how long each stage took."""
    began = time.perf_counter()
    taken = take_in(inbox, out / "raw", WANTED)
    began = _told("intake", began)
    bank = deliver(taken)
    del taken
    integrate(bank, reporting_date)
    began = _told("integration", began)
    fill_marts(bank, reporting_date)
    began = _told("marts", began)
    for name in SAME_TABLES:
        _write(bank, BY_NAME[name], out / "tables" / name)
    _told("published tables", began)


def _write(bank: Bank, table: Table, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    frame = bank[table.name]
    frame = frame[[name for name in table.column_names if name in frame]]
    if table.month_of is None:
        frame.to_parquet(folder / "all.parquet", index=False)
        return
    for month, rows in frame.groupby(frame[table.month_of].to_numpy("datetime64[M]"), dropna=False):
        rows.to_parquet(folder / f"{str(month)[:7]}.parquet", index=False)


def _told(stage: str, began: float) -> float:
    now = time.perf_counter()
    print(f"pandas {stage:20} {now - began:6.1f} s", file=sys.stderr)
    return now


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), pd.Timestamp(sys.argv[3]))

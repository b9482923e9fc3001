"""The same work in pandas: every file and column held to its contract, rows kept, the same published tables written by month.

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

from maisui.parameters import load_parameters
from maisui.tables import ALL, Table


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
    bank["parameter"] = pd.DataFrame({"parameter_code": [line.code for line in load_parameters(()).parameters]})
    began = _told("marts", began)
    for table in ALL:
        if table.published and table.name in bank:
            _write(bank, table, out / "tables" / table.name)
    _told("published tables", began)


def _write(bank: Bank, table: Table, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    frame = bank[table.name]
    frame = frame[[name for name in table.column_names if name in frame]]
    if table.month_of is None:
        frame.to_parquet(folder / "all.parquet", index=False)
        return
    for month, rows in frame.groupby(frame[table.month_of].to_numpy("datetime64[M]")):
        rows.to_parquet(folder / f"{str(month)[:7]}.parquet", index=False)


def _told(stage: str, began: float) -> float:
    now = time.perf_counter()
    print(f"pandas {stage:20} {now - began:6.1f} s", file=sys.stderr)
    return now


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), pd.Timestamp(sys.argv[3]))

"""The mini bank with interest rates and two curves of transfer prices, published for two month ends: small enough to reckon by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from example_home import copy_home, run
from mini_bank import MAPPINGS, deliver, make_home
from scratch import made_once, scratch_folder

FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)
CURVES = {"standard": ("0.01", "0.02"), "other": ("0.012", "0.024")}
"""The price of demand money and of a year, from 1 January 2026."""
_RATES = "CAST(CASE kind WHEN 'loan' THEN 0.06 ELSE 0.01 END AS DECIMAL(12,6)) AS interest_rate"


@contextmanager
def priced_home() -> Iterator[Path]:
    """Give a copy of the home, which is made once a run; the copy is gone afterwards."""
    with scratch_folder() as folder:
        yield copy_home(made_once("priced", _make)[0], folder / "home")


def _make(path: Path) -> None:
    """Make the home and publish it for the end of February and of March."""
    accounts = MAPPINGS["account_snapshot"].replace("balance, opened AS", f"balance, {_RATES}, opened AS")
    home = make_home(path, sources=("mini", "supplement"), mappings={"account_snapshot": accounts})
    prices = [
        f"{curve},CNY,{tenor},20260101,{rate}" for curve, rates in CURVES.items() for tenor, rate in zip((0, 365), rates, strict=True)
    ]
    file = home / "inbox" / "supplement" / "MINI01-transfer_price-20260131.csv"
    file.write_text("\n".join(["curve_code,currency,tenor_day_count,effective_from,transfer_rate", *prices]) + "\n", encoding="utf-8")
    for day in (FEBRUARY, MARCH):
        deliver(home, day)
        run(home, day)

"""A county bank that gets identities and daily balances from its province: one batch over EAST and the province's tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from example_home import run
from scratch import scratch_folder

from maisui.example_bank import simulate
from maisui.example_bank.county import HEYANG
from maisui.warehouse.home import create_home, open_home
from maisui.warehouse.reader import open_reader

DAY = date(2026, 10, 31)


@pytest.fixture(scope="module")
def homes() -> Iterator[dict[str, Path]]:
    """Two homes of the same small county: identities as the province's tables, and as CSV from its own department."""
    with scratch_folder() as place:
        found: dict[str, Path] = {}
        for source, is_downlink in (("downlink", True), ("supplement", False)):
            files = place / f"files of {source}"
            simulate(scale="test", seed=1, months=1, out=files, deformed=True, downlink=is_downlink, counties=2)
            found[source] = home_of(place / source, files / "counties" / HEYANG.licence / "inbox", source)
            run(found[source], DAY)
        yield found


def home_of(path: Path, inbox: Path, source: str) -> Path:
    """Make a home with the last day's deliveries: EAST, and `source` as far as both flavours tell the same."""
    create_home(
        path, legal_entity_code=HEYANG.licence, name_zh="示例", name_en="Example", currency="CNY", sources=("east5", source), is_demo=False
    )
    patterns = {"east5": "*", "downlink": "*", "supplement": "*-customer_identity-*"}
    for folder in ("east5", source):
        for file in (inbox / folder).glob(f"{patterns[folder]}{DAY:%Y%m%d}.*"):
            shutil.copy2(file, path / "inbox" / folder)
    return path


def asked(home: Path, question: str) -> list[tuple]:
    """Return the answer to a query over the home's current version."""
    place = open_home(home)
    with open_reader(place.versions, place.parts) as reader:
        return reader.rows(question)


def test_no_line_of_the_province_is_lost(homes: dict[str, Path]) -> None:
    """Both tables are registered whole."""
    inbox = homes["downlink"] / "inbox" / "downlink"
    assert sorted(file.name for file in inbox.iterdir()) == [
        f"{table}_{HEYANG.legal_entity}_{kind}" for table in ("CORE_DDMAST", "S_ECIF_CERT_INFO") for kind in ("20261031.stru", "ALL_20261031.dat.gz")
    ]  # fmt: skip
    question = (
        "SELECT feed_code, line_count, loaded_count, quarantined_count, duplicate_count FROM delivery"
        " WHERE source_code = 'downlink' ORDER BY feed_code"
    )
    files = asked(homes["downlink"], question)
    assert [feed for feed, *_ in files] == ["core_ddmast", "s_ecif_cert_info"]
    for _, lines, loaded, quarantined, duplicate in files:
        assert lines == loaded > 250
        assert quarantined == duplicate == 0


def test_the_same_customers_are_one_person(homes: dict[str, Path]) -> None:
    """EAST is deformed, so whoever is one is known by the certificates beside it alone."""
    question = "SELECT * FROM customer_merge ORDER BY ALL"
    merged = asked(homes["downlink"], question)
    assert merged
    assert merged == asked(homes["supplement"], question)

"""Which feed of EAST 5.0 a file name belongs to: official codes, slips seen in practice, table numbers, titles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from maisui.intake.scan import scan_inbox
from maisui.sources.contract import Source
from maisui.sources.loader import load_builtin

EAST5 = load_builtin("east5")
DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("B0187H242010002-JGXXB-20260331.txt", "JGXXB"),
        ("b0187h242010002-jgxxb-20260331.TXT", "JGXXB"),
        ("B0187H242010002-JGXXB-20260331.txt.gz", "JGXXB"),
        ("B0187H242010002_JGXXB_20260331.dat", "JGXXB"),
        ("JGXXB-20260331.txt", "JGXXB"),
        ("B1-IE_001_101-20260331.txt", "JGXXB"),
        ("B1-IE_001_101_JGXXB-20260331.txt", "JGXXB"),
        ("B1-101-20260331.txt", "JGXXB"),
        ("B1-机构信息表-20260331.txt", "JGXXB"),
        ("B1-YSB-20260331.txt", "YGB"),
        ("B1-GXAXB-20260331.txt", "GWXXB"),
        ("B1-GDHLFBXXB-20260331.txt", "GDJGLFXXB"),
        ("B1-GRJCBXXB-20260331.txt", "GRJCXXB"),
        ("B1-GRRKXB-20260331-2.txt", "GRKHGXB"),
        ("B1-GRCKFHZ-20260331.txt", "GRCKFHZ"),
        ("B1-GRCKFHZMX-20260331.txt", "GRCKFHZMX"),
        ("B1-GRCKFHZMX_INC-20260331.txt", "GRCKFHZMX"),
        ("B1-IE_004_404_INC-20260331.txt", "GRCKFHZMX"),
        ("B1-IE_010_1001_INC_HLXXB-20260331.csv", "HLXXB"),
        ("B1-理财产品销售明细表-20260331.txt", "LCCPXSMX"),
        ("B1-XDYWDBHT-20260331.txt", "BNWYWDBHTB"),
    ],
)
def test_a_name_tells_its_feed_and_day(name: str, code: str) -> None:
    feed = EAST5.feed_of(name)
    assert feed is not None
    assert (feed.code, feed.file_date(name)) == (code, DAY)


@pytest.mark.parametrize(
    "name",
    [
        "B1-GRCKFHZM-20260331.txt",
        "B1-JGXXB-20260231.txt",
        "B1-JGXXB-202603.txt",
        "B1-1010-20260331.txt",
        "B1-JGXXB-20260331.xls",
        "B1JGXXB-20260331.txt",
    ],
)
def test_other_names_are_no_feeds(name: str) -> None:
    assert EAST5.feed_of(name) is None


def test_every_feed_is_found_by_its_code_number_and_title_and_by_no_other() -> None:
    for feed in EAST5.feeds.values():
        for spelt in (feed.code, feed.number, *feed.aliases):
            if spelt:
                found = [other.code for other in EAST5.feeds.values() if other.file_date(f"B0187H242010002-{spelt}-20260331.txt")]
                assert found == [feed.code]


def test_two_licences_and_companions_in_any_spelling_lie_in_one_inbox(tmp_path: Path) -> None:
    for name in (
        "B1-JGXXB-20260331.txt",
        "B1-JGXXB-20260331.log",
        "B2-JGXXB-20260331.TXT",
        "B2-jgxxb-20260331.LOG",
        "B2-GYB-20260331.txt.log",
    ):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = scan_inbox(source=EAST5, inbox=tmp_path, until=DAY)
    assert [(arrival.file_name, arrival.control.name if arrival.control else None) for arrival in found.arrivals] == [
        ("B1-JGXXB-20260331.txt", "B1-JGXXB-20260331.log"),
        ("B2-JGXXB-20260331.TXT", "B2-jgxxb-20260331.LOG"),
    ]
    assert [(waiting.file_name, waiting.data_name) for waiting in found.waiting] == [("B2-GYB-20260331.txt.log", "B2-GYB-20260331.txt")]
    assert found.unrecognised == []


def test_a_source_that_is_not_lenient_is_held_to_its_pattern() -> None:
    berka: Source = load_builtin("berka")
    for feed in berka.feeds.values():
        assert not feed.is_lenient

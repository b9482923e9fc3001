"""A union of two counties that hold dollars: one set of rates, converted to the cent, and the county whose rate differs is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from example_home import plans_made_once
from scratch import scratch_folder
from union_home import CLEARING, FIRST, LAST_DAY, SECOND, CountyBank, make_county, make_union, roll_up

from maisui.answers import ALL_CURRENCIES, LedgerQuestion, balance_sheet, consolidated_sheet
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

DOLLARS = LedgerQuestion(currency="USD")
TOGETHER = LedgerQuestion(currency=ALL_CURRENCIES)


@dataclass(frozen=True)
class DollarBank(CountyBank):
    """A county with dollars in cash, owed to depositors and to the other county."""

    cash: str = "0.00"
    deposit: str = "0.00"
    owed: str = "0.00"

    def rows(self, feed: str, day: date, since: date | None = None) -> list[list[str]]:
        """Return what `feed` delivers, with the dollars in the ledger of the first outlet."""
        found = super().rows(feed, day, since)
        if feed == "GL":
            debit, credit = (self.owed.lstrip("-"), "0.00") if self.owed.startswith("-") else ("0.00", self.owed)
            found += [
                ["B1", "1001", "USD", self.cash, "0.00"],
                ["B1", "2011", "USD", "0.00", self.deposit],
                ["B1", CLEARING, "USD", debit, credit],
            ]
        return found


EAST = DollarBank(clearing=7_000, cash="100.03", deposit="75.02", owed="25.01")
WEST = DollarBank(clearing=-7_000, cash="10.01", deposit="35.02", owed="-25.01")


def rates(rate: str) -> dict[str, str]:
    """Return the mapping of one rate of a hundred dollars, from March on."""
    return {
        "exchange_rate": (
            f"SELECT 'USD' AS currency, DATE '2026-03-01' AS valid_from, 'CNY' AS local_currency, CAST(100 AS DECIMAL(18,2)) AS quoted_amount, "
            f"CAST({rate} AS DECIMAL(12,6)) AS exchange_rate, min(source_file_id) AS source_file_id, min(source_line) AS source_line FROM mini_gl"
        )
    }


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with scratch_folder() as place, plans_made_once():
        homes = {
            FIRST: make_county(place / "east", FIRST, EAST, mappings=rates("712.345")),
            SECOND: make_county(place / "west", SECOND, WEST, mappings=rates("713.345")),
        }
        roll_up(make_union(place / "union", homes))
        yield place


@pytest.fixture(scope="module")
def reader(folder: Path) -> Iterator[Reader]:
    place = open_home(folder / "union")
    with open_reader(place.versions, place.parts) as opened:
        yield opened


def line(reader: Reader, question: LedgerQuestion, code: str) -> Decimal | None:
    return balance_sheet(reader, question).line(code).amounts[0]


def test_each_county_s_line_is_converted_at_the_rate_of_the_first(reader: Reader) -> None:
    """East 100.03 × 7.12345 = 712.56, West 10.01 × 7.12345 = 71.31 (at its own rate 71.41); deposits 534.40 + 249.46."""
    yuan = LedgerQuestion(currency="CNY")
    assert line(reader, DOLLARS, "other_asset") == Decimal("110.04")
    assert (line(reader, TOGETHER, "other_asset") or 0) - (line(reader, yuan, "other_asset") or 0) == Decimal("712.56") + Decimal("71.31")
    assert (line(reader, TOGETHER, "deposit") or 0) - (line(reader, yuan, "deposit") or 0) == Decimal("534.40") + Decimal("249.46")
    frame = balance_sheet(reader, TOGETHER).frame
    assert [(rate.currency, rate.exchange_rate) for rate in frame.rates] == [("USD", Decimal("712.345000"))]
    assert (frame.currency, frame.may_convert) == ("CNY", True)


def test_what_counties_owe_each_other_in_dollars_falls_away(reader: Reader) -> None:
    """25.01 dollars stand on both sides: taken out before and after conversion, and the sheet of all currencies ties."""
    sheet = balance_sheet(reader, TOGETHER)
    amounts = {found.code: found.amounts[0] for found in sheet.lines if found.kind != "subject"}
    assert not amounts.get("joint_debit")
    assert not amounts.get("joint_credit")
    assert amounts["translation_difference"] == Decimal("0.01")  # 783.86 of deposits, 783.87 of cash: books of dollars that balance


def test_the_consolidated_sheet_of_the_jurisdiction_is_that_of_the_ledger(reader: Reader) -> None:
    """Line by line what both counties show, in yuan at the union's rate; positions between them are taken out whole."""
    found = consolidated_sheet(reader, LAST_DAY)
    assert (found.currency, found.is_converted) == ("CNY", True)
    assert "100 USD = 712.345 CNY" in found.notes[0].zh
    by_line = {line.line: line for line in found.lines}
    for code in ("other_asset", "deposit", "loan"):
        assert by_line[code].consolidated == line(reader, TOGETHER, code), code
    joint = [one for one in found.lines if one.statement == "joint" or one.eliminated]
    assert joint
    assert sum(one.consolidated for one in joint if one.statement == "joint") == 0


def test_one_county_of_the_union_is_asked_like_the_whole(reader: Reader) -> None:
    of_east = balance_sheet(reader, LedgerQuestion(FIRST, currency=ALL_CURRENCIES))
    yuan = balance_sheet(reader, LedgerQuestion(FIRST, currency="CNY"))
    assert (of_east.line("other_asset").amounts[0] or 0) - (yuan.line("other_asset").amounts[0] or 0) == Decimal("712.56")


def test_the_county_whose_rate_differs_is_named(reader: Reader) -> None:
    (told,) = (control for control in reader.manifest.controls if control.code == "union_rates_agree")
    assert (told.severity, told.checked, told.violations) == ("warn", 2, 1)
    assert told.details[0]["legal_entity_code"] == SECOND
    assert told.details[0]["business_date"] == str(LAST_DAY)
    # 10.01 + 35.02 + 25.01 = 70.04 dollars: 499.63 yuan at 7.13345, 498.93 at 7.12345
    assert Decimal(told.details[0]["difference_amount"]) == Decimal("0.70")
    assert (told.details[0]["member_rate"], told.details[0]["union_rate"]) == ("713.345000", "712.345000")

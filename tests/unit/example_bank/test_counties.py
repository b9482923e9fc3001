"""Three counties of one union: numbers apart, books in balance, and machine use told alike by both sides."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from maisui.example_bank import simulate
from maisui.example_bank.county import COUNTIES, HEYANG, LUXI, MAICHUAN, County
from maisui.intake import receive
from maisui.sources.loader import load_builtin

MIRRORED = ("attempted_on", "attempted_time", "channel", "attempt_kind", "card_number", "is_successful", "error_code", "attempt_amount")
NET = """
CREATE TABLE net AS
SELECT delivered, NBJGH, KJKMBH, JFFSE::DECIMAL(18,2) AS debits, DFFSE::DECIMAL(18,2) AS credits,
  QMJFYE::DECIMAL(18,2) - QMDFYE::DECIMAL(18,2) AS closing
FROM ZZKJQKMB
"""
TOP = "length(KJKMBH) = 4"


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the first county at scale test with the two small ones in it, two months."""
    out = tmp_path_factory.mktemp("union")
    simulate(scale="test", seed=7, months=2, out=out, counties=3)
    return out


@pytest.fixture(scope="module")
def banks(union: Path, reader_of: Callable[[Path], duckdb.DuckDBPyConnection]) -> Iterator[dict[str, duckdb.DuckDBPyConnection]]:
    """Return the files of every county by the payment code of its bank, its channel log as `log`."""
    found: dict[str, duckdb.DuckDBPyConnection] = {}
    for county in COUNTIES:
        inbox = folder_of(union, county.licence) / "inbox"
        database = found[f"{county.payment_prefix}000000"] = reader_of(inbox / "east5")
        database.execute(f"CREATE TABLE log AS SELECT * FROM read_csv('{inbox}/supplement/*-channel_log-*.csv', all_varchar=true)")
    yield found
    for database in found.values():
        database.close()


def folder_of(union: Path, licence: str) -> Path:
    """Return the folder of one county."""
    return union if licence == MAICHUAN.licence else union / "counties" / licence


def test_a_machine_of_one_county_and_a_card_of_another_meet_once(banks: dict[str, duckdb.DuckDBPyConnection]) -> None:
    """For every ordered pair: the card's bank and the machine's bank list the same attempts under the same references."""
    for home, cards in banks.items():
        for host, machines in banks.items():
            if home == host:
                continue
            question = (
                f"SELECT attempt_number, session_number, {', '.join(MIRRORED)}, abs(fee_amount::DECIMAL(18,2)) FROM log"
                f" WHERE card_bank_code = '{home}' AND acquirer_bank_code = '{host}' ORDER BY ALL"
            )
            told = cards.execute(question).fetchall()
            assert len(told) > 20
            assert told == machines.execute(question).fetchall()


def test_every_pair_and_month_mirrors_to_the_cent(banks: dict[str, duckdb.DuckDBPyConnection]) -> None:
    """Counts, amounts and fees of what succeeded, and the amounts are those of the postings."""
    question = (
        "SELECT attempted_on[1:6], count(*), sum(attempt_amount::DECIMAL(18,2)), {sign} * sum(fee_amount::DECIMAL(18,2)) FROM log"
        " WHERE is_successful = '是' AND card_bank_code = '{home}' AND acquirer_bank_code = '{host}' GROUP BY ALL ORDER BY 1"
    )
    for home, cards in banks.items():
        for host, machines in banks.items():
            if home != host:
                told = cards.execute(question.format(home=home, host=host, sign=-1)).fetchall()
                assert [row[0] for row in told] == ["202609", "202610"]
                assert told == machines.execute(question.format(home=home, host=host, sign=1)).fetchall()
        unposted = cards.execute(
            "SELECT count(*) FILTER (m.JYXLH IS NULL OR m.JYJE <> l.attempt_amount OR m.HXJYSJ <> l.attempted_time), count(*) FROM log l"
            " LEFT JOIN GRCKFHZMX m ON m.JYXLH = l.transaction_number AND m.WBZH = l.card_number"
            f" WHERE l.card_bank_code = '{home}' AND l.acquirer_bank_code IN ({', '.join(repr(code) for code in banks)})"
            f" AND l.acquirer_bank_code <> '{home}' AND l.is_successful = '是' AND l.attempt_kind = '取现'"
        ).fetchall()
        assert unposted[0][0] == 0 < unposted[0][1]


def test_what_the_counties_owe_each_other_is_nothing_in_sum(banks: dict[str, duckdb.DuckDBPyConnection]) -> None:
    """Every county's ledger balances by itself and with its accounts, and the clearing subject of all of them together is zero."""
    owed: dict[str, list[int]] = {}
    for database in banks.values():
        database.execute(NET)
        broken = database.execute(
            f"SELECT delivered, NBJGH FROM net WHERE {TOP} GROUP BY ALL HAVING sum(closing) <> 0 OR sum(debits) <> sum(credits)"
        ).fetchall()
        assert broken == []
        for delivered, closing in database.execute("SELECT delivered, sum(closing) FROM net WHERE KJKMBH = '3102' GROUP BY ALL").fetchall():
            owed.setdefault(delivered, []).append(closing)
        accounts = database.execute(
            "SELECT delivered, sum(CKYE::DECIMAL(18,2)) FROM (SELECT delivered, CKYE FROM GRCKFHZ UNION ALL SELECT delivered, CKYE FROM DGCKFHZ)"
            " GROUP BY ALL ORDER BY 1"
        ).fetchall()
        ledger = database.execute("SELECT delivered, -sum(closing) FROM net WHERE KJKMBH = '2011' GROUP BY ALL ORDER BY 1").fetchall()
        assert accounts == ledger
    assert all(len(sides) == len(banks) and sum(sides) == 0 for sides in owed.values())
    assert any(side for sides in owed.values() for side in sides)


@pytest.mark.parametrize(
    "question",
    [
        "SELECT KHTYBH FROM GRJCXXB UNION SELECT KHTYBH FROM DGKHXXB",
        "SELECT ZJHM FROM GRJCXXB UNION SELECT ZJHM FROM DGKHXXB UNION SELECT ZJHM FROM YGB",
        "SELECT LXDH FROM GRJCXXB UNION SELECT LXDH FROM DGKHXXB UNION SELECT LXDH FROM YGB UNION SELECT JGLXDH FROM JGXXB",
        "SELECT GRCKZH FROM GRCKFHZ UNION SELECT DGCKZH FROM DGCKFHZ UNION SELECT DKFHZH FROM GRXDFHZ UNION SELECT DKFHZH FROM DGXDFHZ",
        "SELECT KH FROM JJKXXB UNION SELECT KH FROM XYKXXB UNION SELECT XYKZH FROM XYKXXB UNION SELECT CZH FROM CZXXB",
        "SELECT SHBH FROM SDSHXXB UNION SELECT PJHM FROM PJTXB UNION SELECT TXRZH FROM PJTXB",
        "SELECT NBJGH FROM JGXXB UNION SELECT YHJGDM FROM JGXXB UNION SELECT JRXKZH FROM JGXXB UNION SELECT YHJGMC FROM JGXXB",
    ],
)
def test_no_number_of_one_county_is_one_of_another(banks: dict[str, duckdb.DuckDBPyConnection], question: str) -> None:
    """Customers, certificates, telephones, accounts, cards, merchants, bills and organisations."""
    found = [{row[0] for row in database.execute(question).fetchall() if row[0]} for database in banks.values()]
    assert all(found)
    assert len(set().union(*found)) == sum(len(numbers) for numbers in found)


def test_the_small_counties_are_small_and_named(banks: dict[str, duckdb.DuckDBPyConnection]) -> None:
    """Three hundred customers each, three outlets, and no word of the first county in their files."""
    for county in (HEYANG, LUXI):
        database = banks[f"{county.payment_prefix}000000"]
        assert database.execute("SELECT count(*) FROM JGXXB WHERE delivered = '20260930'").fetchall() == [(4,)]
        people = database.execute("SELECT count(*) FROM GRJCXXB WHERE delivered = '20261031'").fetchall()[0][0]
        assert 250 < people <= 285
        assert database.execute(
            "SELECT count(*) FROM GRJCXXB WHERE TXDZ LIKE '%麦川%' OR YHJGMC NOT LIKE '禾漾县%' AND YHJGMC NOT LIKE '麓汐县%'"
        ).fetchall() == [(0,)]


@pytest.mark.parametrize("county", [HEYANG, LUXI], ids=lambda county: county.name_en)
@pytest.mark.parametrize("source", ["east5", "supplement"])
def test_the_folder_of_a_county_is_taken_in_without_a_fault(union: Path, tmp_path: Path, county: County, source: str) -> None:
    """It has the form of a home's inbox; the last day is enough to see it."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for file in (folder_of(union, county.licence) / "inbox" / source).glob("*-20261031.*"):
        shutil.copy2(file, inbox)
    intake = receive(source=load_builtin(source), inbox=inbox, raw=tmp_path / "raw", until=date(2026, 12, 31), workers=1)
    assert (intake.refused, intake.waiting, intake.unrecognised) == ((), (), ())
    assert len(intake.receipts) > 10
    assert all(not receipt.quarantined for receipt in intake.receipts)


def test_nobody_is_served_where_machines_are_out_of_order(union: Path, banks: dict[str, duckdb.DuckDBPyConnection]) -> None:
    """Neither customers nor guests from other counties; guests go to the outlet that the truth names."""
    for county in COUNTIES:
        log = banks[f"{county.payment_prefix}000000"]
        days = pq.read_table(folder_of(union, county.licence) / "truth" / "anomalies.parquet").to_pylist()
        closed = [one for one in days if "atm" in one["channels"]]
        assert len(closed) == 2
        for one in closed:
            during = f"attempted_on BETWEEN '{one['first_day']:%Y%m%d}' AND '{one['last_day']:%Y%m%d}' AND terminal_number LIKE 'ATM%'"
            served = log.execute(f"SELECT organisation_code, count(*) FROM log WHERE {during} GROUP BY ALL").fetchall()
            assert one["outlet"] not in dict(served)
            assert one["elsewhere"] in dict(served)


def test_every_county_has_flaws_and_ledger_breaks_of_its_own(tmp_path: Path) -> None:
    """Each truth names files and outlets of its own bank, and no two counties have the same days wrong."""
    simulate(scale="test", seed=3, months=1, out=tmp_path, counties=3, flaws_per_million=2_000, ledger_breaks=2)
    days: set[tuple[date, ...]] = set()
    for county in COUNTIES:
        truth = folder_of(tmp_path, county.licence) / "truth"
        flaws = pq.read_table(truth / "flaws.parquet").to_pylist()
        assert flaws
        assert all(flaw["file"].startswith(county.licence) for flaw in flaws)
        breaks = pq.read_table(truth / "ledger_breaks.parquet").to_pylist()
        assert all(one["organisation_code"].startswith(county.organisation_prefix) for one in breaks)
        days.add(tuple(one["day"] for one in breaks))
    assert {len(one) for one in days} == {2}
    assert len(days) == len(COUNTIES)


def test_a_bank_without_neighbours_has_no_clearing_with_them(bank) -> None:
    """Its chart is the one it always had."""
    assert bank.rows("SELECT count(*) FROM NBKMDZB WHERE KJKMBH = '3102'") == [(0,)]
    assert bank.rows("SELECT count(*) FROM ZZKJQKMB WHERE KJKMBH = '3102'") == [(0,)]


def test_more_counties_than_there_are_is_refused(tmp_path: Path) -> None:
    """The union has three."""
    for counties in (0, 4):
        with pytest.raises(ValueError, match="counties must lie between 1 and 3"):
            simulate(scale="test", seed=1, months=1, out=tmp_path, counties=counties)

"""What the data lack, down to the delivered line, and which feed came on which day; out of drawn tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from drawn_tables import load_tables, need_table, run

from maisui.answers import DayState, data_quality, delivery_calendar, orphan_files
from maisui.answers.data_quality import ORPHAN_KINDS
from maisui.answers.delivery_calendar import CalendarRow
from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.errors import QuestionError
from maisui.reconciliation.find_orphan_keys import FIND_ORPHAN_KEYS
from maisui.warehouse.reader import Reader
from maisui.warehouse.version import Manifest

REPORTING_DATE = date(2026, 6, 30)
READ = ("customer_completeness", "unknown_word", "organisation", "customer", "delivery", "ledger_snapshot", "teller_snapshot")
MANIFEST = Manifest(
    version="20260630-0", legal_entity_code="BANK", reporting_date=REPORTING_DATE, first_date=date(2026, 1, 1), code_version="1",
    parameter_version="p", sources=("core",), source_hash="s", deliveries=(), last_delivery_on=REPORTING_DATE, content_hash="",
    parts=(), controls=(), lineage={}, published_at="2026-07-01T00:00:00+00:00",
)  # fmt: skip
FILES = """
    source_file_id | source_code | feed_code | file_name | business_date | line_count | loaded_count | quarantined_count | duplicate_count
    ---------------+-------------+-----------+-----------+---------------+------------+--------------+-------------------+----------------
    F1             | core        | accounts  | a.txt     | 2026-05-31    | 9          | 9            | 0                 | 0
    F2             | core        | accounts  | b.txt     | 2026-06-30    | 9          | 9            | 0                 | 0
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDBEngine]:
    made = DuckDBEngine(tmp_path)
    yield made
    made.close()


@pytest.fixture
def read(engine: DuckDBEngine) -> Callable[..., Reader]:
    """Return what draws tables and reads them as a published version."""

    def drawn(**tables: str) -> Reader:
        load_tables(engine, **tables)
        run(engine, FIND_ORPHAN_KEYS, reporting_date=f"{REPORTING_DATE}")
        for name in READ:
            need_table(engine, name)
        return Reader(MANIFEST, engine.as_duckdb())

    return drawn


def test_a_key_that_hangs_in_the_air_is_traced_to_the_lines_that_name_it(read: Callable[..., Reader]) -> None:
    reader = read(
        delivery=FILES,
        customer="""
            customer_number | last_reported_on
            ----------------+-----------------
            C1              | 2026-06-30
            C8              |
        """,
        customer_snapshot="""
            reported_on | customer_number
            ------------+----------------
            2026-06-30  | C1
        """,
        account_snapshot="""
            reported_on | account_number | customer_number | organisation_code | source_file_id | source_line
            ------------+----------------+-----------------+-------------------+----------------+------------
            2026-05-31  | A1             | C1              | B10               | F1             | 1
            2026-05-31  | A2             | C8              | B10               | F1             | 7
            2026-06-30  | A2             | C8              | B10               | F2             | 5
            2026-06-30  | A4             | C8              | B10               | F2             | 4
            2026-06-30  | A3             | C8              | B20               | F2             | 6
        """,
    )
    (first, second) = data_quality(reader).orphans
    assert (first.kind.code, first.organisation, first.keys, first.rows) == ("account_customer", "B10", 1, 3)
    assert (second.organisation, second.rows) == ("B20", 1)
    files = orphan_files(reader, check="account_customer", organisation="B10")
    assert [(file.file_name, file.count, file.lines) for file in files] == [("b.txt", 2, (4, 5)), ("a.txt", 1, (7,))]
    assert sum(file.count for file in files) == first.rows


def test_every_kind_of_key_can_be_traced_and_no_other(read: Callable[..., Reader]) -> None:
    reader = read()
    for kind in ORPHAN_KINDS:
        assert orphan_files(reader, check=kind.code, organisation="B10") == ()
        assert all(zh and en for zh, en in kind.titles)
    with pytest.raises(QuestionError):
        orphan_files(reader, check="x", organisation="B10")


def test_facts_come_worst_first_and_add_up_over_outlets(read: Callable[..., Reader]) -> None:
    reader = read(
        customer_completeness="""
            organisation_code | customer_kind | fact_code   | customer_count | filled_count | checked_count | valid_count
            ------------------+---------------+-------------+----------------+--------------+---------------+------------
            B10               | corporate     | region      | 1              | 0            | 0             | 0
            B10               | personal      | name        | 4              | 4            | 0             | 0
            B10               | personal      | phone       | 4              | 2            | 2             | 1
            B20               | personal      | phone       | 6              | 6            | 6             | 6
        """
    )
    found = data_quality(reader).completeness
    assert [(one.kind, one.fact) for one in found] == [("personal", "phone"), ("personal", "name"), ("corporate", "region")]
    assert (found[0].customers, found[0].empty, found[0].wrong, found[0].lacking) == (10, 2, 1, 3)
    assert (str(found[0].filled_share), str(found[0].valid_share), found[1].valid_share) == ("0.8", "0.875", None)


def test_records_are_counted_by_age_each_once(read: Callable[..., Reader]) -> None:
    reader = read(
        customer="""
            customer_number | customer_kind | last_reported_on
            ----------------+---------------+-----------------
            C1              | personal      | 2026-06-30
            C2              | personal      | 2026-05-30
            C3              | personal      | 2026-05-29
            C4              | personal      | 2025-06-29
            C5              | personal      | 2025-06-28
            C6              | unknown       |
        """
    )
    persons, unknown = data_quality(reader).ages
    assert (persons.within, persons.older, persons.never) == ((2, 1, 1), 1, 0)
    assert (unknown.customers, unknown.never) == (1, 1)


def test_only_columns_with_unknown_or_other_words_are_listed(read: Callable[..., Reader]) -> None:
    reader = read(
        unknown_word="""
            table_name          | column_name      | row_count | unknown_count | other_count | first_unknown_on | last_unknown_on
            --------------------+------------------+-----------+---------------+-------------+------------------+----------------
            account_transaction | channel_code     | 10        | 0             | 9           |                  |
            account_transaction | transaction_type | 10        | 1             | 0           | 2026-06-01       | 2026-06-01
            account_snapshot    | product_code     | 10        | 0             | 0           |                  |
        """
    )
    first, second = data_quality(reader).unknown
    assert (first.column, str(first.unknown_share), first.table_title[1]) == ("transaction_type", "0.1", "Account transaction")
    assert (second.column, second.column_meaning[1]) == ("channel_code", "Channel")


def drawn_delivery(*came: tuple[str, str, int]) -> str:
    """Draw files of feeds: feed, business date, quarantined lines; the file of line 3 is called F3."""
    heading = FILES.strip().splitlines()[:2]
    lines = [f"F{at} | core | {feed} | {at}.txt | {day} | 9 | {9 - kept} | {kept} | 0" for at, (feed, day, kept) in enumerate(came)]
    return "\n".join([*heading, *lines])


def states(row: CalendarRow) -> dict[int, str]:
    """Return what became of a feed on the days on which it came or was due."""
    return {cell.day.day: cell.state.value for cell in row.cells if cell.state is not DayState.NOT_DUE}


def test_a_day_on_which_its_like_came_is_missing_when_newer_ones_came_and_late_when_not(read: Callable[..., Reader]) -> None:
    """Accounts miss the 2nd, loans are late since the 3rd; the rate list comes every quarter and is never due."""
    whole = [("accounts", f"2026-06-0{day}", 0) for day in (1, 3, 4)] + [("postings", f"2026-06-0{day}", 0) for day in (1, 2, 3, 4)]
    reader = read(delivery=drawn_delivery(*whole, ("loans", "2026-06-01", 0), ("loans", "2026-06-02", 2), ("rates", "2026-01-01", 0)))
    found = delivery_calendar(reader, ("F1",), date(2026, 6, 1))
    rows = {row.feed: row for row in found.rows}
    assert (found.month, len(found.days), found.months) == (date(2026, 6, 1), 30, (date(2026, 6, 1), date(2026, 1, 1)))
    assert states(rows["accounts"]) == {1: "arrived", 2: "missing", 3: "corrected", 4: "arrived"}
    assert states(rows["loans"]) == {1: "arrived", 2: "arrived", 3: "late", 4: "late"}
    assert states(rows["rates"]) == {}
    assert (rows["postings"].is_whole, rows["loans"].is_whole) == (True, False)
    assert (rows["loans"].cells[1].quarantined, rows["loans"].cells[1].file_id) == (2, "F8")


def test_the_newest_month_stands_in_for_one_without_deliveries(read: Callable[..., Reader]) -> None:
    reader = read(delivery=drawn_delivery(("accounts", "2026-05-31", 0), ("accounts", "2026-06-30", 0)))
    assert delivery_calendar(reader, (), date(2020, 1, 1)).month == date(2026, 6, 1)
    assert delivery_calendar(reader, (), date(2026, 5, 1)).days[-1] == date(2026, 5, 31)
    assert delivery_calendar(read(), (), None).rows == ()

"""Which feeds a figure lacks that does not exist: those without which it has no row, by what the product's own steps and mappings read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from drawn_tables import load_tables, need_table

from maisui.answers.question import Note
from maisui.answers.undelivered import undelivered
from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.metrics import BY_CODE, CATALOGUE
from maisui.pipeline.plan import column_lineage, make_plan
from maisui.sources.loader import load_builtin
from maisui.steps.lineage import tables_read

SOURCES = tuple(load_builtin(code) for code in ("east5", "supplement"))
EVERY = frozenset((source.code, feed) for source in SOURCES for feed in source.feeds)
DECISIONS = frozenset(("supplement", f"{what}_decision") for what in ("allocation", "customer_merge", "tier"))
PRICE = ("supplement", "transfer_price")
Reading = Callable[..., Any]


@pytest.fixture(scope="module")
def lineage() -> dict[str, dict[str, list[str]]]:
    return column_lineage(make_plan(SOURCES))


@pytest.fixture
def reader_of(tmp_path: Path, lineage: dict[str, dict[str, list[str]]]) -> Iterator[Reading]:
    """Return a function that draws a version of a bank which delivered everything but `missing`."""
    engine = DuckDBEngine(tmp_path)

    def draw(missing: frozenset[tuple[str, str]] | set[tuple[str, str]] = DECISIONS, **tables: str) -> Any:
        load_tables(engine, **tables)
        came = sorted(EVERY - missing)

        def facts(query: str) -> list[tuple[Any, ...]]:
            if query.endswith("FROM delivery"):
                return came
            for name in tables_read(query) - set(tables):
                need_table(engine, name)
            return engine.fetch(query)

        return SimpleNamespace(manifest=SimpleNamespace(lineage=lineage, source_hash="drawn", own_feed_titles={}), facts=facts)

    yield draw
    engine.close()


def lacking(reader: Any, code: str) -> list[str]:
    found = undelivered(reader, BY_CODE[code])
    return str(found).removeprefix("not delivered: ").split(", ") if found else []


@pytest.mark.parametrize("code", ["charged_fee_amount", "expected_loss", "capital_charge", "deposit_ftp_margin", "raroc"])
def test_what_is_reckoned_only_with_transfer_prices_lacks_them_and_no_decision(reader_of: Reading, code: str) -> None:
    reader = reader_of({*DECISIONS, PRICE, ("supplement", "fee")})
    assert undelivered(reader, BY_CODE[code]) == Note("未报送：内部资金转移价格", "not delivered: Transfer price")
    assert undelivered(reader_of(), BY_CODE[code]) is None


def test_what_has_rows_on_other_days_lacks_no_feed(reader_of: Reading) -> None:
    month = """
        business_date | organisation_code | channel_code | terminal_number
        --------------+-------------------+--------------+----------------
        2026-03-31    | B10               | atm          | T1
    """
    missing = {*DECISIONS, ("supplement", "unit_cost"), ("supplement", "terminal")}
    assert lacking(reader_of(missing), "terminal_net_amount") == ["Terminals"]
    assert lacking(reader_of(missing, terminal_month=month), "terminal_net_amount") == []


@pytest.mark.parametrize("code", ["attrition_rate", "retention_rate", "managed_quality_customer_share"])
def test_a_history_that_begins_is_no_fault_of_a_feed(reader_of: Reading, code: str) -> None:
    assert lacking(reader_of(), code) == []


def test_a_side_that_no_row_tells_lacks_the_feed_it_is_read_from(reader_of: Reading) -> None:
    day = """
        business_date | largest_borrower_balance | net_capital_amount
        --------------+--------------------------+-------------------
        2026-03-31    | 10.00                    |
    """
    capital = ("supplement", "regulatory_input")
    reader = reader_of({*DECISIONS, capital}, concentration_day=day)
    assert lacking(reader, "largest_borrower_ratio") == [load_builtin("supplement").feeds["regulatory_input"].title_en]
    assert lacking(reader_of(concentration_day=day), "largest_borrower_ratio") == []


def test_where_any_one_of_several_feeds_would_do_all_of_them_are_named(reader_of: Reading) -> None:
    both = {("supplement", "staff_error"), ("supplement", "teller_journal")}
    titles = [SOURCES[1].feeds[feed].title_en for _, feed in sorted(both)]
    assert lacking(reader_of(EVERY), "teller_transaction_count") == titles
    assert lacking(reader_of(both), "teller_transaction_count") == titles
    assert lacking(reader_of({("supplement", "staff_error")}), "teller_transaction_count") == []


def test_no_figure_of_a_bank_that_delivered_nothing_lacks_a_decision(reader_of: Reading) -> None:
    reader = reader_of(EVERY)
    named = {name for metric in CATALOGUE if not metric.is_per_target for name in lacking(reader, metric.code)}
    assert SOURCES[1].feeds["transfer_price"].title_en in named
    assert not named & {SOURCES[1].feeds[feed].title_en for _, feed in DECISIONS}


@pytest.mark.parametrize("titles", [("系统价格", "Prices of the core"), None])
def test_a_feed_of_the_bank_is_named_by_its_title_and_in_an_older_version_by_its_code(reader_of: Reading, titles: Any) -> None:
    reader = reader_of({PRICE})
    text = json.dumps(reader.manifest.lineage).replace("supplement_transfer_price.", "core_price.")
    known = {"core_price": titles} if titles else {}
    own = SimpleNamespace(manifest=SimpleNamespace(lineage=json.loads(text), source_hash="own", own_feed_titles=known), facts=reader.facts)
    zh, en = titles or ("core_price", "core_price")
    assert undelivered(own, BY_CODE["expected_loss"]) == Note(f"未报送：{zh}", f"not delivered: {en}")


DEPOSITS = frozenset(("east5", feed) for feed in ("GRCKFHZ", "GRCKFHZMX", "DGCKFHZ", "DGCKFHZMX"))
LOANS = frozenset(("east5", feed) for feed in ("GRXDFHZ", "GRXDFHZMX", "DGXDFHZ", "DGXDFHZMX"))
"""Sub-ledgers and their transactions; what else tells of loans (receipts, 503 and 504) comes."""


@pytest.mark.parametrize(
    ("missing", "code", "other"), [(DEPOSITS, "deposit_balance", "loan_balance"), (LOANS, "loan_balance", "deposit_balance")]
)
def test_deposits_that_lack_beside_loans_are_named_and_the_other_way_round(
    reader_of: Reading, missing: frozenset[tuple[str, str]], code: str, other: str
) -> None:
    titles = sorted(SOURCES[0].feeds[feed].title_en for _, feed in missing)
    assert sorted(lacking(reader_of({*DECISIONS, *missing}), code)) == titles
    assert lacking(reader_of({*DECISIONS, *missing}), other) == []


def test_deposits_of_which_some_feed_came_lack_none(reader_of: Reading) -> None:
    """The corporate sub-ledger came without a deposit in it: the bank has none, and no feed is the reason."""
    assert lacking(reader_of({*DECISIONS, ("east5", "GRCKFHZ"), ("east5", "GRCKFHZMX")}), "deposit_balance") == []


def test_what_a_feed_of_the_banks_own_brings_is_not_guessed(reader_of: Reading) -> None:
    reader = reader_of({*DECISIONS, *DEPOSITS})
    text = json.dumps(reader.manifest.lineage).replace("east5_dgxdfhz.", "core_loans.")
    own = SimpleNamespace(manifest=SimpleNamespace(lineage=json.loads(text), source_hash="kinds", own_feed_titles={}), facts=reader.facts)
    assert lacking(own, "deposit_balance") == []

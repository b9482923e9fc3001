"""Publication: what readers see before, after and between versions, and what is kept."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from maisui.errors import HomeError, StorageError
from maisui.warehouse.publication import prune, require_space, roll_back
from maisui.warehouse.version import all_versions, current_version

MAY = {"2026-05-30": "10.00", "2026-05-31": "11.00"}
JUNE = MAY | {"2026-06-30": "20.00"}


def test_readers_see_what_was_published(warehouse: Any) -> None:
    manifest = warehouse.publish("2026-06-30", JUNE)
    assert current_version(warehouse.versions) == manifest.version
    assert warehouse.balances() == JUNE
    with warehouse.read() as reader:
        assert reader.manifest == manifest
        assert reader.rows("SELECT number_value FROM parameter WHERE parameter_code = ?", ["history_days"])[0][0] == 4000
        assert reader.rows("SELECT count(*) FROM account") == [(0,)]


def test_before_the_first_publication_the_reader_says_what_to_do(warehouse: Any) -> None:
    with pytest.raises(HomeError, match="nothing has been published yet") as missing:
        warehouse.read()
    assert "maisui run" in missing.value.next_step


def test_the_same_content_gives_the_same_parts_whatever_the_order_of_its_rows(warehouse: Any) -> None:
    first = warehouse.publish("2026-06-30", JUNE)
    written = {path: (warehouse.parts / path).stat().st_mtime_ns for path in warehouse.files()}
    second = warehouse.publish("2026-06-30", dict(reversed(JUNE.items())))
    assert (second.version, second.content_hash, second.parts) == (first.version, first.content_hash, first.parts)
    assert {path: (warehouse.parts / path).stat().st_mtime_ns for path in warehouse.files()} == written


def test_only_months_that_changed_are_written_anew(warehouse: Any) -> None:
    may = warehouse.publish("2026-05-31", MAY)
    june = warehouse.publish("2026-06-30", JUNE)
    shared = {part.file for part in may.parts} & {part.file for part in june.parts}
    assert [part.month for part in june.parts if part.file in shared] == ["2026-05-01"]
    corrected = warehouse.publish("2026-06-30", JUNE | {"2026-05-31": "11.01"})
    assert {part.month for part in corrected.parts if part.file not in {p.file for p in june.parts}} == {"2026-05-01"}


def test_a_cent_a_null_or_a_swapped_pair_changes_the_content(warehouse: Any) -> None:
    hashes = {
        warehouse.publish("2026-06-30", ledger).content_hash
        for ledger in (JUNE, JUNE | {"2026-06-30": "20.01"}, JUNE | {"2026-06-30": "NULL"})
    }
    swapped = {"2026-05-30": "11.00", "2026-05-31": "10.00", "2026-06-30": "20.00"}
    assert len(hashes | {warehouse.publish("2026-06-30", swapped).content_hash}) == 4


def test_an_open_reader_keeps_its_version_while_another_is_published_and_pruned(warehouse: Any) -> None:
    warehouse.publish("2026-06-10", MAY)
    with warehouse.read() as reader:
        warehouse.publish("2026-06-11", JUNE | {"2026-05-31": "99.00"})
        warehouse.publish("2026-06-12", JUNE | {"2026-05-31": "98.00"})
        prune(warehouse.versions, warehouse.parts, recent=1, month_ends=0)
        assert reader.rows("SELECT sum(balance) FROM ledger_day")[0][0] == 21
    assert warehouse.balances()["2026-05-31"] == "98.00"


def test_a_rolled_back_version_is_read_again_and_stays_after_pruning(warehouse: Any) -> None:
    first = warehouse.publish("2026-06-10", MAY)
    for day, balance in (("2026-06-11", "1.00"), ("2026-06-12", "2.00"), ("2026-06-13", "3.00")):
        warehouse.publish(day, MAY | {"2026-06-10": balance})
    assert roll_back(warehouse.versions, first.version) == first
    assert warehouse.balances() == MAY
    prune(warehouse.versions, warehouse.parts, recent=1, month_ends=0)
    assert warehouse.balances() == MAY
    assert {m.reporting_date.day for m in all_versions(warehouse.versions)} == {10, 13}


def test_rolling_back_to_a_version_that_is_not_kept_changes_nothing(warehouse: Any) -> None:
    manifest = warehouse.publish("2026-06-10", MAY)
    with pytest.raises(StorageError, match="there is no version 20260609-x") as refused:
        roll_back(warehouse.versions, "20260609-x")
    assert "maisui versions list" in refused.value.next_step
    assert current_version(warehouse.versions) == manifest.version


def test_pruning_keeps_the_recent_versions_and_the_newest_of_each_month_end(warehouse: Any) -> None:
    """Eight versions, the last published one first corrected: kept are the two last and the newest of the two last month ends."""
    published = [
        warehouse.publish(day, {"2026-01-15": balance})
        for day, balance in (
            ("2026-03-31", "1"),
            ("2026-04-30", "2"),
            ("2026-04-30", "3"),
            ("2026-05-30", "4"),
            ("2026-05-31", "5"),
            ("2026-06-01", "6"),
            ("2026-06-02", "7"),
            ("2026-06-03", "8"),
        )
    ]
    held = (published[1].version, "20200131-gone")
    assert published[1].version not in prune(warehouse.versions, warehouse.parts, recent=2, month_ends=2, held=held)
    assert warehouse.balances(published[1].version) == {"2026-01-15": "2.00"}, "a settlement rests on it"
    assert prune(warehouse.versions, warehouse.parts, recent=2, month_ends=2) == (published[1].version,)
    removed = {manifest.version for manifest in published} - {manifest.version for manifest in all_versions(warehouse.versions)}
    assert set(removed) == {published[number].version for number in (0, 1, 3, 5)}
    assert [m.version for m in all_versions(warehouse.versions)] == [published[number].version for number in (2, 4, 6, 7)]
    assert [warehouse.balances(m.version) for m in all_versions(warehouse.versions)] == [
        {"2026-01-15": f"{number}.00"} for number in (3, 5, 7, 8)
    ]


def test_pruning_removes_parts_that_no_version_names_and_keeps_shared_ones(warehouse: Any) -> None:
    warehouse.publish("2026-06-10", MAY | {"2026-06-10": "1.00"})
    warehouse.publish("2026-06-11", MAY | {"2026-06-10": "2.00"})
    last = warehouse.publish("2026-06-12", MAY | {"2026-06-10": "3.00"})
    prune(warehouse.versions, warehouse.parts, recent=1, month_ends=0)
    assert warehouse.files() == {part.file for part in last.parts}
    assert warehouse.balances() == MAY | {"2026-06-10": "3.00"}
    assert prune(warehouse.versions, warehouse.parts, recent=1, month_ends=0) == ()


def test_what_an_interrupted_batch_left_behind_is_cleared_and_never_read(warehouse: Any) -> None:
    warehouse.publish("2026-06-10", MAY)
    leftover = warehouse.parts / "ledger_day" / "202605-dead.duckdb.aside"
    leftover.write_bytes(b"half a file")
    (warehouse.versions / "20260611-x.json.aside").write_text("{", encoding="utf-8")
    assert warehouse.balances() == MAY
    assert len(all_versions(warehouse.versions)) == 1
    warehouse.publish("2026-06-12", MAY | {"2026-06-10": "1.00"})
    assert not leftover.exists()


def test_a_batch_that_may_run_out_of_space_does_not_begin(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    require_space(tmp_path, expected_bytes=0)
    require_space(tmp_path / "not_there_yet", expected_bytes=free // 4)
    with pytest.raises(StorageError, match="MB are free; this batch needs") as refused:
        require_space(tmp_path, expected_bytes=free)
    assert "nothing was changed" in refused.value.next_step
    assert refused.value.exit_code == 12

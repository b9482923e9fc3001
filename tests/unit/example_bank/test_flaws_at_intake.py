"""Every planted flaw is met at intake as the register says, and no line of any file goes missing."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from maisui.example_bank import SimulationReport
from maisui.example_bank.flaw_kinds import DUPLICATE, LOADED, QUARANTINED, SPOILERS, TABLES, WARNED
from maisui.intake import receive
from maisui.intake.quarantine import QUARANTINE_FILE, read_quarantine
from maisui.intake.receipt import Receipt
from maisui.sources.loader import load_builtin


@dataclass(frozen=True)
class TakenIn:
    """The register of flaws, and the receipt and quarantined lines of each file."""

    flaws: list[dict]
    receipts: dict[str, Receipt]
    quarantined: dict[str, dict[int, str]]


def spoiled_files(out: Path, source: str, into: Path) -> Path:
    """Copy the files of the tables that get flaws, with their companions."""
    into.mkdir()
    for path in (out / "inbox" / source).iterdir():
        if path.name.split("-")[1] in TABLES:
            shutil.copy(path, into)
    return into


@pytest.fixture(scope="module")
def taken_in(spoiled_month: tuple[Path, SimulationReport], tmp_path_factory: pytest.TempPathFactory) -> TakenIn:
    """A month of the test bank with two flaws in a hundred rows, taken in."""
    (out, _), place = spoiled_month, tmp_path_factory.mktemp("flaws")
    receipts: dict[str, Receipt] = {}
    quarantined: dict[str, dict[int, str]] = {}
    for source in ("east5", "supplement"):
        raw, inbox = place / f"raw_{source}", spoiled_files(out, source, place / f"in_{source}")
        intake = receive(source=load_builtin(source), inbox=inbox, raw=raw, until=date(2026, 12, 31), workers=1)
        assert (intake.refused, intake.waiting, intake.unrecognised) == ((), (), ())
        kept = {path.parent.name: path for path in raw.rglob(QUARANTINE_FILE)}
        for receipt in intake.receipts:
            receipts[receipt.file_name] = receipt
            quarantined[receipt.file_name] = {row.line: row.reason for row in read_quarantine(kept[receipt.file_id])}
    return TakenIn(pq.read_table(out / "truth" / "flaws.parquet").to_pylist(), receipts, quarantined)


def test_every_kind_is_planted_and_in_files_of_the_departments_too(taken_in: TakenIn) -> None:
    assert {flaw["kind"] for flaw in taken_in.flaws} == set(SPOILERS)
    assert {flaw["file"].split("-")[1] for flaw in taken_in.flaws} == set(TABLES)


def test_exactly_the_rows_that_the_register_says_are_quarantined_with_their_line(taken_in: TakenIn) -> None:
    planted: dict[str, set[int]] = defaultdict(set)
    for flaw in taken_in.flaws:
        if flaw["outcome"] == QUARANTINED:
            planted[flaw["file"]].add(flaw["line"])
    found = {name: set(lines) for name, lines in taken_in.quarantined.items() if lines}
    assert found == dict(planted)


def test_reasons_name_what_was_planted(taken_in: TakenIn) -> None:
    reasons = {
        "field_missing": {"field_count"}, "field_extra": {"field_count"}, "field_delimiter": {"field_count"}, "field_newline": {"field_count"},
        "line_cut": {"field_count", "unbalanced_quote"}, "field_quote": {"unbalanced_quote", "stray_quote"},
        "bytes_undecodable": {"undecodable"}, "encoding_mixed": {"undecodable", "mixed_encoding"},
        "amount_form": {"amount_form", "scientific_notation", "full_width_digit", "negative_amount", "thousands_separator", "minus_behind"},
        "date_invalid": {"date_form", "no_such_date"}, "date_serial": {"date_form"}, "digits_full_width": {"full_width_digit"},
        "zeros_lost": {"certificate_form"}, "number_exponent": {"scientific_notation"}, "word_unknown": {"unknown_word"},
        "key_duplicated": {"duplicate_key"},
    }  # fmt: skip
    for flaw in taken_in.flaws:
        if flaw["outcome"] == QUARANTINED:
            reason = taken_in.quarantined[flaw["file"]][flaw["line"]]
            codes = {part.split(":")[-1] for part in reason.split("; ")}
            assert codes & reasons[flaw["kind"]], (flaw, reason)


def test_words_are_warned_of_by_column(taken_in: TakenIn) -> None:
    wanted: dict[str, Counter[str]] = defaultdict(Counter)
    for flaw in taken_in.flaws:
        if flaw["outcome"] == WARNED:
            wanted[flaw["file"]][flaw["detail"].split("=")[0]] += 1
    assert wanted
    for name, columns in wanted.items():
        warned = {notice.column: notice.count for notice in taken_in.receipts[name].warnings if notice.code == "unknown_word"}
        assert warned == dict(columns)


def test_lines_are_loaded_quarantined_or_repetitions_and_nothing_else(taken_in: TakenIn) -> None:
    repeated = Counter(flaw["file"] for flaw in taken_in.flaws if flaw["outcome"] == DUPLICATE)
    assert any(flaw["outcome"] == LOADED for flaw in taken_in.flaws)
    for name, receipt in taken_in.receipts.items():
        assert receipt.line_count == receipt.loaded + receipt.quarantined + receipt.duplicate
        assert receipt.quarantined == len(taken_in.quarantined[name])
        assert receipt.duplicate == repeated[name]

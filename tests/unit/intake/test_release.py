"""C10: a quarantined line is let in once, through the same checks, with its operator written down."""

import dataclasses
import json
from datetime import UTC, datetime

import pytest
from unit.intake.drawn_files import NAME, feed_of, line, text_of

from maisui.errors import ContractError, StorageError
from maisui.intake import ReceiptKind, quarantined_rows, receipts, release
from maisui.sources.contract import Source

AT = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)


def let_in(bank, receipt, number, corrected=None, operator="李敏", source=None):
    return release(
        raw=bank.raw, source=source or bank.source, file_id=receipt.file_id, line=number, corrected=corrected, operator=operator, at=AT
    )


@pytest.fixture
def held(bank_of):
    bank = bank_of(total_columns=("balance",), total_currency="currency")
    rows = (line(1), line(2, balance="1,000.00"), line(1, name="别"), line(4, opened="x"), "torn", line(6))
    return bank, bank.take(text_of(*rows))


def test_a_corrected_line_lands_once_with_its_operator(held):
    bank, original = held
    landed = let_in(bank, original, 2, line(2, balance="1000.00"))
    assert (landed.kind, landed.line_count, landed.loaded, landed.first_line) == (ReceiptKind.RELEASE, 1, 1, 2)
    assert landed.totals == {"balance": {"CNY": "1000.00"}}
    assert dict(landed.release) == {
        "of": original.file_id,
        "line": "2",
        "reason": "balance:thousands_separator",
        "operator": "李敏",
        "at": "2026-04-01T09:30:00+00:00",
        "corrected": "yes",
    }
    [row] = bank.rows(landed)
    assert (row["balance"], row["source_line"]) == ("1000.00", 2)
    assert [r.kind for r in receipts(raw=bank.raw)] == ["delivery", "release"]
    assert bank.receive().registered == ()
    with pytest.raises(ContractError, match="released before"):
        let_in(bank, original, 2, line(2))


def test_the_list_of_releases_holds_no_values_and_heals(held):
    bank, original = held
    let_in(bank, original, 2, line(2))
    path = bank.raw / "releases.jsonl"
    [entry] = [json.loads(text) for text in path.read_text().splitlines()]
    assert (entry["operator"], entry["file"], entry["line"], entry["reason"]) == (
        "李敏",
        original.file_id,
        2,
        "balance:thousands_separator",
    )
    assert "王小麦" not in path.read_text()
    path.write_text('{"registration": "torn off')
    let_in(bank, original, 4, line(4))
    assert [json.loads(text)["line"] for text in path.read_text().splitlines()[1:]] == [2, 4]


@pytest.mark.parametrize(
    ("number", "corrected", "told"),
    [
        (2, None, "still fails: 1 of 1 lines do not pass.*balance:thousands_separator"),
        (2, "torn again", "still fails: columns are missing"),
        (2, line(1), "duplicate_key"),
        (3, None, "duplicate_key"),
        (2, "", "not an empty one"),
        (2, line(2) + "\n" + line(7), "one line"),
        (2, line(2) + "|x", "more columns than contracted"),
        (2, line(2, name="a\0b"), "control_character"),
        (1, None, "not quarantined"),
        (99, None, "not quarantined"),
    ],
)
def test_a_line_that_still_fails_stays_out(held, number, corrected, told):
    bank, original = held
    with pytest.raises(ContractError, match=told) as raised:
        let_in(bank, original, number, corrected)
    assert raised.value.where == f"{NAME}, line {number}"
    assert "王小麦" not in str(raised.value)
    assert len(receipts(raw=bank.raw)) == 1


def test_two_lines_cannot_be_corrected_into_one_key(held):
    bank, original = held
    let_in(bank, original, 2, line(9))
    with pytest.raises(ContractError, match="duplicate_key"):
        let_in(bank, original, 4, line(9, name="other"))


def test_a_mended_contract_lets_a_line_in_as_it_was(held):
    bank, original = held
    mended = dataclasses.replace(feed_of(total_columns=("balance",), total_currency="currency"), null_words=("x",))
    landed = let_in(bank, original, 4, source=Source("bank", "", "", {"ACC": mended}))
    assert bank.rows(landed)[0]["opened"] == "x"
    assert landed.release["corrected"] == "no"


def test_a_release_needs_an_operator_and_a_registration(held):
    bank, original = held
    with pytest.raises(ContractError, match="names its operator"):
        let_in(bank, original, 2, line(2), operator=" ")
    with pytest.raises(StorageError, match="no such registration"):
        release(raw=bank.raw, source=bank.source, file_id="f" * 16, line=2, corrected=None, operator="x", at=AT)


def test_a_correction_supersedes_releases_and_ends_them(held):
    bank, original = held
    let_in(bank, original, 2, line(2))
    bank.take(text_of(line(1), line(2)))
    assert [(r.kind, r.superseded) for r in bank.last.receipts] == [("delivery", True), ("release", True), ("delivery", False)]
    with pytest.raises(ContractError, match="superseded by a correction"):
        let_in(bank, original, 4, line(4))


def test_a_line_whose_text_was_lost_must_be_corrected(bank):
    original = bank.take(text_of(line(1)).encode() + line(2).encode("gb18030") + b"\n")
    with pytest.raises(ContractError, match="still fails: undecodable"):
        let_in(bank, original, 2)
    assert bank.rows(let_in(bank, original, 2, line(2)))[0]["name"] == "王小麦"


def test_a_correction_must_be_writable_in_the_files_encoding(bank_of):
    bank = bank_of(encodings=("ascii",))
    original = bank.take(text_of(line(1, name="A", status=""), line(2, name="A", status="", balance="x")))
    with pytest.raises(ContractError, match="cannot be written in ascii"):
        let_in(bank, original, 2, line(2))


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8"])
def test_lines_of_headed_files_are_read_under_their_header(bank_of, encoding):
    bank = bank_of("id | code | key\n name | text |\n money | amount | must", has_header=True, delimiter="|$|", quote='"', drift="evolve")
    original = bank.take('money|$|branch|$|id|$|name\n1.00|$|x|$|1|$|a\n1e5|$|"y|$|z"|$|2|$|王\n', encoding=encoding)
    assert bank.reasons(original) == {3: "money:scientific_notation"}
    landed = let_in(bank, original, 3, '2.00|$|"y|$|z"|$|2|$|王')
    assert bank.rows(landed) == [{"id": "2", "name": "王", "money": "2.00", "branch": "y|$|z", "source_line": 3}]


def test_lines_of_fixed_width_files_are_released(bank_of):
    bank = bank_of("id | code | key\n name | text |\n money | amount | must", delimiter="", widths=(4, 6, 8), encodings=("gb18030",))
    original = bank.take("1   王麦  1.00    \n2   王    1e5     \n", encoding="gb18030")
    assert bank.rows(let_in(bank, original, 2, "2   王    1.00    "))[0]["name"] == "王"


def test_what_was_settled_for_the_file_holds_for_its_lines(bank_of):
    bank = bank_of("id | code | key\n kind | text |\n number | certificate:kind |\n money | amount | must", drift="evolve")
    rows = [f"{number}|居民身份证|#{number}|1.00|x" for number in range(5)]
    original = bank.take(text_of(*rows, "9|居民身份证|11010519491231002X|1e5|x"))
    landed = let_in(bank, original, 6, "9|居民身份证|#9|1.00|x")
    assert bank.rows(landed)[0]["extra_1"] == "x"
    genuine = bank_of("id | code | key\n kind | text |\n number | certificate:kind |")
    original = genuine.take(text_of("1|居民身份证|11010519491231002X", "2|居民身份证|11010519491231002X", "3|居民身份证|#3"))
    with pytest.raises(ContractError, match="number:certificate_form"):
        let_in(genuine, original, 3)


def test_quarantine_stays_readable_after_a_release(held):
    bank, original = held
    let_in(bank, original, 2, line(2))
    assert len(quarantined_rows(raw=bank.raw, file_id=original.file_id)) == original.quarantined == 4

"""C3, C9: every kind of line end gives the same rows; a line is never doubled and never lost."""

import pytest
from unit.intake.drawn_files import line, text_of

ROWS = [line(1), line(2), line(3)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
@pytest.mark.parametrize("ends_last_line", [True, False])
def test_every_line_end_gives_the_same_rows(bank, end, ends_last_line):
    content = text_of(*ROWS, end=end)
    receipt = bank.take(content if ends_last_line else content.removesuffix(end))
    assert (receipt.line_count, receipt.loaded, receipt.first_line, receipt.last_line) == (3, 3, 1, 3)
    assert bank.column(receipt, "source_line") == [1, 2, 3]
    assert bank.column(receipt, "status") == ["正常"] * 3
    assert ("no_final_line_end" in [notice.code for notice in receipt.warnings]) is not ends_last_line


def test_mixed_line_ends_do_not_matter(bank):
    receipt = bank.take(f"{ROWS[0]}\r\n{ROWS[1]}\n{ROWS[2]}\r\r\n{line(4)}")
    assert receipt.loaded == 4


def test_a_carriage_return_among_line_feeds_is_a_control_character(bank):
    receipt = bank.take(f"{ROWS[0]}\n{ROWS[1]}\r{ROWS[2]}\n")
    assert (receipt.line_count, bank.reasons(receipt)) == (2, {2: "control_character"})


def test_a_line_feed_after_a_block_of_carriage_returns_decides(bank, monkeypatch):
    monkeypatch.setattr("maisui.intake.blocks.BLOCK_BYTES", 4096)
    text = bank.refusal("\r".join(line(number) for number in range(300)) + "\n")
    assert "control_character" in text


def test_empty_lines_are_quarantined_but_not_the_last_one(bank):
    receipt = bank.take(f"{ROWS[0]}\n\n{ROWS[1]}\n\n\n{ROWS[2]}\n\n")
    assert (receipt.line_count, bank.reasons(receipt)) == (6, {2: "empty_line", 4: "empty_line", 5: "empty_line"})
    assert bank.column(receipt, "source_line") == [1, 3, 6]


def test_a_file_of_one_line_end_is_empty(bank):
    assert "the file is empty" in bank.refusal("\n")


def test_blocks_are_cut_only_at_line_ends(bank_of, monkeypatch):
    rows = [line(number, name="𠮷" * (number % 7)) for number in range(300)]
    expected = None
    for size in (97, 1000, 4096, 1 << 22):
        monkeypatch.setattr("maisui.intake.blocks.BLOCK_BYTES", size)
        for encoding in ("utf-8", "gb18030", "utf-16"):
            bank = bank_of()
            receipt = bank.take(text_of(*rows, end="\r\n"), encoding=encoding)
            landed = bank.rows(receipt)
            expected = expected or landed
            assert landed == expected
            assert receipt.loaded == 300


def test_a_line_without_end_is_refused(bank, monkeypatch):
    monkeypatch.setattr("maisui.intake.blocks.LINE_BYTES_LIMIT", 1000)
    assert "a line is longer than 1000 bytes" in bank.refusal("x" * 5000)

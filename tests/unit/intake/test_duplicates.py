"""C8, C9: the same row again is a duplicate, the same key with other content is quarantined, in small and large files."""

import pytest
from unit.intake.drawn_files import line, text_of

from maisui.intake import quarantined_rows

NO_KEY = """
    a | code |
    b | amount |
"""


def test_a_repeated_row_is_counted_once(bank):
    receipt = bank.take(text_of(line(1), line(2), line(1), line(1)))
    assert (receipt.loaded, receipt.duplicate, receipt.quarantined) == (2, 2, 0)
    assert bank.column(receipt, "source_line") == [1, 2]


def test_a_known_key_with_other_content_is_quarantined(bank):
    receipt = bank.take(text_of(line(1), line(1, name="李"), line(1), line(1, name="李")))
    assert (receipt.loaded, receipt.duplicate) == (1, 1)
    assert bank.reasons(receipt) == {2: "duplicate_key", 4: "duplicate_key"}


def test_a_row_that_failed_does_not_take_the_key(bank):
    receipt = bank.take(text_of(line(1, balance="x"), line(1)))
    assert (receipt.loaded, bank.reasons(receipt)) == (1, {1: "balance:amount_form"})


def test_a_key_of_several_columns_is_not_their_text_run_together(bank_of):
    bank = bank_of("a | code | key\n b | code | key\n c | text |")
    assert bank.take(text_of("1|23|x", "12|3|x")).loaded == 2


def test_without_a_key_whole_rows_are_compared(bank_of):
    bank = bank_of(NO_KEY)
    receipt = bank.take(text_of("1|2.00", "1|3.00", "1|2.00"))
    assert (receipt.loaded, receipt.duplicate, receipt.quarantined) == (2, 1, 0)


def test_extra_columns_make_a_row_differ(bank_of):
    bank = bank_of(drift="evolve")
    receipt = bank.take(text_of(line(1) + "|x", line(1) + "|y", line(2) + "|z"))
    assert bank.reasons(receipt) == {2: "duplicate_key"}


@pytest.mark.parametrize("rows_a_group", [1000, 21_000, 1 << 20])
def test_repetitions_are_found_across_blocks_and_totals_follow(bank_of, monkeypatch, rows_a_group):
    monkeypatch.setattr("maisui.intake.blocks.BLOCK_BYTES", 1 << 19)
    monkeypatch.setattr("maisui.intake.rows.ROW_GROUP_ROWS", rows_a_group)
    bank = bank_of(total_columns=("balance",))
    rows = [line(number) for number in range(30_000)]
    receipt = bank.take(text_of(*rows, rows[5], line(7, name="别"), rows[29_999]))
    assert (receipt.loaded, receipt.duplicate, receipt.quarantined) == (30_000, 2, 1)
    assert bank.reasons(receipt) == {30_002: "duplicate_key"}
    assert receipt.totals == {"balance": {"": "300000.00"}}
    assert bank.column(receipt, "source_line") == list(range(1, 30_001))


def test_many_repetitions_are_compared_as_few_are(bank):
    rows = [line(number) for number in range(5000)]
    receipt = bank.take(text_of(*rows, *rows, *(line(number, name="别") for number in range(100))))
    assert (receipt.loaded, receipt.duplicate, receipt.quarantined) == (5000, 5000, 100)
    assert list(bank.reasons(receipt)) == list(range(10_001, 10_101))


def test_raw_lines_of_contradicting_rows_are_as_delivered(bank_of):
    bank = bank_of("id | code | key\n name | text |", delimiter=",", quote='"', has_header=True)
    receipt = bank.take('id,name\r\n1,"a,b"\r\n1,"c"\r\n', encoding="gb18030")
    [row] = quarantined_rows(raw=bank.raw, file_id=receipt.file_id)
    assert (row.line, row.raw_line) == (3, '1,"c"')

"""C4: a stray delimiter, quote or line end costs its own line and never a neighbour."""

import pytest
from unit.intake.drawn_files import line, text_of

from maisui.intake import quarantined_rows

THREE = """
    id    | code   | key
    name  | text   |
    money | amount | must
"""
QUOTED = {"delimiter": ",", "quote": '"', "has_header": True}


def test_a_delimiter_in_a_field_costs_its_line(bank):
    receipt = bank.take(text_of(line(1), line(2, name="王|小麦"), line(3)))
    assert bank.reasons(receipt) == {2: "field_count"}
    assert bank.column(receipt, "source_line") == [1, 3]


def test_too_few_fields_cost_their_line(bank):
    receipt = bank.take(text_of(line(1), "6222|王", line(3)))
    assert bank.reasons(receipt) == {2: "field_count"}


def test_quotes_mean_nothing_where_none_are_agreed(bank):
    receipt = bank.take(text_of(line(1, name='"王'), line(2, name='王"小"')))
    assert bank.column(receipt, "name") == ['"王', '王"小"']


@pytest.mark.parametrize(
    ("cell", "text"),
    [('"a,b"', "a,b"), ('"a""b"', 'a"b'), ('""', ""), ("", ""), ('""""', '"'), ('"王,小""麦"', '王,小"麦'), ("plain", "plain")],
)
def test_quoted_fields_hold_delimiters_and_doubled_quotes(bank_of, cell, text):
    bank = bank_of(THREE, **QUOTED)
    receipt = bank.take(f"id,name,money\n1,{cell},1.00\n2,x,2.00\n")
    assert bank.column(receipt, "name") == [text, "x"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('2,"lone,2.00', "unbalanced_quote"),
        ('2,lo"ne,2.00', "unbalanced_quote"),
        ('2,a"b"c,2.00', "stray_quote"),
        ('2,"a"b,2.00', "stray_quote"),
        ('2,"a" ,2.00', "stray_quote"),
        ('2, "a",2.00', "stray_quote"),
        ('2,"a,b,2.00"', "field_count"),
        ('2,"a","b",2.00', "field_count"),
    ],
)
def test_a_broken_quote_costs_its_line_and_leaves_its_neighbours(bank_of, broken, reason):
    bank = bank_of(THREE, **QUOTED)
    receipt = bank.take(f'id,name,money\n1,"x,y",1.00\n{broken}\n3,"z",3.00\n')
    assert bank.reasons(receipt) == {3: reason}
    assert bank.column(receipt, "name") == ["x,y", "z"]


def test_a_record_never_runs_over_a_line_end(bank_of):
    bank = bank_of(THREE, **QUOTED)
    receipt = bank.take('id,name,money\n1,a,1.00\n2,"two\nlines",2.00\n3,c,3.00\n')
    assert bank.reasons(receipt) == {3: "unbalanced_quote", 4: "unbalanced_quote"}
    assert bank.column(receipt, "id") == ["1", "3"]


@pytest.mark.parametrize("delimiter", ["\x01", "|", ",", "\t", "|$|", "|@|", "||", "¦", "，"])
def test_every_delimiter_splits_and_raw_lines_come_back_as_delivered(bank_of, delimiter):
    bank = bank_of(THREE, delimiter=delimiter)
    rows = [delimiter.join(cells) for cells in (("1", "王", "1.00"), ("2", "", "1e5"), ("3", "a$b@c", "3.00"))]
    receipt = bank.take(text_of(*rows), encoding="gb18030" if delimiter != "¦" else "utf-8")
    assert bank.column(receipt, "name") == ["王", "a$b@c"]
    [row] = quarantined_rows(raw=bank.raw, file_id=receipt.file_id)
    assert (row.line, row.raw_line) == (2, rows[1])


def test_a_long_delimiter_within_quotes_is_text(bank_of):
    bank = bank_of(THREE, delimiter="|$|", quote='"')
    receipt = bank.take('1|$|"a|$|b"|$|1.00\n2|$|c|$|2.00\n')
    assert bank.column(receipt, "name") == ["a|$|b", "c"]


@pytest.mark.parametrize("spoilt", ["\0", "\x07", "\x1f", "\t", "\x7f", "\x85"])
def test_control_characters_cost_their_line(bank_of, spoilt):
    for delimiter in ("|", "|$|"):
        bank = bank_of(THREE, delimiter=delimiter)
        rows = [delimiter.join(cells) for cells in (("1", "a", "1.00"), ("2", f"a{spoilt}b", "2.00"), ("3", "c", "3.00"))]
        receipt = bank.take(text_of(*rows))
        assert bank.reasons(receipt) == {2: "control_character"}
        assert bank.column(receipt, "id") == ["1", "3"]


FIXED = {"delimiter": "", "widths": (4, 6, 8)}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_fixed_widths_count_the_bytes_as_delivered(bank_of, encoding):
    bank = bank_of(THREE, encodings=(encoding,), **FIXED)
    cells = [("1", "王麦" if encoding == "gb18030" else "王", "1.00"), ("2", "", "20.00")]
    rows = ["".join(cell + " " * (width - len(cell.encode(encoding))) for cell, width in zip(row, (4, 6, 8), strict=True)) for row in cells]
    receipt = bank.take(text_of(*rows, end="\r\n"), encoding=encoding)
    assert [tuple(row[name] for name in ("id", "name", "money")) for row in bank.rows(receipt)] == cells


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_fixed_widths_may_count_characters(bank_of, encoding):
    bank = bank_of(THREE, width_unit="characters", **FIXED)
    rows = ["1   𠮷小麦   " + "    1.00", "2   " + "　" * 6 + "   20.00"]
    receipt = bank.take(text_of(*rows), encoding=encoding)
    assert bank.column(receipt, "name") == ["𠮷小麦", ""]
    assert bank.column(receipt, "money") == ["1.00", "20.00"]


def test_fixed_widths_of_utf16_bytes_count_half_as_many_characters(bank_of):
    bank = bank_of(THREE, delimiter="", widths=(8, 12, 16))
    receipt = bank.take("1   王小麦   " + "    1.00\n" + "short\n", encoding="utf-16")
    assert bank.column(receipt, "name") == ["王小麦"]
    assert bank.reasons(receipt) == {2: "field_count"}


def test_fixed_width_lines_of_another_length_cost_themselves(bank_of):
    bank = bank_of(THREE, encodings=("gb18030",), **FIXED)
    good = ["1   abc   1.00    ", "2   d     2.00    "]
    bad = ["3   short 3.00", "", "4   a\x1fb   4.00    ", "5   abcde王 5.00  ", "6   abc   1e5     "]
    receipt = bank.take(text_of(good[0], *bad, good[1]), encoding="gb18030")
    assert bank.column(receipt, "id") == ["1", "2"]
    assert bank.reasons(receipt) == {
        2: "field_count",
        3: "empty_line",
        4: "control_character",
        5: "undecodable",
        6: "money:scientific_notation",
    }
    assert quarantined_rows(raw=bank.raw, file_id=receipt.file_id)[-1].raw_line == bad[-1]


def test_a_fixed_width_header_is_passed_over(bank_of):
    bank = bank_of(THREE, has_header=True, **FIXED)
    receipt = bank.take("id  name  money   \n1   abc   1.00    \n")
    assert (receipt.first_line, receipt.line_count, bank.column(receipt, "source_line")) == (2, 1, [2])


def test_many_rows_come_out_as_few_do(bank_of):
    """Above a few thousand rows columns that repeat travel as dictionaries: nothing may show it."""
    bank = bank_of(THREE, delimiter="|$|", quote='"')
    rows = [f"{number}|$|{'王' if number % 3 else chr(34) + 'a|$|b' + chr(34)}|$|{number % 9}.50" for number in range(9000)]
    rows[7000] = "7000|$|王|$|1e5"
    receipt = bank.take(text_of(*rows))
    landed = bank.rows(receipt)
    assert (receipt.loaded, bank.reasons(receipt)) == (8999, {7001: "money:scientific_notation"})
    assert landed[6999]["id"] == "6999"
    assert {row["name"] for row in landed} == {"王", "a|$|b"}
    assert [row["source_line"] for row in landed] == [number + 1 for number in range(9000) if number != 7000]

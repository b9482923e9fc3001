"""C2: declared encodings, strictly; the odd line is quarantined, the odd file refused, nothing is garbled."""

import codecs

import pytest
from unit.intake.drawn_files import line, text_of

FOUR_BYTE_NAMES = ("𠮷野", "㐱氏", "王小麦", "買買提·依明", "€")


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8"),
        ("gb18030", b"", "gb18030"),
        ("gb18030", b"\x84\x31\x95\x33", "gb18030"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_names_survive_every_encoding(bank, encoding, mark, told):
    content = text_of(*(line(number, name=name) for number, name in enumerate(FOUR_BYTE_NAMES)))
    receipt = bank.take(mark + content.encode(encoding))
    assert receipt.encoding == told
    assert bank.column(receipt, "name") == list(FOUR_BYTE_NAMES)
    assert bank.column(receipt, "account")[0] == "6222000000"


@pytest.mark.parametrize(("declared", "encoding"), [("utf-16", "utf-16-le"), ("utf-16", "utf-16-be"), ("utf-16-le", "utf-16-le")])
def test_utf16_is_read_without_a_mark_when_declared(bank_of, declared, encoding):
    for encodings in ((declared,), ("utf-8", declared)):
        bank = bank_of(encodings=encodings)
        receipt = bank.take(text_of(line(1), line(2, name="𠮷")).encode(encoding))
        assert (receipt.encoding, bank.column(receipt, "name")) == (encoding, ["王小麦", "𠮷"])


def test_utf8_goes_on_being_read_where_utf16_is_possible_too(bank_of):
    assert bank_of(encodings=("utf-16", "utf-8")).take(text_of(line(1))).encoding == "utf-8"


def test_gbk_means_gb18030(bank_of):
    bank = bank_of(encodings=("gbk",))
    receipt = bank.take(text_of(line(1, name="𠮷")), encoding="gb18030")
    assert bank.column(receipt, "name") == ["𠮷"]


def test_one_line_in_another_encoding_is_quarantined(bank):
    gb = line(2, name="李强民").encode("gb18030") + b"\n"
    receipt = bank.take(text_of(line(1)).encode() + gb + text_of(line(3)).encode())
    assert bank.reasons(receipt) == {2: "undecodable"}
    assert bank.column(receipt, "account") == ["6222000001", "6222000003"]


def test_one_utf8_line_among_gb18030_is_quarantined_not_garbled(bank_of):
    for name in ("正常", "麦子", "欧阳伟"):
        bank = bank_of(encodings=("gb18030",))
        content = text_of(line(1)).encode("gb18030") + (line(2, name=name, status="").encode() + b"\n") + text_of(line(3)).encode("gb18030")
        receipt = bank.take(content)
        assert list(bank.reasons(receipt)) == [2]
        assert bank.column(receipt, "account") == ["6222000001", "6222000003"]


def test_a_utf8_file_is_never_read_as_gb18030_for_one_bad_line(bank_of):
    for encodings in (("utf-8", "gb18030"), ("gb18030", "utf-8")):
        bank = bank_of(encodings=encodings)
        good = text_of(*(line(number) for number in range(30))).encode()
        receipt = bank.take(good + line(30).encode()[:13] + b"\n")
        assert receipt.encoding == "utf-8"
        assert set(bank.column(receipt, "name")) == {"王小麦"}


def test_the_right_encoding_is_found_though_the_first_block_is_ascii(bank, monkeypatch):
    monkeypatch.setattr("maisui.intake.blocks.BLOCK_BYTES", 4096)
    ascii_rows = [line(number, name="A", status="") for number in range(500)]
    receipt = bank.take(text_of(*ascii_rows, line(900, name="𠮷")), encoding="gb18030")
    assert (receipt.encoding, receipt.loaded) == ("gb18030", 501)


def test_a_file_in_no_known_encoding_is_refused_with_line_and_byte(bank_of):
    bank = bank_of(encodings=("utf-8",))
    content = text_of(line(1)).encode() + text_of(*(line(number) for number in range(2, 60))).encode("gb18030")
    text = bank.refusal(content)
    assert "58 of 59 lines cannot be decoded; tried: utf-8" in text
    assert f"line 2, byte offset {len(text_of(line(1)).encode()) + len('6222000002|')}" in text


def test_a_utf8_file_declared_gb18030_is_refused(bank_of):
    text = bank_of(encodings=("gb18030",)).refusal(text_of(*(line(number) for number in range(60))))
    assert "cannot be decoded" in text


def test_utf16_cut_within_a_character_loses_only_that_line(bank):
    content = codecs.BOM_UTF16_LE + text_of(line(1), line(2)).encode("utf-16-le")
    receipt = bank.take(content[:-3])
    assert (receipt.loaded, list(bank.reasons(receipt).values())) == (1, ["undecodable"])


def test_a_lone_surrogate_is_undecodable(bank):
    content = text_of(line(1), line(2, name="?"), line(3)).encode("utf-16-le").replace("?".encode("utf-16-le"), b"\x00\xd8")
    receipt = bank.take(codecs.BOM_UTF16_LE + content)
    assert bank.reasons(receipt) == {2: "undecodable"}


def test_a_utf16_file_broken_all_over_is_refused(bank):
    rows = text_of(*(line(number, name="?") for number in range(30))).encode("utf-16-le")
    text = bank.refusal(codecs.BOM_UTF16_LE + rows.replace("?".encode("utf-16-le"), b"\x00\xd8"))
    assert "tried: utf-16-le" in text
    assert "line 1, byte offset 24" in text


def test_text_that_was_lost_before_it_came_is_not_loaded(bank):
    receipt = bank.take(text_of(line(1), line(2, name="王\ufffd麦"), line(3, name="a\ufeffb"), line(4, name="（）")))
    assert bank.reasons(receipt) == {2: "replacement_character", 3: "control_character"}


def test_the_header_must_decode(bank_of):
    bank = bank_of("名 | text", has_header=True, encodings=("ascii",))
    assert "the header is not ascii" in bank.refusal("名\nx\n")


def test_ascii_only_means_ascii_only(bank_of):
    bank = bank_of(encodings=("ascii",))
    receipt = bank.take(text_of(line(1, name="A", status=""), line(2, name="é", status="")))
    assert bank.reasons(receipt) == {2: "undecodable"}

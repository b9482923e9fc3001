"""C5: numbers that cannot exist are found by their check digit, unless the whole file is deformed."""

import pytest
from unit.intake.drawn_files import text_of

RESIDENT = "11010519491231002X"
CREDIT = "91350100M000100Y43"
COLUMNS = """
    id     | code | key
    kind   | text |
    number | certificate:kind |
"""


@pytest.mark.parametrize(
    ("kind", "value", "is_good"),
    [
        ("id_number", RESIDENT, True),
        ("id_number", RESIDENT.lower(), True),
        ("id_number", "110105194912310021", False),
        ("id_number", "11010519491331002X", False),
        ("id_number", "110105194902300026", False),
        ("id_number", "110105491231002", False),
        ("credit_code", CREDIT, True),
        ("credit_code", "91350100M000100Y44", False),
        ("credit_code", "91350100I000100Y43", False),
    ],
)
def test_numbers_of_the_standards(bank_of, kind, value, is_good):
    bank = bank_of(f"id | code | key\n number | {kind} |")
    assert bank.take(text_of("1|", f"2|{value}")).loaded == 1 + is_good


def row(number, kind, value):
    return f"{number}|{kind}|{value}"


def test_a_genuine_file_is_held_to_the_standards(bank_of):
    bank = bank_of(COLUMNS)
    receipt = bank.take(
        text_of(
            row(1, "居民身份证", RESIDENT),
            row(2, "临时身份证", RESIDENT),
            row(3, "统一社会信用代码", CREDIT),
            row(4, "护照", "E1"),
            row(5, "居民身份证", ""),
            row(6, "居民身份证", "110105194912310021"),
            row(7, "统一社会信用代码", "1234"),
        )
    )
    assert bank.reasons(receipt) == {6: "number:check_digit", 7: "number:certificate_form"}
    assert receipt.warnings == ()


def test_a_deformed_file_is_not_checked_and_says_so(bank_of):
    bank = bank_of(COLUMNS)
    receipt = bank.take(text_of(row(1, "居民身份证", RESIDENT), *(row(number, "居民身份证", f"#{number}") for number in range(2, 9))))
    assert (receipt.loaded, [(n.code, n.column, n.count) for n in receipt.warnings]) == (8, [("deformed_certificates", "number", 8)])


@pytest.mark.parametrize("begins", ["deformed", "genuine"])
def test_the_whole_file_decides_not_its_first_block(bank_of, monkeypatch, begins):
    monkeypatch.setattr("maisui.intake.blocks.BLOCK_BYTES", 4096)
    bank = bank_of(COLUMNS, quarantine_limit=0.5)
    deformed = [row(number, "居民身份证", f"#{number}") for number in range(300)]
    genuine = [row(number, "居民身份证", RESIDENT) for number in range(300, 600)]
    rows = deformed[:200] + genuine if begins == "deformed" else genuine[:200] + deformed
    receipt = bank.take(text_of(*rows))
    if begins == "deformed":
        assert (receipt.loaded, receipt.quarantined) == (300, 200)
    else:
        assert (receipt.loaded, receipt.quarantined) == (500, 0)


def test_many_rows_are_judged_as_few_are(bank_of):
    """Above a few thousand rows the columns travel as dictionaries."""
    bank = bank_of(COLUMNS)
    rows = [row(number, "居民身份证", RESIDENT) for number in range(5000)]
    rows[4000] = row(4000, "居民身份证", RESIDENT.replace("X", "1"))
    assert bank.reasons(bank.take(text_of(*rows))) == {4001: "number:check_digit"}

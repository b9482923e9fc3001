"""B2, C4, C6: the vectorised reader against a plain one of twenty lines, and order that must not matter."""

from __future__ import annotations

import re
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.intake.drawn_files import Bank, feed_of

from maisui.intake import certificates
from maisui.intake.forms import column_faults
from maisui.sources.contract import ColumnKind, FeedColumn

QUIET = settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None)
PLAIN = "a | text |\n b | text |\n c | text |"
CELL = st.text(alphabet="ab\"';|$ 王𠮷\x07\t1", max_size=6)


def plain_reader(text: str, delimiter: str, quote: str) -> dict[int, list[str]]:
    """Return line number and fields of each good line of three fields, the slow and obvious way."""
    separator = re.escape(delimiter)
    bare = rf"(?:(?!{separator})[^{quote}])*" if quote else rf"(?:(?!{separator}).)*"
    field = rf'"(?:[^"]|"")*"|{bare}' if quote else bare
    whole = re.compile(rf"({field}){separator}({field}){separator}({field})", re.DOTALL)
    found: dict[int, list[str]] = {}
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        controls = re.search(r"[\x00-\x1f\x7f]", line.replace(delimiter, ""))
        match = whole.fullmatch(line)
        if match and line and not controls:
            found[number] = [cell[1:-1].replace('""', '"') if quote and cell.startswith('"') else cell for cell in match.groups()]
    return found


@pytest.mark.parametrize(("delimiter", "quote"), [("|", ""), (";", '"'), ("|$|", '"'), ("|$|", ""), ("\t", ""), ("||", "")])
def test_the_fast_reader_is_the_plain_reader(delimiter, quote):
    @QUIET
    @given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8), st.lists(st.integers(0, 200), max_size=2))
    def holds(rows, breaks):
        text = "good" + delimiter * 2 + "\n" + "".join(delimiter.join(row) + "\n" for row in rows)
        for place in breaks:
            at = place % len(text)
            text = text[:at] + delimiter + text[at:]
        home = Path(tempfile.mkdtemp())
        try:
            bank = Bank(home, feed_of(PLAIN, delimiter=delimiter, quote=quote))
            expected = plain_reader(text, delimiter, quote)
            distinct = {tuple(cells): number for number, cells in reversed(expected.items())}
            bank.deliver(text)
            taken = bank.receive()
            if not taken.receipts:
                assert not expected or {len(line.split(delimiter)) for line in text.split("\n")[:-1]} != {3}
                return
            [receipt] = taken.receipts
            if receipt.columns != ("a", "b", "c") or receipt.surplus:
                return
            landed = {row["source_line"]: (row["a"], row["b"], row["c"]) for row in bank.rows(receipt)}
            assert {cells: number for number, cells in landed.items()} == distinct
            assert receipt.duplicate == len(expected) - len(distinct)
        finally:
            shutil.rmtree(home)

    holds()


AMOUNT = FeedColumn("x", ColumnKind.AMOUNT, "x")
RATE = FeedColumn("x", ColumnKind.RATE, "x")
INTEGER = FeedColumn("x", ColumnKind.INTEGER, "x")
NUMBERISH = st.text(alphabet="0123456789.-+eE, _１", min_size=1, max_size=20)


@settings(QUIET, max_examples=400)
@given(NUMBERISH, st.sampled_from([(AMOUNT, 16, 2), (RATE, 12, 6), (INTEGER, 18, 0)]))
def test_what_passes_as_a_number_is_exactly_that_number(text, shape):
    column, digits, places = shape
    passes = not column_faults(pa.array([text]), column, frozenset())
    plain = re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII)
    is_number = False
    if plain:
        value = Decimal(text)
        whole, _, fraction = text.lstrip("-").partition(".")
        is_number = (
            len(whole) <= digits
            and len(fraction) <= places
            and (whole == "0" or not whole.startswith("0"))
            and not (text.startswith("-") and value == 0)
        )
    assert passes == is_number


@settings(QUIET, max_examples=300)
@given(st.decimals(min_value=-(10**16) + 1, max_value=10**16 - 1, places=2))
def test_every_amount_of_the_bank_passes(amount):
    text = f"{amount:f}"
    assert (not column_faults(pa.array([text]), AMOUNT, frozenset())) == (not (amount == 0 and text.startswith("-")))


@QUIET
@given(st.integers(10**11, 10**18 - 1), st.integers(0, 9))
def test_exactly_one_last_digit_makes_a_card(number, digit):
    cards = [f"{number}{last}" for last in range(10)]
    assert np.count_nonzero(certificates.luhn_holds(cards)) == 1
    total = sum(sum(divmod(int(d) * (1 + place % 2), 10)) for place, d in enumerate(reversed(cards[digit])))
    assert bool(certificates.luhn_holds([cards[digit]])[0]) == (total % 10 == 0)


@QUIET
@given(st.integers(0, 10**17 - 1))
def test_at_most_one_check_digit_fits_a_resident_number(number):
    numbers = [f"{number:017d}{last}" for last in "0123456789X"]
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    expected = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(numbers[0], weights, strict=False)) % 11]
    held = [text for text, holds in zip(numbers, certificates.resident_number_holds(numbers), strict=True) if holds]
    assert held in ([], [f"{number:017d}{expected}"])


@QUIET
@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_exactly_one_check_letter_fits_a_credit_code(body):
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    expected = alphabet[(31 - total % 31) % 31]
    held = [letter for letter in alphabet if certificates.credit_code_holds([body + letter])[0]]
    assert held == [expected]


@settings(QUIET, max_examples=40)
@given(st.permutations(range(12)), st.lists(st.integers(0, 12), min_size=2, max_size=2))
def test_rows_in_any_order_in_any_parts_land_the_same(order, cuts):
    rows = [f"k{number}|王|{number}" for number in order]
    low, high = sorted(cuts)
    home = Path(tempfile.mkdtemp())
    try:
        bank = Bank(home, feed_of("a | code | key\n b | text |\n c | integer |"))
        for part, piece in enumerate((rows[:low], rows[low:high], rows[high:])):
            if piece:
                bank.deliver("\n".join(piece) + "\n", f"B1-ACC-20260331-{part}.txt")
        landed = sorted((row["a"], row["b"], row["c"]) for receipt in bank.receive().receipts for row in bank.rows(receipt))
        assert landed == sorted((f"k{number}", "王", str(number)) for number in range(12))
    finally:
        shutil.rmtree(home)

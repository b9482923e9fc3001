"""The deformed flavour: names and certificates of persons as the regulator's files carry them, equal where they were equal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maisui.example_bank.text_columns import ArrowText, glued, number_text

if TYPE_CHECKING:
    from maisui.example_bank.bank import Bank

_MIX = np.uint64(0x9E3779B97F4A7C15)


def deformed_names(names: ArrowText) -> ArrowText:
    """Only the surname is left."""
    return glued(_begin(names, 1), "某某")


def deformed_numbers(numbers: ArrowText) -> ArrowText:
    """Region and length are left; all else is mixed so that nobody reads it and equal numbers stay equal."""
    options = pc.ReplaceSubstringOptions("[^0-9]", "9")
    digits = pc.call_function("replace_substring_regex", [_begin(numbers, 17)], options)
    body = np.asarray(digits.cast(pa.int64())).astype(np.uint64)
    mixed = (body * _MIX) ^ (body * _MIX >> np.uint64(29))
    tail = (mixed % np.uint64(10**11)).astype(np.int64)
    return glued(_begin(numbers, 6), number_text(tail, 11), "Z")


def deform(bank: Bank) -> None:
    """Deform what the files say of persons: customers' names and certificates, and the certificates of the staff."""
    people = bank.population
    persons, rest = slice(0, people.persons), slice(people.persons, None)
    people.names = pa.concat_arrays([deformed_names(people.names[persons]), people.names[rest]])
    people.recorded = _deformed_records(people.recorded, persons, rest)
    people.certificates = pa.concat_arrays([deformed_numbers(people.certificates[persons]), people.certificates[rest]])
    people.is_deformed = True
    bank.staff = replace(bank.staff, certificates=deformed_numbers(bank.staff.certificates))


def _deformed_records(recorded: ArrowText, persons: slice, rest: slice) -> ArrowText:
    """Return the numbers on customers' records, deformed where there is one."""
    is_blank = pc.call_function("equal", [recorded[persons], pa.scalar("")])
    filled = pc.call_function("if_else", [is_blank, pa.scalar("0" * 18), recorded[persons]])
    deformed = pc.call_function("if_else", [is_blank, pa.scalar(""), deformed_numbers(filled)])
    return pa.concat_arrays([deformed, recorded[rest]])


def _begin(texts: ArrowText, length: int) -> ArrowText:
    return pc.call_function("utf8_slice_codeunits", [texts], pc.SliceOptions(0, length))

"""Which rows of a file pass: every failing column of a row is named, odd words are counted, certificates judged by the whole file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from maisui.intake import certificates, forms
from maisui.intake.arrow import Array, Column, Table, pa, pc
from maisui.intake.receipt import Notice
from maisui.sources.contract import ColumnKind, Feed, FeedColumn

CERTIFICATE_FORM = "certificate_form"


class RowChecks:
    """Holds the rows of one file, block by block, to their contract."""

    def __init__(self, feed: Feed, deformed: Mapping[str, bool]) -> None:
        """Take the contract and what is already known of certificate columns: deformed or genuine."""
        self._columns = feed.columns
        self._feed = feed
        self._deformed = dict(deformed)
        self._certificates: dict[str, Counter[str]] = {}
        self._odd_words: Counter[str] = Counter()

    def excuse(self, missing: frozenset[str]) -> None:
        """Let these columns be empty: the file does not have them."""
        self._columns = tuple(replace(c, is_required=False) if c.name in missing else c for c in self._columns)

    def failing_rows(self, table: Table) -> dict[int, str]:
        """Return index and reason of each row that fails; a reason reads `COLUMN:code; COLUMN:code`."""
        found: dict[int, list[str]] = {}
        for column in self._columns:
            delivered = _whole(table.column(column.name))
            for code, mask in self._column_faults(delivered, column, table):
                text = f"{column.name}:{code}"
                for row in np.flatnonzero(mask).tolist():
                    found.setdefault(row, []).append(text)
        return {row: "; ".join(reasons) for row, reasons in sorted(found.items())}

    def _column_faults(self, delivered: Array, column: FeedColumn, table: Table) -> forms.Faults:
        distinct, indices = (
            (delivered.dictionary, delivered.indices.to_numpy()) if isinstance(delivered, pa.DictionaryArray) else (delivered, None)
        )
        faults = forms.column_faults(distinct, column, frozenset(self._feed.nulls_of(column)))
        if indices is not None:
            faults = [(code, mask[indices]) for code, mask in faults]
        if column.kind is ColumnKind.WORD:
            odd = forms.unknown_words(distinct, column)
            if odd.any():
                self._odd_words[column.name] += int(np.count_nonzero(odd[indices] if indices is not None else odd))
        if column.kind is ColumnKind.CERTIFICATE and column.certificate_of in table.column_names:
            faults += self._certificate_faults(delivered, column, _whole(table.column(column.certificate_of)))
        return faults

    def _certificate_faults(self, numbers: Array, column: FeedColumn, types: Array) -> forms.Faults:
        malformed, wrong = np.zeros(len(numbers), bool), np.zeros(len(numbers), bool)
        counts = self._certificates.setdefault(column.name, Counter())
        standards = (
            (certificates.RESIDENT_TYPES, certificates.RESIDENT_SHAPE, certificates.resident_number_holds),
            (certificates.CREDIT_CODE_TYPES, certificates.CREDIT_CODE_SHAPE, certificates.credit_code_holds),
        )
        for names, shape, holds in standards:
            rows = np.flatnonzero(_among(types, names))
            if not len(rows):
                continue
            texts = numbers.take(pa.array(rows))
            if isinstance(texts, pa.DictionaryArray):
                texts = texts.dictionary_decode()
            is_empty = pc.equal(texts, "").to_numpy(zero_copy_only=False)
            is_shaped = pc.match_substring_regex(texts, f"^{shape}$").to_numpy(zero_copy_only=False)
            counts["values"] += int(np.count_nonzero(~is_empty))
            malformed[rows[~is_shaped & ~is_empty]] = True
            shaped = np.flatnonzero(is_shaped)
            is_sound = holds(texts.take(pa.array(shaped)).to_pylist())
            counts["genuine"] += int(np.count_nonzero(is_sound)) if self._feed.is_lenient else len(shaped)
            wrong[rows[shaped[~is_sound]]] = True
        if self._is_deformed(column.name):
            return []
        return [(code, mask) for code, mask in ((CERTIFICATE_FORM, malformed), (forms.CHECK_DIGIT, wrong)) if mask.any()]

    def _is_deformed(self, column: str) -> bool:
        """Return what holds for this pass: what the caller knew, or what the first values looked like."""
        counts = self._certificates[column]
        if column not in self._deformed and counts["values"]:
            self._deformed[column] = _looks_deformed(counts)
        return self._deformed.get(column, False)

    def certificate_verdict(self) -> dict[str, bool]:
        """Return for each certificate column with values whether the whole file is deformed."""
        return {column: _looks_deformed(counts) for column, counts in self._certificates.items() if counts["values"]}

    def assumed(self) -> dict[str, bool]:
        """Return what this pass took each certificate column for."""
        return {column: self._deformed[column] for column, counts in self._certificates.items() if counts["values"]}

    def notices(self) -> list[Notice]:
        """Return the warnings of the file: unknown words and certificates that could not be checked, by column."""
        listed = [
            Notice(forms.UNKNOWN_WORD, column, count, f"{count} value(s) of {column} are not in its dictionary")
            for column, count in sorted(self._odd_words.items())
        ]
        for column, is_deformed in sorted(self.certificate_verdict().items()):
            if is_deformed:
                count = self._certificates[column]["values"]
                text = f"{column} is deformed in this file: {count} value(s) were not checked"
                listed.append(Notice(certificates.DEFORMED, column, count, text))
            elif self._feed.is_lenient:
                count = self._certificates[column]["values"]
                text = f"{column} is not deformed in this file: {count} value(s) were held to their check digits"
                listed.append(Notice(certificates.GENUINE, column, count, text))
        return listed


def _looks_deformed(counts: Counter[str]) -> bool:
    """Tell whether most numbers cannot be genuine: by their form, in a lenient feed (EAST) by their check digits as well."""
    return counts["genuine"] * 2 < counts["values"]


def _whole(column: Column) -> Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _among(values: Array, words: frozenset[str]) -> np.ndarray:
    known = forms.word_set(words)
    if isinstance(values, pa.DictionaryArray):
        return pc.is_in(values.dictionary, value_set=known).to_numpy(zero_copy_only=False)[values.indices.to_numpy()]
    return pc.is_in(values, value_set=known).to_numpy(zero_copy_only=False)

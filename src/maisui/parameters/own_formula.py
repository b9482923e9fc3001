"""The formula of a ledger line that a bank defines for itself: subjects with their sides, other lines, and one division."""

from __future__ import annotations

import re
from dataclasses import dataclass

DEBIT, CREDIT = "D", "C"
_TERM = re.compile(
    r"(?P<sign>[+-]?)(?:\[(?P<line>[a-z0-9_.]+)\]|(?P<first>[0-9A-Za-z]*[0-9])(?:(?P<star>\*)|:(?P<last>[0-9A-Za-z]*[0-9]))?(?P<side>[DC]?))"
)


@dataclass(frozen=True, slots=True)
class FormulaTerm:
    """One term: another line (`line`), or subjects: one with all below it, all that begin alike, or a range from `first` to `last`.

    `side` is empty for the net balance on the side of the subject named (of the topmost one within a beginning or range), D or C for
    what stands in debit or credit alone.
    """

    sign: int
    line: str = ""
    first: str = ""
    last: str = ""
    begins: bool = False
    side: str = ""

    def names(self, code: str) -> bool:
        """Return whether a term of a beginning or a range takes the subject `code`; a single subject is followed down its tree."""
        if self.begins:
            return code.startswith(self.first)
        return self.first <= code[: len(self.first)] and code[: len(self.last)] <= self.last


@dataclass(frozen=True, slots=True)
class Formula:
    """The sum of its terms, divided by that of `divisor` where there is one."""

    terms: tuple[FormulaTerm, ...]
    divisor: tuple[FormulaTerm, ...] = ()

    @property
    def is_quotient(self) -> bool:
        """Return whether it is a share and no amount."""
        return bool(self.divisor)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines it rests on."""
        return tuple(term.line for term in (*self.terms, *self.divisor) if term.line)

    @property
    def is_of_lines_only(self) -> bool:
        """Return whether it sums up other lines and names no subject itself."""
        return all(term.line for term in (*self.terms, *self.divisor))


def parse_formula(text: str) -> Formula | None:
    """Return what a formula such as `+1001-1003D+1304*+2001:2099C` or `[loans]/[deposits]` says; None where it is none."""
    parts = re.sub(r"\s*([+/-])\s*", r"\1", text.strip()).split("/")
    read = [_terms(part) for part in parts]
    if len(parts) > len(("terms", "divisor")) or not all(read):
        return None
    return Formula(*read)


def _terms(text: str) -> tuple[FormulaTerm, ...]:
    found: list[FormulaTerm] = []
    place = 0
    while place < len(text):
        match = _TERM.match(text, place)
        if match is None or (found and not match["sign"]):
            return ()
        first, last = match["first"] or "", match["last"] or ""
        if last and first > last:
            return ()
        found.append(
            FormulaTerm(-1 if match["sign"] == "-" else 1, match["line"] or "", first, last, bool(match["star"]), match["side"] or "")
        )
        place = match.end()
    return tuple(found)

"""Which few parts of the bank's accounts, left out or counted in, account for a difference to the cent.

The accounts are summed into cells, one for each combination of attributes; a part is a set of cells. Parts with the same cells are
one part, under the attribute thought of first. The search is complete up to three parts that share no account.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from maisui.answers.report_accounts import ATTRIBUTES, Basis, accounts_sql
from maisui.warehouse.reader import Reader

MOST_PARTS = 160
_MOST_OF_THREE = 45
_MOST_FITS = 12
_CENTS = 100


@dataclass(frozen=True, slots=True)
class Part:
    """Accounts with one attribute: what they make of ours less theirs, in cents, if the report draws its line there.

    `cells` is the set of cells, as bits; parts are apart when they share none. `without` is the code of a part whose accounts were taken
    out of this one.
    """

    code: str
    cents: int
    accounts: int
    cells: int
    rank: int
    without: str = ""

    def is_apart(self, other: Part) -> bool:
        """Return whether no account belongs to both."""
        return not self.cells & other.cells


@dataclass(frozen=True, slots=True)
class Cells:
    """The accounts of a basis in cells: the value of every attribute, and cents, number and whether they count, cell by cell."""

    basis: Basis
    values: tuple[tuple[str | None, ...], ...]
    cents: tuple[int, ...]
    accounts: tuple[int, ...]
    is_counted: tuple[bool, ...]

    @property
    def counted(self) -> int:
        """Return the sum of all accounts that count with us, in cents."""
        return sum(cents for cents, is_counted in zip(self.cents, self.is_counted, strict=True) if is_counted)

    def less(self, part: Part, other: Part) -> Part:
        """Return a part that is left out without the accounts that another one leaves out already."""
        shared = _places(part.cells & other.cells)
        return replace(
            part,
            cents=part.cents - sum(self.cents[cell] for cell in shared),
            accounts=part.accounts - sum(self.accounts[cell] for cell in shared),
            cells=part.cells & ~other.cells,
            without=other.code,
        )

    def parts(self, also: Part | None = None) -> tuple[Part, ...]:
        """Return the parts, those thought of first in front; with `also` a report counts in that part too, and may leave out some of it."""
        within = also.cells if also else 0
        sums: dict[str, list[int]] = {}
        whole = 0
        for cell, values in enumerate(self.values):
            counts = self.is_counted[cell] or bool(within >> cell & 1)
            whole |= 1 << cell if counts else 0
            for attribute, value in zip(self.basis.attributes, values, strict=True):
                if value is None or attribute.is_counted is not counts:
                    continue
                part = sums.setdefault(f"{attribute.code}={value}", [0, 0, 0])
                part[0] += self.cents[cell] if attribute.is_counted else -self.cents[cell]
                part[1] += self.accounts[cell]
                part[2] |= 1 << cell
        parts = (
            Part(code, cents, accounts, cells, ATTRIBUTES[code.partition("=")[0]].rank) for code, (cents, accounts, cells) in sums.items()
        )
        return _told_apart(part for part in parts if part.cents and part.cells != whole and part.cells | within != within)


def cells_of(reader: Reader, basis: Basis) -> Cells:
    """Return the accounts that count with us and those that a report may count in, in cells."""
    codes = [one.code for one in basis.attributes]
    beside = ", ".join(one.code for one in basis.attributes if not one.is_counted)
    found = reader.rows(
        f"SELECT {', '.join(codes)}, is_counted, sum(balance) AS amount, count(*) FROM ({accounts_sql(basis)}) AS a "
        f"WHERE balance <> 0 AND (is_counted OR coalesce({beside}) IS NOT NULL) GROUP BY ALL ORDER BY ALL"
    )
    return Cells(
        basis,
        tuple(row[:-3] for row in found),
        tuple(int(row[-2] * _CENTS) for row in found),
        tuple(int(row[-1]) for row in found),
        tuple(bool(row[-3]) for row in found),
    )


def _told_apart(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts without those that hold the same accounts as one thought of earlier, in a fixed order."""
    kept: dict[int, Part] = {}
    for part in sorted(parts, key=lambda part: (part.rank, -abs(part.cents), part.code)):
        kept.setdefault(part.cells, part)
    return tuple(kept.values())[:MOST_PARTS]


def fits(target: int, parts: Sequence[Part], most: int = 3, tolerance: int = 0) -> tuple[tuple[Part, ...], ...]:
    """Return every smallest set of up to `most` parts that are apart and sum to `target` within `tolerance`, in cents.

    Sets of one size come in the order in which they are thought of; none is returned where none fits.
    """
    if abs(target) <= tolerance:
        return ((),)
    by_amount = sorted(enumerate(parts), key=lambda one: (one[1].cents, one[0]))
    amounts = [part.cents for _, part in by_amount]

    def completing(rest: int, after: int) -> list[Part]:
        low, high = bisect_left(amounts, rest - tolerance), bisect_right(amounts, rest + tolerance)
        return [part for place, part in by_amount[low:high] if place > after]

    for size in range(1, most + 1):
        found: list[tuple[Part, ...]] = []
        for chosen, last in _leading(parts, size - 1):
            rest = target - sum(part.cents for part in chosen)
            found.extend((*chosen, part) for part in completing(rest, last) if all(part.is_apart(other) for other in chosen))
        if found:
            return tuple(sorted(found, key=_order)[:_MOST_FITS])
    return ()


def _leading(parts: Sequence[Part], size: int) -> Iterable[tuple[tuple[Part, ...], int]]:
    """Return the sets of `size` parts, by place, that one more part may complete, with the place of the last."""
    if not size:
        yield (), -1
        return
    shown = parts if size == 1 else parts[:_MOST_OF_THREE]
    for first, part in enumerate(shown):
        if size == 1:
            yield (part,), first
            continue
        for second in range(first + 1, len(shown)):
            if part.is_apart(shown[second]):
                yield (part, shown[second]), second


def fits_that_overlap(
    target: int, cells: Cells, parts: Sequence[Part], tolerance: int = 0, *, is_third_tried: bool
) -> tuple[tuple[Part, ...], ...]:
    """Return every two parts that share accounts and together leave out `target`, in cents, the second without those of the first.

    Where none do and `is_third_tried`, a third part that is apart from both may stand beside them.
    """
    left_out = [part for part in parts[:_MOST_OF_THREE] if (known := ATTRIBUTES.get(part.code.partition("=")[0])) and known.is_counted]
    thirds = sorted(parts, key=lambda part: part.cents) if is_third_tried else []
    amounts = [part.cents for part in thirds]
    twos: list[tuple[Part, ...]] = []
    threes: list[tuple[Part, ...]] = []
    for first, second in _overlapping(left_out):
        pair = (first, cells.less(second, first))
        rest = target - sum(part.cents for part in pair)
        if abs(rest) <= tolerance:
            twos.append(pair)
        completing = thirds[bisect_left(amounts, rest - tolerance) : bisect_right(amounts, rest + tolerance)]
        threes += [(*pair, part) for part in completing if all(part.is_apart(other) for other in pair)]
    return tuple(sorted(twos or threes, key=_order)[:_MOST_FITS])


def _places(bits: int) -> list[int]:
    """Return the places of the bits that are set."""
    found: list[int] = []
    while bits:
        found.append((bits & -bits).bit_length() - 1)
        bits &= bits - 1
    return found


def _overlapping(parts: Sequence[Part]) -> Iterable[tuple[Part, Part]]:
    """Return every two parts that share accounts, neither of which holds all of the other's, the one thought of first in front."""
    for place, first in enumerate(parts):
        for second in parts[place + 1 :]:
            shared = first.cells & second.cells
            if shared and shared not in (first.cells, second.cells):
                yield first, second


def sets_apart(parts: Sequence[Part], size: int) -> Iterable[tuple[Part, ...]]:
    """Return the sets of `size` parts, two at most, that share no account."""
    return (chosen for chosen, _ in _leading(parts, size))


def _order(parts: tuple[Part, ...]) -> tuple[int, tuple[str, ...]]:
    return sum(part.rank for part in parts), tuple(part.code for part in parts)

"""What a viewer may see of a difference: no balance of a single account without customers, nothing of outlets out of his sight.

Causes that he may not see are folded into one line, so that the causes still add up; what was tried and what fits as well go by the
same rule.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from maisui.answers.report_figure import Cause, FigureComparison, plain_cause, sum_of
from maisui.answers.report_single import FORGOTTEN, TWICE

OUT_OF_SIGHT = "out_of_sight"
_OF_ONE_OUTLET = frozenset(("moved_from", "merged_outlet", "came_later", "left_earlier", "elsewhere"))
_OF_ANY_OUTLET = "home_here"
_OF_THE_LEDGER = frozenset(("ledger", "book"))


@dataclass(frozen=True, slots=True)
class Sight:
    """The outlets whose figures a viewer may see (None is every one), and whether he may see customers of the figure's organisation."""

    outlets: Collection[str] | None
    sees_accounts: bool

    def of(self, comparison: FigureComparison) -> FigureComparison:
        """Return the comparison as the viewer may see it; its causes still add up."""
        causes = self._folded(comparison.causes)
        others = dict.fromkeys(self._folded(one) for one in comparison.others)
        others.pop(causes, None)
        candidates = tuple(cause for cause in comparison.candidates if not self.hides(cause))
        return replace(comparison, causes=causes, others=tuple(others), candidates=candidates)

    def hides(self, cause: Cause) -> bool:
        """Return whether a cause tells what the viewer may not see: of one account, or of an outlet."""
        is_elsewhere = any(self._is_elsewhere(code) for code in (cause.code, cause.also, cause.without))
        return is_elsewhere or (not self.sees_accounts and _is_of_one_account(cause))

    def _is_elsewhere(self, code: str) -> bool:
        _, kind, value = parts_of(code)
        return self.outlets is not None and (kind == _OF_ANY_OUTLET or (kind in _OF_ONE_OUTLET and value not in self.outlets))

    def _folded(self, causes: Sequence[Cause]) -> tuple[Cause, ...]:
        hidden = [cause for cause in causes if self.hides(cause)]
        if not hidden:
            return tuple(causes)
        return (*(cause for cause in causes if cause not in hidden), plain_cause(OUT_OF_SIGHT, sum_of(hidden), hidden[0].day))


def parts_of(code: str) -> tuple[str, str, str]:
    """Return the parts of a cause's code: the side of a detail it is on or "", its kind, and the value it speaks of or ""."""
    head, _, value = code.partition("=")
    side, _, kind = head.rpartition(":")
    return side, kind, value


def _is_of_one_account(cause: Cause) -> bool:
    _, kind, _ = parts_of(cause.code)
    return kind in (FORGOTTEN, TWICE) or (cause.rows == 1 and kind not in _OF_THE_LEDGER)

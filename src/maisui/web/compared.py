"""An answer of the gateway beside the same question at other days."""

from __future__ import annotations

from dataclasses import dataclass

from maisui.answers import Answer, Comparison, with_base


@dataclass(frozen=True, slots=True)
class Compared:
    """One answer with the same question answered at each base; a base outside the history is None."""

    answer: Answer
    bases: dict[Comparison, Answer | None]

    def against(self, comparison: Comparison) -> Answer:
        """Return the answer held against one of its bases; without history its lines have no base."""
        base = self.bases[comparison]
        return self.answer if base is None else with_base(self.answer, base, comparison)

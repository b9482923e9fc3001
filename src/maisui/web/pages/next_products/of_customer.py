"""What one customer may be offered next, as his page shows it."""

from __future__ import annotations

from typing import Any

from maisui.answers.next_products import CustomerOffers
from maisui.web.pages.churn.words import RUNGS
from maisui.web.pages.next_products.words import BASES, reasons_of, share
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text


def offers_context(found: CustomerOffers | None) -> dict[str, Any] | None:
    """Return what the panel of next products shows; None where nothing is scored."""
    if found is None:
        return None
    return {
        "rung": RUNGS[found.standing.rung.value],
        "is_trusted": found.standing.has_probabilities,
        "said": Text(found.standing.said_zh, found.standing.said_en),
        "day": found.day,
        "horizon": found.horizon,
        "has_chances": any(one.chance is not None for one in found.offers),
        "absent": Text(*found.why_none) if found.why_none else None,
        "may_approach": found.may_approach,
        "lines": [
            (value_word(one.product_group), BASES[one.basis], share(one.chance), one, reasons_of(one, found.horizon))
            for one in found.offers
        ],
    }

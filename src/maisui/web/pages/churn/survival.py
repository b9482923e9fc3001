"""How long accounts of each product group are kept, in words and cells, for the page and what is taken out."""

from __future__ import annotations

from typing import Any

from maisui.answers.survival_by_product import AGES, GroupSurvival
from maisui.web.pages.overview.words import value_word


def survival_lines(found: tuple[GroupSurvival, ...]) -> list[dict[str, Any]]:
    """Return a line for each product group; a cell is None at an age at which nobody was at risk."""
    return [
        {
            "name": value_word(one.product_group),
            "accounts": one.cohort.account_count,
            "closed": one.cohort.closed_count,
            "median": one.median_age,
            "cells": [_cell(one, age) for age in AGES],
        }
        for one in found
    ]


def _cell(one: GroupSurvival, age: int) -> dict[str, Any] | None:
    at = one.cohort.at(age)
    if at is None:
        return None
    share = at.share
    return {"share": f"{share.value:.1%}", "interval": f"{share.low:.1%} – {share.high:.1%}", "at_risk": at.at_risk, "exact": share.value}

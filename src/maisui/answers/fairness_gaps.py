"""Which groups of people are chosen much less often than another of their kind, by the four-fifths rule: each needs a reason in writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FOUR_FIFTHS = 0.8
LEAST_CUSTOMERS = 50
UNKNOWN = "unknown"
"""Firms, and people of whom it is not known: neither held against a group nor a measure for one."""
Group = tuple[str, str]
"""Field and group, as `sex` and `female`."""


def share_of(line: Mapping[str, Any]) -> float | None:
    """Return how often a group is chosen; None where it is too small: fewer than fifty customers now, or fifty events of a test."""
    if "is_sufficient" in line:
        return line["chosen"] if line["is_sufficient"] else None
    return line["chosen"] / line["count"] if line["count"] >= LEAST_CUSTOMERS else None


def ratios(lines: Sequence[Mapping[str, Any]]) -> dict[Group, float]:
    """Return for each group of known people how often it is chosen against the group of its field that is chosen most often."""
    shares = {(line["field"], line["group"]): share for line in lines if (share := share_of(line)) is not None and line["group"] != UNKNOWN}
    most = {field: max(share for (other, _), share in shares.items() if other == field) for field, _ in shares}
    return {(field, group): share / most[field] if most[field] else 1.0 for (field, group), share in shares.items()}


def gaps(tables: Iterable[Sequence[Mapping[str, Any]]]) -> dict[Group, float]:
    """Return the groups that lie below four fifths in one of several tables, each with the lowest of its ratios."""
    found: dict[Group, float] = {}
    for lines in tables:
        for group, ratio in ratios(lines).items():
            if ratio < FOUR_FIFTHS:
                found[group] = min(ratio, found.get(group, ratio))
    return found

"""A card of a churn model that passed its test, for pages that show or approve one."""

from __future__ import annotations

from typing import Any

from maisui.models import CHURN
from maisui.models.card import words_of

METRICS: dict[str, Any] = {name: {"value": 0.8, "low": 0.7, "high": 0.9} for name in ("auc", "auc_of_rule")} | {"lift_at_10": 3.0}
CARD: dict[str, Any] = words_of(CHURN) | {
    "faults": [],
    "exclusions": [list(one) for one in CHURN.exclusions],
    "definition": "SELECT",
    "features": list(CHURN.feature_codes),
    "libraries": {"numpy": "2"},
    "groups": [{"field": "sex", "group": "female", "count": 90, "events": 3, "is_sufficient": False}],
    "data": {"version": "v", "content_hash": "h", "reporting_date": "2026-10-31", "last_outcome_on": "2026-10-31"},
    "windows": {"train": {"events": 300}, "test": {"events": 150}},
    "metrics": METRICS,
}

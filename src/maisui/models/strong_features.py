"""Features that alone separate better than is credible: each is named on the card, and what its definition does not explain is a leak."""

from __future__ import annotations

from typing import Any

import numpy as np

from maisui.models import measures
from maisui.models.model import Model
from maisui.models.panel import Sample
from maisui.models.scorecard import STRONG_VALUE, characteristic, monotone_edges

_FEW_VALUES = 5
STRONG_AUC = 0.9
"""An AUC of one variable beyond which it is looked at as a possible leak, as an information value above `STRONG_VALUE` is."""


def strong_features(model: Model, learnt: Sample) -> list[dict[str, Any]]:
    """Return what alone separates too well in the months learnt from: code, AUC, information value, and `why` that is no leak, or nothing."""
    found: list[dict[str, Any]] = []
    for feature, column in zip(model.features, learnt.values.T, strict=True):
        alone = measures.auc(learnt.happened, np.nan_to_num(column, nan=-1.0))
        edges = _edges(column, learnt.happened, feature.sign)
        told: dict[str, Any] = {
            "code": feature.code,
            "auc": max(alone, 1 - alone),
            "information_value": characteristic(feature.code, column, learnt.happened, edges).information_value,
        }
        if told["auc"] > STRONG_AUC or told["information_value"] > STRONG_VALUE:
            found.append(told | {"why": list(feature.why_strong or ())})
    return found


def _edges(column: np.ndarray, happened: np.ndarray, sign: int) -> list[float]:
    """Return where a column is cut: between all of its values where they are few, so that a rare mark is seen, else as a scorecard is."""
    known = np.unique(column[~np.isnan(column)])
    return known[1:].tolist() if len(known) <= _FEW_VALUES else monotone_edges(column, happened, sign)


def leaks_until_explained(strong: list[dict[str, Any]]) -> list[str]:
    """Return the codes of those that keep a model from being used: no reason is written down, or an AUC that no reason explains."""
    return [one["code"] for one in strong if not one["why"] or one["auc"] > STRONG_AUC]

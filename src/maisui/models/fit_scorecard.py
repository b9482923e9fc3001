"""A scorecard as champion, fitted, and trees with the same signs trained beside it as challenger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from maisui.models.fitted import TREES, Fitted, library
from maisui.models.model import Model
from maisui.models.panel import Sample
from maisui.models.scorecard import SCORECARD_FILE, fit_scorecard

CHALLENGER_FILE = "challenger.txt"
_ROUNDS = 150
_LEAST_AUC, _LEAST_LOWER, _LEAST_KS, _LEAST_CAUGHT = 0.75, 0.70, 0.35, 0.60

SCORECARD_LIMITS: tuple[tuple[Callable[[dict[str, Any]], bool], str, str], ...] = (
    (lambda said: said["auc"]["value"] >= _LEAST_AUC or said["auc"]["low"] >= _LEAST_LOWER, "AUC 低于 0.75", "AUC below 0.75"),
    (lambda said: said["ks"] >= _LEAST_KS, "KS 低于 0.35", "KS below 0.35"),
    (lambda said: said["caught_in_20"] >= _LEAST_CAUGHT, "前两成只含不足六成的违约户", "the first fifth holds less than 60 % of those who failed"),
)  # fmt: skip
"""What the figures of a scorecard's test months must reach, with the words of what is missing."""


def fit_card(model: Model, learnt: Sample, tested: Sample) -> Fitted:
    """Return the scorecard learnt from `learnt`, with the challenger's scores of the test months; the challenger is kept, never asked.

    Raises:
        HomeError: when the library of the challenger is missing.
    """
    codes, signs = model.feature_codes, [one.sign for one in model.features]
    card = fit_scorecard(codes, learnt.values, learnt.happened, signs)
    lightgbm = library("lightgbm")
    booster = lightgbm.train(TREES | {"monotone_constraints": signs}, lightgbm.Dataset(learnt.values, learnt.happened.astype(int)), _ROUNDS)
    return Fitted(
        files={SCORECARD_FILE: card.text().encode(), CHALLENGER_FILE: booster.model_to_string().encode()},
        said={"scorecard": card.points()},
        probabilities=card.probabilities(codes, tested.values),
        others={"challenger": np.asarray(booster.predict(tested.values, raw_score=True, num_threads=1))},
    )

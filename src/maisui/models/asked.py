"""Asking a stored model, whatever fitted it: probabilities of rows, and what each feature adds to them."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np

from maisui.models import fit
from maisui.models.registry import StoredModel
from maisui.models.scorecard import SCORECARD_FILE, Scorecard


def is_askable(stored: StoredModel) -> bool:
    """Return whether a stored model can be asked here: a scorecard always, trees where their library is installed."""
    return SCORECARD_FILE in stored.card["files"] or find_spec("lightgbm") is not None


def probabilities_of(stored: StoredModel, values: np.ndarray) -> np.ndarray:
    """Return the probability of each row.

    Raises:
        HomeError: when it is made of trees and their library is missing.
    """
    if SCORECARD_FILE in stored.card["files"]:
        return scorecard_of(stored).probabilities(stored.card["features"], values)
    return fit.probabilities_of(fit.model_text(stored), stored.card["calibration"], values)


def contributions_of(stored: StoredModel, values: np.ndarray) -> np.ndarray:
    """Return what each feature adds to the raw score of each row; the last column is the base.

    Raises:
        HomeError: when it is made of trees and their library is missing.
    """
    if SCORECARD_FILE in stored.card["files"]:
        return scorecard_of(stored).contributions(stored.card["features"], values)
    return fit.contributions_of(fit.model_text(stored), values)


def scorecard_of(stored: StoredModel) -> Scorecard:
    """Return the scorecard of a stored model."""
    return Scorecard.read((stored.folder / SCORECARD_FILE).read_text(encoding="utf-8"))

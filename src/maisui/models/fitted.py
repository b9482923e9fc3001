"""What fitting gives, and where model libraries are asked for: when something is fitted or asked, never when it is imported."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from maisui.errors import HomeError

SEED = 20261128
TREES: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 7,
    "learning_rate": 0.03,
    "min_data_in_leaf": 50,
    "lambda_l2": 1.0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": SEED,
    "verbose": -1,
}
"""Settings of trees: one thread, no sampling, a fixed seed."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted model: its files, what its card says beyond the figures, its probabilities of the test months, and others' scores of them."""

    files: dict[str, bytes]
    said: dict[str, Any]
    probabilities: np.ndarray
    others: dict[str, np.ndarray]


def library(name: str) -> ModuleType:
    """Return a model library.

    Raises:
        HomeError: when it is not installed, saying how it is.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise HomeError(
            f"training and asking models needs {name.partition('.')[0]}, which is not installed",
            where="the Python environment",
            next_step="run `make setup-models`, or install `maisui[models]` with pip; pages and the batch need none of it",
        ) from error

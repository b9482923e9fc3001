"""Parallel numpy arrays that grow together; rows are only ever added at the end."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np


class GrowingArrays:
    """Base of the account books: subclasses declare `columns` as name → (dtype, value of an unused row)."""

    columns: ClassVar[dict[str, tuple[Any, int]]] = {}

    def __init__(self, capacity: int) -> None:
        """Room for `capacity` rows to begin with."""
        self.count = 0
        self.capacity = max(capacity, 16)
        for name, (kind, empty) in self.columns.items():
            setattr(self, name, np.full(self.capacity, empty, kind))

    def append(self, rows: int, **values: np.ndarray | int) -> np.ndarray:
        """Add rows with the given column values (others keep the empty value); returns their positions."""
        while self.count + rows > self.capacity:
            for name, (kind, empty) in self.columns.items():
                grown = np.full(self.capacity * 2, empty, kind)
                grown[: self.capacity] = getattr(self, name)
                setattr(self, name, grown)
            self.capacity *= 2
        positions = np.arange(self.count, self.count + rows)
        for name, value in values.items():
            getattr(self, name)[positions] = value
        self.count += rows
        return positions

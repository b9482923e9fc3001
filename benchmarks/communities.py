"""How long it takes to part a network of 200 000 customers and 600 000 ties into communities, as `maisui models score circles` does.

Customers stand in planted communities of forty; four ties in five stay inside. The best of twenty partitions with a fixed seed.
"""

from __future__ import annotations

import argparse
import time
from decimal import Decimal

import numpy as np

from maisui.models.circles import communities

SIZE = 40
INSIDE = 0.8


def main() -> None:
    """Print how long it took, how many communities were found, and their modularity."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=200_000)
    parser.add_argument("--ties", type=int, default=600_000)
    asked = parser.parse_args()
    chance = np.random.default_rng(7)
    one = chance.integers(asked.customers, size=asked.ties)
    near = np.minimum(one // SIZE * SIZE + chance.integers(SIZE, size=asked.ties), asked.customers - 1)
    other = np.where(chance.random(asked.ties) < INSIDE, near, chance.integers(asked.customers, size=asked.ties))
    edges = [(f"{a:07d}", f"{b:07d}", Decimal(1)) for a, b in zip(one.tolist(), other.tolist(), strict=True) if a != b]
    began = time.perf_counter()
    quality, parts = communities(edges, 3)
    took = time.perf_counter() - began
    print(f"{asked.customers:,} customers, {len(edges):,} ties: {len(parts):,} communities, modularity {quality:.4f}, {took:.1f} s")


if __name__ == "__main__":
    main()

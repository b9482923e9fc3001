"""What became of mutants, and which of those that live are known to be equivalent to the program."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SEED = "maisui"
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
LEAST_KILLED = 0.9


@dataclass(frozen=True)
class Verdict:
    """A mutant by name, and by what it was killed; empty, it lives."""

    name: str
    killed_by: str


def drawn(names: Iterable[str], count: int) -> list[str]:
    """Return `count` of `names` by chance; a name that comes or goes moves no other one."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{SEED} {name}".encode()).hexdigest())[:count]


def equivalents(area: str) -> dict[str, str]:
    """Return the mutants of an area that no test can kill, and why."""
    return tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get(area, {})


@dataclass(frozen=True)
class Account:
    """The verdicts of one area, held against what is known of it."""

    area: str
    verdicts: tuple[Verdict, ...]

    @property
    def living(self) -> list[str]:
        """Return the mutants that live and have no reason to."""
        known = equivalents(self.area)
        return [verdict.name for verdict in self.verdicts if not verdict.killed_by and verdict.name not in known]

    @property
    def killed_after_all(self) -> list[str]:
        """Return the mutants that were called equivalent and are not."""
        known = equivalents(self.area)
        return [verdict.name for verdict in self.verdicts if verdict.killed_by and verdict.name in known]

    @property
    def share(self) -> float:
        """Return the share of killed mutants among those that are not equivalent."""
        killed = sum(1 for verdict in self.verdicts if verdict.killed_by)
        return killed / max(killed + len(self.living), 1)

    def __str__(self) -> str:
        """Return the account in one line, and each mutant that lives in one more."""
        killed = sum(1 for verdict in self.verdicts if verdict.killed_by)
        equivalent = len(self.verdicts) - killed - len(self.living)
        head = (
            f"{self.area}: {killed} of {len(self.verdicts)} killed, {equivalent} equivalent, {len(self.living)} living ({self.share:.1%})"
        )
        return "\n  ".join([head, *self.living])

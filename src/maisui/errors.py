"""Every error a user may meet: one tree, one exit code a class, three lines of text each.

    MaisuiError                  1
    ├── HomeError                10   the home folder or bank.toml
    ├── BusyError                11   another batch holds the lock
    ├── StorageError             12   disk space, damaged or missing parts
    ├── ContractError            20   delivered files or a source's contract
    ├── ReconciliationError      21   figures that must tie do not
    ├── IntegrationError         22   a step broke its grain or lost keys
    ├── QuestionError            23   a question that cannot be answered
    └── AccessError              30   not allowed

The text names tables, columns, files, line numbers, dates and counts, never a customer's values.
Anything else that is raised is a bug and shows its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence


class MaisuiError(Exception):
    """An anticipated situation: what happened, where, and what to do next."""

    exit_code = 1

    def __init__(self, what: str, *, where: str, next_step: str) -> None:
        """Keep the three lines; `where` and `next_step` are never empty."""
        super().__init__(what)
        self.what = what
        self.where = where
        self.next_step = next_step

    def __str__(self) -> str:
        """Return the three lines as they are printed."""
        return f"{self.what}\nwhere: {self.where}\nnext: {self.next_step}"

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild the error in another process with all three lines."""
        return (_rebuild, (type(self), self.what, self.where, self.next_step))


def _rebuild(kind: type[MaisuiError], what: str, where: str, next_step: str) -> MaisuiError:
    return kind(what, where=where, next_step=next_step)


class HomeError(MaisuiError):
    """The home folder is missing, not ours, or its bank.toml cannot be read."""

    exit_code = 10


class BusyError(MaisuiError):
    """Another batch is running on the same legal entity."""

    exit_code = 11


class StorageError(MaisuiError):
    """Not enough space, or a stored part is missing or damaged."""

    exit_code = 12


class ContractError(MaisuiError):
    """A delivered file, or a source's contract itself, is not as agreed."""

    exit_code = 20


class ReconciliationError(MaisuiError):
    """Figures that must tie do not; nothing was published."""

    exit_code = 21


class IntegrationError(MaisuiError):
    """A step broke the grain of its table, lost keys, or uses SQL that is not portable."""

    exit_code = 22


class QuestionError(MaisuiError):
    """A question names something unknown or asks what cannot be answered."""

    exit_code = 23


class AccessError(MaisuiError):
    """The asker may not see this."""

    exit_code = 30


def collect(kind: type[MaisuiError], violations: Sequence[str], *, where: str, next_step: str) -> None:
    """Raise one `kind` that lists all violations; do nothing when there are none.

    Raises:
        MaisuiError: of class `kind`, when `violations` is not empty.
    """
    if violations:
        listed = violations[0] if len(violations) == 1 else "\n".join(f"- {line}" for line in violations)
        raise kind(listed, where=where, next_step=next_step)

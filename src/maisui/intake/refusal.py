"""How a file is turned away: the reasons a whole delivery stops, as values and never as tracebacks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not be accepted; nothing of it is stored. `feed` is empty where its name alone was refused."""

    file_name: str
    what: str
    where: str
    next_step: str
    feed: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that will be looked at again: its companion has not come, or it is still being written.

    `data_name` is set for a control file: the data file it vouches for.
    """

    file_name: str
    what: str
    data_name: str = ""
    feed: str = ""


class FileRefusedError(Exception):
    """The file at hand stops here; caught where one file is read."""

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        """Keep the sentences; the file's name is added where it is caught."""
        super().__init__(what)
        self.what = what
        self.where = where
        self.next_step = next_step or "have the file delivered again, corrected"


class FileIncompleteError(Exception):
    """The file at hand is not complete yet; caught where one file is read."""

    def __init__(self, what: str) -> None:
        """Keep the reason."""
        super().__init__(what)
        self.what = what


def printable(name: str) -> str:
    """Return a file name safe to print: control characters and undecodable bytes escaped."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in name)

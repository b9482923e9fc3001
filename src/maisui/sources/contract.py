"""What a source system promises: its feeds, their files, columns and how strictly each is held to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class ColumnKind(StrEnum):
    """What a delivered column holds; decides the form it is held to and its typed value."""

    TEXT = "text"
    CODE = "code"
    ACCOUNT = "account"
    CARD = "card"
    DATE = "date"
    MONTH = "month"
    TIME = "time"
    AMOUNT = "amount"
    POSITIVE_AMOUNT = "amount+"
    RATE = "rate"
    INTEGER = "integer"
    CURRENCY = "currency"
    WORD = "word"
    CLOSED_WORD = "closed_word"
    ID_NUMBER = "id_number"
    CREDIT_CODE = "credit_code"
    CERTIFICATE = "certificate"


class Content(StrEnum):
    """Whether a file holds everything alive on its day or only what is new since the last one."""

    FULL = "full"
    INCREMENT = "increment"


class Drift(StrEnum):
    """What happens when a file brings columns the contract does not know."""

    EVOLVE = "evolve"
    FREEZE = "freeze"


@dataclass(frozen=True, slots=True)
class FeedColumn:
    """One delivered column.

    `kind` is the form it is held to; `format` the strptime format of a date; `words` the
    dictionary of a word column; `certificate_of` the column that says which certificate a
    CERTIFICATE column holds; `is_required` refuses an empty value (keys always do); `is_key` makes it
    part of the feed's key.
    """

    name: str
    kind: ColumnKind
    title: str
    is_required: bool = False
    is_key: bool = False
    format: str = ""
    words: tuple[str, ...] = ()
    certificate_of: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """The companion file that vouches for a delivery: its naming and whether a file waits for it.

    `suffix` replaces the data file's own suffix (`.log`), `is_required` makes a file without it wait.
    """

    suffix: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """One kind of file a source delivers, and the contract it is held to."""

    source: str
    code: str
    title_zh: str
    title_en: str
    file_pattern: str
    columns: tuple[FeedColumn, ...]
    key: tuple[str, ...]
    content: Content
    fixed_date: date | None = None
    encodings: tuple[str, ...] = ("utf-8",)
    delimiter: str = ","
    quote: str = '"'
    has_header: bool = True
    widths: tuple[int, ...] = ()
    width_unit: str = "bytes"
    date_format: str = "%Y%m%d"
    null_words: tuple[str, ...] = ()
    drift: Drift = Drift.FREEZE
    control: Control | None = None
    total_columns: tuple[str, ...] = ()
    total_currency: str = ""
    is_required: bool = False
    quarantine_limit: float = 0.05

    @property
    def view(self) -> str:
        """Return the name under which mapping SQL reads this feed."""
        return f"{self.source}_{self.code.lower()}"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Return the names of the contracted columns in delivered order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> FeedColumn:
        """Return the contracted column called `name`.

        Raises:
            KeyError: when the contract has none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.view}.{name}")

    def file_date(self, file_name: str) -> date | None:
        """Return the business date of `file_name`, or None when the name is not this feed's.

        The pattern knows `{date}` (YYYYMMDD), `{any}` (anything without a dash) and `{part}`
        (an optional `-1`, `-2` … where one delivery comes in several files). `.gz` may follow.
        """
        match = self._name_expression().fullmatch(file_name)
        if match is None:
            return None
        if self.fixed_date is not None:
            return self.fixed_date
        text = match["date"]
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        except ValueError:
            return None

    def _name_expression(self) -> re.Pattern[str]:
        pieces = re.split(r"(\{date\}|\{any\}|\{part\})", self.file_pattern)
        known = {"{date}": r"(?P<date>\d{8})", "{any}": r"[^-/\\\x00-\x1f]*", "{part}": r"(?:-\d{1,4})?"}
        return re.compile("".join(known.get(piece, re.escape(piece)) for piece in pieces) + r"(?:\.gz)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one canonical table comes out of a source's feeds: a SELECT in the portable dialect."""

    table: str
    query: str


@dataclass(frozen=True, slots=True)
class Source:
    """A system that delivers files: its feeds and the canonical tables it implements."""

    code: str
    title_zh: str
    title_en: str
    feeds: dict[str, Feed] = field(default_factory=dict[str, Feed])
    mappings: dict[str, Mapping] = field(default_factory=dict[str, Mapping])

    def feed_of(self, file_name: str) -> Feed | None:
        """Return the feed whose name pattern `file_name` meets, or None."""
        for feed in self.feeds.values():
            if feed.file_date(file_name) is not None:
                return feed
        return None

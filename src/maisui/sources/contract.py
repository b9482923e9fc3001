"""What a source system promises: its feeds, their files, columns and how strictly each is held to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from maisui.sources.file_names import PLACEHOLDER, exact_name, lenient_name


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

    @property
    def is_amount(self) -> bool:
        """Tell whether the column holds money."""
        return self in (ColumnKind.AMOUNT, ColumnKind.POSITIVE_AMOUNT)


class AmountMark(StrEnum):
    """What the amounts of a column may have besides the plain form, each one letter of the kind's argument (`amount:,-`)."""

    SEPARATORS = ","
    MINUS_BEHIND = "-"
    ZEROS = "0"


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

    `kind` is the form it is held to; `format` the strptime format of a date or the `AmountMark`s of an amount; `words` the
    dictionary of a word column; `certificate_of` the column that says which certificate a
    CERTIFICATE column holds; `is_required` refuses an empty value; `is_key` makes it part of the feed's key.
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
class FeedLayout:
    """The order of columns in another version of a published layout; columns the contract does not know are kept as they are."""

    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """One kind of file a source delivers, and the contract it is held to.

    `is_kept` marks a feed that no mapping reads: its files are stored as they came and used by nothing.
    `structure` is the pattern of the file beside a delivery that names its columns in their order.
    `without_zh` and `without_en` say which analyses are disabled while it is not delivered; `owner_zh` and `owner_en` name the
    department that answers for its rows.
    A lenient feed is a standard that every exporter writes a little differently: its code in file names may be one of
    `aliases` or its table `number`, its columns may come in the order of one of `layouts`, a header may spell them as
    `column_aliases` (other name, name) say, rates in `percent_rates` may be fractions where none is above
    `largest_fraction`. `other_files` are patterns an operator has confirmed to be this feed's.
    """

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
    empty_dates: tuple[str, ...] = ()
    drift: Drift = Drift.FREEZE
    control: Control | None = None
    total_columns: tuple[str, ...] = ()
    total_currency: str = ""
    is_required: bool = False
    quarantine_limit: float = 0.05
    is_kept: bool = False
    structure: str = ""
    without_zh: str = ""
    without_en: str = ""
    owner_zh: str = ""
    owner_en: str = ""
    is_lenient: bool = False
    number: str = ""
    aliases: tuple[str, ...] = ()
    other_files: tuple[str, ...] = ()
    layouts: tuple[FeedLayout, ...] = ()
    column_aliases: tuple[tuple[str, str], ...] = ()
    percent_rates: tuple[str, ...] = ()
    largest_fraction: str = "0.36"

    @property
    def view(self) -> str:
        """Return the name under which mapping SQL reads this feed."""
        return f"{self.source}_{self.code.lower()}"

    def nulls_of(self, column: FeedColumn) -> tuple[str, ...]:
        """Return the texts that mean nothing in `column`: dates have more of them."""
        is_dated = column.kind in (ColumnKind.DATE, ColumnKind.MONTH)
        return (*self.null_words, *(self.empty_dates if is_dated else ()))

    @property
    def accepts_workbook(self) -> bool:
        """Return whether an .xlsx may be delivered in place of the text file: csv with a header."""
        return self.has_header and not self.widths and self.file_pattern.lower().endswith(".csv")

    @property
    def _other_patterns(self) -> tuple[str, ...]:
        workbook = (self.file_pattern[: -len(".csv")] + ".xlsx",) if self.accepts_workbook else ()
        return (*self.other_files, *workbook)

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
        """Return the business date of `file_name`, or None when the name is not this feed's."""
        for expression in self._name_expressions():
            match = expression.fullmatch(file_name)
            if match is None:
                continue
            if self.fixed_date is not None:
                return self.fixed_date
            text = match["date"]
            try:
                return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
            except ValueError:
                return None
        return None

    def name_pieces(self) -> tuple[tuple[str, ...], ...]:
        """Return what this feed's file names hold, in lower case: all of one entry at least; the cheap test before `file_date`."""
        spellings = (self.code, self.number, *self.aliases) if self.is_lenient else ()
        patterns = (*self._other_patterns, *(() if self.is_lenient else (self.file_pattern,)))
        return (*((name.lower(),) for name in spellings if name), *(_literals(pattern) for pattern in patterns))

    def _name_expressions(self) -> tuple[re.Pattern[str], ...]:
        own = lenient_name(self.file_pattern, self.code, self.aliases, self.number) if self.is_lenient else exact_name(self.file_pattern)
        return (own, *(exact_name(pattern) for pattern in self._other_patterns))


def holds_one(lowered_name: str, name_pieces: tuple[tuple[str, ...], ...]) -> bool:
    """Return whether a file name in lower case holds all of one entry of `Feed.name_pieces`."""
    for pieces in name_pieces:  # a loop, not a generator: thousands of names meet a hundred feeds
        for piece in pieces:
            if piece not in lowered_name:
                break
        else:
            return True
    return False


def _literals(pattern: str) -> tuple[str, ...]:
    return tuple(piece.lower() for piece in PLACEHOLDER.split(pattern) if piece and not piece.startswith("{"))


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one canonical table comes out of a source's feeds: a SELECT in the portable dialect."""

    table: str
    query: str


@dataclass(frozen=True, slots=True)
class Source:
    """A system that delivers files: its feeds and the canonical tables it implements.

    `licences` are those of the bank whose files it takes; without any, those of what has been registered, else the first that comes.
    """

    code: str
    title_zh: str
    title_en: str
    feeds: dict[str, Feed] = field(default_factory=dict[str, Feed])
    mappings: dict[str, Mapping] = field(default_factory=dict[str, Mapping])
    licences: tuple[str, ...] = ()

    def feed_of(self, file_name: str) -> Feed | None:
        """Return the feed whose name pattern `file_name` meets, or None."""
        for feed in self.feeds.values():
            if feed.file_date(file_name) is not None:
                return feed
        return None

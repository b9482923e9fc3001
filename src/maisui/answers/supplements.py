"""Supplement feeds as people fill them in: their forms, what is wrong with a filled one, and how an approved one is delivered."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from maisui.answers.feed_use import metrics_on_feed, with_true_words
from maisui.answers.supplement_meaning import Known, faults_of_targets, notes_on_codes
from maisui.errors import QuestionError, StorageError
from maisui.intake.cells import check_cells
from maisui.intake.refusal import FileRefusedError
from maisui.intake.spreadsheet import CellFault, hold_to_form
from maisui.sources.contract import Feed, FeedColumn
from maisui.sources.feed_template import csv_template, form_of, titles_of, workbook_template
from maisui.sources.of_home import load_sources
from maisui.warehouse.durable import place_durably
from maisui.warehouse.home import Home
from maisui.warehouse.reader import Reader

SOURCE = "supplement"
UPLOAD_BYTES = 5 << 20
UPLOAD_ROWS = 20_000
SHOWN_ROWS = 10
SHOWN_FAULTS = 200
_ORGANISATION, _TARGET = "organisation_code", "target"
_FILLED_IN_ELSEWHERE = frozenset({"allocation_decision", "tier_decision"})
"""Feeds that a desk of its own writes, with its own second person: the form of supplements offers them to nobody."""
_OUT_OF_SIGHT = ("机构不在您可补录的范围内", "an organisation you may not deliver for")


@dataclass(frozen=True, slots=True)
class SupplementFeed:
    """One feed somebody can fill in: its titles, and which analyses are disabled without it."""

    code: str
    title_zh: str
    title_en: str
    without_zh: str
    without_en: str
    has_organisation: bool


@dataclass(frozen=True, slots=True)
class UploadFault:
    """A cell that does not pass: where it is, why, and what would."""

    row: int
    letter: str
    title_zh: str
    title_en: str
    what_zh: str
    what_en: str
    allowed_zh: str
    allowed_en: str


@dataclass(frozen=True, slots=True)
class CheckedUpload:
    """What a filled form holds: its first rows, every fault, and the organisations it speaks of."""

    row_count: int
    headings: tuple[tuple[str, str, str], ...]
    first_rows: tuple[tuple[int, tuple[str, ...]], ...]
    faults: tuple[UploadFault, ...]
    fault_count: int
    notes: tuple[UploadFault, ...]
    note_count: int
    organisations: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class UsedUpload:
    """How many rows of an upload a version loaded and kept back."""

    loaded: int
    quarantined: int


def used_uploads(reader: Reader) -> dict[str, UsedUpload]:
    """Return the uploads that a version used, by the name under which each was delivered; released lines count with their file."""
    rows = reader.rows(
        "SELECT file_name, CAST(sum(loaded_count) AS BIGINT), CAST(sum(quarantined_count) AS BIGINT) FROM delivery "
        "WHERE source_code = ? AND file_name LIKE 'upload%' GROUP BY file_name ORDER BY file_name",
        [SOURCE],
    )
    return {name: UsedUpload(loaded, quarantined) for name, loaded, quarantined in rows}


def check_workbook(content: bytes) -> None:
    """Refuse a workbook of other formats, with macros or links to other files, or that unpacks to far too much.

    Raises:
        QuestionError: when it is one; the text says which.
    """
    try:
        hold_to_form(content)
    except FileRefusedError as error:
        raise QuestionError(error.what, where="the workbook", next_step="correct the workbook and upload it again") from error


def supplement_feeds(home: Home) -> tuple[SupplementFeed, ...]:
    """Return the feeds of the supplement source in the order of their titles; none where the home does not read it."""
    feeds = sorted((feed for feed in _feeds(home).values() if feed.code not in _FILLED_IN_ELSEWHERE), key=lambda feed: feed.code)
    return tuple(SupplementFeed(f.code, f.title_zh, f.title_en, f.without_zh, f.without_en, _ORGANISATION in f.column_names) for f in feeds)


def moves_figures(home: Home, code: str) -> bool:
    """Return whether a metric rests on the feed `code`, so that another file of it may change figures."""
    source = next((source for source in load_sources(home) if source.code == SOURCE and code in source.feeds), None)
    return source is not None and bool(metrics_on_feed(source, code))


def supplement_template(home: Home, code: str, form: str) -> bytes:
    """Return the form of a feed, as `xlsx` or `csv`.

    Raises:
        QuestionError: when there is no such feed or form.
    """
    feed = _feed(home, code)
    if form not in ("xlsx", "csv"):
        raise QuestionError("there is no such form", where=code, next_step="choose xlsx or csv")
    return workbook_template(feed) if form == "xlsx" else csv_template(feed)


def check_supplement(
    home: Home, code: str, *, content: bytes, is_workbook: bool, allowed: Collection[str] | None, known: Known | None = None
) -> CheckedUpload:
    """Return what is wrong with a filled form; `allowed` are the organisations it may speak of, None for all.

    What names none of the codes `known` is noted, for it may be new; None before the first publication.

    Raises:
        QuestionError: when the file as a whole cannot be read as this feed.
    """
    feed = _feed(home, code)
    try:
        checked = check_cells(content, feed, is_workbook=is_workbook, most_rows=UPLOAD_ROWS)
    except FileRefusedError as refused:
        raise QuestionError(refused.what, where=refused.where or "the file", next_step="correct the file and upload it again") from None
    sheet = checked.sheet
    faults, notes = list(checked.faults), list(checked.notes)
    if feed.code == _TARGET:
        faults.extend(faults_of_targets(sheet))
    if known is not None:
        notes.extend(notes_on_codes(sheet, known))
    organisations: set[str] = set()
    if _ORGANISATION in feed.column_names:
        place = sheet.header.index(_ORGANISATION)
        for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
            organisations.add(cells[place])
            if allowed is not None and cells[place] not in allowed:
                faults.append(CellFault(number, sheet.letters[place], _ORGANISATION, *_OUT_OF_SIGHT))
    columns = {column.name: column for column in feed.columns}
    faults.sort(key=_place)
    return CheckedUpload(
        row_count=len(sheet.rows),
        headings=tuple(
            (letter, *(titles_of(columns[name]) if name in columns else (name, name)))
            for letter, name in zip(sheet.letters, sheet.header, strict=True)
        ),
        first_rows=tuple((number, tuple(cells)) for number, cells in zip(sheet.numbers[:SHOWN_ROWS], sheet.rows[:SHOWN_ROWS], strict=True)),
        faults=tuple(_shown(fault, columns) for fault in faults[:SHOWN_FAULTS]),
        fault_count=len(faults),
        notes=tuple(_shown(note, columns) for note in sorted(notes, key=_place)[:SHOWN_FAULTS]),
        note_count=len(notes),
        organisations=tuple(sorted(organisations)),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def supplement_file_name(home: Home, code: str, *, day: date, number: int, revision: int, suffix: str) -> str:
    """Return the name under which upload `number` is delivered; a file that replaces it is a later `revision` of its name."""
    who = f"upload{number:06d}" + (f"~{revision}" if revision > 1 else "")
    name = _feed(home, code).file_pattern.replace("{any}", who).replace("{part}", "").replace("{date}", f"{day:%Y%m%d}")
    return f"{name[: name.rfind('.')]}.{suffix}"


def deliver_supplement(home: Home, file_name: str, content: bytes) -> None:
    """Lay an approved file into the inbox, whole or not at all; a file that is there already is never overwritten.

    Raises:
        StorageError: when the inbox cannot be written, or another file has the name.
    """
    inbox = home.inbox / SOURCE
    target, aside = inbox / file_name, home.path / "inbox" / f".{file_name}.aside"
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        place_durably(aside, target, content)
    except OSError as error:
        raise StorageError(
            f"the approved file cannot be laid into the inbox: {error.strerror}",
            where=str(inbox),
            next_step="give the service the right to write there",
        ) from error


def _feeds(home: Home) -> dict[str, Feed]:
    return {
        feed.code: feed
        for source in load_sources(home)
        if source.code == SOURCE
        for feed in with_true_words(source).feeds.values()
        if feed.accepts_workbook
    }


def _feed(home: Home, code: str) -> Feed:
    found = _feeds(home).get(code)
    if found is None:
        raise QuestionError("there is no such feed", where="supplement", next_step="choose one of the list")
    return found


def feed_to_fill_in(home: Home, code: str) -> Feed:
    """Return a feed that a form of another desk is read as.

    Raises:
        QuestionError: when there is no such feed.
    """
    return _feed(home, code)


def shown_fault(fault: CellFault, feed: Feed) -> UploadFault:
    """Return a cell that does not pass as it is shown."""
    return _shown(fault, {column.name: column for column in feed.columns})


def _place(fault: CellFault) -> tuple[int, int, str]:
    return fault.row, len(fault.letter), fault.letter


def _shown(fault: CellFault, columns: dict[str, FeedColumn]) -> UploadFault:
    column = columns.get(fault.column)
    title_zh, title_en = titles_of(column) if column is not None else (fault.column, fault.column)
    allowed_zh, allowed_en = form_of(column) if column is not None else ("", "")
    if column is not None and column.words:
        allowed_zh = allowed_en = " ".join(word.replace("*", "…") for word in column.words)
    return UploadFault(fault.row, fault.letter, title_zh, title_en, fault.what_zh, fault.what_en, allowed_zh, allowed_en)

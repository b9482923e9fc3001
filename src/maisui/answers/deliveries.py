"""What the published version rests on: each feed's deliveries with their rows, and why lines were kept back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from maisui.answers.status import shrunken_feeds, unread_feeds
from maisui.errors import MaisuiError, QuestionError
from maisui.intake import Shrunken, quarantined_rows
from maisui.sources.of_home import load_sources
from maisui.warehouse.home import Home
from maisui.warehouse.reader import Reader

_SHOWN_LINES = 5
_COLUMNS = "source_file_id, source_code, feed_code, file_name, business_date, line_count, loaded_count, quarantined_count, duplicate_count"


@dataclass(frozen=True, slots=True)
class FeedState:
    """One feed: how much of it came, until when, and how its rows were accounted for; `is_used` where some mapping reads it.

    `shrunken` where its last full delivery holds far fewer rows than the one before.
    """

    source: str
    feed: str
    title_zh: str
    title_en: str
    files: int
    first_on: date
    last_on: date
    rows: int
    loaded: int
    quarantined: int
    duplicate: int
    is_used: bool = True
    shrunken: Shrunken | None = None

    @property
    def is_conserved(self) -> bool:
        """Return whether every row is loaded, quarantined or a duplicate."""
        return self.rows == self.loaded + self.quarantined + self.duplicate


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivered file and its rows."""

    file_id: str
    source: str
    feed: str
    file_name: str
    business_date: date
    rows: int
    loaded: int
    quarantined: int
    duplicate: int


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """One page of deliveries, newest first, and how many there are."""

    count: int
    rows: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class KeptBack:
    """Why lines of a file were kept back: the reason, how many, and the numbers of the first of them; never what they say."""

    reason: str
    count: int
    lines: tuple[int, ...]


def feed_states(reader: Reader, home: Home) -> tuple[FeedState, ...]:
    """Return every feed that the version used, by source and feed."""
    titles, unread, fewer = feed_titles(home), unread_feeds(home), _shrunken(reader, home)
    rows = reader.rows(
        "SELECT source_code, feed_code, count(*), min(business_date), max(business_date), CAST(sum(line_count) AS BIGINT), "
        "CAST(sum(loaded_count) AS BIGINT), CAST(sum(quarantined_count) AS BIGINT), CAST(sum(duplicate_count) AS BIGINT) "
        "FROM delivery GROUP BY ALL ORDER BY 1, 2"
    )
    return tuple(
        FeedState(
            *(row[0], row[1], *titles.get((row[0], row[1]), (row[1], row[1])), *row[2:]),
            is_used=(row[0], row[1]) not in unread,
            shrunken=fewer.get((row[0], row[1])),
        )
        for row in rows
    )


def _shrunken(reader: Reader, home: Home) -> dict[tuple[str, str], Shrunken]:
    rows = reader.rows("SELECT source_code, feed_code, business_date, loaded_count FROM delivery")
    return {(one.source, one.feed): one for one in shrunken_feeds(home, ((row[0], row[1], row[2], row[3]) for row in rows))}


def deliveries(reader: Reader, *, feed: str = "", only_quarantined: bool = False, page: int = 1, page_size: int = 50) -> DeliveryPage:
    """Return one page of the files that the version used, the newest first."""
    wanted = [
        *(["feed_code = ?"] if feed else []),
        *(["quarantined_count > 0"] if only_quarantined else []),
    ]
    where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
    values = [feed] if feed else []
    count = reader.rows(f"SELECT count(*) FROM delivery {where}", values)[0][0]
    rows = reader.rows(
        f"SELECT {_COLUMNS} FROM delivery {where} ORDER BY business_date DESC, feed_code, file_name, source_file_id LIMIT ? OFFSET ?",
        [*values, page_size, (page - 1) * page_size],
    )
    return DeliveryPage(count, tuple(Delivery(*row) for row in rows))


def kept_back(reader: Reader, home: Home, file_id: str) -> tuple[Delivery, tuple[KeptBack, ...]]:
    """Return one file that the version used and why lines of it were kept back, the most frequent reason first.

    Raises:
        QuestionError: when the version used no such file.
    """
    found = reader.rows(
        f"SELECT {_COLUMNS} FROM delivery WHERE source_file_id = ?",
        [file_id],
    )
    if not found:
        raise QuestionError("there is no such delivery", where="deliveries", next_step="choose one from the list of deliveries")
    lines: dict[str, list[int]] = {}
    for row in quarantined_rows(raw=home.raw, file_id=file_id):
        lines.setdefault(row.reason, []).append(row.line)
    counts = Counter({reason: len(numbers) for reason, numbers in lines.items()})
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Delivery(*found[0]), tuple(KeptBack(reason, count, tuple(lines[reason][:_SHOWN_LINES])) for reason, count in ordered)


def feed_titles(home: Home) -> dict[tuple[str, str], tuple[str, str]]:
    """Return each feed's titles by source and feed; a source that has since become faulty or gone leaves its feeds their codes."""
    try:
        sources = load_sources(home)
    except MaisuiError:
        return {}
    return {(source.code, code): (feed.title_zh, feed.title_en) for source in sources for code, feed in source.feeds.items()}


def feed_owners(home: Home) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the department that answers for each feed, by source and feed; feeds whose contract names none are left out."""
    try:
        sources = load_sources(home)
    except MaisuiError:
        return {}
    return {
        (source.code, code): (feed.owner_zh, feed.owner_en or feed.owner_zh)
        for source in sources
        for code, feed in source.feeds.items()
        if feed.owner_zh
    }

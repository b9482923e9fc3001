"""Which delivered row says something of a customer: the feed, the file and the line, so that its source can correct it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maisui.answers.deliveries import feed_titles
from maisui.errors import MaisuiError
from maisui.intake import line_of
from maisui.sources.of_home import load_sources
from maisui.warehouse.home import Home
from maisui.warehouse.reader import Reader


class RowKind(StrEnum):
    """What a delivered row says of a customer; each is a delivered table."""

    WHO_HE_IS = "customer_snapshot"
    PHONE = "customer_identity_snapshot"
    VILLAGE = "village_roster_snapshot"
    MANAGER = "manager_assignment"
    ACCOUNT = "account_snapshot"


@dataclass(frozen=True, slots=True)
class DeliveredRow:
    """One delivered row: what it says, whose file it stands in and where."""

    kind: RowKind
    source: str
    feed: str
    title_zh: str
    title_en: str
    file_id: str
    file_name: str
    business_date: date
    line: int


_OWN_ROWS: dict[RowKind, str] = {
    RowKind.PHONE: "customer_number = ? ORDER BY reported_on DESC",
    RowKind.VILLAGE: "customer_number = ? ORDER BY reported_on DESC",
    RowKind.MANAGER: "object_kind = 'customer' AND object_number = ? ORDER BY valid_from DESC",
    RowKind.ACCOUNT: "customer_number = ? ORDER BY reported_on DESC",
}
"""How the newest row of a customer is found in tables that readers of a version see."""
_FILE = "d.source_code, d.feed_code, d.source_file_id, d.file_name, d.business_date"


def delivered_row(reader: Reader, home: Home, customer_number: str, kind: RowKind) -> DeliveredRow | None:
    """Return the newest delivered row of that kind of a customer.

    Where no such row was delivered for him, the row that says who he is stands for it, then one of his accounts; None
    when nothing of him was delivered.
    """
    for tried in dict.fromkeys((kind, RowKind.WHO_HE_IS, RowKind.ACCOUNT)):
        found = _snapshot_row(reader, home, customer_number) if tried is RowKind.WHO_HE_IS else _own_row(reader, customer_number, tried)
        if found is not None:
            source, feed, file_id, file_name, day, line = found
            titles = feed_titles(home).get((source, feed), (feed, feed))
            return DeliveredRow(tried, source, feed, *titles, file_id, file_name, day, line)
    return None


def _own_row(reader: Reader, customer_number: str, kind: RowKind) -> tuple[str, str, str, str, date, int] | None:
    rows = reader.rows(
        f"SELECT {_FILE}, n.source_line FROM ("
        f"SELECT source_file_id, source_line FROM {kind} WHERE {_OWN_ROWS[kind]}, source_file_id DESC, source_line LIMIT 1"
        ") AS n INNER JOIN delivery AS d ON d.source_file_id = n.source_file_id",
        [customer_number],
    )
    return rows[0] if rows else None


def _snapshot_row(reader: Reader, home: Home, customer_number: str) -> tuple[str, str, str, str, date, int] | None:
    """Return the customer's newest row of `customer_snapshot`, which is not published: it is looked up in the raw layer."""
    columns = _number_columns(reader, home)
    files = reader.rows(
        f"SELECT {_FILE} FROM customer AS c INNER JOIN delivery AS d ON d.business_date = c.last_reported_on "
        "WHERE c.customer_number = ? ORDER BY d.source_file_id DESC",
        [customer_number],
    )
    for source, feed, file_id, file_name, day in files:
        column = columns.get((source, feed))
        line = line_of(raw=home.raw, file_id=file_id, column=column, value=customer_number) if column else None
        if line is not None:
            return source, feed, file_id, file_name, day, line
    return None


def _number_columns(reader: Reader, home: Home) -> dict[tuple[str, str], str]:
    """Return the delivered column with the customer's number, by source and feed, of the feeds that say who customers are."""
    try:
        feeds = {feed.view: (source.code, code) for source in load_sources(home) for code, feed in source.feeds.items()}
    except MaisuiError:
        return {}
    places = [place.partition(".") for place in reader.manifest.lineage.get(RowKind.WHO_HE_IS, {}).get("customer_number", [])]
    return {feeds[view]: column for view, _, column in places if view in feeds}

"""What a registration says of itself: one receipt a file, and the law that its lines add up."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from maisui.errors import StorageError

FILE_ID_LENGTH = 16
KEPT = "kept_not_used"
RATES_AS_FRACTION = "rates_as_fraction"
_REVISION = re.compile(r"~(\d{1,4})(?=[-_.])")


class ReceiptKind(StrEnum):
    """Why a registration exists: a file came, came again, or one quarantined line was released."""

    DELIVERY = "delivery"
    DUPLICATE = "duplicate"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something odd in an accepted file: its code, the column it concerns, how often, and a sentence."""

    code: str
    column: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One registration.

    Every physical data line (the header excluded) is loaded, quarantined or a duplicate; a receipt
    whose counts do not add up cannot be made. `sha256` and `byte_count` are those of the content
    (of a `.gz`, what it unpacks to); `size`, `mtime_ns` and `ctime_ns` those of the inbox file.
    `columns` are the delivered columns in the file's own order, `surplus` the empty fields behind them
    that every line carries. `layout` names the version whose order of columns the file follows, empty for the contract's;
    `filled` is set where lines end after so many of them. `release` is empty unless the kind
    is RELEASE: then it holds `of`, `line`, `reason`, `operator` and `at`. `superseded` is not
    stored: it is true when a later correction of the same file is registered.
    """

    file_id: str
    source: str
    feed: str
    file_name: str
    sha256: str
    byte_count: int
    business_date: date
    encoding: str
    line_count: int
    loaded: int
    quarantined: int
    duplicate: int
    first_line: int
    last_line: int
    kind: ReceiptKind = ReceiptKind.DELIVERY
    supersedes: str | None = None
    superseded: bool = False
    received_sequence: int = 0
    warnings: tuple[Notice, ...] = ()
    control: Mapping[str, Any] = field(default_factory=dict[str, Any])
    totals: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, dict[str, str]])
    columns: tuple[str, ...] = ()
    surplus: int = 0
    layout: str = ""
    filled: int = 0
    release: Mapping[str, str] = field(default_factory=dict[str, str])
    size: int = 0
    mtime_ns: int = 0
    ctime_ns: int = 0

    @property
    def is_kept(self) -> bool:
        """Return whether the file was stored as it came because nothing read its feed: its values were not checked."""
        return any(notice.code == KEPT for notice in self.warnings)

    def columns_noticed(self, code: str) -> tuple[str, ...]:
        """Return the columns for which the file has a notice with this code."""
        return tuple(notice.column for notice in self.warnings if notice.code == code)

    def __post_init__(self) -> None:
        """Refuse counts that lose or invent a line.

        Raises:
            ValueError: when the lines do not add up.
        """
        if self.line_count != self.loaded + self.quarantined + self.duplicate:
            raise ValueError(
                f"{self.file_name}: {self.line_count} lines are not {self.loaded} loaded"
                f" + {self.quarantined} quarantined + {self.duplicate} duplicate"
            )

    def to_json(self) -> str:
        """Return the stored form: one line with sorted keys, without what is computed."""
        stored: dict[str, Any] = {column.name: getattr(self, column.name) for column in fields(self) if column.name != "superseded"}
        stored["business_date"] = self.business_date.isoformat()
        stored["warnings"] = [asdict(notice) for notice in self.warnings]
        return json.dumps(stored, ensure_ascii=False, sort_keys=True) + "\n"


def receipt_from_json(text: str, *, where: str) -> Receipt:
    """Return the receipt stored as `text`; `where` names the file for the error.

    Raises:
        StorageError: when it is damaged.
    """
    try:
        stored = json.loads(text)
        stored["business_date"] = date.fromisoformat(stored["business_date"])
        stored["kind"] = ReceiptKind(stored["kind"])
        stored["warnings"] = tuple(Notice(**notice) for notice in stored["warnings"])
        stored["columns"] = tuple(stored["columns"])
        return Receipt(**stored)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise StorageError(
            "a receipt of the raw layer is damaged", where=where, next_step="restore the raw layer from the backup"
        ) from None


def file_identity(*parts: str) -> str:
    """Return the id of a registration: the first 16 hex digits of the SHA-256 of its parts.

    A delivery is source/feed/date/content hash; a duplicate adds its file name, a release its line.
    """
    return hashlib.sha256("/".join(parts).encode()).hexdigest()[:FILE_ID_LENGTH]


def base_name(file_name: str) -> str:
    """Return the name of a file whether it is packed or not."""
    return file_name[:-3] if file_name.lower().endswith(".gz") else file_name


def corrected_name(file_name: str) -> tuple[str, int]:
    """Return the name under which a correction is recognised, and which revision of it a file is.

    `.gz` does not count, a workbook stands for the csv of its name, and `~2` names a second revision that lies beside the first.
    """
    plain = base_name(file_name)
    if plain.lower().endswith(".xlsx"):
        plain = plain[: -len(".xlsx")] + ".csv"
    found = _REVISION.search(plain)
    return _REVISION.sub("", plain, count=1), int(found[1]) if found else 1


def places_of_arrival(receipts: Sequence[Receipt]) -> dict[str, int]:
    """Return, for the files of one feed that share a business date with others, which came first: a higher place is later.

    A line that was released belongs to its file. What arrives together is registered by name, so that it does not
    matter in which order files are laid into the inbox; what is registered later was delivered later, for good.
    """
    sequence = {receipt.file_id: receipt.received_sequence for receipt in receipts}
    days = Counter(receipt.business_date for receipt in receipts)
    shared = [receipt for receipt in receipts if days[receipt.business_date] > 1]
    arrived = {r.file_id: sequence.get(r.release.get("of", ""), r.received_sequence) for r in shared}
    places = {number: place for place, number in enumerate(sorted(set(arrived.values())), start=1)}
    return {file_id: places[number] for file_id, number in sorted(arrived.items())}


def mark_superseded(receipts: list[Receipt]) -> tuple[Receipt, ...]:
    """Return the receipts in order of arrival, those a correction replaced (and their releases) marked."""
    replaced = {receipt.supersedes for receipt in receipts if receipt.supersedes}
    ordered = sorted(receipts, key=lambda receipt: (receipt.received_sequence, receipt.file_id))
    return tuple(replace(receipt, superseded=receipt.file_id in replaced or receipt.release.get("of") in replaced) for receipt in ordered)

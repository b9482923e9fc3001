"""What becomes of one inbox file: rows in a building folder, a refusal, or patience; run in any process."""

from __future__ import annotations

import hashlib
import io
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from maisui.intake.blocks import BLOCK_BYTES, Content
from maisui.intake.control import Declared, hold_to_name_and_size, read_control
from maisui.intake.held_controls import Seen
from maisui.intake.quarantine import QUARANTINE_FILE
from maisui.intake.reading import Delivered, Reading, Settled, read_content
from maisui.intake.receipt import KEPT, Notice, Receipt, file_identity
from maisui.intake.refusal import FileIncompleteError, FileRefusedError, Refusal, Waiting, printable
from maisui.intake.registration import storage
from maisui.intake.rows import ROWS_FILE
from maisui.intake.spreadsheet import text_of_workbook
from maisui.intake.structure import structure_header
from maisui.sources.contract import Feed
from maisui.warehouse.durable import sync_file

_KEPT_NOTICE = Notice(KEPT, "", 0, "kept, not used: nothing reads this feed; only its columns and dates were checked")


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read, in plain values that cross to another process.

    `known` are the content hashes already registered for the same feed and date; the file is
    hashed before it is read when `may_be_known`.
    """

    path: Path
    file_name: str
    feed_code: str
    business_date: date
    control: Path | None
    control_seen: Seen | None
    size: int
    mtime_ns: int
    ctime_ns: int
    folder: Path
    known: frozenset[str] = frozenset()
    may_be_known: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one job: exactly one of the fields is set."""

    receipt: Receipt | None = None
    refusal: Refusal | None = None
    waiting: Waiting | None = None
    known: str | None = None


def read_delivery(job: Job, feed: Feed) -> Outcome:
    """Read one inbox file into `job.folder`; a bad file is an outcome, never an exception.

    Raises:
        StorageError: when our own disk fails.
    """
    name = printable(job.file_name)
    try:
        return _read(job, feed)
    except FileIncompleteError as waits:
        outcome = Outcome(waiting=Waiting(name, waits.what, feed=feed.code))
    except FileRefusedError as refused:
        outcome = Outcome(refusal=Refusal(name, refused.what, refused.where or "the whole file", refused.next_step, feed.code))
    except FileNotFoundError:
        outcome = Outcome(waiting=Waiting(name, "the file was taken away while it was read", feed=feed.code))
    except PermissionError:
        told = Refusal(name, "the file may not be read", "inbox", "give the service the right to read the inbox", feed.code)
        outcome = Outcome(refusal=told)
    with storage(job.folder):
        shutil.rmtree(job.folder, ignore_errors=True)
    return outcome


def _read(job: Job, feed: Feed) -> Outcome:
    is_packed = job.file_name.lower().endswith(".gz")
    declared = _declared(job, feed, is_packed)
    if job.may_be_known:
        sha256 = content_hash(job.path)
        if sha256 in job.known:
            return Outcome(known=sha256)
    as_delivered = _file_hash(job.path) if is_packed and declared is not None and declared.sha256 is not None else ""
    with storage(job.folder):
        job.folder.mkdir(parents=True)
    delivered = Delivered(lambda: job.path.open("rb"), is_packed, job.size, feed, declared, as_delivered)
    if job.file_name.lower().endswith(".xlsx"):
        text = text_of_workbook(job.path, feed)
        delivered = Delivered(lambda: io.BytesIO(text), is_packed=False, size=len(text), feed=feed, declared=declared)
    header = structure_header(job.path, feed, job.business_date)
    reading = read_content(delivered, job.folder, Settled(header=header))
    _hold_still(job)
    if declared is not None and is_packed:
        hold_to_name_and_size(declared, job.file_name, (job.size, reading.byte_count))
    with storage(job.folder):
        sync_file(job.folder / ROWS_FILE)
        sync_file(job.folder / QUARANTINE_FILE)
    return Outcome(receipt=_receipt(job, feed, reading, declared))


def _declared(job: Job, feed: Feed, is_packed: bool) -> Declared | None:
    if job.control is None:
        if feed.control is not None and feed.control.is_required:
            raise FileIncompleteError("its control file has not come")
        return None
    declared = read_control(job.control, feed)
    if not is_packed:
        hold_to_name_and_size(declared, job.file_name, (job.size,))
    return declared


def _hold_still(job: Job) -> None:
    """Give the file back when it changed while it was read."""
    status = job.path.lstat()
    if (status.st_size, status.st_mtime_ns) != (job.size, job.mtime_ns):
        raise FileIncompleteError("the file changed while it was read")


def content_hash(path: Path) -> str:
    """Return the hash of a file's unpacked content, or nothing for a file that cannot be unpacked or read."""
    try:
        with path.open("rb") as stream:
            content = Content(stream, is_packed=path.name.lower().endswith(".gz"), packed_size=path.stat().st_size)
            while content.read(BLOCK_BYTES):
                pass
            return content.sha256
    except (OSError, FileRefusedError):
        return ""


def _file_hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _receipt(job: Job, feed: Feed, reading: Reading, declared: Declared | None) -> Receipt:
    return Receipt(
        file_id=file_identity(feed.source, feed.code, job.business_date.isoformat(), reading.sha256, *([KEPT] if feed.is_kept else [])),
        source=feed.source,
        feed=feed.code,
        file_name=job.file_name,
        sha256=reading.sha256,
        byte_count=reading.byte_count,
        business_date=job.business_date,
        encoding=reading.encoding,
        line_count=reading.line_count,
        loaded=reading.loaded,
        quarantined=reading.quarantined,
        duplicate=reading.duplicate,
        first_line=reading.first_line,
        last_line=reading.last_line,
        warnings=(*reading.notices, *([_KEPT_NOTICE] if feed.is_kept else [])),
        control=declared.as_stored() if declared is not None else {},
        totals=reading.totals,
        columns=reading.columns,
        surplus=reading.surplus,
        layout=reading.version.name,
        filled=reading.version.filled,
        size=job.size,
        mtime_ns=job.mtime_ns,
        ctime_ns=job.ctime_ns,
    )

"""How a morning's inbox is taken in: in one total order, in parallel, each file wholly or not at all."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import connection
from pathlib import Path

from maisui.errors import StorageError
from maisui.intake.control import is_still_kept
from maisui.intake.delivery import Job, Outcome, content_hash, read_delivery
from maisui.intake.held_controls import HeldControls, Seen, seen
from maisui.intake.licences import turn_away
from maisui.intake.quarantine import QUARANTINE_FILE, Quarantine
from maisui.intake.receipt import Notice, Receipt, ReceiptKind, base_name, corrected_name, file_identity, mark_superseded
from maisui.intake.refusal import Refusal, Waiting
from maisui.intake.registration import Registrar, building_area, folder_of, receipts, storage
from maisui.intake.rows import ROWS_FILE, RowStore
from maisui.intake.scan import Arrival, scan_inbox
from maisui.sources.contract import Feed, Source
from maisui.warehouse.durable import sync_file

Progress = Callable[[str, int, int], None]
_WORTH_A_POOL_BYTES = 8 << 20
_WORTH_A_POOL_FILES = 100
_AHEAD = 32


@dataclass(frozen=True, slots=True)
class Intake:
    """What a look into the inbox brought.

    `receipts` are all registrations of the source up to the date, `registered` the ids of those this
    call made; `later` counts files dated after it.
    """

    receipts: tuple[Receipt, ...]
    registered: tuple[str, ...]
    refused: tuple[Refusal, ...]
    waiting: tuple[Waiting, ...]
    unrecognised: tuple[str, ...]
    later: int


def receive(*, source: Source, inbox: Path, raw: Path, until: date, workers: int = 2, progress: Progress | None = None) -> Intake:
    """Register every file in `inbox` that belongs to a feed of `source`, is dated up to `until` and is not registered yet.

    A file that cannot be accepted is listed in `refused` and leaves nothing behind; the others go on.
    `progress` is called with file name, number done and number to do.

    Raises:
        StorageError: when our own disk is full or damaged, or a worker process was killed.
    """
    area = building_area(raw, source.code)
    found = scan_inbox(source=source, inbox=inbox, until=until)
    book = _Book(raw=raw, source=source.code, area=area, receipts=list(receipts(raw=raw, source=source.code)), feeds=source.feeds)
    ours, foreign = turn_away(source, book.receipts, found.arrivals)
    arrivals = _in_order([arrival for arrival in ours if not book.recognises(arrival)])
    jobs = [book.job(arrival, number) for number, arrival in enumerate(arrivals)]
    with book.registrar:
        for done, (job, outcome) in enumerate(_outcomes(jobs, source, workers), start=1):
            book.settle(job, source.feeds[job.feed_code], outcome)
            if progress is not None:
                progress(job.file_name, done, len(jobs))
    book.held.save()
    found.refused.extend([*foreign, *book.refused])
    registered_names = {base_name(receipt.file_name) for receipt in book.receipts}
    waiting = [*book.waiting, *(w for w in found.waiting if w.data_name not in registered_names)]
    return Intake(
        receipts=mark_superseded([receipt for receipt in book.receipts if receipt.business_date <= until]),
        registered=tuple(book.registered),
        refused=tuple(found.refused),
        waiting=tuple(waiting),
        unrecognised=tuple(found.unrecognised),
        later=found.later,
    )


class _Book:
    """The registrations of one source while files are added to it; only the calling process writes here.

    A file that was kept while nothing read its feed is read again once something does: its values were never checked.
    """

    def __init__(self, *, raw: Path, source: str, area: Path, receipts: list[Receipt], feeds: Mapping[str, Feed]) -> None:
        self.raw = raw
        self.area = area
        self.registrar = Registrar(raw)
        self.held = HeldControls(raw, source)
        self.receipts = receipts
        self.registered: list[str] = []
        self.refused: list[Refusal] = []
        self.waiting: list[Waiting] = []
        self._outgrown = {r.file_id for r in receipts if r.is_kept and r.feed in feeds and not feeds[r.feed].is_kept}
        self._unchanged = {_lies(r): r for r in receipts if r.kind is not ReceiptKind.RELEASE and r.file_id not in self._outgrown}
        self._contents: dict[tuple[str, date], dict[str, Receipt]] = {}
        self._names: dict[tuple[str, date, str], Receipt] = {}
        self._sequence = max((receipt.received_sequence for receipt in receipts), default=0)
        for receipt in sorted(receipts, key=lambda receipt: receipt.received_sequence):
            self._remember(receipt)

    def recognises(self, arrival: Arrival) -> bool:
        """Tell whether this very file, untouched, is registered already and keeps its control file's word: nothing is hashed for it."""
        registered = self._registered(arrival)
        return registered is not None and self._is_kept(arrival, registered)

    def _registered(self, arrival: Arrival) -> Receipt | None:
        return self._unchanged.get(_lies(arrival))

    def _is_kept(self, arrival: Arrival, registered: Receipt) -> bool:
        """Tell whether a control file, changed or new since the registration, still says what was registered."""
        if arrival.control is None or registered.kind is not ReceiptKind.DELIVERY:
            return True
        control = seen(arrival.control)
        if self.held.agree(_lies(arrival), control):
            return True
        is_kept = is_still_kept(arrival.control, arrival.feed, registered)
        if is_kept:
            self.held.note(_lies(arrival), control)
        return is_kept

    def job(self, arrival: Arrival, number: int) -> Job:
        known = self._contents.get((arrival.feed.code, arrival.business_date), {})
        is_packed = arrival.file_name.lower().endswith(".gz")
        return Job(
            path=arrival.path,
            file_name=arrival.file_name,
            feed_code=arrival.feed.code,
            business_date=arrival.business_date,
            control=arrival.control,
            control_seen=seen(arrival.control),
            size=arrival.size,
            mtime_ns=arrival.mtime_ns,
            ctime_ns=arrival.ctime_ns,
            folder=self.area / f"{os.getpid()}-{number:06d}",
            known=frozenset(known),
            may_be_known=self._registered(arrival) is None
            and any(is_packed or receipt.byte_count == arrival.size for receipt in known.values()),
        )

    def settle(self, job: Job, feed: Feed, outcome: Outcome) -> None:
        """Register what was read, in the order of the jobs."""
        if outcome.refusal is not None:
            self.refused.append(outcome.refusal)
        elif outcome.waiting is not None:
            self.waiting.append(outcome.waiting)
        else:
            if outcome.receipt is not None:
                self.held.note(_lies(job), job.control_seen)
            contents = self._contents.get((job.feed_code, job.business_date), {})
            sha256 = outcome.receipt.sha256 if outcome.receipt is not None else outcome.known or ""
            if outcome.receipt is not None and sha256 not in contents:
                self._register(job.folder, outcome.receipt)
            else:
                self._register_again(job, feed, contents[sha256])

    def _register_again(self, job: Job, feed: Feed, known: Receipt) -> None:
        """Register known bytes: under another name as a duplicate, after a correction as what counts again.

        The same name with the content that counts already is simply recognised.
        """
        name, revision = corrected_name(job.file_name)
        in_force = self._names.get((feed.code, job.business_date, name))
        is_replaced = in_force is not None and in_force.kind is ReceiptKind.DELIVERY and in_force.sha256 != known.sha256
        if is_replaced and in_force is not None and revision >= corrected_name(in_force.file_name)[1]:
            self._restore(job, feed, known)
            return
        day = job.business_date.isoformat()
        file_id = file_identity(feed.source, feed.code, day, known.sha256, "duplicate", job.file_name)
        if is_replaced or known.file_name == job.file_name or any(r.file_id == file_id for r in self.receipts):
            shutil.rmtree(job.folder, ignore_errors=True)
            return
        with storage(job.folder):
            job.folder.mkdir(parents=True, exist_ok=True)
        rows = RowStore(job.folder / ROWS_FILE, feed, ())
        with storage(job.folder):
            rows.finish_empty()
            Quarantine().write(job.folder / QUARANTINE_FILE)
            sync_file(job.folder / ROWS_FILE)
            sync_file(job.folder / QUARANTINE_FILE)
        receipt = replace(
            _seen_as(known, job, file_id),
            kind=ReceiptKind.DUPLICATE,
            loaded=0,
            quarantined=0,
            duplicate=known.line_count,
            warnings=(),
            control={},
            totals={},
        )
        self._register(job.folder, receipt)

    def _restore(self, job: Job, feed: Feed, known: Receipt) -> None:
        """Let an earlier content count again: the sender took his correction back."""
        self.registrar.wait_for(feed.code, job.business_date)
        with storage(job.folder):
            job.folder.mkdir(parents=True, exist_ok=True)
            for name in (ROWS_FILE, QUARANTINE_FILE):
                shutil.copyfile(folder_of(self.raw, known) / name, job.folder / name)
                sync_file(job.folder / name)
        day, times = job.business_date.isoformat(), str(self._sequence + 1)
        file_id = file_identity(feed.source, feed.code, day, known.sha256, "again", times)
        notice = Notice("correction_taken_back", "", known.line_count, "an earlier content came again and counts once more")
        self._register(job.folder, replace(_seen_as(known, job, file_id), warnings=(*known.warnings, notice)))

    def _register(self, built: Path, receipt: Receipt) -> None:
        self._sequence += 1
        before = self._names.get((receipt.feed, receipt.business_date, corrected_name(receipt.file_name)[0]))
        supersedes = before.file_id if before is not None and receipt.kind is ReceiptKind.DELIVERY else None
        numbered = replace(receipt, received_sequence=self._sequence, supersedes=supersedes)
        self.registrar.publish(built=built, receipt=numbered)
        self.receipts.append(numbered)
        self.registered.append(numbered.file_id)
        self._remember(numbered)

    def _remember(self, receipt: Receipt) -> None:
        if receipt.kind is ReceiptKind.RELEASE:
            return
        name = (receipt.feed, receipt.business_date, corrected_name(receipt.file_name)[0])
        if receipt.kind is ReceiptKind.DELIVERY:
            if receipt.file_id not in self._outgrown:
                self._contents.setdefault(name[:2], {})[receipt.sha256] = receipt
            self._names[name] = receipt
        else:
            self._names.setdefault(name, receipt)


def _lies(file: Arrival | Job | Receipt) -> Seen:
    """Return the inbox file as it lies, or lay, there."""
    return file.file_name, file.size, file.mtime_ns, file.ctime_ns


def _seen_as(known: Receipt, job: Job, file_id: str) -> Receipt:
    """Return the receipt of known content as it lies in the inbox now."""
    return replace(
        known,
        file_id=file_id,
        file_name=job.file_name,
        supersedes=None,
        superseded=False,
        size=job.size,
        mtime_ns=job.mtime_ns,
        ctime_ns=job.ctime_ns,
    )


def _in_order(arrivals: list[Arrival]) -> list[Arrival]:
    """Return files by business date, name, revision and content; only files of one name have to be hashed for that."""
    named = Counter((arrival.business_date, arrival.file_name) for arrival in arrivals)

    def place(arrival: Arrival) -> tuple[date, str, int, str, str]:
        is_repeated = named[arrival.business_date, arrival.file_name] > 1
        content = content_hash(arrival.path) if is_repeated else ""
        return (arrival.business_date, *corrected_name(arrival.file_name), arrival.file_name, content)

    return sorted(arrivals, key=place)


def _outcomes(jobs: list[Job], source: Source, workers: int) -> Iterator[tuple[Job, Outcome]]:
    """Yield the outcome of each job in the order of the jobs, whichever process is done first."""
    is_worth_it = len(jobs) > 1 and (sum(job.size for job in jobs) > _WORTH_A_POOL_BYTES or len(jobs) > _WORTH_A_POOL_FILES)
    if workers <= 1 or not is_worth_it:
        for job in jobs:
            yield job, read_delivery(job, source.feeds[job.feed_code])
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=workers, mp_context=context, initializer=_begin, initargs=(source,)) as pool:
        try:
            running: list[tuple[Job, Future[Outcome]]] = [(job, pool.submit(_work, job)) for job in jobs[:_AHEAD]]
            todo = iter(jobs[_AHEAD:])
            while running:
                job, future = running.pop(0)
                outcome = future.result()
                following = next(todo, None)
                if following is not None:
                    running.append((following, pool.submit(_work, following)))
                yield job, outcome
        except BrokenProcessPool:
            raise StorageError(
                "a process reading files was killed, most likely for want of memory",
                where="intake",
                next_step="free memory and run again; what was registered stays",
            ) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_source: Source | None = None


def _begin(source: Source) -> None:
    """Give a worker process its contract once, not with every file, and let it end when the caller is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    global _source  # noqa: PLW0603 - the pool's initializer has no other way to hand over
    _source = source


def _end_with(parent_sentinel: int) -> None:
    """End this process when its parent is gone: workers hold each other's pipes open and would wait for ever."""
    connection.wait([parent_sentinel])
    os._exit(1)


def _work(job: Job) -> Outcome:
    if _source is None:
        raise AssertionError("the worker was not begun")
    return read_delivery(job, _source.feeds[job.feed_code])

"""Proving the chain: the first record that is not as it was written, and a tail that was cut."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from maisui.web.audit.chain import FIRST_HASH, SEALED, seal
from maisui.web.audit.heads import Head, all_heads
from maisui.web.audit.models import AuditRecord

PURGED = "audit_purged"
_PATIENCE_SECONDS = 0.3


@dataclass(frozen=True)
class Verification:
    """What the check of the chain found.

    Attributes:
        count: how many records were read.
        first: number of the first record kept, None when there is none.
        last: number of the last record read, None when there is none.
        bad_sequence: number of the first bad record, None when all are good.
        finding: what is wrong, in one line; empty when nothing is.
        heads: how many signed heads were compared.
    """

    count: int
    first: int | None
    last: int | None
    bad_sequence: int | None
    finding: str
    heads: int

    @property
    def is_good(self) -> bool:
        """Whether chain and heads are as they were written."""
        return not self.finding


def verify() -> Verification:
    """Read the whole chain and compare it with the signed heads.

    A head is written a moment after its record: when records follow the last head, the heads are read once more.
    """
    found = _verify()
    if found.finding.startswith("records after"):
        time.sleep(_PATIENCE_SECONDS)
        found = _verify()
    return found


def _verify() -> Verification:
    heads = all_heads()  # before the records: a head written meanwhile would seem to lack its record
    walk = _Walk(heads)
    for row in AuditRecord.objects.order_by("sequence").values(*SEALED, "hash").iterator(chunk_size=5000):
        if not walk.take(row):
            break
    if not walk.finding:
        walk.check_start()
    if not walk.finding:
        walk.check_heads()
    return Verification(count=walk.count, first=walk.first, last=walk.last, bad_sequence=walk.bad, finding=walk.finding, heads=len(heads))


class _Walk:
    """The walk along the chain: what must come next, and the first thing that did not."""

    def __init__(self, heads: list[Head]) -> None:
        self._heads = heads
        self._signed_sequences = {head.sequence for head in heads}
        self.count = 0
        self.first: int | None = None
        self.last: int | None = None
        self.bad: int | None = None
        self.finding = ""
        self._first_previous = FIRST_HASH
        self._last_hash = FIRST_HASH
        self._hashes: dict[int, str] = {}
        self._purges: list[tuple[int, str]] = []

    def take(self, row: dict[str, object]) -> bool:
        """Check one record against the one before it; return whether it is good."""
        sequence = int(str(row["sequence"]))
        if self.last is None:
            self.first, self._first_previous = sequence, str(row["previous_hash"])
        else:
            if sequence != self.last + 1:
                return self._fail(self.last + 1, f"record {self.last + 1} is missing")
            if row["previous_hash"] != self._last_hash:
                return self._fail(sequence, f"record {sequence} does not follow the one before it")
        if seal(row) != row["hash"]:
            return self._fail(sequence, f"record {sequence} was changed")
        self.count += 1
        self.last = sequence
        self._last_hash = str(row["hash"])
        if sequence in self._signed_sequences:
            self._hashes[sequence] = self._last_hash
        if row["action"] == PURGED:
            details = json.loads(str(row["details"]))
            self._purges.append((int(details["until"]), str(details["last_hash"])))
        return True

    def check_start(self) -> None:
        """Check that the first record kept is record 1, or the one after a recorded purge."""
        if self.first is None:
            return
        begins = (self.first - 1, self._first_previous)
        if begins != (0, FIRST_HASH) and begins not in self._purges:
            self._fail(min(self.first, 1), f"the records before {self.first} are missing and no purge names them")

    def check_heads(self) -> None:
        """Check that every signed head is in the chain and that the chain ends at the last of them."""
        for head in self._heads:
            if not head.is_signed:
                self._fail(None, f"the head {head.path.name} is damaged or carries another key's signature")
                return
            if self.first is not None and head.sequence < self.first:
                continue
            if head.sequence not in self._hashes:
                self._fail(
                    (self.last or 0) + 1, f"the tail is cut: head of {head.day} counts {head.sequence} records, {self.last or 0} are left"
                )
                return
            if self._hashes[head.sequence] != head.hash:
                self._fail(head.sequence, f"record {head.sequence} is not the one that the head of {head.day} signs")
                return
        signed = max(self._signed_sequences, default=0)
        if self.last is not None and self.last > signed:  # the web may have written on while the chain was read
            signed = max((head.sequence for head in all_heads() if head.is_signed), default=0)
        if self.last is not None and self.last > signed:
            self._fail(signed + 1, f"records after {signed} carry no signed head")

    def _fail(self, sequence: int | None, finding: str) -> bool:
        self.bad, self.finding = sequence, finding
        return False

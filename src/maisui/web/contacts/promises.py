"""What borrowers promised to pay and whether they did, by the repayments delivered; the caller has checked whom the viewer sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import timezone

from maisui.answers.promised_payments import Promised, Received, received_of
from maisui.web.contacts.models import PaymentPromise


class PromiseState(StrEnum):
    """How a promise stands.

    Open until its day, awaited while the repayments of that day are not in; then kept, partly kept, or broken. Kept, too, where less
    was paid than promised and nothing is owed any more. Not to be told without repayments; withdrawn where somebody took it back.
    """

    OPEN = "open"
    AWAITED = "awaited"
    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


RUNNING = frozenset({PromiseState.OPEN, PromiseState.AWAITED, PromiseState.UNKNOWN})
"""States of a promise of which it is not told yet what became of it."""
FAILED = frozenset({PromiseState.PARTLY, PromiseState.BROKEN})
TOLD = FAILED | {PromiseState.KEPT}
RESULT_WITHIN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class JudgedPromise:
    """A promise with what came in towards it; None where no repayments are delivered."""

    promise: PaymentPromise
    received: Decimal | None
    state: PromiseState


@dataclass(frozen=True, slots=True)
class PromiseResult:
    """What came of the promises whose day lies in the year before the reporting date and is told of: how many of each, and yuan.

    `received_amount` is what was paid towards them, of each at most what was promised.
    """

    counts: Mapping[PromiseState, int]
    promised_amount: Decimal
    received_amount: Decimal

    @property
    def count(self) -> int:
        """Return of how many promises it is told what came of them."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Standing:
    """The promise of a customer that matters now, and how many he did not keep in all.

    It is the one due first of those of which it is not told yet what becomes of them; without one, the one that was due last.
    """

    now: JudgedPromise
    failed_count: int


def promises_of(reader: Any, numbers: Sequence[str]) -> dict[str, list[JudgedPromise]]:
    """Return the promises of customers, the newest first, each judged by the repayments in the reader's version."""
    return _judged(reader, PaymentPromise.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, customer_number__in=numbers))


def standings(reader: Any, numbers: Iterable[str] | None = None) -> dict[str, Standing]:
    """Return how each customer who promised stands, of `numbers` or of all; whoever's promises are all withdrawn is left out."""
    known = PaymentPromise.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, withdrawn_at=None)
    judged = _judged(reader, known if numbers is None else known.filter(customer_number__in=list(numbers)))
    return {number: _standing(found) for number, found in judged.items()}


def promise_result(reader: Any, numbers: Iterable[str]) -> PromiseResult:
    """Return what came of the promises of `numbers`, whether or not they still are in arrears; withdrawn ones do not count."""
    day = reader.manifest.reporting_date
    told = [
        one
        for found in promises_of(reader, list(numbers)).values()
        for one in found
        if one.state in TOLD and day - RESULT_WITHIN < one.promise.promised_on <= day
    ]
    return PromiseResult(
        Counter(one.state for one in told),
        sum((one.promise.amount for one in told), Decimal("0.00")),
        sum((one.received or Decimal("0.00") for one in told), Decimal("0.00")),
    )


def written_promises() -> set[tuple[str, int]]:
    """Return the customers of all promises that are not withdrawn, each with who wrote one down."""
    known = PaymentPromise.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, withdrawn_at=None)
    return set(known.values_list("customer_number", "written_by_id"))


def _standing(found: Sequence[JudgedPromise]) -> Standing:
    by_day = sorted(found, key=lambda one: (one.promise.promised_on, one.promise.pk))
    running = [one for one in by_day if one.state in RUNNING]
    return Standing(running[0] if running else by_day[-1], sum(one.state in FAILED for one in by_day))


def _judged(reader: Any, promises: Any) -> dict[str, list[JudgedPromise]]:
    found = list(promises.select_related("written_by", "withdrawn_by"))
    counted = [one for one in found if one.withdrawn_at is None]
    asked = [Promised(one.customer_number, one.amount, timezone.localdate(one.written_at), one.promised_on) for one in counted]
    received = dict(zip((one.pk for one in counted), received_of(reader, asked), strict=True))
    judged: dict[str, list[JudgedPromise]] = {}
    for one in found:
        paid = received.get(one.pk)
        judged.setdefault(one.customer_number, []).append(JudgedPromise(one, paid and paid.amount, _state(one, paid)))
    return judged


def _state(promise: PaymentPromise, received: Received | None) -> PromiseState:
    if promise.withdrawn_at is not None:
        return PromiseState.WITHDRAWN
    if received is None:
        return PromiseState.UNKNOWN
    if received.amount >= promise.amount or received.is_cleared:
        return PromiseState.KEPT
    if not received.is_final:
        return PromiseState.OPEN if promise.promised_on >= timezone.localdate() else PromiseState.AWAITED
    return PromiseState.PARTLY if received.amount else PromiseState.BROKEN

"""What borrowers promised to pay and whether they did, by the repayments delivered; the caller has checked whom the viewer sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import timezone

from maisui.answers.promised_payments import Promised, received_of
from maisui.web.contacts.models import PaymentPromise


class PromiseState(StrEnum):
    """How a promise stands: still open, kept, broken once its day is delivered, or not to be told without repayments."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class JudgedPromise:
    """A promise with what came in by its day; None where no repayments are delivered."""

    promise: PaymentPromise
    received: Decimal | None
    state: PromiseState


def promises_of(reader: Any, numbers: Sequence[str]) -> dict[str, list[JudgedPromise]]:
    """Return the promises of customers, the newest first, each judged by the repayments in the reader's version."""
    found = list(
        PaymentPromise.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, customer_number__in=numbers).select_related(
            "written_by"
        )
    )
    asked = [Promised(one.customer_number, timezone.localdate(one.written_at), one.promised_on) for one in found]
    judged: dict[str, list[JudgedPromise]] = {}
    for one, received in zip(found, received_of(reader, asked), strict=True):
        state = _state(one, received, reader.manifest.reporting_date)
        judged.setdefault(one.customer_number, []).append(JudgedPromise(one, received, state))
    return judged


def _state(promise: PaymentPromise, received: Decimal | None, day: date) -> PromiseState:
    if received is None:
        return PromiseState.UNKNOWN
    if received >= promise.amount:
        return PromiseState.KEPT
    return PromiseState.BROKEN if promise.promised_on <= day else PromiseState.OPEN

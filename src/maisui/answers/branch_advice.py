"""What an outlet's staff might look like: a rule, the figures it went by, and what its load would be instead; silent without data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from maisui.answers.branches import QueueHour
from maisui.answers.figure import divide

_NIL = Decimal(0)
_SECONDS = 60


class Suggestion(StrEnum):
    """What is suggested; KEEP where the figures ask for nothing."""

    ADD = "add"
    RELEASE = "release"
    SHIFT = "shift"
    FILL = "fill"
    KEEP = "keep"


class Silence(StrEnum):
    """Why nothing can be said."""

    NO_QUEUE = "no_queue"
    NO_ATTENDANCE = "no_attendance"
    NO_JOURNAL = "no_journal"
    NO_PEERS = "no_peers"
    NO_ASSIGNMENTS = "no_assignments"


@dataclass(frozen=True, slots=True)
class Advice:
    """One suggestion: heads now, load a head, that of the peers, and the load if it were followed (None where nothing would change)."""

    suggestion: Suggestion
    heads: Decimal
    load: Decimal | None
    peer_load: Decimal
    load_instead: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Peak:
    """The hours with more tickets a day than an hour has on average: which, their share of all tickets, minutes waited, share who left."""

    hours: tuple[str, ...]
    ticket_share: Decimal
    wait_minutes: Decimal | None
    leave_share: Decimal


def peak_of(hours: Sequence[QueueHour]) -> Peak | None:
    """Return the peak of a queue; None without tickets."""
    tickets = sum(hour.ticket_count for hour in hours)
    if not tickets:
        return None
    chosen = [hour for hour in hours if hour.ticket_count * len(hours) > tickets] or list(hours)
    taken = sum(hour.ticket_count for hour in chosen)
    called, waited = sum(hour.called_count for hour in chosen), sum(hour.wait_seconds for hour in chosen)
    left = sum(hour.left_count for hour in chosen)
    return Peak(
        tuple(hour.hour for hour in chosen),
        divide(Decimal(taken), Decimal(tickets), 4),
        divide(Decimal(waited), Decimal(called * _SECONDS), 1) if called else None,
        divide(Decimal(left), Decimal(taken), 4),
    )


def counter_advice(
    *,
    workload: Decimal | None,
    duty_days: Decimal | None,
    work_days: int,
    peer_load: Decimal | None,
    peak: Peak | None,
    long_wait: Decimal,
    short_wait: Decimal,
    margin: Decimal,
) -> Advice | Silence:
    """Return what the counter's figures suggest.

    Load is converted workload a day on duty; heads are days on duty over the days on which anybody was. ADD: peak waits are long and the
    load lies above that of alike outlets by more than the margin. SHIFT: they are long though it does not. RELEASE: they are short, the
    load lies below by more than the margin, and with one head fewer it would still not pass that of alike outlets.
    """
    lacking = (
        (not duty_days or not work_days, Silence.NO_ATTENDANCE),
        (workload is None, Silence.NO_JOURNAL),
        (peak is None or peak.wait_minutes is None, Silence.NO_QUEUE),
        (not peer_load, Silence.NO_PEERS),
    )
    if silence := next((reason for lacks, reason in lacking if lacks), None):
        return silence
    assert workload is not None and duty_days and peer_load and peak and peak.wait_minutes is not None  # noqa: PT018, S101 - none lacks
    heads, load = divide(duty_days, Decimal(work_days), 1), divide(workload, duty_days, 2)
    is_high, is_low = load > peer_load * (1 + margin), load < peer_load * (1 - margin)
    fewer = divide(load * heads, heads - 1, 2) if heads >= 2 else None  # noqa: PLR2004 - somebody stays
    if peak.wait_minutes > long_wait:
        more = divide(load * heads, heads + 1, 2)
        return Advice(Suggestion.ADD, heads, load, peer_load, more) if is_high else Advice(Suggestion.SHIFT, heads, load, peer_load)
    if peak.wait_minutes < short_wait and is_low and fewer is not None and fewer <= peer_load:
        return Advice(Suggestion.RELEASE, heads, load, peer_load, fewer)
    return Advice(Suggestion.KEEP, heads, load, peer_load)


def manager_advice(
    *, customers: Decimal | None, managers: int, peer_load: Decimal | None, is_assigned: bool, margin: Decimal
) -> Advice | Silence:
    """Return what the figures of customer managers suggest; load is customers of the outlet for each manager on duty there.

    FILL: nobody on duty has customers assigned. ADD and RELEASE: the load differs from that of alike outlets by more than the margin;
    nobody is released where the load would then pass it.
    """
    if not is_assigned or customers is None:
        return Silence.NO_ASSIGNMENTS
    if not peer_load:
        return Silence.NO_PEERS
    heads = Decimal(managers)
    if not managers:
        return Advice(Suggestion.FILL, heads, None, peer_load, divide(customers, Decimal(1), 1))
    load = divide(customers, heads, 1)
    if load > peer_load * (1 + margin):
        return Advice(Suggestion.ADD, heads, load, peer_load, divide(customers, heads + 1, 1))
    if load < peer_load * (1 - margin) and managers > 1:
        instead = divide(customers, heads - 1, 1)
        if instead <= peer_load:
            return Advice(Suggestion.RELEASE, heads, load, peer_load, instead)
    return Advice(Suggestion.KEEP, heads, load, peer_load)

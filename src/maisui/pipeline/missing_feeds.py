"""Which required feeds should have come and did not, by the rhythm in which each came until then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from maisui.errors import ContractError, QuestionError, collect
from maisui.intake import Receipt
from maisui.pipeline.plan import Plan

CARRIED_FORWARD_DAYS = 366
_A_WEEK, _MONTHS_DIFFER_BY = 7, 6


def stop_on_missing(plan: Plan, live: Sequence[Receipt], reporting_date: date) -> tuple[str, ...]:
    """Stop when a required feed that had come regularly is missing on the last delivered day; return a note for each that was due before.

    Raises:
        ContractError: when one is missing, or nothing was delivered at all.
        QuestionError: when `reporting_date` lies far behind the last delivery.
    """
    notes: list[str] = []
    missing: list[str] = []
    for source in plan.sources:
        required = [feed for feed in source.feeds.values() if feed.is_required]
        delivered = {feed.code: {r.business_date for r in live if r.source == source.code and r.feed == feed.code} for feed in required}
        days = sorted(set().union(*delivered.values())) if required else []
        for feed in required:
            due = days_due(delivered[feed.code], days)
            name = f"{source.code}: {feed.title_en} ({feed.code})"
            missing.extend(f"{name} of {day} was not delivered" for day in due if day == days[-1])
            earlier = [day for day in due if day < days[-1]]
            if earlier:
                when = f"of {earlier[0]}" if len(earlier) == 1 else f"of {len(earlier)} days, {earlier[0]} to {earlier[-1]},"
                notes.append(f"{name} {when} was not delivered")
        if required and not days:
            missing.append(f"{source.code}: nothing has been delivered up to {reporting_date}")
    collect(
        ContractError,
        missing,
        where="the inbox",
        next_step="have the missing files delivered, or run for an earlier --date; the last published version stays up",
    )
    if not live:
        raise ContractError(
            f"nothing has been delivered up to {reporting_date}", where="the inbox", next_step="lay the files into inbox/<source>/"
        )
    last = max(receipt.business_date for receipt in live)
    if (reporting_date - last).days > CARRIED_FORWARD_DAYS:
        raise QuestionError(
            f"{reporting_date} lies more than {CARRIED_FORWARD_DAYS} days after the last delivery, which is of {last}",
            where="--date",
            next_step="run for a day nearer to it; all later days would only carry it forward",
        )
    return tuple(notes)


def days_due(delivered: set[date], days: Sequence[date]) -> list[date]:
    """Return the days of delivery without this feed on which it was due by what had come of it until then."""
    return [
        day
        for place, day in enumerate(days)
        if day not in delivered and is_expected({came for came in delivered if came < day}, days[: place + 1])
    ]


def is_expected(delivered: set[date], days: Sequence[date]) -> bool:
    """Tell whether a feed that is missing on `days[-1]` was due by the rhythm of its own last deliveries.

    A bank may deliver some feeds daily and others monthly, and has no business at all for some. What comes within a week is due
    after its shortest gap, but not on a day of the week on which it stayed away a week before and came again.
    """
    came, day = sorted(delivered)[-4:], days[-1]
    if len(came) <= 1:
        return came == list(days[-2:-1]) and any((day - only).days > _A_WEEK for only in came)
    gaps = [(later - earlier).days for earlier, later in pairwise(came)]
    if min(gaps) > _A_WEEK:
        return day >= _due_next(came, max(gaps))
    week_before = day - timedelta(days=_A_WEEK)
    is_day_off = week_before in days and week_before not in delivered and week_before < came[-1]
    return (day - came[-1]).days >= min(gaps) and not is_day_off


def _due_next(came: Sequence[date], longest_gap: int) -> date:
    """Return when a feed that comes less than once a week is due: at a month end if it always came at one, else after its longest gap."""
    last = came[-1]
    if any((one + timedelta(days=1)).day != 1 for one in came):
        return last + timedelta(days=longest_gap + _MONTHS_DIFFER_BY)
    months = [one.year * 12 + one.month for one in came]
    after_due = months[-1] + min(later - earlier for earlier, later in pairwise(months))  # the month after the due one, counted from 0
    return date(after_due // 12, after_due % 12 + 1, 1) - timedelta(days=1)

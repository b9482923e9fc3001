"""How a proposal is decided and taken back: as it stands when locked, never by who proposed it, a rejection with a reason."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Max, Model
from django.utils import timezone

from maisui.answers import check_supplement, supplement_file_name
from maisui.errors import MaisuiError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.words import stated_words
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.two_people.models import State

SHORTEST_REASON, LONGEST_REASON = 4, 300
OF_OTHERS = Text("只能撤回自己提出的", "only who proposed it takes it back")
Record = TypeVar("Record", bound=Model)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """One kind of proposals, and what a refusal says there.

    Attributes:
        where: what the desk is called in errors.
        own: that nobody decides what is his own.
        over: that it is decided already.
        of_others: that only who proposed takes it back.
        next_step: what who is refused does next.
        proposer: the field that holds who proposed.
        about_customers: whether notes speak of customers, and hold no long numbers.
        approved: what becomes of what is approved.
    """

    where: str
    own: Text
    over: Text
    of_others: Text = OF_OTHERS
    next_step: str = "correct it and try again"
    proposer: str = "proposed_by"
    about_customers: bool = False
    approved: str = State.APPROVED

    def refused(self, reason: Text) -> ActionRefusedError:
        """Return the refusal of something on this desk."""
        return ActionRefusedError(reason, where=self.where, next_step=self.next_step)

    def locked(self, record: Record, *further: str) -> Record:
        """Return a proposal as it stands, nobody else changing it until the action is over."""
        found = type(record)._default_manager.select_for_update(of=("self",))  # noqa: SLF001 - the public name of the manager of any table
        return found.select_related(self.proposer, *further).get(pk=record.pk)

    def reason(self, words: str, missing: Text, shortest: int = SHORTEST_REASON) -> str:
        """Return a reason on one line.

        Raises:
            ActionRefusedError: saying what is `missing`, when it is too short or too long.
        """
        stated = " ".join(words.split())
        if not shortest <= len(stated) <= LONGEST_REASON or not stated.isprintable():
            raise self.refused(missing)
        return stated

    def decide(self, locked: Any, user: StaffUser, *, is_approved: bool, note: str, is_party: bool) -> None:
        """Put down who decides a proposal and how; the caller saves it. `is_party` is whether it is his own, under any number of his.

        Raises:
            ActionRefusedError: when he is party to it, it does not wait, or a rejection has no reason.
        """
        if is_party:
            raise self.refused(self.own)
        if locked.state != State.WAITING:
            raise self.refused(self.over)
        locked.decision_note = self._note(note, is_approved=is_approved)
        locked.decided_by, locked.decided_at = user, timezone.now()
        locked.state = self.approved if is_approved else State.REJECTED

    def withdraw(self, locked: Any, user: StaffUser) -> None:
        """Take back what one proposed oneself, before it is decided.

        Raises:
            ActionRefusedError: when it is not his, or decided already.
        """
        if getattr(locked, self.proposer).pk != user.pk:
            raise self.refused(self.of_others)
        if locked.state != State.WAITING:
            raise self.refused(self.over)
        locked.state = State.WITHDRAWN
        locked.save()

    def _note(self, note: str, *, is_approved: bool) -> str:
        if self.about_customers:
            return stated_words(note, LONGEST_REASON, where=self.where) if note.strip() or not is_approved else ""
        shortest = 0 if is_approved else SHORTEST_REASON
        return self.reason(note, Text("驳回须说明原因（4 至 300 字）", "a rejection needs a reason of 4 to 300 characters"), shortest)

    def give_file(self, locked: Any, feed: str, day: Any, content: Callable[[Any], bytes], unfit: Text) -> None:
        """Give what is approved its number and the name of its file in the inbox.

        Raises:
            ActionRefusedError: saying that it is `unfit`, when its content does not fit its feed.
        """
        last = type(locked)._default_manager.aggregate(last=Max("decision_number"))["last"] or 0  # noqa: SLF001 - as in `locked`
        locked.decision_number = last + 1
        locked.file_name = supplement_file_name(settings.HOME, feed, day=day, number=last + 1, revision=1, suffix="csv")
        if check_supplement(settings.HOME, feed, content=content(locked), is_workbook=False, allowed=None).fault_count:
            raise self.refused(unfit)


def lay_out(approved: Iterable[Record], write: Callable[[Record], None], *, stamp: str, what: str) -> None:
    """Write each record that is not in the home yet and keep when; what cannot be written now is tried with the next call."""
    for record in approved:
        try:
            write(record)
        except MaisuiError as error:
            _log.error("an approved %s is not in the home: %s", what, error.what)
            continue
        type(record)._default_manager.filter(pk=record.pk).update(**{stamp: timezone.now()})  # noqa: SLF001 - as in `locked`


def named(user: StaffUser | None) -> str:
    """Return somebody as files name who proposed and who approved."""
    assert user is not None  # noqa: S101 - only what is approved is laid out
    return f"{user.name} ({user.username})"

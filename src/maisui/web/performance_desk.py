"""What is asked of persons' results through the gateway: of others within the viewer's organisations, of himself over the whole bank."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from maisui.answers import (
    Answer,
    Comparison,
    Employment,
    JournalLine,
    JournalProfile,
    PerformanceSettings,
    Period,
    PersonNumbers,
    Question,
    TargetLine,
    base_question,
    by_target,
    employments,
    journal_lines,
    journal_profile,
    performance_settings,
    person_numbers,
    target_lines_of,
    unrated_counts,
)
from maisui.answers.ask import plain_answer
from maisui.answers.held_by import Whose
from maisui.answers.teller_quality import Corrections, QueueLoad, queue_load, teller_corrections
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.audit.record import record
from maisui.web.gateway import Compared, Gateway
from maisui.web.own_numbers import his_since, taken_since
from maisui.web.schemes.assessment import Assessed
from maisui.web.schemes.desk import assessed_through, schemes_in_force

if TYPE_CHECKING:
    from maisui.web.pages.overview.state import State

Found = TypeVar("Found")
_OF_EVERYBODY = "performance of everybody"


@dataclass(frozen=True, slots=True)
class ByPerson(Generic[Found]):
    """What is read of people alike: what it depends on, how it is read of one or of all, and what it is of who has none of it."""

    key: tuple[Hashable, ...]
    read: Callable[[Any, Whose], Mapping[str, Found]]
    nothing: Found


class PerformanceDesk:
    """The results of one person; made by `of_person` or `of_viewer`, which alone decide whose they are."""

    def __init__(
        self, gateway: Gateway, person: PersonNumbers, employment: Employment | None, *, is_own: bool, since: date | None = None
    ) -> None:
        """Keep whose results these are, whether they are the viewer's own, and since when, where a number was somebody else's before."""
        self._gateway = gateway
        self.person = person
        self.employment = employment
        self.is_own = is_own
        self.since = since

    @classmethod
    def of_person(cls, gateway: Gateway, number: str) -> PerformanceDesk:
        """Return the desk of somebody who last worked in an organisation for which the viewer may see people; the look is recorded.

        Raises:
            NotAllowedError: when he may not see the performance of people at all.
            NotVisibleError: when there is no such person within his organisations.
        """
        gateway.require(Permission.PERFORMANCE_VIEW)
        found, employment = _found(gateway, number)
        visible = {node.code for node in gateway.organisations(Permission.PERFORMANCE_VIEW)}
        if found is None or employment is None or employment.organisation_code not in visible:
            raise NotVisibleError("there is no such person", where="performance", next_step="choose one from the list")
        record(action="performance_view", by=gateway.actor, object_type="employee", object_id=found.person)
        return cls(gateway, found, employment, is_own=False)

    @classmethod
    def of_viewer(cls, gateway: Gateway) -> PerformanceDesk | None:
        """Return the viewer's own desk; None where no employee number of the bank's files is his, or his is somebody else's by now.

        Raises:
            NotAllowedError: when he may not see figures.
        """
        gateway.require(Permission.FIGURE_VIEW)
        number = gateway.viewer.employee_number
        found, employment = _found(gateway, number) if number else (None, None)
        if found is None or taken_since(gateway) is not None:
            return None
        return cls(gateway, found, employment, is_own=True, since=his_since(gateway, found.employees))

    def is_his_from(self, first_day: date) -> bool:
        """Return whether a span that begins on a day is this person's: nobody else had one of his numbers in it."""
        return self.since is None or self.since <= first_day

    def require_his_from(self, first_day: date) -> None:
        """Refuse a span in which somebody else had one of the person's numbers.

        Raises:
            NotVisibleError: when it is so.
        """
        if not self.is_his_from(first_day):
            raise NotVisibleError(
                "somebody else had the number then", where="performance", next_step=f"choose a period that begins on {self.since} or later"
            )

    def organisation(self, asked: str | None) -> str | None:
        """Return where figures of others are asked, in the viewer's sight; one's own count over the whole bank."""
        return None if self.is_own else self._gateway.organisation_in_sight(asked, Permission.PERFORMANCE_VIEW)

    def compared(self, question: Question, comparison: Comparison) -> Answer:
        """Return an answer with every person's line, held against `comparison`; pages show the person's own line and no other.

        Raises:
            MaisuiError: as the gateway's `ask` does.
        """
        if not self.is_own:
            return self._gateway.compare(question, (comparison,)).against(comparison)
        if self.since is not None:
            return self._against(question, comparison)  # with bases of his own days only: not what others read
        return self._gateway.shared(("performance", question, comparison), lambda _: self._against(question, comparison))

    def read_together(self, questions: Sequence[Question], comparison: Comparison) -> None:
        """Read at once what `compared` needs for each of `questions`.

        Raises:
            AccessError: as the gateway does.
        """
        if self.is_own:
            self._gateway.read_ahead(questions, (comparison,), lambda question: ("performance", question))
        else:
            self._gateway.read_together(questions, (comparison,))

    def own_lines(self, question: Question, comparisons: Iterable[Comparison]) -> Compared | None:
        """Return an answer split by manager, person or teller beside its bases, with the lines of the person's own numbers alone.

        None where somebody else had one of them in the span.

        Raises:
            MaisuiError: as `ask` does; a base without history is None instead.
        """
        (dimension,) = question.by
        answer = self._whole(question)
        if not self.is_his_from(answer.window.period_start):
            return None
        bases = {comparison: self._base(answer, comparison) for comparison in comparisons}
        of_person = {comparison: base and self._of_person(base, dimension) for comparison, base in bases.items()}
        return Compared(self._of_person(answer, dimension), of_person)

    def _of_person(self, answer: Answer, dimension: str) -> Answer:
        numbers = {*self.person.employees, *self.person.tellers, self.person.person}
        return replace(answer, rows=tuple(row for row in answer.rows if row.dimensions[dimension] in numbers))

    def settings(self, day: date) -> PerformanceSettings:
        """Return the parameters of fairness on a day."""
        return self._gateway.shared(("performance_settings", day), lambda reader: performance_settings(reader, day))

    def assessed(self, day: date) -> Assessed | None:
        """Return what the scheme that assesses the person makes of the month that ends on a day, under the first number that has any.

        Raises:
            MaisuiError: when the month cannot be asked.
        """
        schemes = schemes_in_force(self._gateway, day)
        return next(iter(assessed_through(self._gateway, day, Period.MONTH, schemes, self.person.employees)), None)

    def targets(self, state: State) -> tuple[TargetLine, ...]:
        """Return the targets in force of the person's employee numbers, over the whole bank whoever looks.

        Raises:
            MaisuiError: as `ask` does.
        """
        return tuple(line for line in _targets(self._gateway, state) if line.holder in self.person.employees)

    def place(self) -> str:
        """Return the name of the organisation in which the person was last reported to work."""
        code = self.employment.organisation_code if self.employment else ""
        return next((node.name for node in self._gateway.whole_tree() if node.code == code), code)

    def employments(self) -> dict[str, Employment]:
        """Return where everybody was last reported to work, by which peers of the same post are found."""
        return self._gateway.shared(("employments",), employments)

    def profile(self, first: date, last: date, organisation: str | None) -> JournalProfile:
        """Return what the person's journal is made of."""
        tellers = self.person.tellers
        return self.read_own(
            ("profile", first, last, organisation),
            lambda reader: journal_profile(reader, tellers, first, last, organisation),
        )

    def unrated(self, first: date, last: date, organisation: str | None) -> dict[str, int]:
        """Return how many of what the person handled had no rate on its day, by transaction code."""
        person = self.person.person
        return self.read_own(
            ("unrated", first, last, organisation), lambda reader: unrated_counts(reader, person, first, last, organisation)
        )

    def corrections(self, first: date, last: date, organisation: str | None) -> Corrections:
        """Return which of the person's postings were taken back by whom, and how much of his cash a machine could have done."""
        tellers = self.person.tellers
        return self.read_own(
            ("corrections", first, last, organisation),
            lambda reader: teller_corrections(reader, tellers, first, last, organisation),
        )

    def queue(self, first: date, last: date) -> QueueLoad | None:
        """Return the peaks of the queue where the person called customers; None where no tickets are delivered."""
        return self.read_own(("queue", first, last), lambda reader: queue_load(reader, self.person.tellers, first, last))

    def lines(
        self, first: date, last: date, organisation: str | None, code: str, offset: int, size: int
    ) -> tuple[int, Sequence[JournalLine]]:
        """Return one page of the person's journal."""
        with self._gateway.reader() as reader:
            return journal_lines(reader, self.person.tellers, first, last, organisation, code, offset, size)

    def read(self, key: tuple[Hashable, ...], compute: Callable[[Any], Found]) -> Found:
        """Return what is read of everybody, kept for all viewers alike; pages show the person's own line and no other."""
        return self._gateway.shared(("performance", *key), compute)

    def of(self, wanted: ByPerson[Found]) -> Found:
        """Return what is read of the person: out of what was read of everybody beforehand, and of him alone where nobody did."""
        if self._gateway.is_kept((_OF_EVERYBODY, *wanted.key)):
            found = self.of_everybody(wanted)
        else:
            found = self.read_own(wanted.key, lambda reader: wanted.read(reader, self.person))
        return found.get(self.person.person, wanted.nothing)

    def of_everybody(self, wanted: ByPerson[Found]) -> Mapping[str, Found]:
        """Read of everybody in one pass what `of` then finds for each of them; pages show the person's own and no other."""
        return self._gateway.shared((_OF_EVERYBODY, *wanted.key), lambda reader: wanted.read(reader, None))

    def read_own(self, key: tuple[Hashable, ...], compute: Callable[[Any], Found]) -> Found:
        """Return the figures read of this person alone, kept for whoever opens this desk; `key` names what they depend on beside him."""
        return self._gateway.shared(("performance of", self.person, *key), compute)

    def question(self, metric: str, by: tuple[str, ...], state: State) -> Question:
        """Return a question about everybody, of which pages show the person's own lines.

        Raises:
            MaisuiError: as `organisation` does.
        """
        return Question(metric, by, self.organisation(state.organisation), state.day, state.period)

    def _against(self, question: Question, comparison: Comparison) -> Answer:
        answer = self._whole(question)
        return Compared(answer, {comparison: self._base(answer, comparison)}).against(comparison)

    def _base(self, answer: Answer, comparison: Comparison) -> Answer | None:
        """Return the same question answered for everybody at a base; None without history, or where a number was somebody else's."""
        try:
            base = self._whole(base_question(answer, comparison, self._gateway.calendar(comparison)))
        except QuestionError:
            return None
        return base if self.is_his_from(base.window.period_start) else None

    def _whole(self, question: Question) -> Answer:
        """Return the rows of everybody, without notes; what many questions ask alike is read once a request."""
        return self._gateway.shared(
            ("performance", question), lambda reader: plain_answer(self._gateway.asking(reader), question, with_notes=False)
        )


def organisations_within(gateway: Gateway, organisation: str | None) -> frozenset[str]:
    """Return an organisation with all below it, of those for which the viewer may see people; None is all of them.

    Raises:
        NotAllowedError: when the viewer may not see the performance of people.
        NotVisibleError: when the organisation is not in his sight.
    """
    top = gateway.organisation_in_sight(organisation, Permission.PERFORMANCE_VIEW)
    nodes = gateway.organisations(Permission.PERFORMANCE_VIEW)
    if top is None:
        return frozenset(node.code for node in nodes)
    found = {top}
    for node in nodes:
        if node.parent_code in found:
            found.add(node.code)
    return frozenset(found)


def _targets(gateway: Gateway, state: State) -> tuple[TargetLine, ...]:
    question = by_target(Question("target_completion_rate", ("manager",), None, state.day, state.period))
    return gateway.shared(("performance_targets", question), lambda reader: target_lines_of(gateway.asking(reader), question))


def _found(gateway: Gateway, number: str) -> tuple[PersonNumbers | None, Employment | None]:
    person = gateway.shared(("person_numbers", number), lambda reader: person_numbers(reader, number))
    if person is None:
        return None, None
    staff = gateway.shared(("employments",), employments)
    known = [staff[employee] for employee in person.employees if employee in staff]
    return person, max(known, key=lambda employment: (employment.is_on_duty, employment.reported_on), default=None)

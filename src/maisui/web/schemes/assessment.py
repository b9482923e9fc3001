"""Who is assessed by which scheme, and what it makes of a period: of one version, over the whole bank, whoever looks.

A person is assessed by one scheme: of those for his post, the one whose organisation lies nearest above him; without any, by the
bank's standard scheme where targets are set for him. An outlet is assessed by the nearest scheme for outlets.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maisui.answers import (
    Employment,
    Metric,
    OrganisationNode,
    Period,
    Question,
    ask,
    employments,
    organisation_tree,
    persons_of_numbers,
    targets_set,
)
from maisui.errors import QuestionError
from maisui.web.schemes.reckoning import Figure, Statement, statement_of
from maisui.web.schemes.terms import Basis, Subject, Terms

Known = dict[str, Decimal]
Asking = Callable[[Question], Known]
"""How figures are had: a question split by one dimension gives each holder's value; empty where it cannot be asked."""
WORKLOAD = "teller_converted_workload"
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3}


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a statement is of: a person with his post and the organisation he worked in on the last day, or an outlet itself."""

    number: str
    name: str
    post: str
    organisation: str
    place: str
    is_outlet: bool = False

    @property
    def key(self) -> tuple[bool, str]:
        """Return what no two holders share."""
        return self.is_outlet, self.number


@dataclass(frozen=True, slots=True)
class Assessed:
    """One holder with the scheme that assesses him and what it makes of the period."""

    holder: Holder
    terms: Terms
    statement: Statement


@dataclass(frozen=True, slots=True)
class Ground:
    """What a period is assessed on: people and organisations as of its last day, the targets set, and a way to figures.

    `manual` is approved manual work in standard transactions by employee number, which counts beside the converted workload; `persons`
    names for each employee number the one that stands for its holder, under which figures by person are known.
    """

    day: date
    period: Period
    staff: dict[str, Employment]
    tree: tuple[OrganisationNode, ...]
    targets: dict[tuple[bool, str, str], Decimal]
    asking: Asking
    manual: Mapping[str, Decimal] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)

    @property
    def first_day(self) -> date:
        """Return the first day of the period."""
        months = _MONTHS[self.period]
        return self.day.replace(month=(self.day.month - 1) // months * months + 1, day=1)

    def holders(self) -> list[Holder]:
        """Return every person, whoever has a target included, and every outlet that nothing open lies below."""
        names = {node.code: node.name for node in self.tree}
        parents = {node.parent_code for node in self.tree if node.is_open}
        numbers = sorted({*self.staff, *(number for is_outlet, number, _ in self.targets if not is_outlet)})
        people = [self._person(number, names) for number in numbers]
        return people + [Holder(one.code, one.name, "", one.code, one.name, True) for one in self.tree if one.code not in parents]

    def _person(self, number: str, names: dict[str, str]) -> Holder:
        one = self.staff.get(number)
        if one is None:
            return Holder(number, number, "", "", "")
        return Holder(
            number,
            one.employee_name or number,
            one.post_name,
            one.organisation_code,
            names.get(one.organisation_code, one.organisation_code),
        )

    def _manual_by_person(self) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for number, value in self.manual.items():
            person = self.persons.get(number, number)
            found[person] = found.get(person, Decimal(0)) + value
        return found

    def figures(self, subject: Subject, metric: Metric, *, with_before: bool) -> dict[str, Figure]:
        """Return what each holder has of a metric, and of the period before where that is needed."""
        dimension = dimension_of(subject, metric)
        now = self.asking(Question(metric.code, (dimension,), None, self.day, self.period))
        day_before = self.first_day - timedelta(days=1)
        before = self.asking(Question(metric.code, (dimension,), None, day_before, self.period)) if with_before else {}
        manual = self._manual_by_person() if metric.code == WORKLOAD and subject is not Subject.BRANCH else {}
        targets = {
            number: value
            for (is_outlet, number, code), value in self.targets.items()
            if code == metric.code and is_outlet == (subject is Subject.BRANCH)
        }
        return {
            number: Figure(now.get(number), before.get(number), targets.get(number), manual.get(number, Decimal(0)))
            for number in {*now, *targets, *manual}
        }


def dimension_of(subject: Subject, metric: Metric) -> str:
    """Return by what a metric is split to be known for each holder: employee number before person, outlet by its code."""
    if subject is Subject.BRANCH:
        return "organisation"
    return "manager" if "manager" in metric.dimensions else "person"


def asking_of(reader: Any) -> Asking:
    """Return a way to figures of one version."""

    def asked(question: Question) -> Known:
        try:
            rows = ask(reader, question).rows
        except QuestionError:
            return {}
        return {str(row.dimensions[question.by[0]]): row.value for row in rows if row.value is not None}

    return asked


def ground_of(reader: Any, day: date, period: Period, asking: Asking | None = None) -> Ground:
    """Return what a period that ends on `day` is assessed on, out of one version.

    Raises:
        MaisuiError: when the period cannot be asked.
    """
    return Ground(
        day,
        period,
        employments(reader, day),
        organisation_tree(reader),
        targets_set(reader, day, period),
        asking or asking_of(reader),
        persons=persons_of_numbers(reader),
    )


def assessed(ground: Ground, schemes: Sequence[Terms], only: Collection[str] | None = None) -> list[Assessed]:
    """Return everybody whom one of the schemes assesses and who has anything to be assessed by, people before outlets, by number.

    `only` are the employee numbers of those asked for; None is everybody.
    """
    holders = [one for one in ground.holders() if only is None or (one.number in only and not one.is_outlet)]
    chosen = [(holder, terms) for holder in holders if (terms := choice(holder, schemes, ground.tree)) is not None]
    known: dict[tuple[Subject, str], dict[str, Figure]] = {}
    for terms in {one.code: one for _, one in chosen}.values():
        for metric in terms.metrics:
            with_before = any(one.basis is Basis.INCREASE for other in schemes for one in other.indicators if one.metric == metric.code)
            key = (terms.subject, metric.code)
            if key not in known:
                known[key] = ground.figures(terms.subject, metric, with_before=with_before)
    found: list[Assessed] = []
    for holder, terms in chosen:
        figures = {
            metric.code: figure for metric in terms.metrics if (figure := known[terms.subject, metric.code].get(holder.number)) is not None
        }
        statement = statement_of(holder.number, terms, figures)
        if statement is not None:
            found.append(Assessed(holder, terms, statement))
    return found


def choice(holder: Holder, schemes: Iterable[Terms], tree: Sequence[OrganisationNode]) -> Terms | None:
    """Return the scheme that assesses a holder; None where none is for him."""
    above = _line_above(holder.organisation, tree)
    fitting: list[tuple[int, str, Terms]] = []
    standard: Terms | None = None
    for terms in schemes:
        if terms.is_standard:
            standard = terms
        elif (terms.subject is Subject.BRANCH) == holder.is_outlet and (not terms.posts or holder.post in terms.posts):
            places = [above.index(code) for code in terms.organisations if code in above] if terms.organisations else [len(above)]
            if places:
                fitting.append((min(places), terms.code, terms))
    if fitting:
        return min(fitting, key=lambda one: one[:2])[2]
    return None if holder.is_outlet else standard


def _line_above(code: str, tree: Sequence[OrganisationNode]) -> list[str]:
    """Return an organisation and all above it, the nearest first."""
    parents = {node.code: node.parent_code for node in tree}
    line: list[str] = []
    here: str | None = code
    while here is not None and here not in line:
        line.append(here)
        here = parents.get(here)
    return line

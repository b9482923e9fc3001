"""One ledger subject: its course, its parts, where it is kept, whether accounts hold it, and the accounts themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maisui.answers.ask import CHILD, Question, children_of
from maisui.answers.ledger import NIL, LedgerFrame, LedgerQuestion, LedgerSubject, balances_on, ledger_frame, ledger_subjects
from maisui.answers.ledger_currencies import converted_rows
from maisui.errors import QuestionError
from maisui.metrics import Measure, Timing
from maisui.metrics.measure_sql import Window, measure_query, quoted_text
from maisui.warehouse.reader import Reader

PAGE_SIZE = 50
_CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class SubjectPoint:
    """The subject's balance on one day asked, on the accounting day that stands then; None without one."""

    day: date
    ledger_day: date | None
    balance: Decimal | None


@dataclass(frozen=True, slots=True)
class SubjectTie:
    """One set of accounts held against the subject on the accounting day; `is_whole_set` where accounts name no subject."""

    control: str
    is_whole_set: bool
    subledger: Decimal
    ledger: Decimal
    difference: Decimal
    compared: int
    differing: int


@dataclass(frozen=True, slots=True)
class SubjectView:
    """One subject within a scope, all amounts positive on the subject's own side.

    `path` leads from the top of the tree to the subject; `parts` are the subjects directly below it; `organisations` are those
    directly below the scope, what its top keeps itself among them.
    """

    frame: LedgerFrame
    subject: LedgerSubject
    path: tuple[LedgerSubject, ...]
    points: tuple[SubjectPoint, ...]
    parts: tuple[tuple[LedgerSubject, Decimal], ...]
    organisations: tuple[tuple[str, Decimal], ...]
    ties: tuple[SubjectTie, ...]

    @property
    def balance(self) -> Decimal | None:
        """Return the balance on the question's day."""
        return self.points[0].balance


@dataclass(frozen=True, slots=True)
class SubjectAccount:
    """One deposit or loan account that carries a subject, as reported on the accounting day."""

    account_number: str
    organisation_code: str
    account_kind: str
    balance: Decimal


@dataclass(frozen=True, slots=True)
class SubjectAccounts:
    """One page of the accounts that carry a subject, the largest first.

    `shown` + `rest` = `total`; `total` + `remainder` = `ledger`: what the ledger holds beyond accounts has a name.
    """

    day: date | None
    page: int
    count: int
    rows: tuple[SubjectAccount, ...]
    total: Decimal
    ledger: Decimal

    @property
    def shown(self) -> Decimal:
        """Return the sum of the accounts on this page."""
        return sum((row.balance for row in self.rows), NIL)

    @property
    def rest(self) -> Decimal:
        """Return the sum of the accounts on other pages."""
        return self.total - self.shown

    @property
    def remainder(self) -> Decimal:
        """Return what the ledger holds beyond the accounts."""
        return self.ledger - self.total

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.count // PAGE_SIZE))


def subject_view(reader: Reader, question: LedgerQuestion, code: str, days: Sequence[date] = ()) -> SubjectView:
    """Return a subject at the question's day and at each of `days`; no code is the largest top subject.

    Raises:
        QuestionError: when subject, organisation, day or currency are unknown, or no ledger was delivered.
    """
    frame = ledger_frame(reader, question)
    subjects = ledger_subjects(reader)
    columns = [(day, frame.day_before(day)) for day in (frame.window.day, *days)]
    balances = balances_on(reader, frame, [day for _, day in columns if day is not None])
    now = balances.get(frame.ledger_day, {}) if frame.ledger_day else {}
    subject = _chosen(subjects, code, now)
    leaves = leaves_below(subjects, subject)

    def held(found: Mapping[str, Decimal], below: Sequence[str]) -> Decimal:
        return own_side(subject, sum((found.get(leaf, NIL) for leaf in below), NIL))

    points = tuple(SubjectPoint(day, on, None if on is None else held(balances[on], leaves)) for day, on in columns)
    parts = [(subjects[child], held(now, leaves_below(subjects, subjects[child]))) for child in subject.children]
    return SubjectView(
        frame,
        subject,
        _path(subjects, subject),
        points,
        tuple(part for part in parts if part[1]),
        _by_organisation(reader, frame, subject, leaves),
        _ties(reader, frame, leaves),
    )


def own_side(subject: LedgerSubject, balance: Decimal) -> Decimal:
    """Return a balance that is debit positive so that it is positive on the subject's own side."""
    return -balance if subject.side == _CREDIT else balance


def leaves_below(subjects: Mapping[str, LedgerSubject], subject: LedgerSubject) -> tuple[str, ...]:
    """Return the codes at and below a subject: balances stand on those the ledger carries no part of."""
    found, waiting = [subject.code], [*subject.children]
    while waiting:
        code = waiting.pop()
        found.append(code)
        waiting.extend(subjects[code].children)
    return tuple(found)


def _chosen(subjects: Mapping[str, LedgerSubject], code: str, now: Mapping[str, Decimal]) -> LedgerSubject:
    if code in subjects:
        return subjects[code]
    if code:
        raise QuestionError(f"there is no subject {code!r}", where="subject", next_step="choose one of the list of subjects")
    tops = [subject for subject in subjects.values() if subject.parent is None]
    return max(tops, key=lambda top: abs(sum((now.get(leaf, NIL) for leaf in leaves_below(subjects, top)), NIL)))


def _path(subjects: Mapping[str, LedgerSubject], subject: LedgerSubject) -> tuple[LedgerSubject, ...]:
    found = [subject]
    while found[-1].parent is not None:
        found.append(subjects[found[-1].parent])
    return tuple(reversed(found))


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(quoted_text(code) for code in codes)


def _by_organisation(reader: Reader, frame: LedgerFrame, subject: LedgerSubject, leaves: Sequence[str]) -> tuple[tuple[str, Decimal], ...]:
    """Return the balance of each organisation directly below the scope, the largest first."""
    if frame.ledger_day is None:
        return ()
    asked = Question("", (CHILD,), frame.scope.organisation, frame.ledger_day, view=frame.question.view)
    scope = replace(frame.scope, children=children_of(reader, asked, is_dated=frame.scope.is_dated))
    measure = Measure(
        mart="ledger_day",
        expression="sum(CASE m.balance_side WHEN 'credit' THEN -m.balance ELSE m.balance END)",
        timing=Timing.POINT,
        where=f"m.currency IN ({_listed(frame.wanted)}) AND m.subject_code IN ({_listed(leaves)})",
    )
    query = measure_query(measure, Window(frame.ledger_day, frame.ledger_day), scope, ("organisation",))
    rows = reader.rows(query.replace("FROM ledger_day AS m", f"FROM {frame.source('ledger_day')} AS m"))
    found = [(code, own_side(subject, Decimal(amount))) for code, amount in rows if amount]
    return tuple(sorted(found, key=lambda row: (-abs(row[1]), row[0])))


def _ties(reader: Reader, frame: LedgerFrame, leaves: Sequence[str]) -> tuple[SubjectTie, ...]:
    """Return what the subject's sub-ledgers say on the accounting day; a set whose accounts name no subject is held whole."""
    if frame.ledger_day is None:
        return ()
    where, values = frame.conditions()
    rows = reader.rows(
        "SELECT l.control_code, l.subject_code = '*', sum(l.subledger_balance), sum(l.ledger_balance), sum(l.difference_amount), "
        f"count(*), count(*) FILTER (WHERE l.difference_amount <> 0) FROM {frame.source('ledger_tie')} AS l "
        f"WHERE l.business_date = ? AND {where} AND (l.subject_code IN ({_listed(leaves)}) OR (l.subject_code = '*' AND l.control_code IN "
        f"(SELECT c.control_code FROM subject_coverage AS c WHERE c.business_date = ? AND c.subject_code IN ({_listed(leaves)})))) "
        "GROUP BY ALL ORDER BY 1, 2",
        [frame.ledger_day, *values, frame.ledger_day],
    )
    return tuple(SubjectTie(*row) for row in rows)


def subject_accounts(reader: Reader, question: LedgerQuestion, code: str, *, page: int = 1) -> SubjectAccounts:
    """Return one page of the deposit and loan accounts that carry a subject in the scope on its accounting day.

    Raises:
        QuestionError: when subject, organisation, day or currency are unknown, or no ledger was delivered.
    """
    frame = ledger_frame(reader, question)
    subjects = ledger_subjects(reader)
    day = frame.ledger_day
    now = balances_on(reader, frame, [day])[day] if day else {}
    subject = _chosen(subjects, code, now)
    leaves = leaves_below(subjects, subject)
    ledger = own_side(subject, sum((now.get(leaf, NIL) for leaf in leaves), NIL))
    where, values = frame.conditions()
    accounts_of = f"({converted_rows('account_snapshot', ('balance',), 'reported_on')})" if frame.conversion else "account_snapshot"
    accounts = (
        "(SELECT reported_on AS business_date, organisation_code, subject_code, currency, account_number, account_kind, "
        f"CAST(sum(balance) AS DECIMAL(38,2)) AS balance FROM {accounts_of} AS a WHERE reported_on = ? AND balance IS NOT NULL "
        f"AND subject_code IN ({_listed(leaves)}) GROUP BY ALL) AS l"
    )
    count, total = reader.rows(f"SELECT count(*), coalesce(sum(l.balance), 0) FROM {accounts} WHERE {where}", [day, *values])[0]
    last = max(1, -(-count // PAGE_SIZE))
    shown = min(max(page, 1), last)
    rows = reader.rows(
        f"SELECT l.account_number, l.organisation_code, l.account_kind, l.balance FROM {accounts} WHERE {where} "
        "ORDER BY abs(l.balance) DESC, l.account_number LIMIT ? OFFSET ?",
        [day, *values, PAGE_SIZE, (shown - 1) * PAGE_SIZE],
    )
    return SubjectAccounts(day, shown, count, tuple(SubjectAccount(*row) for row in rows), Decimal(total).quantize(NIL), ledger)

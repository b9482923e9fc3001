"""The desk of the general ledger: statements and subjects within the organisations of the viewer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from maisui.answers import (
    AverageBalances,
    LedgerQuestion,
    LedgerRates,
    LedgerSubject,
    Margin,
    RatioLimit,
    Statement,
    SubjectAccounts,
    SubjectView,
    TrialBalance,
    average_balances,
    balance_sheet,
    budgeted,
    has_own_lines,
    income_statement,
    ledger_rates_on,
    ledger_subjects,
    margin,
    own_statement,
    ratio_limits,
    subject_accounts,
    subject_view,
    trial_balance,
)
from maisui.web.access.masking import Kind, mask
from maisui.web.access.permissions import Permission
from maisui.web.audit.record import record

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

Found = TypeVar("Found")


class LedgerDesk:
    """What one viewer may ask of the ledger; every method raises what the gateway does for an organisation out of sight."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the viewer of `gateway`, from the version of his request."""
        self._gateway = gateway

    def balance_sheet(self, question: LedgerQuestion, days: Sequence[date] = ()) -> Statement:
        """Return the balance sheet at the question's day and at each of `days`."""
        return self._asked(
            "balance_sheet", question, tuple(days), lambda reader, scoped: budgeted(reader, balance_sheet(reader, scoped, days))
        )

    def income_statement(self, question: LedgerQuestion, days: Sequence[date] = ()) -> Statement:
        """Return the income statement of the question's period, and of the same period up to each of `days`."""
        return self._asked(
            "income_statement", question, tuple(days), lambda reader, scoped: budgeted(reader, income_statement(reader, scoped, days))
        )

    @property
    def is_delivered(self) -> bool:
        """Return whether there is any ledger to ask."""
        return self._gateway.shared(("ledger_is_delivered",), lambda reader: bool(reader.rows("SELECT count(*) > 0 FROM ledger_day")[0][0]))

    @property
    def has_own_lines(self) -> bool:
        """Return whether the bank has lines of its own on some day; lines are no organisation's own."""
        self._gateway.organisation_in_sight(None)
        return self._gateway.shared(("has_own_lines",), has_own_lines)

    def own_statement(self, question: LedgerQuestion, days: Sequence[date] = ()) -> Statement:
        """Return the bank's own lines at the question's day and at each of `days`."""
        return self._asked(
            "own_statement", question, tuple(days), lambda reader, scoped: budgeted(reader, own_statement(reader, scoped, days))
        )

    def trial_balance(self, question: LedgerQuestion) -> TrialBalance:
        """Return the trial balance over the question's period."""
        return self._asked("trial_balance", question, (), trial_balance)

    def average_balances(self, question: LedgerQuestion, days: Sequence[date] = ()) -> AverageBalances:
        """Return the average balances of all subjects over the question's period, and over the same up to each of `days`."""
        return self._asked("average_balances", question, tuple(days), lambda reader, scoped: average_balances(reader, scoped, days))

    def subject(self, question: LedgerQuestion, code: str, days: Sequence[date] = ()) -> SubjectView:
        """Return one subject at the question's day and at each of `days`."""
        return self._asked("ledger_subject", question, (code, *days), lambda reader, scoped: subject_view(reader, scoped, code, days))

    def subject_accounts(self, question: LedgerQuestion, code: str, *, page: int) -> SubjectAccounts:
        """Return one page of the accounts that carry a subject, their numbers masked; the look is recorded first, nothing is kept.

        Raises:
            NotAllowedError: when the viewer may not see customers.
            NotVisibleError: when the organisation is not among those whose customers he may see.
            AuditUnavailableError: when the look cannot be recorded.
        """
        organisation = self._gateway.organisation_in_sight(question.organisation, Permission.CUSTOMER_VIEW)
        with self._gateway.reader() as reader:
            found = subject_accounts(reader, replace(question, organisation=organisation), code, page=page)
        details = {"organisation": organisation or "*", "day": f"{found.day}", "page": found.page, "rows": len(found.rows)}
        record(action="subject_accounts", by=self._gateway.actor, object_type="ledger_subject", object_id=code[:64], details=details)
        rows = tuple(replace(row, account_number=mask(row.account_number, Kind.ACCOUNT_NUMBER)) for row in found.rows)
        return replace(found, rows=rows)

    def rates(self, question: LedgerQuestion, days: Sequence[date] = (), *, whole_period: bool) -> LedgerRates:
        """Return the rates at which all currencies come together at the question's day and at each of `days`, or over its whole period."""
        return self._asked(
            "ledger_rates",
            question,
            (*days, whole_period),
            lambda reader, scoped: ledger_rates_on(reader, scoped, days, whole_period=whole_period),
        )

    def margin(self, question: LedgerQuestion, base: date | None) -> Margin:
        """Return the interest margin of the question's period, held against the same period up to the day `base`."""
        return self._asked("margin", question, (base,), lambda reader, scoped: margin(reader, scoped, base))

    def ratio_limits(self, day: date) -> dict[str, RatioLimit]:
        """Return the limits that ratios have on a day, by metric; limits are no organisation's own."""
        self._gateway.organisation_in_sight(None)
        return self._gateway.shared(("ratio_limits", day), lambda reader: ratio_limits(reader, day))

    def subjects(self) -> tuple[LedgerSubject, ...]:
        """Return every subject of the bank in tree order; subjects are no organisation's own."""
        self._gateway.organisation_in_sight(None)
        return tuple(self._gateway.shared(("ledger_subjects",), ledger_subjects).values())

    def _asked(
        self, name: str, question: LedgerQuestion, more: tuple[Hashable, ...], compute: Callable[[Any, LedgerQuestion], Found]
    ) -> Found:
        scoped = replace(question, organisation=self._gateway.organisation_in_sight(question.organisation))
        return self._gateway.shared((name, scoped, *more), lambda reader: compute(reader, scoped))

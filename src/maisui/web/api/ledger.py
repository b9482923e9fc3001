"""The routes of the general ledger: statements, trial balance, averages and subjects of one organisation with all below it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from maisui.answers import LedgerQuestion, Period, View
from maisui.answers.ledger_plain import average_balances_json, margin_json, statement_json, subject_view_json, trial_balance_json
from maisui.web.api.figures import PROBLEMS, gateway_of

MOST_DAYS = 60
router = Router()

Org = Annotated[str | None, Query(description="An organisation: it and everything below it.")]
Day = Annotated[date | None, Query(alias="date", description="Reporting day; the latest by default.")]
Days = Annotated[list[date], Query(alias="also", description="Further days, one column each.", max_length=MOST_DAYS)]
AsOf = Annotated[View, Query(description="as-was: organisations of each day; as-is: closed outlets under their successor.")]
Currency = Annotated[
    str | None,
    Query(description="One currency of the ledger, that of most of its lines by default; all: every currency with a rate, converted."),
]


@router.get("/balance-sheet", response={200: dict[str, Any], **PROBLEMS}, summary="Balance sheet")
def balance_sheet(
    request: HttpRequest,
    org: Org = None,
    day: Day = None,
    also: Days = [],  # noqa: B006
    view: AsOf = View.AS_WAS,
    currency: Currency = None,
) -> dict[str, Any]:
    """Return assets, liabilities and equity by line and subject, one amount for each day, with the check of balance."""
    question = LedgerQuestion(org, day, view=view, currency=currency)
    return statement_json(gateway_of(request).ledger.balance_sheet(question, also))


@router.get("/income-statement", response={200: dict[str, Any], **PROBLEMS}, summary="Income statement")
def income_statement(
    request: HttpRequest,
    org: Org = None,
    day: Day = None,
    period: Period = Period.MONTH,
    also: Days = [],  # noqa: B006
    view: AsOf = View.AS_WAS,
    currency: Currency = None,
) -> dict[str, Any]:
    """Return what each line and subject added to profit over the period; costs are negative, every total is a sum."""
    question = LedgerQuestion(org, day, period, view, currency)
    return statement_json(gateway_of(request).ledger.income_statement(question, also))


@router.get("/trial-balance", response={200: dict[str, Any], **PROBLEMS}, summary="Trial balance")
def trial_balance(
    request: HttpRequest,
    org: Org = None,
    day: Day = None,
    period: Period = Period.MONTH,
    view: AsOf = View.AS_WAS,
    currency: Currency = None,
) -> dict[str, Any]:
    """Return opening, turnover and closing of every subject on both sides, with control totals."""
    return trial_balance_json(gateway_of(request).ledger.trial_balance(LedgerQuestion(org, day, period, view, currency)))


@router.get("/average-balances", response={200: dict[str, Any], **PROBLEMS}, summary="Average balances of all subjects")
def average_balances(
    request: HttpRequest,
    org: Org = None,
    day: Day = None,
    period: Period = Period.MONTH,
    also: Days = [],  # noqa: B006
    view: AsOf = View.AS_WAS,
    currency: Currency = None,
) -> dict[str, Any]:
    """Return each subject's average over the calendar days of the period, its interest and yearly rate, and what is estimated."""
    question = LedgerQuestion(org, day, period, view, currency)
    return average_balances_json(gateway_of(request).ledger.average_balances(question, also))


@router.get("/subjects/{code}", response={200: dict[str, Any], **PROBLEMS}, summary="One subject")
def ledger_subject(
    request: HttpRequest,
    code: str,
    org: Org = None,
    day: Day = None,
    also: Days = [],  # noqa: B006
    view: AsOf = View.AS_WAS,
    currency: Currency = None,
) -> dict[str, Any]:
    """Return one subject's balances, its parts, its organisations and what its accounts say."""
    question = LedgerQuestion(org, day, view=view, currency=currency)
    return subject_view_json(gateway_of(request).ledger.subject(question, code, also))


@router.get("/margin", response={200: dict[str, Any], **PROBLEMS}, summary="Interest margin")
def margin(
    request: HttpRequest,
    org: Org = None,
    day: Day = None,
    period: Period = Period.MONTH,
    base: Annotated[date | None, Query(description="The day up to which the same period is held against it.")] = None,
    view: AsOf = View.AS_WAS,
    currency: Currency = None,
) -> dict[str, Any]:
    """Return what earns and costs interest, with volumes, yearly rates, and why the interest changed; effects add up to the cent."""
    return margin_json(gateway_of(request).ledger.margin(LedgerQuestion(org, day, period, view, currency), base))


@router.get("/own-lines", response={200: dict[str, Any], **PROBLEMS}, summary="Lines the bank has defined for itself")
def own_lines(
    request: HttpRequest,
    org: Org = None,
    day: Day = None,
    also: Days = [],  # noqa: B006
    view: AsOf = View.AS_WAS,
    currency: Currency = None,
) -> dict[str, Any]:
    """Return the bank's own lines with formulas and subjects, what stands on none or more than one of them, and the sum of everything."""
    question = LedgerQuestion(org, day, view=view, currency=currency)
    return statement_json(gateway_of(request).ledger.own_statement(question, also))

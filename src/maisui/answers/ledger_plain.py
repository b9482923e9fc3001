"""Answers about the ledger as plain values for the REST interface; decimals as text, so that no digit is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from maisui.answers.ask import Note
from maisui.answers.ledger import LedgerFrame, LedgerSubject
from maisui.answers.ledger_averages import AverageBalances
from maisui.answers.ledger_margin import Effects, Margin, MarginRow, Side
from maisui.answers.ledger_subject import SubjectView
from maisui.answers.statements import Statement
from maisui.answers.trial_balance import TrialBalance, TrialBalanceTotal


def statement_json(found: Statement) -> dict[str, Any]:
    """Return a balance sheet or income statement as plain values."""
    return _frame(found.frame, found.notes) | {
        "statement": found.code,
        "columns": [
            {"date": column.day, "ledger_date": column.ledger_day, "period_start": column.period_start} for column in found.columns
        ],
        "lines": [
            {
                "kind": line.kind,
                "code": line.code,
                "name_zh": line.name_zh,
                "name_en": line.name_en,
                "level": line.level,
                "line": line.line or None,
                "is_unmapped": line.is_unmapped,
                "is_share": line.is_share,
                "formula": line.formula or None,
                "budget": _plain(line.budget),
                "unplanned": list(line.unplanned),
                "amounts": [_plain(amount) for amount in line.amounts],
            }
            for line in found.lines
        ],
    }


def trial_balance_json(found: TrialBalance) -> dict[str, Any]:
    """Return a trial balance as plain values."""
    return _frame(found.frame, found.notes) | {
        "opened_after": found.opened_after,
        "closed_on": found.closed_on,
        "total": _total(found.total),
        "off_balance_total": _total(found.off_balance),
        "breaks": found.breaks,
        "rows": [
            subject_json(row.subject)
            | {
                "opening_debit": _plain(row.opening_debit),
                "opening_credit": _plain(row.opening_credit),
                "debit": _plain(row.debit),
                "credit": _plain(row.credit),
                "closing_debit": _plain(row.closing_debit),
                "closing_credit": _plain(row.closing_credit),
                "translation": _plain(row.translation),
                "difference": _plain(row.difference),
            }
            for row in found.rows
        ],
    }


def average_balances_json(found: AverageBalances) -> dict[str, Any]:
    """Return average balances as plain values."""
    return _frame(found.frame, found.notes) | {
        "columns": [
            {
                "date": span.window.day,
                "period_start": span.window.period_start,
                "days": span.days,
                "estimated_days": span.estimated,
                "carried_days": span.carried,
            }
            for span in found.spans
        ],
        "unmatched_interest": [subject_json(subject) for subject in found.unmatched],
        "rows": [
            subject_json(row.subject)
            | {
                "averages": [_plain(amount) for amount in row.averages],
                "closing": _plain(row.closing),
                "interest": [_plain(amount) for amount in row.interest],
                "rates": [_plain(rate) for rate in row.rates],
            }
            for row in found.rows
        ],
    }


def margin_json(found: Margin) -> dict[str, Any]:
    """Return an interest margin as plain values."""
    return _frame(found.frame, found.notes) | {
        "base_period_start": found.base_span.period_start if found.base_span else None,
        "base_date": found.base_span.day if found.base_span else None,
        "net_interest": _plain(found.net),
        "base_net_interest": _plain(found.base_net),
        "margin": _plain(found.margin),
        "base_margin": _plain(found.base_margin),
        "spread": _plain(found.spread),
        "base_spread": _plain(found.base_spread),
        "effects": _effects(found.net_effects),
        "unmatched_interest": [subject_json(subject) for subject in found.unmatched],
        "rows": [_margin_row(row) for row in (*found.rows, found.earning, found.bearing)],
    }


def _margin_row(row: MarginRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "is_earning": row.is_earning,
        **_side("", row.now),
        **(_side("base_", row.base) if row.base else {}),
        "effects": _effects(row.effects),
    }


def _side(prefix: str, side: Side) -> dict[str, Any]:
    return {f"{prefix}average": _plain(side.average), f"{prefix}interest": _plain(side.interest), f"{prefix}rate": _plain(side.rate)}


def _effects(effects: Effects | None) -> dict[str, Any] | None:
    if effects is None:
        return None
    return {
        "volume": _plain(effects.volume),
        "days": _plain(effects.days),
        "rate": _plain(effects.rate),
        "mixed": _plain(effects.mixed),
        "change": _plain(effects.change),
    }


def subject_view_json(found: SubjectView) -> dict[str, Any]:
    """Return one subject as plain values; accounts are no part of it."""
    return (
        _frame(found.frame, found.frame.notes)
        | subject_json(found.subject)
        | {
            "points": [{"date": one.day, "ledger_date": one.ledger_day, "balance": _plain(one.balance)} for one in found.points],
            "parts": [{"subject": one.code, "name": one.name, "balance": _plain(amount)} for one, amount in found.parts],
            "organisations": [{"organisation": code, "balance": _plain(amount)} for code, amount in found.organisations],
            "ties": [
                {
                    "control": tie.control,
                    "is_whole_set": tie.is_whole_set,
                    "subledger": _plain(tie.subledger),
                    "ledger": _plain(tie.ledger),
                    "difference": _plain(tie.difference),
                    "compared": tie.compared,
                    "differing": tie.differing,
                }
                for tie in found.ties
            ],
        }
    )


def subject_json(subject: LedgerSubject) -> dict[str, Any]:
    """Return a subject's place in tree and statements."""
    return {
        "subject": subject.code,
        "name": subject.name,
        "parent": subject.parent,
        "level": subject.level,
        "side": subject.side,
        "statement": subject.statement,
        "line": subject.line,
        "rule": subject.rule_code,
    }


def _frame(frame: LedgerFrame, notes: tuple[Note, ...]) -> dict[str, Any]:
    return {
        "date": frame.window.day,
        "period": frame.question.period.value,
        "period_start": frame.window.period_start,
        "organisation": frame.question.organisation,
        "view": frame.question.view.value,
        "currency": frame.currency,
        "currencies": list(frame.currencies),
        "is_converted": frame.conversion is not None,
        "left_out": list(frame.conversion.unrated) if frame.conversion else [],
        "rates": [
            {
                "currency": rate.currency,
                "date": rate.day,
                "valid_from": rate.valid_from,
                "quoted_amount": _plain(rate.quoted_amount),
                "exchange_rate": _plain(rate.exchange_rate),
            }
            for rate in frame.rates
        ],
        "version": frame.version,
        "notes": [note.en for note in notes],
    }


def _total(total: TrialBalanceTotal | None) -> dict[str, Any] | None:
    if total is None:
        return None
    (opening, turnover, closing) = total.pairs
    return {
        "opening_debit": _plain(opening[0]),
        "opening_credit": _plain(opening[1]),
        "debit": _plain(turnover[0]),
        "credit": _plain(turnover[1]),
        "closing_debit": _plain(closing[0]),
        "closing_credit": _plain(closing[1]),
        "translation": _plain(total.translation),
        "rounded": [_plain(amount) for amount in total.rounded],
        "is_balanced": total.is_balanced,
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"

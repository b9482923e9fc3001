"""What stands at the head of a customer's page beside who he is: who looks after him, his worst loan, what he consented to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.warehouse.reader import Reader

LOAN_CLASSES = ("pass", "special_mention", "substandard", "doubtful", "loss")
"""The five classes, the best first."""


@dataclass(frozen=True, slots=True)
class CustomerManager:
    """One employee to whom a customer belongs at the reporting date, for which line of business and with which share."""

    employee_number: str
    employee_name: str | None
    business_line: str
    result_share: Decimal


@dataclass(frozen=True, slots=True)
class CustomerConsent:
    """What a customer last agreed to or withdrew for one purpose; `is_given` is false after withdrawal or expiry."""

    purpose_code: str
    is_given: bool
    effective_from: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class CustomerHeader:
    """The head of a customer's page; `loan_class` is the worst of his open loans, `overdue_since` the earliest."""

    managers: tuple[CustomerManager, ...]
    loan_class: str | None
    overdue_since: date | None
    consents: tuple[CustomerConsent, ...]


def customer_header(reader: Reader, customer_number: str) -> CustomerHeader:
    """Return the head of a customer's page at the reporting date."""
    day = reader.manifest.reporting_date
    managers = reader.rows(
        "SELECT m.employee_number, (SELECT max_by(s.employee_name, s.reported_on) FROM employee_snapshot AS s "
        "WHERE s.employee_number = m.employee_number), "
        "CASE WHEN count(*) = 2 THEN 'all' ELSE min(m.account_kind) END, m.result_share FROM assignment_in_force AS m "
        "WHERE m.object_kind = 'customer' AND m.object_number = ? AND m.valid_from <= ? "
        "AND (m.valid_until IS NULL OR m.valid_until > ?) GROUP BY m.employee_number, m.result_share "
        "ORDER BY m.result_share DESC, m.employee_number, 3",
        [customer_number, day, day],
    )
    classes = reader.rows(
        "SELECT loan_class, min(overdue_since) FROM loan_state "
        "WHERE loan_number IN (SELECT loan_number FROM loan WHERE customer_number = ?) "
        "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?) AND balance > 0 GROUP BY loan_class",
        [customer_number, day, day],
    )
    known = [name for name, _ in classes if name in LOAN_CLASSES]
    overdue = [since for _, since in classes if since is not None]
    return CustomerHeader(
        managers=tuple(CustomerManager(*row) for row in managers),
        loan_class=max(known, key=LOAN_CLASSES.index) if known else None,
        overdue_since=min(overdue) if overdue else None,
        consents=_consents(reader, customer_number, day),
    )


def _consents(reader: Reader, customer_number: str, day: date) -> tuple[CustomerConsent, ...]:
    rows = reader.rows(
        "SELECT consent_purpose_code, consent_status = 'given' AND (expires_on IS NULL OR expires_on >= ?), effective_from, expires_on "
        "FROM consent WHERE customer_number = ? AND effective_from <= ? "
        "QUALIFY row_number() OVER (PARTITION BY consent_purpose_code ORDER BY effective_from DESC, consent_number DESC) = 1 "
        "ORDER BY consent_purpose_code",
        [day, customer_number, day],
    )
    return tuple(CustomerConsent(*row) for row in rows)

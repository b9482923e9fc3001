"""What a customer owes and how he pays it: loans with class and arrears, instalments, class changes, guarantees and group exposure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.warehouse.reader import Reader

MOST_INSTALMENTS = 36
MOST_CHANGES = 50


@dataclass(frozen=True, slots=True)
class CustomerLoan:
    """One open loan of a customer at the reporting date."""

    loan_number: str
    product_name: str
    currency: str
    disbursed_amount: Decimal | None
    disbursed_on: date
    matures_on: date | None
    balance: Decimal
    loan_class: str
    loan_status: str
    overdue_since: date | None


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment: due and received; `received_on` is the day of the last payment on it, None while nothing was paid."""

    loan_number: str
    due_on: date
    due_amount: Decimal
    received_amount: Decimal
    received_on: date | None

    def days_late(self, day: date) -> int:
        """Return by how many days it was paid late, or is late on `day` while something is missing; 0 when in time."""
        paid = self.received_on if self.received_on is not None and self.received_amount >= self.due_amount else day
        return max(0, (paid - self.due_on).days)


@dataclass(frozen=True, slots=True)
class ClassChange:
    """One change of a loan's five-category class."""

    loan_number: str
    changed_on: date
    previous_class: str
    loan_class: str


@dataclass(frozen=True, slots=True)
class Guarantee:
    """One guarantee in force; `is_given` tells whether the customer gives it or receives it. `other_number` is None for strangers."""

    is_given: bool
    other_number: str | None
    guarantee_type: str
    amount: Decimal | None
    currency: str | None
    valid_from: date


@dataclass(frozen=True, slots=True)
class GroupExposure:
    """What the bank has outstanding with the group a customer belongs to, on the last day it was measured."""

    group_name: str | None
    member_count: int
    business_date: date
    loan_balance: Decimal
    bad_loan_balance: Decimal
    undrawn_amount: Decimal
    exposure_amount: Decimal


@dataclass(frozen=True, slots=True)
class CustomerRisk:
    """The risk of one customer; instalments are the last ones due and the next to come, at most MOST_INSTALMENTS."""

    loans: tuple[CustomerLoan, ...]
    instalments: tuple[Instalment, ...]
    changes: tuple[ClassChange, ...]
    guarantees: tuple[Guarantee, ...]
    groups: tuple[GroupExposure, ...]


def customer_risk(reader: Reader, customer_number: str) -> CustomerRisk:
    """Return the risk of one customer at the reporting date."""
    day, own = reader.manifest.reporting_date, customer_number
    loans = reader.rows(
        "SELECT l.loan_number, coalesce(p.product_name, l.product_code), l.currency, l.disbursed_amount, l.disbursed_on, l.matures_on, "
        "s.balance, s.loan_class, s.loan_status, s.overdue_since FROM loan AS l "
        "INNER JOIN loan_state AS s "
        "ON s.loan_number = l.loan_number AND s.valid_from <= ? AND (s.valid_until IS NULL OR s.valid_until > ?) "
        "LEFT JOIN product AS p ON p.product_code = l.product_code "
        "WHERE l.customer_number = ? AND s.balance > 0 ORDER BY s.balance DESC, l.loan_number",
        [day, day, own],
    )
    instalments = reader.rows(
        "WITH due AS (SELECT loan_number, instalment_number, due_on, coalesce(due_principal_amount, 0) + coalesce(due_interest_amount, 0) "
        "AS due_amount FROM repayment_schedule WHERE loan_number IN (SELECT loan_number FROM loan WHERE customer_number = ?)) "
        "SELECT d.loan_number, d.due_on, d.due_amount, "
        "coalesce(sum(coalesce(r.principal_amount, 0) + coalesce(r.interest_amount, 0)), 0), max(r.received_on) "
        "FROM due AS d LEFT JOIN repayment_receipt AS r ON r.loan_number = d.loan_number AND r.instalment_number = d.instalment_number "
        "AND r.received_on <= ? GROUP BY d.loan_number, d.instalment_number, d.due_on, d.due_amount "
        "ORDER BY abs(date_diff('day', d.due_on, ?::DATE)), d.loan_number, d.due_on LIMIT ?",
        [own, day, day, MOST_INSTALMENTS],
    )
    changes = reader.rows(
        "SELECT loan_number, changed_on, previous_class, loan_class FROM loan_class_change "
        "WHERE customer_number = ? OR loan_number IN (SELECT loan_number FROM loan WHERE customer_number = ?) "
        "ORDER BY changed_on DESC, loan_number, source_file_id DESC, source_line DESC LIMIT ?",
        [own, own, MOST_CHANGES],
    )
    guarantees = reader.rows(
        "SELECT guarantor_number IS NOT DISTINCT FROM ?, CASE WHEN guarantor_number IS NOT DISTINCT FROM ? THEN borrower_number "
        "ELSE guarantor_number END, guarantee_type, sum(guarantee_amount), currency, min(valid_from) FROM guarantee_link "
        "WHERE (guarantor_number = ? OR borrower_number = ?) AND NOT is_self "
        "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?) "
        "GROUP BY 1, 2, 3, currency ORDER BY 1 DESC, 4 DESC NULLS LAST, 2, 3",
        [own, own, own, own, day, day],
    )
    groups = reader.rows(
        "SELECT m.group_name, e.member_count, e.business_date, e.loan_balance, e.bad_loan_balance, e.undrawn_amount, e.exposure_amount "
        "FROM customer_group_member AS m INNER JOIN group_exposure AS e ON e.group_number = m.group_number AND e.business_date <= ? "
        "WHERE m.customer_number = ? AND m.valid_from <= ? AND (m.valid_until IS NULL OR m.valid_until > ?) "
        "QUALIFY row_number() OVER (PARTITION BY m.group_number ORDER BY e.business_date DESC) = 1 ORDER BY m.group_number",
        [day, own, day, day],
    )
    return CustomerRisk(
        loans=tuple(CustomerLoan(*row) for row in loans),
        instalments=tuple(sorted((Instalment(*row) for row in instalments), key=lambda one: (one.due_on, one.loan_number), reverse=True)),
        changes=tuple(ClassChange(*row) for row in changes),
        guarantees=tuple(Guarantee(*row) for row in guarantees),
        groups=tuple(GroupExposure(*row) for row in groups),
    )

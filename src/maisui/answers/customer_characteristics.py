"""What a customer's own transactions show of him, with the evidence and the rule by which it was recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class CustomerCharacteristic:
    """One recognised characteristic; counterparty and usual day are None where there are several, the share where nothing compares."""

    characteristic_code: str
    confidence_code: str
    counterparty_account: str | None
    counterparty_name: str | None
    counterparty_bank_name: str | None
    usual_day: int | None
    median_amount: Decimal
    total_amount: Decimal
    event_count: int
    month_count: int
    evidence_share: Decimal | None
    first_seen_on: date
    last_seen_on: date


def customer_characteristics(reader: Reader, customer_number: str) -> tuple[CustomerCharacteristic, ...]:
    """Return the characteristics of a customer at the reporting date, the surest and largest first."""
    rows = reader.rows(
        "SELECT characteristic_code, confidence_code, counterparty_account, counterparty_name, counterparty_bank_name, usual_day, "
        "median_amount, total_amount, event_count, month_count, evidence_share, first_seen_on, last_seen_on "
        "FROM customer_characteristic WHERE customer_number = ? ORDER BY confidence_code, total_amount DESC, characteristic_code",
        [customer_number],
    )
    return tuple(CustomerCharacteristic(*row) for row in rows)


def characteristic_thresholds(reader: Reader) -> dict[str, str]:
    """Return the thresholds in force at the reporting date, under their codes without the beginning `characteristic.`."""
    day = reader.manifest.reporting_date
    rows = reader.rows(
        "SELECT substr(parameter_code, 16), number_value FROM parameter WHERE parameter_code LIKE 'characteristic.%' "
        "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
        [day, day],
    )
    return {code: f"{Decimal(value).normalize():f}" for code, value in rows}


def firms_among(reader: Reader, accounts: Sequence[str]) -> frozenset[str]:
    """Return those of `accounts` that belong to firms of this bank, whose names need no mask."""
    if not accounts:
        return frozenset()
    rows = reader.rows(
        "SELECT DISTINCT account_number FROM account WHERE customer_kind = 'corporate' "
        f"AND account_number IN ({', '.join('?' for _ in accounts)})",
        list(accounts),
    )
    return frozenset(row[0] for row in rows)

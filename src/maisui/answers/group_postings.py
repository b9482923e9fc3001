"""What a group's customers did by the hour, what they spent on, which banks money went to: the SQL by which views read postings.

Postings are those of deposit accounts from one day to another, without reversals, in local currency, each person under the number that
stands for him. Which bank money went to is known of postings that name a bank that is not ours.
"""

from __future__ import annotations

from datetime import date

from maisui.marts.channel_day import OWN_BANKS
from maisui.steps.local_currency_sql import in_local_currency, rate_of_day

_HOURS = ("00-06", "06-09", "09-12", "12-14", "14-17", "17-20", "20-24")
_AMOUNT = f"CAST(sum(-{in_local_currency('t.balance_change', 'x')}) AS DECIMAL(38,2)) AS amount"


def deeds_by_hour(first: date, last: date) -> str:
    """Return SQL of `number`, `hours` and `deeds`: what each person did himself, by the hours of the day; `none` is without a time."""
    hour = "substr(t.posted_time, 1, 2)"
    bands = " ".join(f"WHEN {hour} < '{band[3:]}' THEN '{band}'" for band in _HOURS)
    return (
        f"SELECT p.person_customer_number AS number, CASE WHEN t.posted_time IS NULL THEN 'none' {bands} ELSE 'none' END AS hours, "
        f"CAST(count(*) AS DECIMAL(38,2)) AS deeds {_postings(first, last, rates='')} AND NOT t.is_bank_initiated GROUP BY ALL"
    )


def spent(first: date, last: date) -> str:
    """Return SQL of `number`, `kind` and `amount`: what left each person's deposit accounts, by the kind of posting."""
    return (
        f"SELECT p.person_customer_number AS number, t.transaction_type AS kind, {_AMOUNT} "
        f"{_postings(first, last)} AND t.balance_change < 0 GROUP BY ALL"
    )


def banks_paid(first: date, last: date) -> str:
    """Return SQL of `number`, `bank` and `amount`: what each person paid to other banks, by the bank that the posting names."""
    return (
        f"WITH {OWN_BANKS} SELECT p.person_customer_number AS number, "
        f"coalesce(t.counterparty_bank_name, t.counterparty_bank_code) AS bank, "
        f"{_AMOUNT} {_postings(first, last)} AND t.balance_change < 0 AND NOT coalesce(t.is_cash, false) "
        "AND coalesce(t.counterparty_bank_name, t.counterparty_bank_code) IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM own_bank_codes AS c WHERE c.bank_code = t.counterparty_bank_code) "
        "AND NOT EXISTS (SELECT 1 FROM own_names AS n WHERE n.organisation_name = t.counterparty_bank_name) GROUP BY ALL"
    )


def _postings(first: date, last: date, rates: str = rate_of_day("t", "t.posted_on", "x")) -> str:
    return (
        f"FROM account_transaction AS t INNER JOIN numbers AS p ON p.customer_number = t.customer_number {rates} "
        f"WHERE t.posted_on BETWEEN DATE '{first}' AND DATE '{last}' AND t.account_kind = 'deposit' AND NOT t.is_reversal"
    )

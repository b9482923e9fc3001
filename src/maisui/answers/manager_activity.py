"""What a manager's customers hold and use, opened and active, by product and channel; which of his deposits come with a loan.

A customer is a person: numbers that were merged on the day are one. Holding and use are defined as in `product_customer_month`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers.performance import HIS_BALANCES, on_days, within
from maisui.warehouse.reader import Reader

ACTIVE_MONTHS = 3
"""Months up to the day, its own among them, within which something must have been used."""


@dataclass(frozen=True, slots=True)
class Use:
    """One product group or channel among a person's customers: how many have it, of these use it, and took it up in the period."""

    code: str
    holder_count: int
    active_count: int
    opened_count: int


@dataclass(frozen=True, slots=True)
class DepositOrigin:
    """A person's part of deposits in yuan: of customers who owe the bank a loan on the day (derived), and of all others (own)."""

    own_balance: Decimal
    derived_balance: Decimal


@dataclass(frozen=True, slots=True)
class Sold:
    """Agency and wealth products among a person's customers: how many hold any, and their market value in yuan on the day."""

    customer_count: int
    market_amount: Decimal


_NUMBERS = """
managed AS (
  SELECT DISTINCT coalesce(g.surviving_number, m.customer_number) AS person
  FROM managed_customer_month AS m
  LEFT JOIN customer_merge AS g
    ON g.customer_number = m.customer_number AND g.valid_from <= $day AND (g.valid_until IS NULL OR g.valid_until > $day)
  WHERE m.person_number = $1 AND m.business_date <= $day AND m.managed_until > $day AND {within}
),
numbers AS (
  SELECT person, person AS customer_number FROM managed
  UNION
  SELECT m.person, g.customer_number
  FROM customer_merge AS g
  INNER JOIN managed AS m ON m.person = g.surviving_number
  WHERE g.valid_from <= $day AND (g.valid_until IS NULL OR g.valid_until > $day)
)"""
"""Who belongs to a person on a day, each with every number of his."""

_PRODUCTS = """
WITH {numbers},
spans AS (
  SELECT n.person, a.product_group, a.account_number, a.opened_on AS valid_from, a.closed_on AS valid_until
  FROM account AS a INNER JOIN numbers AS n ON n.customer_number = a.customer_number
  UNION ALL
  SELECT
    n.person, CASE c.card_kind WHEN 'credit' THEN 'credit_card' ELSE 'debit_card' END, coalesce(c.account_number, 'none'),
    coalesce(c.issued_on, DATE '1900-01-01'), c.closed_on
  FROM card AS c INNER JOIN numbers AS n ON n.customer_number = c.customer_number
  WHERE c.card_kind <> 'passbook'
  UNION ALL
  SELECT n.person, h.product_group, 'held', h.valid_from, h.valid_until
  FROM asset_holding AS h INNER JOIN numbers AS n ON n.customer_number = h.customer_number
),
used AS (
  SELECT account_number FROM account_transaction
  WHERE account_number IN (SELECT account_number FROM spans) AND posted_on >= $since AND posted_on <= $day
    AND NOT is_bank_initiated AND NOT is_reversal AND coalesce(initiator_code, 'customer') = 'customer'
  UNION
  SELECT b.account_number
  FROM account_balance AS b
  INNER JOIN account AS a
    ON a.account_number = b.account_number AND a.currency = b.currency AND a.product_group NOT IN ('demand_deposit', 'debit_card')
  WHERE b.account_number IN (SELECT account_number FROM spans) AND b.balance > 0
    AND b.valid_from <= $day AND (b.valid_until IS NULL OR b.valid_until > $day)
  UNION
  SELECT account_number FROM credit_card_state
  WHERE account_number IN (SELECT account_number FROM spans) AND overdraft_balance > 0
    AND valid_from <= $day AND (valid_until IS NULL OR valid_until > $day)
  UNION
  SELECT 'held'
),
each AS (
  SELECT
    s.person, s.product_group, min(s.valid_from) AS first_on,
    bool_or(s.valid_until IS NULL OR s.valid_until > $day) AS is_held,
    bool_or((s.valid_until IS NULL OR s.valid_until > $day) AND u.account_number IS NOT NULL) AS is_used
  FROM spans AS s LEFT JOIN used AS u ON u.account_number = s.account_number
  WHERE s.valid_from <= $day
  GROUP BY s.person, s.product_group
)
SELECT
  product_group, count(*) FILTER (WHERE is_held), count(*) FILTER (WHERE is_used), count(*) FILTER (WHERE is_held AND first_on >= $first)
FROM each GROUP BY product_group HAVING count(*) FILTER (WHERE is_held) > 0
ORDER BY 2 DESC, 1
"""

_CHANNELS = """
WITH {numbers},
each AS (
  SELECT n.person, c.channel_code, min(c.business_date) AS first_on, max(c.month_start) AS last_month
  FROM customer_channel_month AS c INNER JOIN numbers AS n ON n.customer_number = c.customer_number
  WHERE c.business_date <= $day
  GROUP BY n.person, c.channel_code
)
SELECT channel_code, count(*), count(*) FILTER (WHERE last_month >= $since), count(*) FILTER (WHERE first_on >= $first)
FROM each GROUP BY channel_code ORDER BY 2 DESC, 1
"""

_SOLD = """
WITH {numbers}
SELECT count(DISTINCT n.person), coalesce(sum(h.market_amount), 0)
FROM asset_holding AS h INNER JOIN numbers AS n ON n.customer_number = h.customer_number
WHERE h.valid_from <= $day AND (h.valid_until IS NULL OR h.valid_until > $day)
"""

_ORIGIN = """
WITH {balances},
merged AS (
  SELECT customer_number, surviving_number FROM customer_merge WHERE valid_from <= $day AND (valid_until IS NULL OR valid_until > $day)
),
borrowers AS (
  SELECT DISTINCT coalesce(g.surviving_number, l.customer_number) AS person
  FROM loan AS l
  INNER JOIN loan_state AS s
    ON s.loan_number = l.loan_number AND s.valid_from <= $day AND (s.valid_until IS NULL OR s.valid_until > $day) AND s.balance > 0
  LEFT JOIN merged AS g ON g.customer_number = l.customer_number
)
SELECT coalesce(sum(r.cents) FILTER (WHERE b.person IS NULL), 0), coalesce(sum(r.cents) FILTER (WHERE b.person IS NOT NULL), 0)
FROM his_cents AS r
INNER JOIN account AS a ON a.account_number = r.account_number AND a.currency = r.currency AND a.account_kind = 'deposit'
LEFT JOIN merged AS g ON g.customer_number = a.customer_number
LEFT JOIN borrowers AS b ON b.person = coalesce(g.surviving_number, a.customer_number)
WHERE {within}
"""


def product_use(reader: Reader, person: str, first: date, day: date, organisation: str | None) -> tuple[Use, ...]:
    """Return the product groups that the customers of `person` hold on `day`, most holders first; taken up is since `first`."""
    return tuple(Use(*row) for row in _asked(reader, _PRODUCTS, person, first, day, organisation))


def channel_use(reader: Reader, person: str, first: date, day: date, organisation: str | None) -> tuple[Use, ...]:
    """Return the channels that the customers of `person` have ever used, most of them first; taken up is used first since `first`.

    Use is told in whole months, as `customer_channel_month` counts it.
    """
    return tuple(Use(*row) for row in _asked(reader, _CHANNELS, person, first, day, organisation))


def sold_to(reader: Reader, person: str, day: date, organisation: str | None) -> Sold:
    """Return what the customers of `person` hold of agency and wealth products on `day`."""
    ((count, amount),) = _asked(reader, _SOLD, person, day, day, organisation)
    return Sold(int(count), Decimal(amount))


def deposit_origin(reader: Reader, employees: Sequence[str], day: date, organisation: str | None) -> DepositOrigin:
    """Return which part of the deposits of the holder of `employees` comes with a loan to the same customer, split to the cent."""
    query = _ORIGIN.format(balances=HIS_BALANCES, within=_inside("r.organisation_code", organisation))
    own, derived = reader.rows(on_days(query, day=day), [list(employees), *_place(organisation)])[0]
    return DepositOrigin(Decimal(own).scaleb(-2), Decimal(derived).scaleb(-2))


def active_since(day: date) -> date:
    """Return the first day of the months within which something must have been used to be active on a day."""
    months = day.year * 12 + day.month - ACTIVE_MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _asked(reader: Reader, query: str, person: str, first: date, day: date, organisation: str | None) -> list[tuple[Any, ...]]:
    text = query.format(numbers=_NUMBERS.format(within=_inside("m.organisation_code", organisation)))
    return reader.rows(on_days(text, first=first, day=day, since=active_since(day)), [person, *_place(organisation)])


def _inside(column: str, organisation: str | None) -> str:
    return within(column, organisation).replace("?", "$2")


def _place(organisation: str | None) -> list[object]:
    return [organisation] if organisation else []

"""What a manager's customers hold and use, opened and active, by product and channel; which of his deposits come with a loan.

A customer is a person: numbers that were merged on the day are one. Holding and use are defined as in `product_customer_month`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers.held_by import Whose, by_person, on_days, place_of
from maisui.answers.performance import RuleLine, within
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
  SELECT DISTINCT m.person_number AS manager, coalesce(g.surviving_number, m.customer_number) AS person
  FROM managed_customer_month AS m
  LEFT JOIN customer_merge AS g
    ON g.customer_number = m.customer_number AND g.valid_from <= $day AND (g.valid_until IS NULL OR g.valid_until > $day)
  WHERE {whose} AND m.business_date <= $day AND m.managed_until > $day AND {within}
),
numbers AS (
  SELECT manager, person, person AS customer_number FROM managed
  UNION
  SELECT m.manager, m.person, g.customer_number
  FROM customer_merge AS g
  INNER JOIN managed AS m ON m.person = g.surviving_number
  WHERE g.valid_from <= $day AND (g.valid_until IS NULL OR g.valid_until > $day)
)"""
"""Who belongs to a manager on a day, each with every number of his."""

_PRODUCTS = """
WITH {numbers},
spans AS (
  SELECT n.manager, n.person, a.product_group, a.account_number, a.opened_on AS valid_from, a.closed_on AS valid_until
  FROM account AS a INNER JOIN numbers AS n ON n.customer_number = a.customer_number
  UNION ALL
  SELECT
    n.manager, n.person, CASE c.card_kind WHEN 'credit' THEN 'credit_card' ELSE 'debit_card' END, coalesce(c.account_number, 'none'),
    coalesce(c.issued_on, DATE '1900-01-01'), c.closed_on
  FROM card AS c INNER JOIN numbers AS n ON n.customer_number = c.customer_number
  WHERE c.card_kind <> 'passbook'
  UNION ALL
  SELECT n.manager, n.person, h.product_group, 'held', h.valid_from, h.valid_until
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
    s.manager, s.person, s.product_group, min(s.valid_from) AS first_on,
    bool_or(s.valid_until IS NULL OR s.valid_until > $day) AS is_held,
    bool_or((s.valid_until IS NULL OR s.valid_until > $day) AND u.account_number IS NOT NULL) AS is_used
  FROM spans AS s LEFT JOIN used AS u ON u.account_number = s.account_number
  WHERE s.valid_from <= $day
  GROUP BY s.manager, s.person, s.product_group
)
SELECT
  manager, product_group, count(*) FILTER (WHERE is_held), count(*) FILTER (WHERE is_used),
  count(*) FILTER (WHERE is_held AND first_on >= $first)
FROM each GROUP BY manager, product_group HAVING count(*) FILTER (WHERE is_held) > 0
ORDER BY 1, 3 DESC, 2
"""

_CHANNELS = """
WITH {numbers},
each AS (
  SELECT n.manager, n.person, c.channel_code, min(c.business_date) AS first_on, max(c.month_start) AS last_month
  FROM customer_channel_month AS c INNER JOIN numbers AS n ON n.customer_number = c.customer_number
  WHERE c.business_date <= $day
  GROUP BY n.manager, n.person, c.channel_code
)
SELECT manager, channel_code, count(*), count(*) FILTER (WHERE last_month >= $since), count(*) FILTER (WHERE first_on >= $first)
FROM each GROUP BY manager, channel_code ORDER BY 1, 3 DESC, 2
"""

_SOLD = """
WITH {numbers}
SELECT n.manager, count(DISTINCT n.person), coalesce(sum(h.market_amount), 0)
FROM asset_holding AS h INNER JOIN numbers AS n ON n.customer_number = h.customer_number
WHERE h.valid_from <= $day AND (h.valid_until IS NULL OR h.valid_until > $day)
GROUP BY n.manager
"""


def product_use(reader: Reader, whose: Whose, first: date, day: date, organisation: str | None) -> dict[str, tuple[Use, ...]]:
    """Return by manager the product groups that his customers hold on `day`, most holders first; taken up is since `first`."""
    return by_person((manager, Use(*use)) for manager, *use in _asked(reader, _PRODUCTS, whose, first, day, organisation))


def channel_use(reader: Reader, whose: Whose, first: date, day: date, organisation: str | None) -> dict[str, tuple[Use, ...]]:
    """Return by manager the channels that his customers have ever used, most of them first; taken up is used first since `first`.

    Use is told in whole months, as `customer_channel_month` counts it.
    """
    return by_person((manager, Use(*use)) for manager, *use in _asked(reader, _CHANNELS, whose, first, day, organisation))


def sold_to(reader: Reader, whose: Whose, day: date, organisation: str | None) -> dict[str, Sold]:
    """Return by manager what his customers hold of agency and wealth products on `day`; who sold none stands not there."""
    rows = _asked(reader, _SOLD, whose, day, day, organisation)
    return {manager: Sold(int(count), Decimal(amount)) for manager, count, amount in rows}


def deposit_origin(lines: Iterable[RuleLine]) -> DepositOrigin:
    """Return which part of a person's deposits, as rules gave them to him, comes with a loan to the same customer."""
    deposits = [line for line in lines if line.account_kind == "deposit"]
    derived = sum((line.derived_balance for line in deposits), Decimal("0.00"))
    return DepositOrigin(sum((line.balance for line in deposits), Decimal("0.00")) - derived, derived)


def active_since(day: date) -> date:
    """Return the first day of the months within which something must have been used to be active on a day."""
    months = day.year * 12 + day.month - ACTIVE_MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _asked(reader: Reader, query: str, whose: Whose, first: date, day: date, organisation: str | None) -> list[tuple[Any, ...]]:
    only = "m.person_number = ?" if whose else "true"
    text = query.format(numbers=_NUMBERS.format(whose=only, within=within("m.organisation_code", organisation)))
    values = [*([whose.person] if whose else []), *place_of(organisation)]
    return reader.rows(on_days(text, first=first, day=day, since=active_since(day)), values)

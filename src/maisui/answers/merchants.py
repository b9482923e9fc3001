"""Acquired merchants one by one: takings, what they earn, who has fallen silent, and whom to speak to about it.

A merchant stands at the outlet that looks after it. Who stands behind it is told only where his home lies within what is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from maisui.warehouse.reader import Reader

MOST_ROWS = 200


class MerchantList(StrEnum):
    """Which merchants a list names: all of them by takings, or the silent ones by what they took in before."""

    RANKING = "ranking"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class MerchantQuery:
    """Merchants at or below `organisations` (None is the whole bank, an empty tuple none) over the months between two days.

    `homes` says where a customer must be at home for who he is to be told, in the same way.
    """

    kind: MerchantList
    first_day: date
    day: date
    organisations: tuple[str, ...] | None = None
    homes: tuple[str, ...] | None = None
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class MerchantUse:
    """One merchant over a period; `silent_day_count` counts from its last trade, or from its first day where it never traded.

    `is_silent` is None where the totals do not reach back far enough.
    """

    merchant_number: str
    organisation_code: str
    merchant_class: str | None
    is_open: bool
    is_silent: bool | None
    last_traded_on: date | None
    silent_day_count: int | None
    trade_count: int
    trade_amount: Decimal
    fee_income_amount: Decimal
    fee_cost_amount: Decimal

    @property
    def net_amount(self) -> Decimal:
        """Return fee income less what is passed on."""
        return self.fee_income_amount - self.fee_cost_amount


@dataclass(frozen=True, slots=True)
class Merchant:
    """One merchant with who stands behind it; the customer, his balance and his managers are None out of sight or where unknown."""

    use: MerchantUse
    organisation_name: str
    merchant_name: str | None
    customer_number: str | None
    customer_kind: str
    balance: Decimal | None
    managers: str | None


@dataclass(frozen=True, slots=True)
class Merchants:
    """Merchants of a period, most takings first; `day` is the last day with totals (None: none by then), `silent_days` in force then."""

    day: date | None
    silent_days: int | None
    rows: tuple[MerchantUse, ...]


@dataclass(frozen=True, slots=True)
class FeeTie:
    """What merchants paid (`fee_income`) or was passed on (`fee_expense`) in a whole month, beside the ledger's acquiring subjects."""

    day: date
    line_code: str
    merchant_amount: Decimal
    ledger_amount: Decimal

    @property
    def difference(self) -> Decimal:
        """Return merchants less ledger."""
        return self.merchant_amount - self.ledger_amount


@dataclass(frozen=True, slots=True)
class MerchantPage:
    """One page of a list, and what the merchants on the whole list took in and brought."""

    query: MerchantQuery
    day: date | None
    page: int
    total_count: int
    trade_amount: Decimal
    net_amount: Decimal
    rows: tuple[Merchant, ...]


_USES = """
WITH at_end AS (
  SELECT merchant_number, organisation_code, open_count = 1 AS is_open, is_silent, last_traded_on, business_date
  FROM merchant_month
  WHERE business_date = (SELECT max(business_date) FROM merchant_month WHERE business_date <= ?)
),
sums AS (
  SELECT
    merchant_number, arg_max(organisation_code, business_date) AS organisation_code, sum(trade_count)::BIGINT AS trade_count,
    sum(trade_amount) AS trade_amount, sum(fee_income_amount) AS fee_income_amount, sum(fee_cost_amount) AS fee_cost_amount
  FROM merchant_month WHERE business_date >= ? AND business_date <= ?
  GROUP BY merchant_number
),
uses AS (
  SELECT
    m.merchant_number, coalesce(e.organisation_code, s.organisation_code) AS organisation_code, m.merchant_class,
    coalesce(e.is_open, false) AS is_open, CASE WHEN e.merchant_number IS NULL THEN false ELSE e.is_silent END AS is_silent,
    e.last_traded_on,
    date_diff('day', coalesce(e.last_traded_on, m.opened_on), e.business_date) AS silent_day_count,
    coalesce(s.trade_count, 0) AS trade_count, coalesce(s.trade_amount, 0)::DECIMAL(38,2) AS trade_amount,
    coalesce(s.fee_income_amount, 0)::DECIMAL(38,2) AS fee_income_amount, coalesce(s.fee_cost_amount, 0)::DECIMAL(38,2) AS fee_cost_amount
  FROM merchant AS m
  LEFT JOIN at_end AS e ON e.merchant_number = m.merchant_number
  LEFT JOIN sums AS s ON s.merchant_number = m.merchant_number
  WHERE e.merchant_number IS NOT NULL OR s.merchant_number IS NOT NULL
)"""
_COLUMNS = (
    "u.merchant_number, u.organisation_code, u.merchant_class, u.is_open, u.is_silent, u.last_traded_on, u.silent_day_count, "
    "u.trade_count, u.trade_amount, u.fee_income_amount, u.fee_cost_amount"
)


def merchants(reader: Reader, organisation: str | None, first_day: date, day: date) -> Merchants:
    """Return every merchant over the months whose last day lies between two days, most takings first; nobody is named."""
    inside, bound = _inside("u.organisation_code", None if organisation is None else (organisation,))
    rows = reader.rows(
        f"{_USES} SELECT {_COLUMNS} FROM uses AS u WHERE {inside} ORDER BY u.trade_amount DESC, u.merchant_number",
        [day, first_day, day, *bound],
    )
    last = _last_day(reader, day)
    return Merchants(last, _silent_days(reader, last) if last else None, tuple(MerchantUse(*row) for row in rows))


def list_merchants(reader: Reader, query: MerchantQuery) -> MerchantPage:
    """Return one page of a list with names, settlement balances and managers on the query's day."""
    inside, places = _inside("u.organisation_code", query.organisations)
    at_home, homes = _inside("c.home_organisation_code", query.homes)
    chosen = f"{inside} AND ({'u.is_silent' if query.kind is MerchantList.SILENT else 'true'})"
    bound = [query.day, query.first_day, query.day]
    ((count, taken, net),) = reader.rows(
        f"{_USES} SELECT count(*), coalesce(sum(u.trade_amount), 0)::DECIMAL(38,2), "
        f"coalesce(sum(u.fee_income_amount - u.fee_cost_amount), 0)::DECIMAL(38,2) FROM uses AS u WHERE {chosen}",
        [*bound, *places],
    )
    size = min(max(query.size, 1), MOST_ROWS)
    page = min(max(query.page, 1), max(1, -(-count // size)))
    rows = reader.rows(
        f"{_USES}, page AS (SELECT u.* FROM uses AS u WHERE {chosen} ORDER BY u.trade_amount DESC, u.merchant_number LIMIT ? OFFSET ?), "
        f"{_BEHIND.format(at_home=at_home)} "
        f"SELECT {_COLUMNS}, coalesce(o.organisation_name, u.organisation_code), b.merchant_name, b.customer_number, b.customer_kind, "
        "b.balance, b.managers FROM page AS u INNER JOIN behind AS b ON b.merchant_number = u.merchant_number "
        "LEFT JOIN organisation AS o ON o.organisation_code = u.organisation_code ORDER BY u.trade_amount DESC, u.merchant_number",
        [*bound, *places, size, (page - 1) * size, query.day, query.day, query.day, query.day, *homes],
    )
    width = len(MerchantUse.__dataclass_fields__)
    found = tuple(Merchant(MerchantUse(*row[:width]), *row[width:]) for row in rows)
    return MerchantPage(query, _last_day(reader, query.day), page, count, taken, net, found)


def merchant_customers(reader: Reader, query: MerchantQuery) -> tuple[str, ...]:
    """Return the numbers of all customers at home within `homes` behind the merchants of a list, each once."""
    inside, places = _inside("u.organisation_code", query.organisations)
    at_home, homes = _inside("c.home_organisation_code", query.homes)
    chosen = "u.is_silent" if query.kind is MerchantList.SILENT else "true"
    rows = reader.rows(
        f"{_USES} SELECT DISTINCT c.person_customer_number FROM uses AS u "
        "INNER JOIN merchant AS m ON m.merchant_number = u.merchant_number "
        f"INNER JOIN customer AS c ON c.customer_number = m.customer_number WHERE {inside} AND ({chosen}) AND {at_home} ORDER BY 1",
        [query.day, query.first_day, query.day, *places, *homes],
    )
    return tuple(number for (number,) in rows)


_BEHIND = """
behind AS (
  SELECT
    k.merchant_number, k.merchant_name, k.customer_number, k.customer_kind, (
      SELECT sum(a.balance) FROM account_balance AS a
      WHERE a.account_number = k.account_number AND a.currency = 'CNY' AND a.valid_from <= ?
        AND (a.valid_until IS NULL OR a.valid_until > ?)
    ) AS balance, (
      SELECT string_agg(DISTINCT coalesce(p.employee_name, l.employee_number), '、' ORDER BY coalesce(p.employee_name, l.employee_number))
      FROM account_allocation AS l
      LEFT JOIN (SELECT employee_number, max_by(employee_name, reported_on) AS employee_name FROM employee_snapshot GROUP BY ALL) AS p
        ON p.employee_number = l.employee_number
      WHERE l.account_number = k.account_number AND l.employee_number <> 'unassigned' AND l.valid_from <= ?
        AND (l.valid_until IS NULL OR l.valid_until > ?)
    ) AS managers
  FROM (
    SELECT
      m.merchant_number, m.merchant_name, m.customer_kind, c.person_customer_number AS customer_number,
      CASE WHEN c.customer_number IS NOT NULL THEN m.settlement_account_number END AS account_number
    FROM merchant AS m
    LEFT JOIN customer AS c ON c.customer_number = m.customer_number AND {at_home}
    WHERE m.merchant_number IN (SELECT merchant_number FROM page)
  ) AS k
)"""


def fee_ties(reader: Reader, organisation: str | None, first_day: date, day: date) -> tuple[FeeTie, ...] | None:
    """Return the months between two days in which fees are held against the ledger, newest first; None below the whole bank."""
    if organisation is not None:
        above = "SELECT 1 FROM organisation_closure WHERE organisation_code = ? AND ancestor_code <> ? LIMIT 1"
        if reader.rows(above, [organisation, organisation]):
            return None
    rows = reader.rows(
        "SELECT business_date, line_code, merchant_amount, ledger_amount FROM merchant_fee_tie "
        "WHERE business_date >= ? AND business_date <= ? ORDER BY business_date DESC, line_code DESC",
        [first_day, day],
    )
    return tuple(FeeTie(*row) for row in rows)


def _last_day(reader: Reader, day: date) -> date | None:
    ((found,),) = reader.rows("SELECT max(business_date) FROM merchant_month WHERE business_date <= ?", [day])
    return found


def _silent_days(reader: Reader, day: date) -> int | None:
    rows = reader.rows(
        "SELECT CAST(number_value AS BIGINT) FROM parameter WHERE parameter_code = 'merchant_silent_days' AND valid_from <= ? "
        "AND (valid_until IS NULL OR valid_until > ?)",
        [day, day],
    )
    return rows[0][0] if rows else None


def _inside(column: str, organisations: tuple[str, ...] | None) -> tuple[str, list[Any]]:
    if organisations is None:
        return "true", []
    if not organisations:
        return "false", []
    places = ", ".join("?" for _ in organisations)
    return f"{column} IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))", [*organisations]

"""How clean and how pressed a teller's work is: postings he took back himself, cash that machines could do, and the peaks of the queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.performance import is_small, within
from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.warehouse.reader import Reader

_LONGEST_BACK = 31
"""Days within which a reversal looks for the posting it takes back."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """A teller's postings of a period, those taken back by whom, and cash of small amounts among all cash at the counter.

    `own_count` he took back himself on the same day: his own errors. `later_count` he took back himself on a later day and
    `other_count` somebody else took back: those may be what a customer asked for. Each posting counts once, on its own day.
    """

    posting_count: int
    own_count: int
    later_count: int
    other_count: int
    cash_count: int
    small_cash_count: int

    @property
    def own_rate(self) -> Decimal | None:
        """Return his own errors as a share of his postings; None without postings."""
        return Decimal(self.own_count) / self.posting_count if self.posting_count else None

    @property
    def separable_share(self) -> Decimal | None:
        """Return the share of cash business that a machine could have done; None without cash."""
        return Decimal(self.small_cash_count) / self.cash_count if self.cash_count else None


@dataclass(frozen=True, slots=True)
class QueueLoad:
    """The peaks of the outlets in which a teller was called to, and his part in them: hours, tickets of all and his own, seconds waited."""

    hours: tuple[str, ...]
    ticket_count: int
    peak_ticket_count: int
    own_count: int
    own_peak_count: int
    peak_wait_seconds: Decimal | None


def teller_corrections(reader: Reader, tellers: Sequence[str], first: date, last: date, organisation: str | None) -> Corrections:
    """Return what became of the postings of `tellers` from `first` to `last`; small by the limit of each day.

    A posting is taken back by the nearest later opposite one of the same size on its account that is flagged as a reversal.
    Flagged postings that take another one back are no postings of his own.
    """
    rows = reader.rows(
        f"""
WITH flagged AS (
  SELECT
    account_number, currency, balance_change, posted_on, coalesce(posted_time, '') AS posted_time, transaction_number, teller_number
  FROM account_transaction
  WHERE is_reversal AND balance_change <> 0 AND posted_on BETWEEN ? AND CAST(? AS DATE) + {_LONGEST_BACK}
),
entries AS (
  SELECT
    t.account_number, t.currency, t.amount, t.balance_change, t.posted_on, coalesce(t.posted_time, '') AS posted_time,
    t.transaction_number, t.teller_number, t.is_cash, t.is_reversal
  FROM account_transaction AS t
  WHERE list_contains(?, t.teller_number) AND t.posted_on BETWEEN ? AND ? AND {within("t.handling_organisation_code", organisation)}
),
back AS (
  SELECT DISTINCT e.account_number, e.currency, e.transaction_number
  FROM entries AS e
  INNER JOIN account_transaction AS o ON o.account_number = e.account_number AND o.currency = e.currency
    AND o.balance_change = -e.balance_change AND o.posted_on BETWEEN e.posted_on - {_LONGEST_BACK} AND e.posted_on
    AND (o.posted_on, coalesce(o.posted_time, ''), o.transaction_number) < (e.posted_on, e.posted_time, e.transaction_number)
  WHERE e.is_reversal AND e.balance_change <> 0 AND NOT EXISTS (
    SELECT 1 FROM flagged AS f WHERE f.account_number = e.account_number AND f.currency = e.currency
      AND f.balance_change = -e.balance_change AND f.posted_on = e.posted_on
      AND (f.posted_time, f.transaction_number) > (e.posted_time, e.transaction_number)
  )
),
own AS (
  SELECT e.* FROM entries AS e
  ANTI JOIN back AS b ON b.account_number = e.account_number AND b.currency = e.currency AND b.transaction_number = e.transaction_number
),
taken AS (
  SELECT o.account_number, o.currency, o.transaction_number, o.posted_on, f.posted_on AS taken_on, f.teller_number AS taker
  FROM own AS o
  INNER JOIN flagged AS f ON f.account_number = o.account_number AND f.currency = o.currency AND f.balance_change = -o.balance_change
    AND f.posted_on BETWEEN o.posted_on AND o.posted_on + {_LONGEST_BACK}
    AND (f.posted_on, f.posted_time, f.transaction_number) > (o.posted_on, o.posted_time, o.transaction_number)
  QUALIFY row_number() OVER (
    PARTITION BY f.account_number, f.currency, f.transaction_number ORDER BY o.posted_on DESC, o.posted_time DESC, o.transaction_number DESC
  ) = 1
)
SELECT
  (SELECT count(*) FROM own),
  (SELECT count(*) FROM taken WHERE list_contains(?, taker) AND taken_on = posted_on),
  (SELECT count(*) FROM taken WHERE list_contains(?, taker) AND taken_on > posted_on),
  (SELECT count(*) FROM taken WHERE taker IS NULL OR NOT list_contains(?, taker)),
  (SELECT count(*) FROM own WHERE is_cash),
  (
    SELECT count(*) FROM own AS o {rate_of_day("o", "o.posted_on", "x")}
    WHERE o.is_cash AND {is_small(in_local_currency("o.amount", "x"), "o.posted_on")}
  )
""",
        [first, last, list(tellers), first, last, *([organisation] if organisation else []), *[list(tellers)] * 3],
    )
    return Corrections(*rows[0])


def queue_load(reader: Reader, tellers: Sequence[str], first: date, last: date) -> QueueLoad | None:
    """Return the peaks of the outlets at which `tellers` called customers, and their part in them; None without such tickets.

    A peak is an hour with more tickets than an hour of those outlets has on average.
    """
    rows = reader.rows(
        """
WITH places AS (
  SELECT DISTINCT organisation_code FROM queue_ticket WHERE list_contains(?, teller_number) AND taken_on BETWEEN ? AND ?
)
SELECT
  substr(q.taken_time, 1, 2), count(*), count(*) FILTER (WHERE list_contains(?, q.teller_number)),
  count(*) FILTER (WHERE q.called_time >= q.taken_time),
  coalesce(sum(CASE WHEN q.called_time >= q.taken_time THEN
    CAST(substr(q.called_time, 1, 2) AS BIGINT) * 3600 + CAST(substr(q.called_time, 3, 2) AS BIGINT) * 60
    + CAST(substr(q.called_time, 5, 2) AS BIGINT) - CAST(substr(q.taken_time, 1, 2) AS BIGINT) * 3600
    - CAST(substr(q.taken_time, 3, 2) AS BIGINT) * 60 - CAST(substr(q.taken_time, 5, 2) AS BIGINT) END), 0)
FROM queue_ticket AS q
INNER JOIN places AS p ON p.organisation_code = q.organisation_code
WHERE q.taken_on BETWEEN ? AND ?
GROUP BY 1 ORDER BY 1
""",
        [list(tellers), first, last, list(tellers), first, last],
    )
    if not rows:
        return None
    whole = sum(row[1] for row in rows)
    peaks = [row for row in rows if row[1] * len(rows) > whole]
    called = sum(row[3] for row in peaks)
    return QueueLoad(
        tuple(row[0] for row in peaks),
        whole,
        sum(row[1] for row in peaks),
        sum(row[2] for row in rows),
        sum(row[2] for row in peaks),
        Decimal(int(sum(row[4] for row in peaks))) / called if called else None,
    )

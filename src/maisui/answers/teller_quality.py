"""How clean and how pressed a teller's work is: postings he took back himself, cash that machines could do, and the peaks of the queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.held_by import on_days
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

    A reversal, as the batch tells it from an original that is flagged too, takes back the nearest earlier opposite posting of the same
    size on its account, whoever made it, and is no posting of his own; a posting counts with the first that takes it back.
    """
    rows = reader.rows(
        on_days(
            f"""
WITH takers AS (
  SELECT
    t.account_number, t.currency, t.balance_change, t.posted_on, coalesce(t.posted_time, '') AS posted_time, t.transaction_number,
    t.teller_number
  FROM account_transaction AS t
  INNER JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number AND r.is_event
  WHERE t.balance_change <> 0 AND t.posted_on BETWEEN $first AND $last + {_LONGEST_BACK}
),
own AS (
  SELECT t.account_number, t.currency, t.transaction_number, t.posted_on, t.amount, t.is_cash
  FROM account_transaction AS t
  ANTI JOIN takers AS f
    ON f.account_number = t.account_number AND f.currency = t.currency AND f.transaction_number = t.transaction_number
  WHERE list_contains($1, t.teller_number) AND t.posted_on BETWEEN $first AND $last
    AND {within("t.handling_organisation_code", organisation).replace("?", "$2")}
),
taken AS (
  SELECT
    o.account_number, o.currency, o.transaction_number, o.posted_on, f.posted_on AS taken_on, f.posted_time AS taken_at,
    f.transaction_number AS taken_by, f.teller_number AS taker
  FROM takers AS f
  INNER JOIN account_transaction AS o ON o.account_number = f.account_number AND o.currency = f.currency
    AND o.balance_change = -f.balance_change AND o.posted_on BETWEEN f.posted_on - {_LONGEST_BACK} AND f.posted_on
    AND (o.posted_on, coalesce(o.posted_time, ''), o.transaction_number) < (f.posted_on, f.posted_time, f.transaction_number)
  ANTI JOIN reversal AS r
    ON r.account_number = o.account_number AND r.currency = o.currency AND r.transaction_number = o.transaction_number AND r.is_event
  WHERE o.posted_on BETWEEN $first - {_LONGEST_BACK} AND $last + {_LONGEST_BACK}
    AND f.account_number IN (SELECT account_number FROM own)
  QUALIFY row_number() OVER (
    PARTITION BY f.account_number, f.currency, f.transaction_number
    ORDER BY o.posted_on DESC, coalesce(o.posted_time, '') DESC, o.transaction_number DESC
  ) = 1
),
ended AS (
  SELECT o.posted_on, k.taken_on, coalesce(list_contains($1, k.taker), false) AS by_himself
  FROM own AS o
  INNER JOIN taken AS k ON k.account_number = o.account_number AND k.currency = o.currency AND k.transaction_number = o.transaction_number
  QUALIFY row_number() OVER (
    PARTITION BY o.account_number, o.currency, o.transaction_number ORDER BY k.taken_on, k.taken_at, k.taken_by
  ) = 1
)
SELECT
  (SELECT count(*) FROM own),
  (SELECT count(*) FROM ended WHERE by_himself AND taken_on = posted_on),
  (SELECT count(*) FROM ended WHERE by_himself AND taken_on > posted_on),
  (SELECT count(*) FROM ended WHERE NOT by_himself),
  (SELECT count(*) FROM own WHERE is_cash),
  (
    SELECT count(*) FROM own AS o {rate_of_day("o", "o.posted_on", "x")}
    WHERE o.is_cash AND {is_small(in_local_currency("o.amount", "x"), "o.posted_on")}
  )
""",
            first=first,
            last=last,
        ),
        [list(tellers), *([organisation] if organisation else [])],
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

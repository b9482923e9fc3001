"""A single account that a report forgot or counted twice, where nothing else explains the rest of a difference.

Among many accounts some balance fits any amount. So one is only named where it is the only one of its balance, and where, by how many
accounts lie near that amount and how many amounts were tried, fewer than one in a hundred such finds would be chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maisui.answers.report_accounts import Basis, accounts_sql
from maisui.answers.report_figure import CENT, Cause
from maisui.answers.report_scope import Part
from maisui.warehouse.reader import Reader

FORGOTTEN, TWICE = "one_account", "twice"
_RARE = 100


@dataclass(frozen=True, slots=True)
class Beside:
    """What is taken to hold beside a single account: causes already told, and parts of which it must be none."""

    causes: tuple[Cause, ...] = ()
    parts: tuple[Part, ...] = ()


Wanted = Mapping[int, Sequence[Beside]]
"""The amounts in cents that one account may make up, each with what leaves it."""


def single_accounts(reader: Reader, basis: Basis, wanted: Wanted, tried: int) -> list[tuple[Beside, Cause]]:
    """Return each account that makes up an amount of `wanted`, with what stands beside it; `tried` amounts were, on all days."""
    amounts = sorted({abs(cents) for cents in wanted} - {0})
    crowds = reader.rows(
        f"WITH held AS MATERIALIZED (SELECT balance FROM ({accounts_sql(basis)}) AS a WHERE is_counted AND balance > 0), "
        "wanted AS (SELECT CAST(unnest(?) AS DECIMAL(18,2)) AS amount), "
        "once AS (SELECT w.amount FROM wanted AS w INNER JOIN held AS h ON h.balance = w.amount GROUP BY w.amount HAVING count(*) = 1) "
        "SELECT o.amount, count(*) FROM once AS o INNER JOIN held AS h ON h.balance >= o.amount / 2 AND h.balance <= o.amount * 2 "
        "GROUP BY o.amount",
        [[Decimal(cents) * CENT for cents in amounts]],
    )
    named = [amount for amount, crowd in crowds if crowd * tried * _RARE < int(amount * 100) * 3 // 2]
    if not named:
        return []
    codes = [one.code for one in basis.attributes]
    rows = reader.rows(
        f"SELECT balance, {', '.join(codes)} FROM ({accounts_sql(basis)}) AS a "
        "WHERE is_counted AND balance IN (SELECT CAST(unnest(?) AS DECIMAL(18,2))) ORDER BY balance",
        [named],
    )
    found: list[tuple[Beside, Cause]] = []
    for balance, *values in rows:
        cents = int(balance * 100)
        own = {f"{code}={value}" for code, value in zip(codes, values, strict=True) if value is not None}
        for sign, code in ((1, FORGOTTEN), (-1, TWICE)):
            cause = Cause(f"{code}={balance}", sign * balance, 1, basis.day)
            found += [(beside, cause) for beside in wanted.get(sign * cents, ()) if not any(part.code in own for part in beside.parts)]
    return found

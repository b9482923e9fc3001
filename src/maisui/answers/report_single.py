"""A single account that a report forgot or counted twice, where nothing else explains the rest of a difference.

Among many accounts some balance fits any amount. So one is only named where it is the only one of its balance, and where, by how many
accounts lie near that amount and how many amounts were tried, fewer than one in a hundred such finds would be chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from maisui.answers.report_accounts import Basis, accounts_sql
from maisui.answers.report_figure import CENT, Cause
from maisui.answers.report_scope import Part
from maisui.warehouse.reader import Reader

FORGOTTEN, TWICE = "one_account", "twice"
_RARE = 100


def single_accounts(reader: Reader, basis: Basis, rest: int, parts: Sequence[Part]) -> list[tuple[Part | None, Cause]]:
    """Return each account that makes up `rest` cents, alone or beside one of `parts` that it does not belong to; the fewest causes only."""
    wanted: dict[int, list[Part | None]] = {rest: [None]}
    for part in parts:
        wanted.setdefault(rest - part.cents, []).append(part)
    wanted.pop(0, None)
    amounts = sorted({abs(cents) for cents in wanted})
    codes = [one.code for one in basis.attributes]
    rows = reader.rows(
        f"WITH held AS (SELECT * FROM ({accounts_sql(basis)}) AS a WHERE is_counted AND balance > 0), "
        "wanted AS (SELECT CAST(unnest(?) AS DECIMAL(18,2)) AS amount), "
        "near AS (SELECT w.amount, count(*) AS crowd, count(*) FILTER (WHERE h.balance = w.amount) AS same FROM wanted AS w "
        "INNER JOIN held AS h ON h.balance >= w.amount / 2 AND h.balance <= w.amount * 2 GROUP BY w.amount) "
        f"SELECT h.balance, n.crowd, {', '.join(f'h.{code}' for code in codes)} FROM near AS n "
        "INNER JOIN held AS h ON h.balance = n.amount WHERE n.same = 1 ORDER BY h.balance",
        [[Decimal(cents) * CENT for cents in amounts]],
    )
    found: list[tuple[Part | None, Cause]] = []
    for balance, crowd, *values in rows:
        cents = int(balance * 100)
        if crowd * len(amounts) * _RARE >= cents * 3 // 2:
            continue
        own = {f"{code}={value}" for code, value in zip(codes, values, strict=True) if value is not None}
        for sign, code in ((1, FORGOTTEN), (-1, TWICE)):
            cause = Cause(f"{code}={balance}", sign * balance, 1, basis.day)
            found += [(part, cause) for part in wanted.get(sign * cents, []) if part is None or part.code not in own]
    alone = [one for one in found if one[0] is None]
    return alone or found

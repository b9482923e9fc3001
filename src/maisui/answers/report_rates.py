"""What a report's figure is where it converts foreign currency otherwise: not at all, or at the rate of another day.

A balance of ours is the account's own, converted at the rate of the day; the account's own is found again by that rate: the whole
amount that comes to our cents where one does (yen have no cents, and many of theirs make one of ours), else the amount to the cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from maisui.answers.report_accounts import Basis, accounts_sql
from maisui.answers.report_scope import Cells, Part
from maisui.metrics.measure_sql import quoted_text
from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.warehouse.reader import Reader

UNCONVERTED, RATE_OF = "unconverted", "rate_of"
_RANK = 2


def rate_parts(reader: Reader, basis: Basis, cells: Cells, days: Sequence[date]) -> tuple[Part, ...]:
    """Return the foreign accounts that count, one part for each currency left as it is and one for each other rate of `days`."""
    currencies = _cells_of_currencies(cells)
    if not currencies:
        return ()
    tried = [(f"{UNCONVERTED}={currency}", mask) for currency, mask in sorted(currencies.items())]
    together = 0
    for mask in currencies.values():
        together |= mask
    base = basis.day.replace(day=1)
    tried += [(f"{RATE_OF}={day}", together) for day in dict.fromkeys((*days, base, base.replace(month=1) - timedelta(days=1)))]
    found: dict[tuple[int, int], Part] = {}
    for code, mask in tried:
        query = converted_sql(basis, code)
        amount, accounts = reader.rows(f"SELECT coalesce(sum(ours - theirs), 0), count(*) FROM ({query}) AS r WHERE ours <> theirs")[0]
        part = Part(code, int(amount * 100), accounts, mask, _RANK)
        if part.cents:
            found.setdefault((part.cents, mask), part)
    return tuple(found.values())


def converted_sql(basis: Basis, code: str) -> str:
    """Return the SELECT of the foreign accounts that count, ours beside what they are by the part `code`."""
    kind, _, value = code.partition("=")
    whole, to_the_cent = (f"CAST(round(a.balance * x.quoted_amount / x.exchange_rate, {places}) AS DECIMAL(18,2))" for places in (0, 2))
    own = (
        f"CASE WHEN x.currency IS NULL THEN a.balance WHEN {in_local_currency(whole, 'x')} = a.balance THEN {whole} ELSE {to_the_cent} END"
    )
    theirs, rate = "o.own", ""
    if kind == RATE_OF:
        theirs, rate = f"CAST({in_local_currency('o.own', 'y')} AS DECIMAL(18,2))", rate_of_day("o", f"DATE {quoted_text(value)}", "y")
    of_day = rate_of_day("a", f"DATE '{basis.day}'", "x")
    chosen = f"currency = {quoted_text(value)}" if kind == UNCONVERTED else "foreign_currency IS NOT NULL"
    return (
        f"SELECT o.account_number, o.currency, o.organisation_code, o.product_code, o.balance AS ours, {theirs} AS theirs FROM ("
        f"SELECT a.account_number, a.currency, a.organisation_code, a.product_code, a.balance, {own} AS own "
        f"FROM (SELECT * FROM ({accounts_sql(basis)}) AS r WHERE is_counted AND balance <> 0 AND {chosen}) AS a "
        f"{of_day}) AS o {rate}"
    )


def _cells_of_currencies(cells: Cells) -> dict[str, int]:
    """Return the set of counting cells, as bits, of each foreign currency."""
    at = next(place for place, attribute in enumerate(cells.basis.attributes) if attribute.code == "foreign_currency")
    found: dict[str, int] = {}
    for cell, values in enumerate(cells.values):
        currency = values[at]
        if currency is not None and cells.is_counted[cell]:
            found[currency] = found.get(currency, 0) | 1 << cell
    return found

"""All currencies of the ledger together 本外币合并: each amount in local currency at the rate of its accounting day, to the cent a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from maisui.answers.ask import Note
from maisui.metrics.measure_sql import quoted_text
from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.warehouse.reader import Reader

ALL_CURRENCIES = "all"
"""What a question names as its currency to have every currency that has a rate, converted and added up."""
MOST_TOLD = 4
"""How many rates a note names; an export has them all."""
_CENT = Decimal("0.01")
AMOUNTS: Mapping[str, tuple[str, ...]] = {
    "ledger_day": ("balance", "debit_amount", "credit_amount"),
    "income_day": ("profit_amount",),
    "ledger_tie": ("subledger_balance", "ledger_balance", "difference_amount"),
}
"""What is converted of each table that is read for the ledger: its amounts, all at the rate of `business_date`."""


@dataclass(frozen=True, slots=True)
class LedgerRate:
    """What a foreign currency is worth on a day: `quoted_amount` of it is `exchange_rate` of the local one, since `valid_from`.

    `valid_from` is None where the first rate delivered also stands for days before it.
    """

    currency: str
    day: date
    valid_from: date | None
    quoted_amount: Decimal
    exchange_rate: Decimal

    def converted(self, amount: Decimal) -> Decimal:
        """Return an amount in local currency, rounded half away from zero to the cent, as SQL does."""
        return (amount * self.exchange_rate / self.quoted_amount).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class LedgerRates:
    """Rates by currency and accounting day, and the currencies of the ledger that have none and are left out."""

    rates: tuple[LedgerRate, ...]
    unrated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """How currencies of the ledger come together: into which, which have rates, and which have none and are left out."""

    local: str
    rated: tuple[str, ...]
    unrated: tuple[str, ...]

    @property
    def currencies(self) -> tuple[str, ...]:
        """Return every currency that is added up."""
        return (self.local, *self.rated)


def conversion_of(reader: Reader, currencies: Sequence[str]) -> Conversion:
    """Return how `currencies` (most lines first) come together.

    The local one is that of most rates; a union holds its members' rates but not their quotations: there it is the one of most
    lines among those that need no rate.
    """
    quoted = reader.rows("SELECT local_currency FROM exchange_rate GROUP BY 1 ORDER BY count(*) DESC, local_currency LIMIT 1")
    known = {row[0] for row in reader.rows("SELECT DISTINCT currency FROM local_rate")}
    local = str(quoted[0][0]) if quoted else next((code for code in currencies if code not in known), currencies[0])
    foreign = [code for code in currencies if code != local]
    return Conversion(local, tuple(code for code in foreign if code in known), tuple(code for code in foreign if code not in known))


def ledger_rates(reader: Reader, conversion: Conversion, days: Iterable[date]) -> tuple[LedgerRate, ...]:
    """Return the rate of each converted currency on each day, by currency and day."""
    if not conversion.rated:
        return ()
    wanted = sorted(set(days))
    listed = ", ".join(f"(DATE '{day}')" for day in wanted) or "(NULL)"
    codes = ", ".join(quoted_text(code) for code in conversion.rated)
    rows = reader.rows(
        "SELECT r.currency, d.day, nullif(r.valid_from, DATE '1900-01-01'), r.quoted_amount, r.exchange_rate "
        f"FROM (VALUES {listed}) AS d(day) "
        "INNER JOIN local_rate AS r ON d.day >= r.valid_from AND (r.valid_until IS NULL OR d.day < r.valid_until) "
        f"WHERE r.currency IN ({codes}) ORDER BY r.currency, d.day"
    )
    return tuple(LedgerRate(*row) for row in rows)


def converted_rows(table: str, amounts: Sequence[str], day: str = "business_date") -> str:
    """Return the SELECT of a table's rows with `amounts` in local currency at the rate of `day`, rounded row by row.

    Rows of a currency without a rate stand as they are: the caller's condition on currencies leaves them out.
    """
    replaced = ", ".join(f"{in_local_currency(f't.{name}', 'r')} AS {name}" for name in amounts)
    return f"SELECT t.* REPLACE ({replaced}) FROM {table} AS t {rate_of_day('t', f't.{day}', 'r')}"


def conversion_notes(conversion: Conversion, rates: Sequence[LedgerRate], day: date | None) -> list[Note]:
    """Return what a reader of converted amounts should know: the rates of the accounting day, and what has none."""
    on = [rate for rate in rates if rate.day == day]
    more = len(on) - MOST_TOLD
    told = [
        f"{rate.quoted_amount.normalize():f} {rate.currency} = {rate.exchange_rate.normalize():f} {conversion.local}"
        for rate in on[:MOST_TOLD]
    ]
    notes = [
        Note(
            f"本外币合并：余额与损益各按其总账日汇率折{_name_zh(conversion.local)}，逐机构逐科目四舍五入到分"
            + (f"；{day}：{'，'.join(told)}" if told else "")
            + (f"，另有 {more} 种，见导出" if more > 0 else ""),
            f"all currencies: balances and results in {conversion.local} at the rates of their accounting days, each line to the cent"
            + (f"; {day}: {', '.join(told)}" if told else "")
            + (f" and {more} more, in the export" if more > 0 else ""),
        )
    ]
    if conversion.unrated:
        notes.append(
            Note(
                f"{'、'.join(conversion.unrated)} 没有汇率，未计入合并数，请单独查看",
                f"{', '.join(conversion.unrated)}: no exchange rate, not in these sums; look at it by itself",
            )
        )
    return notes


def _name_zh(currency: str) -> str:
    return "人民币" if currency == "CNY" else f" {currency}"

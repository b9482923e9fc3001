"""How amounts of a file add up: exact decimals by column and currency, never floats."""

from __future__ import annotations

from decimal import Decimal

from maisui.intake import amounts, forms
from maisui.intake.arrow import Array, Table, pa, pc
from maisui.sources.contract import ColumnKind, Feed

_EXACT = pa.decimal128(24, 6)
_SUMMABLE = frozenset((ColumnKind.AMOUNT, ColumnKind.POSITIVE_AMOUNT, ColumnKind.RATE, ColumnKind.INTEGER))
_CENT = Decimal("0.01")
NO_CURRENCY = ""

Totals = dict[str, dict[str, Decimal]]


def summable(feed: Feed, column: str) -> bool:
    """Tell whether a column holds numbers that may be added."""
    return column in feed.column_names and feed.column(column).kind in _SUMMABLE


def add_totals(totals: Totals, table: Table, feed: Feed, columns: tuple[str, ...], sign: int = 1) -> int:
    """Add the columns of `table` to `totals` by currency; return how many values could not be added."""
    unknown = 0
    currency = _text(table, feed.total_currency) if feed.total_currency in table.column_names else None
    for name in columns:
        text = _text(table, name)
        column = feed.column(name)
        form = forms.form_of(column)
        is_number = pc.match_substring_regex(text, f"^(?:{form.expression if form else ''})$")
        is_empty = pc.or_(pc.equal(text, ""), pc.is_in(text, value_set=pa.array(feed.null_words, pa.string())))
        unknown += len(text) - int(pc.sum(pc.or_(is_number, is_empty)).as_py() or 0)
        numbers = amounts.plain(pc.if_else(is_number, text, "0"), column).cast(_EXACT)
        by_currency = totals.setdefault(name, {})
        if currency is None:
            _add(by_currency, NO_CURRENCY, numbers, sign)
        else:
            encoded = pc.dictionary_encode(currency)
            for chosen, code in enumerate(encoded.dictionary.to_pylist()):
                mask = pa.array(encoded.indices.to_numpy() == chosen)
                _add(by_currency, code, numbers.filter(mask) if len(encoded.dictionary) > 1 else numbers, sign)
    return unknown


def _add(by_currency: dict[str, Decimal], code: str, numbers: Array, sign: int) -> None:
    by_currency[code] = by_currency.get(code, Decimal(0)) + sign * (pc.sum(numbers.cast(pa.decimal128(38, 6))).as_py() or 0)


def digits_total(table: Table, column: str) -> int:
    """Return the hash total of a column: the sum of the integers its last nine digits form."""
    digits = pc.utf8_slice_codeunits(pc.replace_substring_regex(_text(table, column), "[^0-9]", ""), -9, None)
    return int(pc.sum(pc.if_else(pc.equal(digits, ""), "0", digits).cast(pa.int64())).as_py() or 0)


def written(totals: Totals) -> dict[str, dict[str, str]]:
    """Return totals as decimal text, two places unless more are needed."""
    return {
        column: {code: text_of(amount) for code, amount in sorted(by_currency.items())} for column, by_currency in sorted(totals.items())
    }


def text_of(amount: Decimal) -> str:
    """Return a decimal as plain text with at least two places."""
    plain = amount.normalize()
    in_cents = plain.quantize(_CENT)
    return f"{in_cents if in_cents == plain else plain:f}"


def _text(table: Table, name: str) -> Array:
    column = table.column(name)
    whole = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return whole.dictionary_decode() if isinstance(whole, pa.DictionaryArray) else whole

"""How an amount in a foreign currency becomes one in the local currency, to the cent and alike in every step."""

from maisui.steps.portable import div_half_up


def in_local_currency(amount: str, rate: str) -> str:
    """Return SQL text for `amount` in local currency, rounded half up to the cent; `rate` is an outer join of `local_rate`.

    Where no rate was joined, because the amount is in local currency or because nobody delivered one, it is the amount as it
    is; the control `currencies_have_rates` names the latter.
    """
    # The embedded engine multiplies two decimals of at most 18 digits within 18 digits: 130 million dollars would not fit.
    converted = div_half_up(
        f"CAST({amount} AS DECIMAL(20,2)) * {rate}.exchange_rate", f"{rate}.quoted_amount", numerator_scale=8, denominator_scale=2
    )
    return f"CASE WHEN {rate}.currency IS NULL THEN {amount} ELSE {converted} END"


def rates_of_interval(interval: str, rate: str) -> str:
    """Return the outer join of `local_rate` by which each interval of a foreign amount is one row for each of its rates."""
    return (
        f"LEFT JOIN local_rate AS {rate}\n"
        f"  ON {rate}.currency = {interval}.currency\n"
        f"  AND ({interval}.valid_until IS NULL OR {rate}.valid_from < {interval}.valid_until)\n"
        f"  AND ({rate}.valid_until IS NULL OR {rate}.valid_until > {interval}.valid_from)"
    )


def rate_from(interval: str, rate: str) -> str:
    """Return SQL text for the first day of an interval within its rate."""
    return f"CASE WHEN {rate}.valid_from > {interval}.valid_from THEN {rate}.valid_from ELSE {interval}.valid_from END"


def rate_until(interval: str, rate: str) -> str:
    """Return SQL text for the day after the last of an interval within its rate, null where both go on."""
    return (
        f"CASE WHEN {interval}.valid_until IS NULL OR {rate}.valid_until < {interval}.valid_until"
        f" THEN {rate}.valid_until ELSE {interval}.valid_until END"
    )


def rate_of_day(row: str, day: str, rate: str) -> str:
    """Return the outer join of `local_rate` by which a row of one day has the rate of that day."""
    return (
        f"LEFT JOIN local_rate AS {rate}\n"
        f"    ON {rate}.currency = {row}.currency\n"
        f"    AND {day} >= {rate}.valid_from AND ({rate}.valid_until IS NULL OR {day} < {rate}.valid_until)"
    )

"""When a group's customers come: their own transactions by weekday, hour, channel and content, beside those of everybody.

A group's customers of today are joined to the published transactions of the last months; everybody's hours come from
`channel_hour_month`, to which the hours of all known customers add up. What was reversed does not count, as there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.group_plans import month_end_before
from maisui.answers.groups import Selection, compiled, within
from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.warehouse.reader import Reader

HOUR_MONTHS = (1, 3, 12)
"""Over how many months hours are asked for, that of the reporting date among them."""


@dataclass(frozen=True, slots=True)
class HourLine:
    """What was done on one weekday in one hour through one channel: transactions, and their amount in local currency.

    `weekday` is 1 (Monday) to 7, `hour` 00 to 23 or none where no time is delivered.
    """

    weekday: str
    hour: str
    channel: str
    content: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a group or of everybody, from the first day of a month to the reporting date."""

    first_day: date
    day: date
    lines: tuple[HourLine, ...]


def group_hours(reader: Reader, selection: Selection, organisations: tuple[str, ...] | None, months: int) -> Hours:
    """Return when the customers of a group at home within `organisations` came, over so many months up to the reporting date."""
    members, values = _members(reader, selection, organisations)
    rows = reader.rows(
        f"{members}, counted AS ({_postings(reader, months)}) "
        "SELECT weekday, hour, channel_code, transaction_type, CAST(sum(counts_as) AS BIGINT), "
        "CAST(sum(counts_as * amount) AS DECIMAL(38,2)) FROM counted GROUP BY ALL ORDER BY ALL",
        values,
    )
    return _hours(reader, months, rows)


def all_hours(reader: Reader, organisations: tuple[str, ...] | None, months: int) -> Hours:
    """Return when everybody came whose account is held within `organisations`."""
    place = within(organisations)
    rows = reader.rows(
        "SELECT weekday_code, hour_code, channel_code, transaction_type, CAST(sum(transaction_count) AS BIGINT), "
        "CAST(sum(transaction_amount) AS DECIMAL(38,2)) FROM channel_hour_month AS f "
        f"WHERE f.business_date > DATE '{_before(reader, months)}' AND {place.text} GROUP BY ALL ORDER BY ALL",
        list(place.values),
    )
    return _hours(reader, months, rows)


def customers_by_hour(
    reader: Reader, selection: Selection, organisations: tuple[str, ...] | None, months: int
) -> Mapping[tuple[str, str], int]:
    """Return how many customers of a group came on each weekday in each hour."""
    members, values = _members(reader, selection, organisations)
    rows = reader.rows(
        f"{members}, counted AS ({_postings(reader, months)}) "
        "SELECT weekday, hour, count(DISTINCT person) FROM counted WHERE counts_as <> 0 GROUP BY ALL ORDER BY ALL",
        values,
    )
    return {(weekday, hour): count for weekday, hour, count in rows}


def _members(reader: Reader, selection: Selection, organisations: tuple[str, ...] | None) -> tuple[str, list[object]]:
    """Return SQL that names all numbers of a group's customers and who stands behind each, and the values it binds."""
    day = reader.manifest.reporting_date
    one, place = compiled(selection, day), within(organisations)
    text = (
        "WITH persons AS MATERIALIZED (SELECT f.customer_number FROM customer_fact_month AS f "
        f"WHERE f.business_date = ? AND {place.text} AND ({one.text})), "
        "numbers AS MATERIALIZED (SELECT c.customer_number, c.person_customer_number AS person FROM customer AS c "
        "WHERE c.person_customer_number IN (SELECT customer_number FROM persons) "
        "UNION SELECT customer_number, customer_number FROM persons)"
    )
    return text, [day, *place.values, *one.values]


def _postings(reader: Reader, months: int) -> str:
    """Return the group's own transactions on deposit accounts, one row each with its weight; only reversals are looked up."""
    shown = (
        "n.person, CAST(date_diff('day', DATE '1970-01-05', t.posted_on) % 7 + 1 AS VARCHAR) AS weekday, "
        "CASE WHEN substr(t.posted_time, 1, 2) BETWEEN '00' AND '23' AND length(t.posted_time) = 6 "
        "THEN substr(t.posted_time, 1, 2) ELSE 'none' END AS hour, "
        f"t.channel_code, t.transaction_type, {in_local_currency('t.amount', 'x')} AS amount"
    )
    rows = (
        "FROM account_transaction AS t INNER JOIN numbers AS n ON n.customer_number = t.customer_number "
        f"{rate_of_day('t', 't.posted_on', 'x')}"
    )
    where = (
        f"WHERE t.posted_on > DATE '{_before(reader, months)}' AND t.posted_on <= DATE '{reader.manifest.reporting_date}' "
        "AND t.account_kind = 'deposit' AND NOT t.is_bank_initiated"
    )
    reversed_by = (
        "INNER JOIN reversal AS r ON r.account_number = t.account_number AND r.currency = t.currency "
        "AND r.transaction_number = t.transaction_number"
    )
    return (
        f"SELECT {shown}, 1 AS counts_as {rows} {where} AND NOT t.is_reversal "
        f"UNION ALL SELECT {shown}, r.counts_as {rows} {reversed_by} {where} AND t.is_reversal"
    )


def _before(reader: Reader, months: int) -> date:
    return month_end_before(reader.manifest.reporting_date, months)


def _hours(reader: Reader, months: int, rows: list[tuple[str, str, str, str, int, Decimal]]) -> Hours:
    first = max(reader.manifest.first_date, date.fromordinal(_before(reader, months).toordinal() + 1))
    return Hours(first, reader.manifest.reporting_date, tuple(HourLine(*row) for row in rows))

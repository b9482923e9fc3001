"""What customers are worth: what they contributed in a year in tenths, what each is expected to, and what he keeps elsewhere.

Read from the scores of the reader's version; where it has none, that is the answer. No model library is asked here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from maisui.answers.model_scores import counted_without, rows_within, summed, who_they_are
from maisui.models import VALUE, Standing, read_scores, stored_models
from maisui.models.value import EXCLUSIONS
from maisui.warehouse.reader import Reader

MOST_WORTH_ROWS = 200
TENTHS = 10


class WorthOrder(StrEnum):
    """By what customers are put in order, the largest first."""

    EXPECTED = "expected"
    PAST = "past"
    POTENTIAL = "potential"


_COLUMNS = {WorthOrder.EXPECTED: "expected_value", WorthOrder.PAST: "past_value", WorthOrder.POTENTIAL: "potential_value"}


@dataclass(frozen=True, slots=True)
class WorthQuery:
    """Customers at home at or below `organisations` (None: the whole bank); no `order` is the expected value, else the past one."""

    organisations: tuple[str, ...] | None = None
    order: WorthOrder | None = None
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class CustomerWorth:
    """One customer: contribution of twelve months, what is expected and his chance of staying a year (None below a trial), money elsewhere.

    `elsewhere_amount` is what went to his own accounts elsewhere in twelve months, net; where it is known, `wallet_share` is his
    assets here of both, and `potential_value` what deposits of that size earn here in a year.
    """

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    past_value: Decimal
    asset_balance: Decimal
    expected_value: Decimal | None
    staying: Decimal | None
    elsewhere_amount: Decimal | None
    wallet_share: Decimal | None
    potential_value: Decimal | None
    why_not: str | None
    managers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tenth:
    """A tenth of the customers by contribution of twelve months, the first the highest; with `expected` where anybody has it."""

    number: int
    count: int
    most: Decimal
    least: Decimal
    past: Decimal
    expected: Decimal | None


@dataclass(frozen=True, slots=True)
class WorthPage:
    """One page of customers with the tenths of all of them; `pool` are the lines of the profit bridge, for the whole bank only."""

    query: WorthQuery
    order: WorthOrder
    version: str
    day: date
    sha256: str
    standing: Standing
    facts: dict[str, Any]
    card: dict[str, Any] | None
    tenths: tuple[Tenth, ...]
    pool: dict[str, Decimal] | None
    page: int
    customer_count: int
    total_count: int
    past: Decimal
    expected: Decimal | None
    potential: Decimal
    potential_count: int
    without: tuple[tuple[str, str, int], ...]
    rows: tuple[CustomerWorth, ...]


def list_worth(reader: Reader, home: Path, query: WorthQuery) -> WorthPage | None:
    """Return one page of customers by what they are worth; None where the version is not scored."""
    found = read_scores(home, VALUE.code, reader.manifest.version)
    if found is None:
        return None
    rows = rows_within(reader, found.rows, query.organisations)
    has_expected = found.standing.has_probabilities
    order, chosen = _ordered(rows, query.order, has_expected=has_expected)
    size = min(max(query.size, 1), MOST_WORTH_ROWS)
    page = min(max(query.page, 1), max(1, -(-chosen.num_rows // size)))
    part = chosen.slice((page - 1) * size, size).to_pylist()
    names, homes, managed = who_they_are(reader, found.day, [row["customer_number"] for row in part])
    pool = found.facts.get("pool") if query.organisations is None else None
    return WorthPage(
        query=query,
        order=order,
        version=found.version,
        day=found.day,
        sha256=found.sha256,
        standing=found.standing,
        facts=found.facts,
        card=next((one.card for one in stored_models(home, VALUE.code) if one.sha256 == found.sha256), None),
        tenths=_tenths(rows),
        pool=None if pool is None else {code: Decimal(amount) for code, amount in pool.items()},
        page=page,
        customer_count=rows.num_rows,
        total_count=chosen.num_rows,
        past=summed(rows, "past_value"),
        expected=summed(rows, "expected_value") if has_expected else None,
        potential=summed(rows, "potential_value"),
        potential_count=rows.num_rows - rows["potential_value"].null_count,
        without=counted_without(rows["why_not"], EXCLUSIONS),
        rows=tuple(_worth(row, names, homes, managed) for row in part),
    )


def worth_numbers(reader: Reader, home: Path, query: WorthQuery, most: int) -> tuple[str, ...]:
    """Return the numbers of those on the list, in its order, one more than `most` at most; none where nothing is scored."""
    found = read_scores(home, VALUE.code, reader.manifest.version)
    if found is None:
        return ()
    rows = rows_within(reader, found.rows, query.organisations)
    _, chosen = _ordered(rows, query.order, has_expected=found.standing.has_probabilities)
    return tuple(chosen["customer_number"].slice(0, most + 1).to_pylist())


def _ordered(rows: Any, wanted: WorthOrder | None, *, has_expected: bool) -> tuple[WorthOrder, Any]:  # noqa: ANN401 - pyarrow is untyped
    """Return by what a list stands, and its rows, the largest first; where nothing is expected it stands by the past."""
    order = wanted or WorthOrder.EXPECTED
    if order is WorthOrder.EXPECTED and not has_expected:
        order = WorthOrder.PAST
    column = _COLUMNS[order]
    return order, rows.filter(pc.is_valid(rows[column])).sort_by([(column, "descending"), ("customer_number", "ascending")])  # type: ignore[attr-defined]


def worth_of_customer(reader: Reader, home: Path, customer_number: str) -> tuple[CustomerWorth, Standing, dict[str, Any]] | None:
    """Return what one customer, with all his merged numbers, is worth, how far that may be trusted and the facts of the scores.

    None where he or the version has none.
    """
    found = read_scores(home, VALUE.code, reader.manifest.version)
    if found is None:
        return None
    person = reader.rows("SELECT person_customer_number FROM customer WHERE customer_number = ?", [customer_number])
    standing_for = person[0][0] if person else customer_number
    chosen = found.rows.filter(pc.equal(found.rows["customer_number"], pa.scalar(standing_for))).to_pylist()  # type: ignore[attr-defined]
    return (_worth(chosen[0], {}, {}, {}), found.standing, found.facts) if chosen else None


def _worth(row: dict[str, Any], names: dict[str, str], homes: dict[str, str], managed: dict[str, tuple[str, ...]]) -> CustomerWorth:
    elsewhere, assets = row["elsewhere_amount"], row["asset_balance"]
    return CustomerWorth(
        customer_number=row["customer_number"],
        customer_name=names.get(row["customer_number"]),
        customer_kind=row["customer_kind"],
        home_organisation_name=homes.get(row["organisation_code"]) or row["organisation_code"],
        past_value=row["past_value"],
        asset_balance=assets,
        expected_value=row["expected_value"],
        staying=None if row["staying"] is None else Decimal(str(row["staying"])),
        elsewhere_amount=elsewhere,
        wallet_share=None if elsewhere is None else (assets / (assets + elsewhere)).quantize(Decimal("0.0001"), ROUND_HALF_UP),
        potential_value=row["potential_value"],
        why_not=row["why_not"],
        managers=managed.get(row["customer_number"], ()),
    )


def _tenths(rows: Any) -> tuple[Tenth, ...]:  # noqa: ANN401
    """Return tenths of equal count, the first ones larger by one where they do not divide; their sums are that of all."""
    ordered = rows.sort_by([("past_value", "descending"), ("customer_number", "ascending")])
    size, left = divmod(ordered.num_rows, TENTHS)
    found: list[Tenth] = []
    start = 0
    for number in range(1, TENTHS + 1):
        part = ordered.slice(start, size + (number <= left))
        start += part.num_rows
        if part.num_rows:
            past = part["past_value"]
            is_expected = part["expected_value"].null_count < part.num_rows
            expected = summed(part, "expected_value") if is_expected else None
            found.append(Tenth(number, part.num_rows, past[0].as_py(), past[-1].as_py(), summed(part, "past_value"), expected))
    return tuple(found)

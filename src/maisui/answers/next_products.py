"""What may be offered next, to whom: the list by expected yuan a year, its sums by product, and the offers of one customer.

Read from the scores of the reader's version; where it has none, that is the answer. On lists stand only customers who have
consented to marketing; whoever refuses personalisation has no offers at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from maisui.answers.model_scores import ScoreReason, counted_without, rows_within, who_they_are
from maisui.answers.saver_state import SaverState, saver_states
from maisui.models import NEXT_PRODUCT, Described, Standing, read_scores, stored_models
from maisui.models.next_product.described import EXCLUSIONS, features_for
from maisui.models.next_product.offers import MOST_REASONS
from maisui.warehouse.reader import Reader

MOST_OFFER_ROWS = 200
_NOTHING = Decimal("0.00")
_JUDGED = ("customer_number", "product_group", "place", "expected_amount", "chance", "peer_share", "may_approach")
_OWN = "assets"
"""What a customer keeps himself; scores of an earlier release do not know it."""
_PLACE = "row_number"


@dataclass(frozen=True, slots=True)
class OfferQuery:
    """Offers to customers at home at or below `organisations` (None: the whole bank), of one product group or the best of each."""

    organisations: tuple[str, ...] | None = None
    product_group: str | None = None
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer: `basis` is model, popularity or holding; `chance` within the horizon with its interval where it is a group's rate.

    `peer_share` is the share of customers of his kind and tier who hold it; `margin_amount` what a holder brings in a year.
    """

    place: int
    product_group: str
    basis: str
    chance: Decimal | None
    low: Decimal | None
    high: Decimal | None
    peer_share: Decimal
    margin_amount: Decimal | None
    expected_amount: Decimal | None
    reasons: tuple[ScoreReason, ...]


@dataclass(frozen=True, slots=True)
class OfferedCustomer:
    """One customer of the list with the offer it is about; `saver` is what he himself keeps and moves here."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    managers: tuple[str, ...]
    offer: OfferLine
    saver: SaverState | None = None


@dataclass(frozen=True, slots=True)
class ProductOffers:
    """A product group: to how many customers it is offered, for how many it comes first, and what is expected of all."""

    product_group: str
    customer_count: int
    first_count: int
    expected_amount: Decimal | None


@dataclass(frozen=True, slots=True)
class OfferPage:
    """One page of the list with sums over all of it; `silent_count` have offers and no consent to marketing."""

    query: OfferQuery
    model: Described
    version: str
    day: date
    sha256: str
    standing: Standing
    facts: dict[str, Any]
    card: dict[str, Any] | None
    products: tuple[ProductOffers, ...]
    page: int
    total_count: int
    expected_amount: Decimal | None
    silent_count: int
    without: tuple[tuple[str, str, int], ...]
    rows: tuple[OfferedCustomer, ...]


@dataclass(frozen=True, slots=True)
class CustomerOffers:
    """The offers of one customer, or why there are none, and whether he may be approached with them."""

    standing: Standing
    day: date
    horizon: int
    offers: tuple[OfferLine, ...]
    why_none: tuple[str, str] | None
    may_approach: bool


def list_offers(reader: Reader, home: Path, query: OfferQuery) -> OfferPage | None:
    """Return one page of offers, the most expected yuan first; None where the version is not scored."""
    found = read_scores(home, NEXT_PRODUCT.code, reader.manifest.version)
    if found is None:
        return None
    rows = rows_within(reader, found.rows, query.organisations)
    offers = _offers(rows)
    open_ones = offers.filter(offers["may_approach"])
    chosen = _chosen(open_ones, query.product_group)
    size = min(max(query.size, 1), MOST_OFFER_ROWS)
    page = min(max(query.page, 1), max(1, -(-chosen.num_rows // size)))
    part = rows.take(chosen[_PLACE].slice((page - 1) * size, size)).to_pylist()
    numbers = [row["customer_number"] for row in part]
    names, homes, managed = who_they_are(reader, found.day, numbers)
    savers = saver_states(reader, found.day, numbers)
    words = _words(found.facts)
    silent = offers.filter(pc.invert(offers["may_approach"]))  # type: ignore[attr-defined]
    return OfferPage(
        query=query,
        model=NEXT_PRODUCT,
        version=found.version,
        day=found.day,
        sha256=found.sha256,
        standing=found.standing,
        facts=found.facts,
        card=next((one.card for one in stored_models(home, NEXT_PRODUCT.code) if one.sha256 == found.sha256), None),
        products=product_offers(open_ones),
        page=page,
        total_count=chosen.num_rows,
        expected_amount=pc.sum(chosen["expected_amount"]).as_py(),  # type: ignore[attr-defined]
        silent_count=pc.count_distinct(silent["customer_number"]).as_py(),  # type: ignore[attr-defined]
        without=counted_without(rows["why_none"], EXCLUSIONS),
        rows=tuple(
            OfferedCustomer(
                customer_number=row["customer_number"],
                customer_name=names.get(row["customer_number"]),
                customer_kind=row["customer_kind"],
                home_organisation_name=homes.get(row["organisation_code"]) or row["organisation_code"],
                managers=managed.get(row["customer_number"], ()),
                offer=_offer(row, words),
                saver=savers.get(row["customer_number"]),
            )
            for row in part
        ),
    )


def offered_numbers(reader: Reader, home: Path, query: OfferQuery) -> tuple[str, ...]:
    """Return the numbers of everybody on the list, the most expected yuan first; nobody where the version is not scored."""
    found = read_scores(home, NEXT_PRODUCT.code, reader.manifest.version)
    if found is None:
        return ()
    rows = rows_within(reader, found.rows, query.organisations)
    offers = _offers(rows)
    return tuple(_chosen(offers.filter(offers["may_approach"]), query.product_group)["customer_number"].to_pylist())


def offered_groups(reader: Reader, home: Path, numbers: Sequence[str], product_group: str | None) -> dict[str, str]:
    """Return which product group the list offers to each of `numbers`; those who are not on it have none."""
    found = read_scores(home, NEXT_PRODUCT.code, reader.manifest.version)
    if found is None:
        return {}
    rows = found.rows.filter(pc.is_in(found.rows["customer_number"], value_set=pa.array(list(numbers), pa.string())))  # type: ignore[attr-defined]
    chosen = _chosen(rows.filter(rows["may_approach"]), product_group)
    return dict(zip(chosen["customer_number"].to_pylist(), chosen["product_group"].to_pylist(), strict=True))


def offers_of_customer(reader: Reader, home: Path, customer_number: str) -> CustomerOffers | None:
    """Return the offers of one customer, with all his merged numbers; None where he or the version has none."""
    found = read_scores(home, NEXT_PRODUCT.code, reader.manifest.version)
    if found is None:
        return None
    person = reader.rows("SELECT person_customer_number FROM customer WHERE customer_number = ?", [customer_number])
    standing_for = person[0][0] if person else customer_number
    rows = found.rows.filter(pc.equal(found.rows["customer_number"], pa.scalar(standing_for))).to_pylist()  # type: ignore[attr-defined]
    if not rows:
        return None
    words, why = _words(found.facts), {code: (zh, en) for code, zh, en in EXCLUSIONS}
    offers = tuple(_offer(row, words) for row in rows if row["why_none"] is None)
    return CustomerOffers(
        found.standing, found.day, NEXT_PRODUCT.horizon, offers, why.get(rows[0]["why_none"] or ""), rows[0]["may_approach"]
    )


def product_offers(rows: Any) -> tuple[ProductOffers, ...]:  # noqa: ANN401 - pyarrow is untyped
    """Return the sums of offers by product group, the most expected yuan first."""
    is_first = pc.equal(rows["place"], 1)  # type: ignore[attr-defined]
    summed = (
        rows.append_column("is_first", is_first.cast(pa.int64()))
        .group_by("product_group")
        .aggregate([("customer_number", "count"), ("is_first", "sum"), ("expected_amount", "sum")])
        .to_pylist()
    )
    found = [
        ProductOffers(one["product_group"], one["customer_number_count"], one["is_first_sum"], one["expected_amount_sum"]) for one in summed
    ]
    return tuple(sorted(found, key=lambda one: (-(one.expected_amount or _NOTHING), -one.customer_count, one.product_group)))


def _offers(rows: Any) -> Any:  # noqa: ANN401
    """Return the offers among `rows` without their reasons, each with the place at which it stands there: most of a row is reasons."""
    judged = [name for name in (*_JUDGED, _OWN) if name in rows.column_names]
    told = rows.select(judged).append_column(_PLACE, pa.array(range(rows.num_rows), pa.int64()))
    return told.filter(pc.is_null(rows["why_none"]))  # type: ignore[attr-defined]


def _chosen(rows: Any, product_group: str | None) -> Any:  # noqa: ANN401
    """Return the offers of a list: of one product group at any place, or the best of each customer; of equals who keeps more first."""
    is_meant = pc.equal(rows["place"], 1) if product_group is None else pc.equal(rows["product_group"], product_group)  # type: ignore[attr-defined]
    falling = [(name, "descending") for name in ("expected_amount", "chance", "peer_share", _OWN) if name in rows.column_names]
    order = [*falling, ("customer_number", "ascending")]
    return rows.filter(is_meant).sort_by(order)


def _words(facts: dict[str, Any]) -> dict[str, tuple[str, str, str]]:
    return {one.code: (one.name_zh, one.name_en, one.shape.value) for one in features_for(tuple(facts.get("groups", ())))}


def _offer(row: dict[str, Any], words: dict[str, tuple[str, str, str]]) -> OfferLine:
    told = [(row[f"reason_{number}"], row[f"value_{number}"]) for number in range(1, MOST_REASONS + 1)]
    return OfferLine(
        place=row["place"],
        product_group=row["product_group"],
        basis=row["basis"],
        chance=_decimal(row["chance"]),
        low=_decimal(row["low"]),
        high=_decimal(row["high"]),
        peer_share=Decimal(str(row["peer_share"])),
        margin_amount=row["margin_amount"],
        expected_amount=row["expected_amount"],
        reasons=tuple(ScoreReason(*words[code], value) for code, value in told if code in words),
    )


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))

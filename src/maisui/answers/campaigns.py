"""What became of the customers of a campaign: one value for each, on a month end, and the day it was held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from maisui.answers.group_rule import rule_of
from maisui.answers.groups import Question, Selection, compiled
from maisui.warehouse.reader import Reader


class CampaignMeasure(StrEnum):
    """By what a campaign is judged."""

    ASSET_AVERAGE_CHANGE = "asset_average_change"
    PRODUCT_HELD = "product_held"
    LOAN_USED = "loan_used"


@dataclass(frozen=True, slots=True)
class CampaignValues:
    """The value of each customer asked for, by number: yuan for a change of assets, 1 or 0 for what is held or used.

    `measured_on` is the last month end (this month: the reporting date) up to the campaign's last day; `base_on` the last one before
    its first, None where only the state counts. A customer who is not known on a day counts with 0 there.
    """

    base_on: date | None
    measured_on: date
    values: dict[str, Decimal]


def campaign_values(
    reader: Reader, measure: CampaignMeasure, customer_numbers: Sequence[str], *, first: date, last: date, product: str = ""
) -> CampaignValues | None:
    """Return what became of the customers; None before the first month end in the campaign, or without one before it to compare.

    `product` is the product group of `PRODUCT_HELD`.
    """
    ((measured, base),) = reader.rows(
        "SELECT max(business_date) FILTER (business_date >= ? AND business_date <= ?), max(business_date) FILTER (business_date < ?) "
        "FROM customer_fact_month",
        [first, last, first],
    )
    if measured is None:
        return None
    if measure is CampaignMeasure.ASSET_AVERAGE_CHANGE:
        if base is None:
            return None
        asked = Question("f.asset_average_balance", ())
        after, before = (_by_customer(reader, asked, customer_numbers, day) for day in (measured, base))
        return CampaignValues(base, measured, {number: after[number] - before[number] for number in customer_numbers})
    if measure is CampaignMeasure.PRODUCT_HELD:
        rule = rule_of({"id": "r", "join": "all", "of": [{"id": "c1", "field": "product", "is": "is", "value": product}]})
        held = compiled(Selection(rule), measured)
        asked = Question(f"CASE WHEN {held.text} THEN 1 ELSE 0 END", held.values)
    else:
        asked = Question("CASE WHEN f.loan_balance > 0 THEN 1 ELSE 0 END", ())
    return CampaignValues(None, measured, _by_customer(reader, asked, customer_numbers, measured))


def _by_customer(reader: Reader, asked: Question, customer_numbers: Sequence[str], day: date) -> dict[str, Decimal]:
    """Return a value for each customer on a day, under whichever number stood for him then; 0 where he was not known."""
    rows = reader.rows(
        "WITH asked AS (SELECT unnest(CAST(? AS VARCHAR[])) AS customer_number), "
        "own AS (SELECT a.customer_number, coalesce(c.person_customer_number, a.customer_number) AS person_number "
        "FROM asked AS a LEFT JOIN customer AS c ON c.customer_number = a.customer_number) "
        f"SELECT o.customer_number, {asked.text}, f.customer_number = o.customer_number AS is_own FROM own AS o "
        "INNER JOIN customer_fact_month AS f ON f.business_date = ? AND f.customer_number IN (o.customer_number, o.person_number) "
        "ORDER BY is_own",
        [list(customer_numbers), *asked.values, day],
    )
    known = {number: Decimal(value) for number, value, _ in rows}
    return {number: known.get(number, Decimal(0)) for number in customer_numbers}

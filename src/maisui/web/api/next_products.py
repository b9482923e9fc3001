"""The route of next products: what is offered by product, counted; a token never carries the right to see customers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params.functions import Query

from maisui.errors import QuestionError
from maisui.web.api.figures import PROBLEMS, gateway_of

router = Router()


class ProductLine(Schema):
    """One product group: to how many customers it is offered, for how many it comes first, and what is expected of all in yuan a year."""

    product_group: str
    customers: int
    come_first: int
    expected_amount: str | None


class ProductAnswer(Schema):
    """What is offered within an organisation, how far it may be trusted and why; products of few customers are left out."""

    date: date
    version: str
    rung: str
    said_zh: str
    said_en: str
    products: list[ProductLine]


@router.get("/next-products", response={200: ProductAnswer, **PROBLEMS}, summary="What is offered next, by product")
def next_products(
    request: HttpRequest,
    org: Annotated[str | None, Query(description="An organisation: it and everything below it.")] = None,
) -> ProductAnswer:
    """Return the product groups offered to customers who have consented, the most expected yuan first."""
    answer = gateway_of(request).offers.by_product(org)
    if answer is None:
        raise QuestionError(
            "the version is not scored", where="next_product", next_step="ask whether `maisui models score next_product` has run"
        )
    found, products = answer
    return ProductAnswer(
        date=found.day,
        version=found.version,
        rung=found.standing.rung.value,
        said_zh=found.standing.said_zh,
        said_en=found.standing.said_en,
        products=[
            ProductLine(
                product_group=one.product_group,
                customers=one.customer_count,
                come_first=one.first_count,
                expected_amount=None if one.expected_amount is None else f"{one.expected_amount}",
            )
            for one in products
        ],
    )

"""The page taken out: sums by product, and the list masked as on the screen, as many as one may take at once."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import Unit
from maisui.answers.next_products import OfferedCustomer
from maisui.web.exports.sheets import SENSITIVE, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.words import RUNGS
from maisui.web.pages.next_products.state import State
from maisui.web.pages.next_products.words import BASES, own_words, reasons_of, share
from maisui.web.pages.overview.words import namer, value_word
from maisui.web.pages.paging import every_row
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


def export_of_page(request: HttpRequest) -> Export:
    """Return sums and list of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state, most = replace(State.of(request.GET), page=1), settings.HOME.web.customer_export_rows
    first = gateway.offers.listed(state.question(size=min(most, ROWS_AT_ONCE)), is_export=True)
    if first is None:
        raise NotAtOnceError(Text("本版本尚未评分", "this version is not scored yet"))

    def rows_of(page: int) -> tuple[tuple[str, OfferedCustomer], ...]:
        more = gateway.offers.listed(replace(state, page=page).question(size=ROWS_AT_ONCE), is_export=True)
        return more.rows if more else ()

    found, names = first.found, namer(gateway, "manager")
    rows = every_row(first.rows, min(most, found.total_count), ROWS_AT_ONCE, rows_of)
    shown = choose("下一步产品", "Next products")
    title = f"{shown} · {RUNGS[found.standing.rung.value]} · {found.day}"
    products = Sheet(
        choose("按产品", "By product"),
        title,
        (
            Column(choose("产品组", "Product group"), width=20),
            Column(choose("适合客户", "Customers"), Unit.COUNT),
            Column(choose("列为首选", "Come first"), Unit.COUNT),
            Column(choose("预期收益（元/年）", "Expected yuan a year"), Unit.YUAN),
        ),
        [(str(value_word(one.product_group)), one.customer_count, one.first_count, one.expected_amount) for one in found.products],
    )
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("客户经理", "Manager"), width=24),
        Column(choose("下一步产品", "Next product"), width=16),
        Column(choose("三个月内开办率", "Chance within 3 months"), width=14),
        Column(choose("依据", "Rests on"), width=18),
        Column(choose("年户均贡献（元）", "Yearly margin of a holder"), Unit.YUAN),
        Column(choose("预期收益（元/年）", "Expected yuan a year"), Unit.YUAN),
        Column(choose("理由", "Reasons"), width=64),
    )
    lines = [
        (
            row.customer_name,
            row.customer_number,
            row.home_organisation_name,
            "、".join(str(names(number)) for number in row.managers),
            str(value_word(row.offer.product_group)),
            share(row.offer.chance),
            str(BASES[row.offer.basis]),
            row.offer.margin_amount,
            row.offer.expected_amount,
            choose("；", "; ").join([*reasons_of(row.offer, found.model.horizon), *filter(None, [own_words(row.saver)])]),
        )
        for _, row in rows
    ]
    said = choose(found.standing.said_zh, found.standing.said_en)
    people = Sheet(choose("名单", "Customers"), f"{title} · {len(rows)} / {found.total_count} · {said}", columns, lines)
    return Export(
        "next_products",
        shown,
        (products, people),
        organisation=state.organisation,
        name=f"next-products-{found.day}",
        object_id=state.organisation or "*",
        details={"rows": len(rows), "of": found.total_count, "product_group": state.product or ""},
        classification=SENSITIVE,
    )

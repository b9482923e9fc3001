"""The page of one product taken out: every tab a part of one workbook, whole yuan and cents."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from maisui.errors import AccessError, MaisuiError
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.one_product.blocks import missing, sheet_of
from maisui.web.pages.one_product.page import TABS, desk_of, product_title
from maisui.web.pages.one_product.state import TAB_NAMES, ProductState, tabs_of
from maisui.web.pages.overview.state import words_of_state
from maisui.web.text import choose


def export_of_page(request: HttpRequest, code: str) -> Export:
    """Return every tab that the product in the address can fill; a tab that cannot be answered says why in its sheet."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = ProductState.of(request.GET)
    standing = standing_of(gateway, state.organisation, state.day, where="products")
    state = replace(state, organisation=standing.organisation)
    desk = desk_of(gateway, code, state)
    title = str(product_title(desk.place))
    about = f"{title} · {standing.place} · {standing.day}"
    sheets: list[Sheet] = []
    codes: list[str] = []
    for tab in tabs_of(desk.place.line):
        try:
            blocks = TABS[tab](gateway, desk, state, standing.day)
        except AccessError:
            raise
        except MaisuiError as error:
            blocks = [missing(tab, TAB_NAMES[tab], error.what)]
        for block in blocks:
            sheet = sheet_of(block, about)
            sheets.append(replace(sheet, name=f"{TAB_NAMES[tab]}-{sheet.name}"))
            codes.append(block.metric)
    known = {metric.code: metric for metric in gateway.catalogue()}
    return Export(
        "products_one",
        choose(f"产品：{title}", f"Product: {title}"),
        tuple(sheets),
        tuple(known[metric] for metric in dict.fromkeys(codes) if metric in known),
        standing.about(*words_of_state(state)),
        standing.organisation,
        f"product-{standing.file_name}",
        object_id=f"{desk.place.level}:{code} {state.query()}"[:200],
        details=standing.details(sum(len(sheet.rows) for sheet in sheets)),
    )

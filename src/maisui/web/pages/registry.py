"""Every page of the web, section by section in the order of the menu."""

from __future__ import annotations

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import Viewer
from maisui.web.pages.menu import administration, customers, data, macro, mine, performance, products
from maisui.web.pages.page import BANK, UNION, Page

PAGES: tuple[Page, ...] = (
    *mine.PAGES,
    *macro.PAGES,
    *customers.PAGES,
    *products.PAGES,
    *performance.PAGES,
    *data.PAGES,
    *administration.PAGES,
)
"""Every page, one entry each."""


def first_of(viewer: Viewer, *, is_union: bool) -> Page:
    """Return the page a viewer sees after sign-in: his day where he looks after customers and leads nobody, else the bank's state.

    Who may see neither begins with the first page of his own.
    """
    menu = menu_of(viewer, is_union=is_union)
    if Permission.CUSTOMER_RECORD in viewer.permissions and Permission.PERFORMANCE_VIEW not in viewer.permissions and not is_union:
        return menu[0]
    return next((page for page in menu if page.section != mine.SECTION), menu[0])


def menu_of(viewer: Viewer, *, is_union: bool) -> tuple[Page, ...]:
    """Return the pages the viewer may open that make sense in this kind of home."""
    other = BANK if is_union else UNION
    return tuple(page for page in PAGES if page.only_in != other and (page.permission is None or page.permission in viewer.permissions))

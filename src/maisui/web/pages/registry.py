"""The menu: every page, in the order in which it is shown."""

from __future__ import annotations

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import Viewer
from maisui.web.pages.overview import export as overview_export
from maisui.web.pages.overview import page as overview
from maisui.web.pages.page import Page
from maisui.web.text import Text

MACRO = Text("宏观分析", "Macro analysis")
DATA = Text("数据", "Data")
ADMINISTRATION = Text("管理", "Administration")
MINE = Text("我的", "Mine")

PAGES: tuple[Page, ...] = (
    Page(
        "overview",
        "overview/",
        Text("经营概览", "Overview"),
        MACRO,
        Permission.FIGURE_VIEW,
        overview.show,
        "overview",
        parts=(("export.xlsx", "export", overview_export.workbook_of_page), ("export-all/", "export_all", overview_export.ask_for_all)),
    ),
)
"""Every page, one entry each."""


def menu_of(viewer: Viewer) -> tuple[Page, ...]:
    """Return the pages the viewer may open and that stand in the menu."""
    return tuple(page for page in PAGES if page.in_menu and (page.permission is None or page.permission in viewer.permissions))

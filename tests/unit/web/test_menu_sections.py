"""The menu by section: the section of the page shown and those the reader left open stand open, the others are shut."""

from maisui.web.components.templatetags.maisui import menu_sections
from maisui.web.pages.registry import PAGES


def open_sections(page_code: str, opened: str) -> list[str]:
    return [section.code for section in menu_sections(PAGES, page_code, opened) if section.is_open]


def test_the_section_of_the_page_stands_open():
    assert open_sections("products", "") == ["products-and-channels"]


def test_sections_left_open_stay_open_and_unknown_ones_are_nothing():
    assert open_sections("products", "macro-analysis.mine.<script>") == ["macro-analysis", "products-and-channels", "mine"]


def test_every_page_is_in_one_section():
    lines = [line.code for section in menu_sections(PAGES) for line in section.lines]
    assert sorted(lines) == sorted(page.code for page in PAGES)
    assert not open_sections("", "")

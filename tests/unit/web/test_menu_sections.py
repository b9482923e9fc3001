"""The menu by section: the section of the page shown and those the reader left open stand open, the others are shut."""

from types import SimpleNamespace

from maisui.web.access.permissions import Permission
from maisui.web.components.icons import ICONS
from maisui.web.components.menu import sections_of, side_menu
from maisui.web.pages.registry import PAGES, first_of, menu_of


def open_sections(page_code: str, opened: str) -> list[str]:
    return [section.code for section in sections_of(PAGES, page_code, opened) if section.is_open]


def test_the_section_of_the_page_stands_open():
    assert open_sections("products", "") == ["products-and-channels"]


def test_sections_left_open_stay_open_and_unknown_ones_are_nothing():
    assert open_sections("products", "macro-analysis.mine.<script>") == ["mine", "macro-analysis", "products-and-channels"]


def test_every_page_is_in_one_section():
    lines = [line.code for section in sections_of(PAGES) for line in section.lines]
    assert sorted(lines) == sorted(page.code for page in PAGES)
    assert not open_sections("", "")


def test_who_looks_after_customers_begins_with_his_day_a_leader_with_the_bank_an_administrator_with_his_work():
    def begins(*permissions: Permission) -> tuple[str, str]:
        viewer = SimpleNamespace(permissions=frozenset(permissions))
        return menu_of(viewer, is_union=False)[0].code, first_of(viewer, is_union=False).code

    assert begins(Permission.FOCUS_VIEW, Permission.FIGURE_VIEW) == ("my_day", "overview")
    looks_after = (Permission.FOCUS_VIEW, Permission.FIGURE_VIEW, Permission.CUSTOMER_RECORD)
    assert begins(*looks_after) == ("my_day", "my_day")
    assert begins(*looks_after, Permission.PERFORMANCE_VIEW) == ("my_day", "overview")
    assert begins(Permission.AUDIT_VIEW) == ("jobs", "audit")
    assert begins() == ("jobs", "jobs")


def test_every_page_has_an_icon_of_its_own():
    icons = [page.icon for page in PAGES]
    assert [name for name in icons if name not in ICONS] == []
    assert len(set(icons)) == len(icons) == len({ICONS[name] for name in icons})


def test_a_menu_is_kept_apart_by_language_page_and_what_stands_open():
    from django.utils.translation import override

    with override("zh-hans"):
        chinese = side_menu(PAGES, "products", "")
        assert side_menu(PAGES, "products", "<script>.nothing") == chinese
        assert side_menu(PAGES, "products", "mine") != chinese != side_menu(PAGES, "overview", "")
        assert side_menu(PAGES[:3], "products", "").count("<li>") == 3 != chinese.count("<li>")
    with override("en"):
        assert side_menu(PAGES, "products", "") != chinese

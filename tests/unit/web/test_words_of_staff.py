"""Whatever the audit writes down has a name that people read."""

import re
from pathlib import Path

import maisui.web
from maisui.web.pages.registry import PAGES
from maisui.web.pages.words_of_staff import OBJECTS, object_name

SOURCES = [path.read_text(encoding="utf-8") for path in Path(maisui.web.__file__).parent.rglob("*.py")]


def test_every_kind_of_thing_in_the_audit_has_a_name() -> None:
    written = {
        code for text in SOURCES for code in re.findall(r'object_type="(\w+)"|return Export\(\s*"(\w+)"', text) for code in code if code
    }
    assert len(written) > 40
    assert written - set(OBJECTS) - {page.code for page in PAGES} == set()


def test_a_page_is_called_by_its_title() -> None:
    """Whoever adds a page names it once, in the menu."""
    named = {page.code for page in PAGES} - set(OBJECTS)
    assert {object_name(page.code) for page in PAGES if page.code in named} == {str(page.title) for page in PAGES if page.code in named}
    assert len(named) > 10
    assert object_name("colour") == "colour"

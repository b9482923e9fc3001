"""Whatever the audit writes down has a name that people read."""

import re
from pathlib import Path

import maisui.web
from maisui.web.pages.words_of_staff import OBJECTS

SOURCES = [path.read_text(encoding="utf-8") for path in Path(maisui.web.__file__).parent.rglob("*.py")]


def test_every_kind_of_thing_in_the_audit_has_a_name() -> None:
    written = {
        code for text in SOURCES for code in re.findall(r'object_type="(\w+)"|return Export\(\s*"(\w+)"', text) for code in code if code
    }
    assert len(written) > 40
    assert written - set(OBJECTS) == set()

"""The page that docs/how-to/add-a-page.md builds: its view is made of what there is, its templates can be read, its addresses are those it lists."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

from django.template import engines

from maisui.metrics import BY_CODE
from maisui.web.pages.menu import products
from maisui.web.pages.page import Page

GUIDE = (Path(__file__).parents[3] / "docs/how-to/add-a-page.md").read_text(encoding="utf-8")
BLOCKS: dict[str, str] = dict(re.findall(r'```\w+ file="([^"]+)"[^\n]*\n(.*?)```', GUIDE, re.DOTALL))
FOLDER = "src/maisui/web/pages/demand_deposits"


def test_the_view_and_its_entry_give_the_addresses_of_the_guide() -> None:
    view: Any = ModuleType("demand_deposits")
    exec(compile(BLOCKS[f"{FOLDER}/page.py"], "page.py", "exec"), view.__dict__)  # noqa: S102 - the text of our own guide
    (page,) = eval(f"[{BLOCKS['src/maisui/web/pages/menu/products.py']}]", {**vars(products), "demand_deposits": view})  # noqa: S307 - likewise
    assert isinstance(page, Page)
    listed = {line.split()[0]: line.split()[1] for line in BLOCKS["tests/access/expected_access.txt"].splitlines()}
    assert {pattern.name for pattern in page.patterns()} == set(listed)
    assert set(listed.values()) == {page.permission}
    assert set(view.SHOWN) <= set(BY_CODE)


def test_its_templates_can_be_read_and_include_what_there_is() -> None:
    for name in ("page.html", "_page.html"):
        body = BLOCKS[f"{FOLDER}/{name}"]
        engines["django"].from_string(body)
        for included in re.findall(r'include "([^"]+)"', body):
            assert included == "demand_deposits/_page.html" or engines["django"].get_template(included)

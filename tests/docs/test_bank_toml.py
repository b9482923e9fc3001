"""The page of bank.toml describes exactly what a home accepts, and its examples are a home."""

from __future__ import annotations

import re
from pathlib import Path

from executed_page import blocks, page_text

from maisui.warehouse import home
from maisui.warehouse.home import open_home

PAGE = "docs/reference/bank-toml.md"


def test_every_setting_is_described_and_nothing_else() -> None:
    described: dict[str, list[str]] = {}
    for section in page_text(PAGE).split("\n## ")[1:]:
        name = re.match(r"\\\[(\w+)\\\]", section)
        if name:
            described[name[1]] = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert described == {table: list(settings) for table, settings in home._KNOWN.items()}


def test_the_examples_together_are_a_home(tmp_path: Path) -> None:
    text = "\n".join(block.body for block in blocks(page_text(PAGE)) if block.language == "toml")
    (tmp_path / "bank.toml").write_text(text, encoding="utf-8")
    opened = open_home(tmp_path)
    assert opened.web.hosts == ("crm.bank.example",)
    assert opened.severities == {"ledger": "stop", "balances": "stop", "receipts": "warn", "profit": "stop"}


def test_a_default_that_is_shown_is_the_one_that_counts(tmp_path: Path) -> None:
    (tmp_path / "bank.toml").write_text('[bank]\nlegal_entity_code = "A1"\nsources = ["east5"]\n', encoding="utf-8")
    opened = open_home(tmp_path)
    opened_by_control = home._KNOWN["reconciliation"]
    shown = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", page_text(PAGE), re.MULTILINE))
    held = {name: getattr(opened, name, getattr(opened.web, name, None)) for name in shown if name not in opened_by_control}
    assert {name: value.strip('"') for name, value in shown.items() if name in held} == {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in held.items()
    }

"""What the lines, groups and categories of products are called."""

from __future__ import annotations

from maisui.parameters import load_product_levels


def level_names() -> dict[str, tuple[str, str]]:
    """Return the Chinese and English name of every level that comes with the product, under its code."""
    return {level.code: (level.name_zh, level.name_en) for level in load_product_levels().levels}

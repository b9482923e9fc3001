"""The bubbles of products: no name is written over another one, however close the products stand."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from types import SimpleNamespace
from typing import Any

from maisui.web.pages.products.drawings import bubbles_of

GROUPS = (
    ("Demand deposits", "deposit", "0.1270", "0.3988", "69.92"),
    ("Term deposits", "deposit", "0.0394", "0.5079", "28.68"),
    ("Other deposits", "deposit", "0.1899", "0.0849", "3.11"),
    ("Guarantee deposits", "deposit", "0.2965", "0.0067", "0.35"),
    ("Notice deposits", "deposit", "0.4792", "0.0017", "0.11"),
    ("Loans to farmers", "loan", "0.0741", "0.2761", "77.49"),
    ("Loans for business", "loan", "0.1087", "0.3701", "75.72"),
    ("Consumer loans", "loan", "0.0679", "0.0818", "20.51"),
    ("Fixed-asset and project loans", "loan", "0.0893", "0.0573", "8.75"),
    ("Housing loans", "loan", "0.0857", "0.2147", "13.85"),
    ("Funds sold", "agency", "0.4587", "0.4973", "0"),
    ("Insurance sold", "agency", "0.4950", "0.2500", "0"),
    ("Government bonds sold", "agency", "0.5390", "0.2527", "0"),
    ("Wealth products", "wealth", "0.4700", "1", "0"),
)
"""Product groups of the example bank: growth, share of their line's balance, income."""
_LINE = 2.3


def drawn(groups: tuple[tuple[str, ...], ...]) -> Any:
    lines: list[Any] = [
        SimpleNamespace(level="line", path=(line,), values={"balance": Decimal(1)}) for line in {group[1] for group in groups}
    ]
    for name, line, growth, share, income in groups:
        values = {"balance": Decimal(share), "income": Decimal(income)}
        life = SimpleNamespace(balance_rate=Decimal(growth))
        lines.append(SimpleNamespace(level="group", path=(line, name), values=values, life=life, name=name))
    return bubbles_of(lines)


def test_names_of_products_that_stand_close_keep_apart() -> None:
    found = drawn(GROUPS).bubbles
    assert len(found) == len(GROUPS)
    for one, other in combinations(found, 2):
        beside = one.stretch[1] <= other.stretch[0] or other.stretch[1] <= one.stretch[0]
        assert beside or round(abs(one.label_y - other.label_y), 1) >= _LINE, (one.line.name, other.line.name)

"""The table of tie-outs that every page carries: drawn once, and never another version's or language's."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

from django.utils.translation import override

from maisui.warehouse.version import Control
from maisui.web.components import tie_outs as tables
from maisui.web.components.tie_outs import tie_outs

TIES = Control("a", "总账一致", "Ledger <ties>", "stop", 12345, 0, "0.00")
MISSES = Control("b", "机构齐全", "Outlets known", "warn", 9, 2, "1.00", details=({"organisation_code": "B1"},))


def test_the_table_is_drawn_once_for_what_it_says_and_anew_for_anything_else() -> None:
    tables._drawn.cache_clear()
    with patch.object(tables, "render_to_string", wraps=tables.render_to_string) as drawn:
        with override("zh-hans"):
            chinese = tie_outs((TIES, MISSES))
            assert tie_outs((TIES, replace(MISSES, details=()))) == chinese, "what is not shown makes no other table"
        assert drawn.call_count == 1
        with override("en"):
            english = tie_outs((TIES, MISSES))
        with override("zh-hans"):
            others = [
                tie_outs(()), tie_outs((TIES,)), tie_outs((MISSES, TIES)), tie_outs((TIES, replace(MISSES, violations=0))),
                tie_outs((replace(TIES, checked=12346), MISSES)),
            ]  # fmt: skip
    assert drawn.call_count == 7
    assert len({chinese, english, *others}) == 7


def test_each_line_says_control_rows_checked_and_rows_that_miss() -> None:
    with override("en"):
        table = tie_outs((TIES, MISSES))
    assert '<td>Ledger &lt;ties&gt;</td><td class="number">12,345</td><td class="number">0</td>' in table
    assert '<tr class="row-bad"><td>Outlets known</td><td class="number">9</td><td class="number">2</td></tr>' in table
    with override("zh-hans"):
        assert "<td>总账一致</td>" in tie_outs((TIES,))
        assert '<td colspan="3">—</td>' in tie_outs(())

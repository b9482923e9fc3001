"""What came of customers whom people judged otherwise than a model: whether it happened, once its months are over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from maisui.models import MODEL_BY_CODE
from maisui.models.panel import month_ends, month_number
from maisui.warehouse.reader import Reader


def came_of(reader: Reader, code: str, judged: Iterable[tuple[str, date]]) -> dict[tuple[str, date], bool]:
    """Return whether it happened to each customer judged on a day; who is missing has not had his months, or is not known any more."""
    model = MODEL_BY_CODE[code]
    ends = {month_number(day): day for day in month_ends(reader)}
    by_day: dict[date, set[str]] = {}
    for number, day in judged:
        if day in ends.values() and month_number(day) + model.horizon in ends:
            by_day.setdefault(day, set()).add(number)
    found: dict[tuple[str, date], bool] = {}
    for day, numbers in sorted(by_day.items()):
        seen = ends[month_number(day) + model.horizon]
        asked = model.outcome.format(day=f"DATE '{day}'", month=month_number(day), seen=f"DATE '{seen}'")
        rows = reader.rows(
            f"SELECT o.customer_number, o.happened FROM ({asked}) AS o WHERE list_contains(CAST(? AS VARCHAR[]), o.customer_number)",
            [sorted(numbers)],
        )
        found |= {(number, day): happened == 1 for number, happened in rows}
    return found

"""What an answer that adds up several currencies says about it: at which rate they were converted, and which had none."""

from __future__ import annotations

from maisui.answers.question import Note, Question
from maisui.metrics import Metric, Unit
from maisui.warehouse.reader import Reader

_OF_ACCOUNTS = """
SELECT currency, currency IN (SELECT currency FROM local_rate) AS has_rate
FROM (SELECT DISTINCT currency FROM account) AS held
ORDER BY currency
"""
_OF_UNION = "SELECT DISTINCT currency, true AS has_rate FROM product_day ORDER BY currency"
_CONVERTED = Note("外币已按当日汇率折为本币", "foreign currency is converted at the rate of the day")


def currency_notes(reader: Reader, metric: Metric, question: Question) -> list[Note]:
    """Return one note where amounts of several currencies stand in one figure, none for counts and for splits by currency.

    Currencies without a rate count as they are (see the control `currencies_have_rates`): more than one of them is told, one is
    the local currency.
    """
    if metric.unit in (Unit.COUNT, Unit.COUNT_EACH) or "currency" not in metric.dimensions or "currency" in question.by:
        return []
    rates = dict(reader.facts(_OF_UNION if reader.manifest.is_union else _OF_ACCOUNTS))
    if len(rates) <= 1:
        return []
    unconverted = [currency for currency, has_rate in rates.items() if not has_rate]
    if len(unconverted) <= 1:
        return [_CONVERTED]
    named = "、".join(unconverted), ", ".join(unconverted)
    return [
        Note(
            f"{named[0]} 未经折算直接相加（没有报送汇率），请按币种分别查看",
            f"{named[1]} are added up unconverted, as no rate was delivered; split by currency",
        )
    ]

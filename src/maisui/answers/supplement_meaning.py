"""What no form can tell of a filled sheet: targets that no page would show, and codes that the published version does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from maisui.answers.organisations import employments
from maisui.intake.spreadsheet import CellFault, SheetText
from maisui.metrics import BY_CODE
from maisui.warehouse.reader import Reader

Known = Mapping[str, frozenset[str]]
"""Codes that exist, by the column that names one."""
ORGANISATION, EMPLOYEE = "organisation_code", "employee_number"
_HOLDER = "holder_code"
_OF_HOLDERS = {"机构": ORGANISATION, "员工": EMPLOYEE}
_PERIOD_MONTHS = (1, 3, 12)
_NO_METRIC = ("指标目录中没有这个指标，或不能对它下达目标", "no metric of the catalogue, or none for which targets are set")
_NO_PERIOD = ("期间不是整月、整季或整年", "the period is no whole month, quarter or year")
_NO_VALUE = ("金额与比率都没有填", "neither an amount nor a ratio is given")
_UNKNOWN = {
    ORGANISATION: ("当前版本中没有这个机构", "the current version knows no such organisation"),
    EMPLOYEE: ("当前版本中没有这个工号", "the current version knows no such employee"),
}


def known_codes(reader: Reader) -> dict[str, frozenset[str]]:
    """Return the organisations and employees of a version, closed and gone ones too, by the column that names them."""
    organisations = frozenset(row[0] for row in reader.rows("SELECT organisation_code FROM organisation ORDER BY organisation_code"))
    return {ORGANISATION: organisations, EMPLOYEE: frozenset(employments(reader))}


def faults_of_targets(sheet: SheetText) -> Iterator[CellFault]:
    """Give every cell of a sheet of targets by which its row would be shown nowhere: unknown metrics, odd periods, no value."""
    place = {name: sheet.header.index(name) for name in sheet.header}
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):

        def fault(name: str, what: tuple[str, str], row: int = number) -> CellFault:
            return CellFault(row, sheet.letters[place[name]], name, *what)

        metric = BY_CODE.get(cells[place["metric_code"]])
        if cells[place["metric_code"]] and (metric is None or metric.is_per_target):
            yield fault("metric_code", _NO_METRIC)
        first, last = _day(cells[place["period_from"]]), _day(cells[place["period_end_on"]])
        if first is not None and last is not None and not _is_calendar_period(first, last):
            yield fault("period_end_on", _NO_PERIOD)
        if not (cells[place["target_amount"]] or cells[place["target_rate"]]):
            yield fault("target_amount", _NO_VALUE)


def notes_on_codes(sheet: SheetText, known: Known) -> Iterator[CellFault]:
    """Give every cell that names an organisation or employee whom the version does not know: a new one perhaps, or a slip."""
    columns = [(sheet.header.index(name), name) for name in (ORGANISATION, EMPLOYEE) if name in sheet.header]
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
        named = [(place, name) for place, name in columns]
        if _HOLDER in sheet.header and (kind := _OF_HOLDERS.get(cells[sheet.header.index("holder_kind")])):
            named.append((sheet.header.index(_HOLDER), kind))
        for place, kind in sorted(named):
            if cells[place] and cells[place] not in known[kind]:
                yield CellFault(number, sheet.letters[place], sheet.header[place], *_UNKNOWN[kind])


def _is_calendar_period(first: date, last: date) -> bool:
    following = last + timedelta(days=1)
    months = (following.year - first.year) * 12 + following.month - first.month
    return first.day == following.day == 1 and months in _PERIOD_MONTHS and (first.month - 1) % months == 0


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        return None

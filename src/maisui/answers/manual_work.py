"""Work that no system records: by which dated rates it is converted, and the form in which a leader fills it in for several people."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.supplements import UPLOAD_ROWS, UploadFault, shown_fault
from maisui.errors import QuestionError
from maisui.intake.cells import check_cells
from maisui.intake.refusal import FileRefusedError
from maisui.intake.spreadsheet import CellFault
from maisui.parameters import product_lines
from maisui.sources.contract import ColumnKind, Content, Feed, FeedColumn
from maisui.sources.feed_template import csv_template, workbook_template
from maisui.warehouse.reader import Reader

RATE = "manual_workload_rate."
"""The beginning of the parameters that say how many standard transactions one unit of a kind of work counts for."""
MOST_QUANTITY = Decimal(10_000)
_FORM = Feed(
    source="supplement",
    code="manual_work",
    title_zh="手工登记工作量",
    title_en="Manual work",
    file_pattern="",
    columns=(
        FeedColumn("employee_number", ColumnKind.CODE, "工号 / Employee", is_required=True),
        FeedColumn("kind", ColumnKind.CODE, "工作种类代码 / Kind", is_required=True),
        FeedColumn("worked_on", ColumnKind.DATE, "日期 / Day", is_required=True, format="%Y%m%d"),
        FeedColumn("quantity", ColumnKind.POSITIVE_AMOUNT, "数量 / Quantity", is_required=True),
        FeedColumn("words", ColumnKind.TEXT, "事由 / What was done", is_required=True),
    ),
    key=(),
    content=Content.INCREMENT,
    encodings=("utf-8", "gb18030"),
)
_UNKNOWN = ("工号不存在、已不在岗，或不在您的机构范围内", "nobody on duty in your organisations has this employee number")
_NO_KIND = ("当日没有这种工作的折算系数", "this kind of work has no rate on the day")
_BOUNDS = ("数量须大于 0、不超过 10000", "a quantity lies above 0 and at most at 10,000")
_DAY = ("日期在未来、一年以前，或落在已结算期间", "the day lies ahead, more than a year ago, or in a settled period")
_WORDS = ("请用 2 至 300 字说明", "say it in 2 to 300 characters")
_SHORTEST, _LONGEST = 2, 300


@dataclass(frozen=True, slots=True)
class ManualRates:
    """The dated rates of all kinds of manual work."""

    lines: tuple[tuple[str, date, date | None, Decimal], ...]

    def on(self, kind: str, day: date) -> Decimal | None:
        """Return how many standard transactions one unit of a kind counts for on a day; None where it counts for nothing."""
        return next((rate for code, begins, ends, rate in self.lines if code == kind and begins <= day and (not ends or day < ends)), None)

    def kinds(self, day: date) -> tuple[str, ...]:
        """Return the kinds that count on a day."""
        return tuple(sorted({code for code, _, _, _ in self.lines if self.on(code, day) is not None}))


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One row of a filled form."""

    employee_number: str
    kind: str
    worked_on: date
    quantity: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class FilledWork:
    """A form that was read: its rows, none where a cell does not pass, and every such cell."""

    row_count: int
    rows: tuple[WorkRow, ...]
    faults: tuple[UploadFault, ...]


def manual_rates(reader: Reader) -> ManualRates:
    """Return the rates that the version's parameters state; those of the product where it holds none."""
    rows = reader.rows(
        "SELECT parameter_code, valid_from, valid_until, number_value FROM parameter WHERE starts_with(parameter_code, ?) ORDER BY 1, 2",
        [RATE],
    )
    if not rows:
        rows = [(line["code"], line["valid_from"], None, line["number"]) for line in product_lines() if line["code"].startswith(RATE)]
    return ManualRates(tuple((code.removeprefix(RATE), begins, ends, Decimal(rate).normalize()) for code, begins, ends, rate in rows))


def manual_template(form: str) -> bytes:
    """Return the empty form, as `xlsx` or `csv`.

    Raises:
        QuestionError: when there is no such form.
    """
    if form not in ("xlsx", "csv"):
        raise QuestionError("there is no such form", where="manual work", next_step="choose xlsx or csv")
    return workbook_template(_FORM) if form == "xlsx" else csv_template(_FORM)


def read_manual_work(
    content: bytes, *, is_workbook: bool, people: Collection[str], rates: ManualRates, open_from: date, today: date
) -> FilledWork:
    """Return what a form says; every cell that does not pass is named.

    `people` are those the viewer may fill in for, `open_from` the first day that is neither settled nor too long ago.

    Raises:
        QuestionError: when the file as a whole cannot be read as the form.
    """
    try:
        checked = check_cells(content, _FORM, is_workbook=is_workbook, most_rows=UPLOAD_ROWS)
    except FileRefusedError as refused:
        raise QuestionError(refused.what, where=refused.where or "the file", next_step="correct the file and upload it again") from None
    sheet, faults = checked.sheet, list(checked.faults)
    found: list[WorkRow] = []
    if not faults:
        place = {name: sheet.header.index(name) for name in _FORM.column_names}
        for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
            said = {name: cells[position] for name, position in place.items()}
            day = said["worked_on"]
            row = WorkRow(
                said["employee_number"],
                said["kind"],
                date(int(day[:4]), int(day[4:6]), int(day[6:8])),
                Decimal(said["quantity"]),
                " ".join(said["words"].split()),
            )
            found.append(row)
            blamed = _blamed(row, people, rates, open_from, today)
            faults += [CellFault(number, sheet.letters[place[column]], column, *what) for column, what in blamed]
    return FilledWork(len(sheet.rows), () if faults else tuple(found), tuple(shown_fault(fault, _FORM) for fault in faults))


def _blamed(
    row: WorkRow, people: Collection[str], rates: ManualRates, open_from: date, today: date
) -> Iterator[tuple[str, tuple[str, str]]]:
    if row.employee_number not in people:
        yield "employee_number", _UNKNOWN
    if rates.on(row.kind, row.worked_on) is None:
        yield "kind", _NO_KIND
    if not open_from <= row.worked_on <= today:
        yield "worked_on", _DAY
    if not 0 < row.quantity <= MOST_QUANTITY:
        yield "quantity", _BOUNDS
    if not _SHORTEST <= len(row.words) <= _LONGEST:
        yield "words", _WORDS

"""A filled form of allocations: the form of the feed of assignments, read cell by cell and held against what the bank knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maisui.answers.allocations import HeldObject, Holding, accounts_named, places_of
from maisui.answers.supplements import UPLOAD_ROWS, UploadFault, feed_to_fill_in, shown_fault
from maisui.errors import QuestionError
from maisui.intake.cells import check_cells
from maisui.intake.refusal import FileRefusedError
from maisui.intake.spreadsheet import CellFault
from maisui.sources.contract import Feed
from maisui.warehouse.home import Home
from maisui.warehouse.reader import Reader

FORM = "manager_assignment"
"""The feed whose form is filled in: people know it from the list of managers."""
_KINDS = {"账户": "account", "客户": "customer", "村": "village"}
_LINES = {
    "存款": ("deposit",),
    "贷款": ("loan",),
    "全部": ("deposit", "loan"),
    "deposit": ("deposit",),
    "loan": ("loan",),
    "all": ("deposit", "loan"),
}
_WHOLE = Decimal(1)
_PERCENT = ("大于 0、不超过 100 的数，至多四位小数", "a number above 0 and at most 100, four decimals at most")
_NOBODY = ("没有这个对象，或种类与条线不符", "there is no such object, or its kind does not fit the business line")
_UNKNOWN = ("工号不存在或已不在岗", "nobody on duty has this employee number")
_OUT_OF_SIGHT = ("对象不在您的机构范围内", "the object lies outside your organisations")
_BOUNDS = ("占比须大于 0、不超过 100", "a share lies above 0 and at most at 100")
_ABOVE = ("该对象各行占比合计超过 100%", "the shares of this object pass 100 %")
_DATES = ("同一对象各行起止日期须相同", "all rows of one object have the same days")
_REVERSED = ("失效日须晚于生效日", "the last day lies after the first")
_SETTLED = ("落在已结算期间；请勾选更正", "reaches into a settled month; say that it corrects one")


@dataclass(frozen=True, slots=True)
class FilledObject:
    """What a form says of one object: where it stands, from which day until which (None: for good), and who is to hold it."""

    holding: Holding
    organisation_code: str
    customer_number: str | None
    valid_from: date
    valid_until: date | None
    shares: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that was read: its objects, none where a cell does not pass, and every such cell."""

    row_count: int
    objects: tuple[FilledObject, ...]
    faults: tuple[UploadFault, ...]


def read_allocations(
    home: Home,
    reader: Reader,
    content: bytes,
    *,
    is_workbook: bool,
    on_duty: Collection[str],
    organisations: Collection[str] | None,
    open_after: date | None,
) -> FilledForm:
    """Return what a form says; every cell that does not pass is named, and a row that cannot be read hides no fault of another.

    `on_duty` are the employees who may receive, `organisations` those the viewer may decide for (None: all), `open_after` the last
    settled day (None: nothing is settled, or the form corrects it).

    Raises:
        QuestionError: when the file as a whole cannot be read as the form.
    """
    feed = feed_to_fill_in(home, FORM)
    try:
        checked = check_cells(content, feed, is_workbook=is_workbook, most_rows=UPLOAD_ROWS)
    except FileRefusedError as refused:
        raise QuestionError(refused.what, where=refused.where or "the file", next_step="correct the file and upload it again") from None
    sheet, faults = checked.sheet, list(checked.faults)
    place = {name: sheet.header.index(name) for name in feed.column_names}
    unreadable = {fault.row for fault in faults}
    numbered = [(number, cells) for number, cells in zip(sheet.numbers, sheet.rows, strict=True) if number not in unreadable]
    rows = [{name: cells[position] for name, position in place.items()} for _, cells in numbered]
    accounts = accounts_named(reader, [row["object_number"] for row in rows if _kind(row) == "account"])
    holdings = {Holding(_kind(row), row["object_number"], line) for row in rows for line in _LINES[row["business_line"]]}
    places = places_of(reader, [one for one in holdings if one.object_kind != "account" or _fits(one, accounts)])
    found: dict[Holding, FilledObject] = {}
    for (number, _), row in zip(numbered, rows, strict=True):
        blamed: dict[str, tuple[str, str]] = {}
        for column, what in (*_of_row(row, on_duty, open_after), *_of_objects(row, places, organisations, found)):
            blamed.setdefault(column, what)
        faults += [CellFault(number, sheet.letters[place[column]], column, *what) for column, what in blamed.items()]
    faults.sort(key=lambda fault: (fault.row, len(fault.letter), fault.letter))
    return FilledForm(len(sheet.rows), () if faults else tuple(found.values()), tuple(_shown(fault, feed) for fault in faults))


def _shown(fault: CellFault, feed: Feed) -> UploadFault:
    """Return a cell that does not pass; a share is written in per cent here, and what is allowed says so."""
    shown = shown_fault(fault, feed)
    return replace(shown, allowed_zh=_PERCENT[0], allowed_en=_PERCENT[1]) if fault.column == "share_percent" else shown


def _of_row(row: dict[str, str], on_duty: Collection[str], open_after: date | None) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the columns of a row that do not pass by themselves, and why."""
    begins, ends = _days(row)
    if row["employee_number"] not in on_duty:
        yield "employee_number", _UNKNOWN
    if not 0 < _share(row) <= _WHOLE:
        yield "share_percent", _BOUNDS
    if ends is not None and ends <= begins:
        yield "valid_until", _REVERSED
    if open_after is not None and begins <= open_after:
        yield "valid_from", _SETTLED


def _of_objects(
    row: dict[str, str],
    places: Mapping[Holding, tuple[str, str | None]],
    organisations: Collection[str] | None,
    found: dict[Holding, FilledObject],
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Add a row to the objects it is about; yield the columns that do not pass together with the rows above, and why."""
    asked = [Holding(_kind(row), row["object_number"], line) for line in _LINES[row["business_line"]]]
    known = [one for one in asked if one in places]
    if not known:
        yield "object_number", _NOBODY
    for one in known:
        if organisations is not None and places[one][0] not in organisations:
            yield "object_number", _OUT_OF_SIGHT
        held = found.setdefault(one, FilledObject(one, *places[one], *_days(row), {}))
        if (held.valid_from, held.valid_until) != _days(row):
            yield "valid_from", _DATES
        held.shares[row["employee_number"]] = held.shares.get(row["employee_number"], Decimal(0)) + _share(row)
        if sum(held.shares.values()) > _WHOLE:
            yield "share_percent", _ABOVE


def _kind(row: dict[str, str]) -> str:
    return _KINDS.get(row["object_kind"], row["object_kind"])


def _fits(one: Holding, accounts: Mapping[str, HeldObject]) -> bool:
    """Return whether an account exists and is of the kind the line names."""
    return one.object_number in accounts and accounts[one.object_number].holding == one


def _share(row: dict[str, str]) -> Decimal:
    return Decimal(row["share_percent"]) / 100


def _days(row: dict[str, str]) -> tuple[date, date | None]:
    """Return the first day, and the day after the last one; None where it stands for good."""
    until = row["valid_until"]
    return _date(row["valid_from"]), _date(until) if until and not until.startswith("9999") else None


def _date(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))

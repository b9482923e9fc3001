"""Visits written down from a sheet that comes back filled in: all of its lines or none, each fault with its cell."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from openpyxl import load_workbook

from maisui.answers import UPLOAD_BYTES, check_workbook
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import customer_of
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.contacts import LONGEST_WORDS
from maisui.web.actions.words import stated_words
from maisui.web.contacts.models import ContactKind, CustomerContact
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

KEY, DAY, OUTCOME, WORDS = (Text("校验码", "Key"), Text("走访日期", "Visited on"), Text("结果", "Outcome"), Text("备注", "Words"))
"""The columns of a sheet that are read when it comes back, by either heading."""
KEY_MARK = "V"
"""What stands before each key, so that none begins like a formula."""
MOST_LINES = 2_000
OLDEST = timedelta(days=366)
_HEADINGS_WITHIN = 10
_WRITTEN_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))", re.ASCII)
"""A day typed as text: 2026-09-05, 2026/9/5, 2026.9.5, 2026年9月5日, 20260905."""


_WRONG_DAY = Text("日期须为近一年内且不晚于今天", "a day within the last year and not ahead")
_NO_DAY = Text("填写了结果或备注，缺走访日期", "outcome or words without the day of the visit")


@dataclass(frozen=True, slots=True)
class SheetFault:
    """A cell that does not pass, and why."""

    cell: str
    reason: Text


@dataclass(frozen=True, slots=True)
class _Visit:
    """One line that passes by itself; `cell` is that of its day."""

    customer_number: str
    day: date
    outcome: str
    words: str
    cell: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of a sheet: visits that are new, lines that were written down before, and faults, with which nothing is kept."""

    new: int
    known: int
    faults: tuple[SheetFault, ...]


def enter_visits(
    gateway: Gateway, user: StaffUser, *, content: bytes, numbers: Collection[str], outcomes: dict[str, Text], of: str
) -> Entered:
    """Write down the visits of a filled sheet to customers among `numbers`, whom the caller found within the viewer's scope.

    Lines with nothing filled in are left out. A line that says of a day what was written down of it before is known; one that says
    something else is a fault, as is a customer twice on a day: nothing written is changed, and nothing filled in is dropped unsaid.
    `of` names the village in the record, which keeps no words.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        ActionRefusedError: when the file is no sheet of ours, too large, or holds no visit.
    """
    with action(
        "visits_enter", by=gateway.actor, permission=Permission.CUSTOMER_RECORD, object_type="village", object_id=of[:200]
    ) as details:
        visits, faults = _read(
            content, frozenset(numbers), {str(word): code for code, text in outcomes.items() for word in (text.zh, text.en)}
        )
        faults += _twice(visits)
        kept = _kept([one.customer_number for one in visits])
        faults += [_otherwise(one.cell) for one in visits if _is_known(one, kept) is False]
        if faults:
            details.update({"faults": len(faults)})
            return Entered(0, 0, tuple(faults))
        if not visits:
            raise _refused(Text("表中没有填写走访日期的行", "no line of the sheet states a day"))
        fresh = [one for one in visits if _is_known(one, kept) is None]
        CustomerContact.objects.bulk_create(
            CustomerContact(
                **_own(),
                customer_number=one.customer_number,
                happened_on=one.day,
                outcome=one.outcome,
                words=one.words,
                written_by=user,
            )
            for one in fresh
        )
        details.update({"visits": len(fresh), "customers": sorted({one.customer_number for one in fresh})})
    return Entered(len(fresh), len(visits) - len(fresh), ())


def _own() -> dict[str, Any]:
    return {"legal_entity_code": settings.HOME.legal_entity_code, "kind": ContactKind.VISIT}


def _kept(numbers: Collection[str]) -> dict[tuple[str, date], list[tuple[str, str]]]:
    """Return outcome and words of the visits written down before, by customer and day."""
    found: dict[tuple[str, date], list[tuple[str, str]]] = {}
    rows = CustomerContact.objects.filter(**_own(), customer_number__in=numbers)
    for number, day, outcome, words in rows.values_list("customer_number", "happened_on", "outcome", "words"):
        found.setdefault((number, day), []).append((outcome, words))
    return found


def _is_known(visit: _Visit, kept: dict[tuple[str, date], list[tuple[str, str]]]) -> bool | None:
    """Return whether a line says what was written down of its day before; None where nothing was."""
    before = kept.get((visit.customer_number, visit.day))
    return any(visit.outcome == outcome and visit.words in ("", words) for outcome, words in before) if before else None


def _twice(visits: list[_Visit]) -> Iterator[SheetFault]:
    """Yield a fault for each line whose customer and day stand on an earlier one."""
    first: dict[tuple[str, date], str] = {}
    for one in visits:
        cell = first.setdefault((one.customer_number, one.day), one.cell)
        if cell != one.cell:
            yield SheetFault(one.cell, Text(f"与 {cell} 重复：同一客户同一天", f"the same customer and day as {cell}"))


def _otherwise(cell: str) -> SheetFault:
    return SheetFault(
        cell,
        Text(
            "该客户当日走访已登记，结果或备注与本行不同，已登记的不改写；请清空本行，要补充的到客户页登记",
            "a visit of this day is written down with another outcome or other words, and is not changed: empty this line and add what is "
            "new on the customer's page",
        ),
    )


def _read(content: bytes, numbers: frozenset[str], outcomes: dict[str, str]) -> tuple[list[_Visit], list[SheetFault]]:
    visits: list[_Visit] = []
    faults: list[SheetFault] = []
    filled = (line for line in _lines(content) if any(_said(cell) for cell in line[1:]))
    for count, line in enumerate(filled):
        if count >= MOST_LINES:
            raise _refused(Text(f"一次最多 {MOST_LINES} 行", f"at most {MOST_LINES} lines at once"))
        visit, found = _read_line(line, numbers, outcomes)
        faults += found
        visits += [visit] if visit is not None else []
    return visits, faults


def _read_line(
    line: tuple[Any, Any, Any, Any], numbers: frozenset[str], outcomes: dict[str, str]
) -> tuple[_Visit | None, list[SheetFault]]:
    """Return the visit of a line in which something is filled in, or None and why not."""
    key, day, outcome, words = line
    faults: list[SheetFault] = []
    found, when, code = customer_of(_said(key).removeprefix("'").removeprefix(KEY_MARK)), _day(day.value), outcomes.get(_said(outcome))
    if found not in numbers:
        faults.append(
            SheetFault(key.coordinate, Text("校验码不是本村您可登记的客户", "the key names none of this village of whom you may write"))
        )
    if when is None:
        faults.append(SheetFault(day.coordinate, _NO_DAY if not _said(day) else _WRONG_DAY))
    if code is None:
        known = "、".join(word for word in outcomes if not word.isascii()), ", ".join(word for word in outcomes if word.isascii())
        faults.append(SheetFault(outcome.coordinate, Text(f"结果须为：{known[0]}", f"one of: {known[1]}")))
    said = _said(words)
    try:
        said = stated_words(said, LONGEST_WORDS, where="visits") if said else ""
    except ActionRefusedError as refused:
        faults.append(SheetFault(words.coordinate, refused.reason))
    if faults or when is None or code is None:
        return None, faults
    return _Visit(found, when, code, said, day.coordinate), []


def _said(cell: Any) -> str:
    return str("" if cell.value is None else cell.value).strip()


def _lines(content: bytes) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Yield the four cells of each line below the headings."""
    if len(content) > UPLOAD_BYTES:
        raise _refused(Text(f"文件超过 {UPLOAD_BYTES >> 20} MB", f"the file is larger than {UPLOAD_BYTES >> 20} MB"))
    try:
        check_workbook(content)
        sheet: Any = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    except (QuestionError, IndexError, KeyError, ValueError, TypeError):
        raise _refused(Text("文件不是可读取的 .xlsx 工作簿", "the file is no readable .xlsx workbook")) from None
    places: list[int] | None = None
    for number, row in enumerate(sheet.iter_rows()):
        if places is not None:
            yield tuple(row[place] for place in places)  # type: ignore[misc]
        elif number >= _HEADINGS_WITHIN:
            break
        else:
            titles = [str(cell.value or "").strip() for cell in row]
            found = [next((at for at, title in enumerate(titles) if title in (one.zh, one.en)), None) for one in (KEY, DAY, OUTCOME, WORDS)]
            places = [at for at in found if at is not None] if None not in found else None
    if places is None:
        raise _refused(
            Text("没有找到走访表的表头，请用本页导出的表填写", "the headings of a visit sheet are missing: fill in the one taken out here")
        )


def _day(value: object) -> date | None:
    today = timezone.localdate()
    day: date | None = None
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    elif isinstance(value, str):
        parts = _WRITTEN_DAY.fullmatch(value.strip())
        try:
            day = date(*(int(part) for part in parts.groups() if part)) if parts else None
        except ValueError:
            day = None
    return day if day is not None and today - OLDEST <= day <= today else None


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="visits", next_step="correct the sheet and upload it again")

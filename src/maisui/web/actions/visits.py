"""Visits written down from a sheet that comes back filled in: all of its lines or none, each fault with its cell."""

from __future__ import annotations

import io
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


@dataclass(frozen=True, slots=True)
class SheetFault:
    """A cell that does not pass, and why."""

    cell: str
    reason: Text


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

    Lines without a day are left out. `of` names the village in the record, which keeps no words.

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
        if faults:
            details.update({"faults": len(faults)})
            return Entered(0, 0, tuple(faults))
        if not visits:
            raise _refused(Text("表中没有填写走访日期的行", "no line of the sheet states a day"))
        own = {"legal_entity_code": settings.HOME.legal_entity_code, "kind": ContactKind.VISIT}
        known = set(
            CustomerContact.objects.filter(**own, customer_number__in=[number for number, *_ in visits]).values_list(
                "customer_number", "happened_on"
            )
        )
        fresh = {(number, day): (outcome, words) for number, day, outcome, words in visits if (number, day) not in known}
        CustomerContact.objects.bulk_create(
            CustomerContact(**own, customer_number=number, happened_on=day, outcome=outcome, words=words, written_by=user)
            for (number, day), (outcome, words) in fresh.items()
        )
        details.update({"visits": len(fresh), "customers": sorted({number for number, _ in fresh})})
    return Entered(len(fresh), len(visits) - len(fresh), ())


def _read(content: bytes, numbers: frozenset[str], outcomes: dict[str, str]) -> tuple[list[tuple[str, date, str, str]], list[SheetFault]]:
    visits: list[tuple[str, date, str, str]] = []
    faults: list[SheetFault] = []
    for line, (key, day, outcome, words) in enumerate(_lines(content)):
        if line >= MOST_LINES:
            raise _refused(Text(f"一次最多 {MOST_LINES} 行", f"at most {MOST_LINES} lines at once"))
        if day.value in (None, ""):
            continue
        found, when = customer_of(str(key.value or "").strip().removeprefix("'").removeprefix(KEY_MARK)), _day(day.value)
        code, said = outcomes.get(str(outcome.value or "").strip()), str(words.value or "").strip()
        if found not in numbers:
            faults.append(
                SheetFault(key.coordinate, Text("校验码不是本村您可登记的客户", "the key names none of this village of whom you may write"))
            )
        if when is None:
            faults.append(SheetFault(day.coordinate, Text("日期须为近一年内且不晚于今天", "a day within the last year and not ahead")))
        if code is None:
            known = "、".join(word for word in outcomes if not word.isascii()), ", ".join(word for word in outcomes if word.isascii())
            faults.append(SheetFault(outcome.coordinate, Text(f"结果须为：{known[0]}", f"one of: {known[1]}")))
        try:
            said = stated_words(said, LONGEST_WORDS, where="visits") if said else ""
        except ActionRefusedError as refused:
            faults.append(SheetFault(words.coordinate, refused.reason))
        if found in numbers and when is not None and code is not None:
            visits.append((found, when, code, said))
    return visits, faults


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
        try:
            day = date.fromisoformat(value.strip().replace("/", "-"))
        except ValueError:
            day = None
    return day if day is not None and today - OLDEST <= day <= today else None


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="visits", next_step="correct the sheet and upload it again")

"""What became of signals, for the pages that find them: the task of each, the way to a new one, and the tasks with then and now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from maisui.answers import Unit
from maisui.web.gateway import Gateway
from maisui.web.outlet_tasks.desk import may_decide, tasks_in_sight
from maisui.web.outlet_tasks.models import OutletTask, SignalSource
from maisui.web.outlet_tasks.models import State as TaskState
from maisui.web.pages.one_product.blocks import Block, Heading, Line, Link
from maisui.web.pages.outlet_tasks.signals import measured_of
from maisui.web.pages.outlet_tasks.told import Told, told
from maisui.web.pages.outlet_tasks.words import MEASURED, STATES
from maisui.web.pages.overview.state import State
from maisui.web.text import Text

MOST = 30
AFTER = Text("后续", "What became of it")
_MAKE = Text("建任务", "make a task")
_NO_TASK = Text("还没有由建议建的任务。", "No suggestion has become a task yet.")


class Became:
    """The tasks that came of one source's signals, within what the viewer may see of the state's organisation."""

    def __init__(self, gateway: Gateway, source: SignalSource, state: State) -> None:
        """Read them once."""
        self._gateway, self._source, self._state = gateway, source, state
        self.tasks = sorted(
            tasks_in_sight(gateway, state.organisation).filter(source=source), key=lambda one: (one.written_at, one.pk), reverse=True
        )

    def of(self, subject: str, organisation: str) -> tuple[Link, ...]:
        """Return the newest task of a signal, and the way to a new one where none is open and the viewer may write it."""
        mine = self._newest(subject)
        links = (Link(standing(mine), reverse("outlet_tasks_one", args=[mine.pk])),) if mine else ()
        if (mine is None or mine.state != TaskState.OPEN) and may_decide(self._gateway, organisation):
            named = urlencode({"source": self._source.value, "subject": subject})
            state = self._state.query(page=1)
            links += (Link(_MAKE, f"{reverse('outlet_tasks_new')}?{named}{'&' if state else ''}{state}"),)
        return links

    def standing_of(self, subject: str) -> Text | None:
        """Return how far the newest task of a signal is; None where there is none."""
        mine = self._newest(subject)
        return standing(mine) if mine else None

    def _newest(self, subject: str) -> OutletTask | None:
        return next((one for one in self.tasks if one.subject_code == subject), None)

    def block(self, name_of: Callable[[str], str], now: Mapping[str, Decimal | None], *, is_whole: bool) -> Block:
        """Return the tasks with what was measured when they were written and what is measured `now` (see `signals.figures_now`)."""
        shown = self.tasks if is_whole else self.tasks[:MOST]
        measured, unit = MEASURED[self._source]
        return Block(
            "tasks",
            Text("由建议建的任务与结果", "Tasks that came of suggestions, and their results"),
            Text("任务", "Task"),
            (
                Heading(Text("机构", "Outlet")),
                Heading(Text("期限", "By")),
                Heading(Text("状态", "State")),
                Heading(Text(f"{measured.zh}（当时）", f"{measured.en}, then"), unit),
                Heading(Text(f"{measured.zh}（现在）", f"{measured.en}, now"), unit),
                Heading(Text("当时金额", "Yuan then"), Unit.YUAN),
                Heading(Text("结果", "Result")),
            ),
            tuple(_line(one, told(self._gateway, one), name_of, now.get(measured_of(one.source, one.subject_code))) for one in shown),
            notes=(
                Text(
                    "“当时”为建任务时的数，“现在”为本页所选期间的数；不再报送的为 —",
                    "then: when the task was written; now: over the period of this page; — where it is no longer reported",
                ),
                Text(f"列出 {len(shown)} 条，共 {len(self.tasks)} 条", f"{len(shown)} of {len(self.tasks)} are shown"),
            )
            if self.tasks
            else (),
            reason="" if self.tasks else _NO_TASK,
            is_wide=True,
        )


def _line(one: OutletTask, said: Told, name_of: Callable[[str], str], now: Decimal | None) -> Line:
    return Line(
        said.what,
        (
            name_of(one.organisation_code),
            one.due_on.isoformat(),
            STATES[one.state],
            said.figure,
            now,
            said.amount,
            one.outcome or "—",
        ),
        reverse("outlet_tasks_one", args=[one.pk]),
    )


def standing(task: OutletTask) -> Text:
    """Return how far a task is, in a few words."""
    state = STATES[task.state]
    if task.ended_at is None:
        return Text(f"任务{state.zh}，期限 {task.due_on}", f"task {state.en}, by {task.due_on}")
    day = timezone.localdate(task.ended_at)
    return Text(f"任务{state.zh}（{day}）：{task.outcome}", f"task {state.en} ({day}): {task.outcome}")

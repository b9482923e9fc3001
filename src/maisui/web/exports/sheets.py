"""What leaves a page, before it is a file: sheets of typed cells, what each column counts, and what the figures mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from maisui.answers import Metric, Unit
from maisui.web.components.figures import owner_name, unit_name
from maisui.web.text import Text, choose


class Form(StrEnum):
    """The kinds of file an export is written as."""

    XLSX = "xlsx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure whose unit differs from line to line of its column; the change of a share is one of percentage points."""

    value: Decimal | None
    unit: Unit
    is_change: bool = False


Cell = Decimal | int | str | date | Amount | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the unit of its figures (None: text or day), and its width in characters."""

    heading: str
    unit: Unit | None = None
    width: int = 0


class Drawing(StrEnum):
    """How a chart is drawn: bars from zero, steps that each begin where the one before ended, or a line over time."""

    BARS = "bars"
    STEPS = "steps"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of a sheet's own rows: which column names them and which holds their figures, both counted from 0.

    `totals` are the rows of steps that begin at zero; `most` is how many rows are drawn.
    """

    drawing: Drawing
    name: int
    value: int
    totals: frozenset[int] = frozenset()
    most: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a title line, columns and rows; `total` is drawn last, in bold; documents draw `chart` above the rows.

    `adds_up` says that its columns of money add up, so that a document chooses their one scale by all of them alike; `in_yuan` that it
    writes them to the cent. Where a document has to lay it out in parts, so many columns after the first stay `together`. The rows of
    what is a `form` are high enough to be written on by hand; a document of forms alone has no cover and no contents.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None
    chart: Chart | None = None
    adds_up: bool = False
    in_yuan: bool = False
    together: int = 1
    is_form: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who takes a file out, when, from which version; written on every sheet and printed page."""

    person: str
    at: datetime
    version: str
    scope: str

    def __str__(self) -> str:
        """Return the stamp as one line."""
        return f"{self.person} · {self.at:%Y-%m-%d %H:%M} · {self.scope} · {self.version}"


INTERNAL = Text("内部资料，不得外传", "Internal, not to be passed on")
SENSITIVE = Text("敏感资料（含客户信息），用后销毁", "Sensitive (customers' data), destroy after use")


@dataclass(frozen=True, slots=True)
class Export:
    """What is given out: sheets, the definitions of their metrics, and what the audit keeps of it.

    `code` names the page in the audit and, unless `name` says otherwise, the file; `about` is the state of the page in words,
    label by label; `object_id` and `details` go into the record.
    """

    code: str
    title: str
    sheets: tuple[Sheet, ...]
    metrics: tuple[Metric, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    organisation: str | None = None
    name: str = ""
    action: str = "export"
    object_id: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    classification: Text = INTERNAL

    @property
    def line_count(self) -> int:
        """Return how many lines of figures it holds; definitions do not count."""
        return sum(len(sheet.rows) for sheet in self.sheets)

    @property
    def cell_count(self) -> int:
        """Return how many cells its lines have."""
        return sum(len(sheet.rows) * len(sheet.columns) for sheet in self.sheets)


class NotAtOnceError(Exception):
    """More lines than are given out at once; `said` is the way to get them."""

    def __init__(self, said: Text) -> None:
        """Keep what the page says."""
        super().__init__(said.en)
        self.said = said


def definitions_sheet(metrics: Iterable[Metric]) -> Sheet:
    """Return the sheet that says what each exported figure means."""
    rows = [
        (
            choose(metric.name_zh, metric.name_en),
            choose(metric.meaning_zh, metric.meaning_en),
            choose(metric.formula_zh, metric.formula_en),
            unit_name(metric.unit),
            owner_name(metric),
            metric.code,
        )
        for metric in metrics
    ]
    columns = (
        Column(choose("指标", "Metric"), width=28),
        Column(choose("含义", "Meaning"), width=80),
        Column(choose("公式", "Formula"), width=50),
        Column(choose("单位", "Unit"), width=16),
        Column(choose("归口", "Owner"), width=18),
        Column(choose("代码", "Code"), width=34),
    )
    title = choose("指标说明", "Definitions")
    return Sheet(title, title, columns, rows)

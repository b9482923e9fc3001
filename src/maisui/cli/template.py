"""`maisui template`: what somebody fills in to deliver a feed by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maisui.answers.feed_use import with_true_words
from maisui.cli.options import DEFAULT_HOME, HomeOption
from maisui.cli.output import console, print_table
from maisui.errors import QuestionError
from maisui.sources.contract import Feed
from maisui.sources.feed_template import (
    GUIDE_HEADINGS,
    csv_template,
    file_name_of,
    guide_rows,
    workbook_template,
)
from maisui.sources.loader import load_builtin
from maisui.sources.of_home import load_sources
from maisui.warehouse.home import open_home

FORMATS = ("xlsx", "csv")


def template_command(
    feed: Annotated[str | None, typer.Argument(help="Code of a feed that is delivered as csv with a header.")] = None,
    form: Annotated[str | None, typer.Option("--format", help="xlsx or csv; without it the columns are only printed.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="File to write; the feed's own file name by default.")] = None,
    is_list: Annotated[bool, typer.Option("--list", help="List every feed, with what is disabled without it.")] = False,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Print what a feed wants, or write the workbook or csv to fill in; `--list` names every feed there is."""
    feeds = _feeds(home)
    if is_list or feed is None:
        print_table(
            f"{len(feeds)} feeds",
            [("feed", "left"), ("名称", "left"), ("title", "left"), ("缺少时停用", "left"), ("disabled without it", "left")],
            [[one.code, one.title_zh, one.title_en, one.without_zh or "—", one.without_en or "—"] for one in feeds.values()],
        )
        return
    if feed not in feeds:
        raise QuestionError(f"there is no csv feed {feed!r}", where="maisui template", next_step="see `maisui template --list`")
    chosen = feeds[feed]
    if form is None:
        print_table(f"{chosen.title_zh} {chosen.title_en}", [(name, "left") for name in GUIDE_HEADINGS], guide_rows(chosen))
        console.print(f"file name: {file_name_of(chosen, 'xlsx')} or .csv, into inbox/{chosen.source}/", highlight=False)
        return
    if form not in FORMATS:
        raise QuestionError(f"there is no format {form!r}", where="--format", next_step="use xlsx or csv")
    target = out or Path(f"{chosen.code}-template.{form}")
    if target.exists():
        raise QuestionError("the file is already there", where=str(target), next_step="pass another --out, or take the file away")
    _write(target, workbook_template(chosen) if form == "xlsx" else csv_template(chosen))
    console.print(
        f"written: {target}; fill it in and deliver it as {file_name_of(chosen, form)} in inbox/{chosen.source}/", highlight=False
    )


def _write(target: Path, content: bytes) -> None:
    try:
        target.write_bytes(content)
    except OSError as error:
        raise QuestionError(f"the file cannot be written: {error.strerror}", where=str(target), next_step="pass another --out") from None


def _feeds(home: Path) -> dict[str, Feed]:
    """Return the csv feeds of the home's sources, or of the supplement source where there is no home."""
    sources = load_sources(open_home(home)) if (home / "bank.toml").exists() else (load_builtin("supplement"),)
    return {feed.code: feed for source in sources for feed in with_true_words(source).feeds.values() if feed.accepts_workbook}

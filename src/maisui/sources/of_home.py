"""Which sources a home reads: the bank's own folders, and those that come with the product."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from maisui.errors import ContractError, collect
from maisui.sources.contract import Source
from maisui.sources.loader import BUILTIN, load_builtin, load_source
from maisui.warehouse.home import Home


def load_sources(home: Home) -> tuple[Source, ...]:
    """Return the sources that bank.toml names: the bank's own folders first, then built-in ones.

    Raises:
        ContractError: when one is unknown or faulty.
    """
    sources = tuple(replace(_load(home, code), licences=home.licences.get(code, ())) for code in home.sources)
    return tuple(_with_confirmed_names(home, source) for source in sources) if home.file_name_lines else sources


def _with_confirmed_names(home: Home, source: Source) -> Source:
    """Return the source with the file names that the operator has confirmed to be those of a feed."""
    faults: list[str] = []
    feeds = dict(source.feeds)
    for line in home.file_name_lines:
        if set(line) != {"source", "feed", "pattern"} or "{date}" not in str(line.get("pattern")):
            faults.append("a file_name has source, feed and pattern, and the pattern a {date}")
        elif line["source"] not in home.sources:
            faults.append(f"file_name: there is no source {line['source']!r} in bank.sources")
        elif line["source"] == source.code and line["feed"] not in feeds:
            faults.append(f"file_name: {source.code} has no feed {line['feed']!r}")
        elif line["source"] == source.code:
            feed = feeds[line["feed"]]
            feeds[feed.code] = replace(feed, other_files=(*feed.other_files, str(line["pattern"])))
    collect(
        ContractError,
        list(dict.fromkeys(faults)),
        where=f"{home.path / 'bank.toml'}, [[file_name]]",
        next_step="correct the lines, then run `maisui check`",
    )
    return replace(source, feeds=feeds)


def _load(home: Home, code: str) -> Source:
    folder: Path = home.own_sources / code
    if folder.is_dir():
        if code in BUILTIN:
            raise ContractError(
                f"the source {code} also comes with the product", where=str(folder), next_step="give your folder another name"
            )
        return load_source(folder)
    if code in BUILTIN:
        return load_builtin(code)
    raise ContractError(
        f"the source {code} is neither built in nor described in this home",
        where=f"{home.path / 'bank.toml'}, bank.sources",
        next_step=f"make the folder {folder} (docs/how-to/connect-a-source.md) or use one of {', '.join(BUILTIN)}",
    )

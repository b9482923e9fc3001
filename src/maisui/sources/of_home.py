"""Which sources a home reads: the bank's own folders, and those that come with the product."""

from __future__ import annotations

from pathlib import Path

from maisui.errors import ContractError
from maisui.sources.contract import Source
from maisui.sources.loader import BUILTIN, load_builtin, load_source
from maisui.warehouse.home import Home


def load_sources(home: Home) -> tuple[Source, ...]:
    """Return the sources that bank.toml names: the bank's own folders first, then built-in ones.

    Raises:
        ContractError: when one is unknown or faulty.
    """
    return tuple(_load(home, code) for code in home.sources)


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

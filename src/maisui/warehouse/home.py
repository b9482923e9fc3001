"""Where a bank's data and configuration live: one home folder with `bank.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maisui.errors import HomeError, collect

_LEAST_VERSIONS = 2
_NEXT = "correct bank.toml, then run `maisui check`"
_KNOWN = {
    "bank": {"legal_entity_code", "name_zh", "name_en", "currency", "sources", "is_demo"},
    "batch": {"memory_limit"},
    "retention": {"recent_versions", "month_ends"},
    "reconciliation": {"ledger", "balances"},
}


@dataclass(frozen=True, slots=True)
class Home:
    """A bank's home: its legal entity, the sources it reads and its folders."""

    path: Path
    legal_entity_code: str
    name_zh: str
    name_en: str
    currency: str
    sources: tuple[str, ...]
    is_demo: bool = False
    memory_limit: str = "2GB"
    recent_versions: int = 2
    month_ends: int = 60
    severities: Mapping[str, str] = field(default_factory=dict[str, str])
    parameter_lines: tuple[Mapping[str, Any], ...] = ()

    @property
    def inbox(self) -> Path:
        """Return the folder into which deliveries are laid, one sub-folder a source."""
        return self.path / "inbox"

    @property
    def entity(self) -> Path:
        """Return the folder that holds everything of the legal entity."""
        return self.path / "entities" / self.legal_entity_code

    @property
    def raw(self) -> Path:
        """Return the immutable raw layer; everything else can be rebuilt from it."""
        return self.entity / "raw"

    @property
    def parts(self) -> Path:
        """Return the folder of content-named parts, shared by versions."""
        return self.entity / "parts"

    @property
    def versions(self) -> Path:
        """Return the folder of version manifests and the `current` pointer."""
        return self.entity / "versions"

    @property
    def scratch(self) -> Path:
        """Return the folder for what a running batch spills; emptied at its start and end."""
        return self.entity / "scratch"

    @property
    def own_sources(self) -> Path:
        """Return the folder in which the bank describes its own source systems."""
        return self.path / "sources"


def open_home(path: Path) -> Home:
    """Return the home at `path`.

    Raises:
        HomeError: when there is none or bank.toml is faulty, listing every fault.
    """
    file = path / "bank.toml"
    try:
        text = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise HomeError(
            "this is not a Maisui home: it has no bank.toml", where=str(path), next_step="run `maisui init <folder>` or pass --home"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HomeError(f"bank.toml cannot be read: {error}", where=str(file), next_step=_NEXT) from None
    faults = [f"unknown table [{name}]" for name in text if name not in (*_KNOWN, "parameter")]
    for name, keys in _KNOWN.items():
        faults.extend(f"unknown setting {name}.{key}" for key in text.get(name, {}) if key not in keys)
    bank, batch, retention = text.get("bank", {}), text.get("batch", {}), text.get("retention", {})
    code = str(bank.get("legal_entity_code", ""))
    if not re.fullmatch(r"[A-Za-z0-9]{1,32}", code):
        faults.append("bank.legal_entity_code must be 1 to 32 letters or digits")
    sources = bank.get("sources", [])
    if not isinstance(sources, list) or not sources:
        faults.append('bank.sources must list at least one source, such as ["east5"]')
    severities = {str(key): str(value) for key, value in text.get("reconciliation", {}).items()}
    faults.extend(f"reconciliation.{key} must be warn or stop" for key, value in severities.items() if value not in ("warn", "stop"))
    if not re.fullmatch(r"\d+(\.\d+)?(MB|GB)", str(batch.get("memory_limit", "2GB"))):
        faults.append('batch.memory_limit must be such as "2GB"')
    if int(retention.get("recent_versions", _LEAST_VERSIONS)) < _LEAST_VERSIONS:
        faults.append("retention.recent_versions must be at least 2")
    collect(HomeError, faults, where=str(file), next_step=_NEXT)
    return Home(
        path=path,
        legal_entity_code=code,
        name_zh=str(bank.get("name_zh", code)),
        name_en=str(bank.get("name_en", code)),
        currency=str(bank.get("currency", "CNY")),
        sources=tuple(str(source) for source in sources),
        is_demo=bool(bank.get("is_demo", False)),
        memory_limit=str(batch.get("memory_limit", "2GB")),
        recent_versions=int(retention.get("recent_versions", 2)),
        month_ends=int(retention.get("month_ends", 60)),
        severities=severities,
        parameter_lines=tuple(text.get("parameter", ())),
    )


def create_home(
    path: Path, *, legal_entity_code: str, name_zh: str, name_en: str, currency: str, sources: tuple[str, ...], is_demo: bool
) -> Home:
    """Make a home at `path` and return it; an existing bank.toml is never touched.

    Raises:
        HomeError: when the folder already is a home or cannot be written.
    """
    file = path / "bank.toml"
    if file.exists():
        raise HomeError("this folder already is a Maisui home", where=str(file), next_step="use it, or choose another folder")
    listed = ", ".join(f'"{source}"' for source in sources)
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        for source in sources:
            (path / "inbox" / source).mkdir(parents=True, exist_ok=True)
        (path / "sources").mkdir(exist_ok=True)
        file.write_text(
            "# A Maisui home: whose data this is and which systems deliver it.\n\n[bank]\n"
            f'legal_entity_code = "{legal_entity_code}"\nname_zh = "{name_zh}"\nname_en = "{name_en}"\n'
            f'currency = "{currency}"\nsources = [{listed}]\nis_demo = {str(is_demo).lower()}\n',
            encoding="utf-8",
        )
        file.chmod(0o600)
    except OSError as error:
        raise HomeError(f"the home cannot be made: {error.strerror}", where=str(path), next_step="choose a folder you may write") from error
    return open_home(path)

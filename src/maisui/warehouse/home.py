"""Where a bank's data and configuration live: one home folder with `bank.toml`."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from maisui.engines.memory import default_memory_limit
from maisui.errors import HomeError, collect
from maisui.warehouse.lock import WORKER_LOCK, is_held

_LEAST_VERSIONS = 2
HELD_VERSIONS = "held-versions.txt"
"""The file of a home with the versions that are not pruned, one a line."""
_CODE = r"[A-Za-z0-9]{1,32}"
ELIMINATION = "elimination"
"""The organisation of a union under which what its members owe each other is taken out again."""
_AT_LEAST_ONE = ("idle_minutes", "session_hours", "export_rows", "reveals_a_day", "customer_export_rows", "customer_exports_a_day")
_NEXT = "correct bank.toml, then run `maisui check`"
_KNOWN: dict[str, dict[str, type]] = {
    "bank": {"legal_entity_code": str, "name_zh": str, "name_en": str, "currency": str, "sources": list, "is_demo": bool},
    "batch": {"memory_limit": str, "threads": int, "models": bool},
    "east5": {"licences": list},
    "retention": {"recent_versions": int, "month_ends": int},
    "reconciliation": {"ledger": str, "balances": str, "receipts": str, "profit": str},
    "web": {
        "database": str,
        "hosts": list,
        "behind_proxy": bool,
        "time_zone": str,
        "idle_minutes": int,
        "session_hours": int,
        "one_session": bool,
        "export_rows": int,
        "reveals_a_day": int,
        "customer_export_rows": int,
        "customer_exports_a_day": int,
    },
}
_STOPS = """
# A difference to the ledger, or a balance that its movements do not explain, keeps the batch unpublished and is named by
# `maisui status`. A difference that the bank knows is accepted by a dated [[tolerance]] with a name and a reason:
#   [[tolerance]]
#   control = "deposit_equals_ledger"
#   amount = "0.05"
#   valid_from = 2026-10-01
#   valid_until = 2027-01-01
#   decided_by = "..."
#   reason = "..."
# A bank whose files do not tie yet sets "warn", for all of them or for one control by its code (docs/reference/controls.md).
[reconciliation]
ledger = "stop"
balances = "stop"
"""
"""What a new home says about its controls; a home that says nothing warns."""
_OF_A_UNION: dict[str, type] = {"code": str, "name_zh": str, "name_en": str, "currency": str, "is_demo": bool}
"""What `[union]` takes, which stands in place of `[bank]`; described in docs/how-to/run-a-union.md."""
_TABLES = _KNOWN | {"union": _OF_A_UNION}
_LISTS = ("parameter", "control_subject", "tolerance", "file_name", "member")
_OF_A_MEMBER = ("code", "name_zh", "name_en", "kind", "home")
MEMBER_KINDS = ("rural_commercial_bank", "rural_cooperative_bank", "credit_union", "union_office")
"""What a member of a union may be: 农商行, 农合行, 农信社, or the union's own books."""
_BY_CONTROL = "reconciliation"
"""Besides its own settings this table takes the code of any control; `pipeline.control_settings` knows which there are."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How the home is served: its operational database, host names and limits; see `[web]` of bank.toml."""

    database: str = ""
    hosts: tuple[str, ...] = ()
    behind_proxy: bool = False
    time_zone: str = "Asia/Shanghai"
    idle_minutes: int = 20
    session_hours: int = 12
    one_session: bool = False
    export_rows: int = 2000
    reveals_a_day: int = 30
    customer_export_rows: int = 200
    customer_exports_a_day: int = 5


@dataclass(frozen=True, slots=True)
class MemberHome:
    """A legal entity of a union: whose home lies at `path`, of which only published versions are read."""

    code: str
    name_zh: str
    name_en: str
    kind: str
    path: Path

    @property
    def entity(self) -> Path:
        """Return the folder in its home that holds everything of the legal entity."""
        return self.path / "entities" / self.code


@dataclass(frozen=True, slots=True)
class Home:
    """A bank's home: its legal entity, the sources it reads and its folders. One with `members` is a union's: it holds roll-ups only."""

    path: Path
    legal_entity_code: str
    name_zh: str
    name_en: str
    currency: str
    sources: tuple[str, ...]
    memory_limit: str
    is_demo: bool = False
    threads: int = 2
    models: bool = True
    recent_versions: int = 2
    month_ends: int = 60
    severities: Mapping[str, str] = field(default_factory=dict[str, str])
    parameter_lines: tuple[Mapping[str, Any], ...] = ()
    control_subject_lines: tuple[Mapping[str, Any], ...] = ()
    tolerance_lines: tuple[Mapping[str, Any], ...] = ()
    file_name_lines: tuple[Mapping[str, Any], ...] = ()
    licences: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    web: WebSettings = field(default_factory=WebSettings)
    members: tuple[MemberHome, ...] = ()

    @property
    def has_worker(self) -> bool:
        """Tell whether a worker of background jobs runs on this machine; without one nothing that waits begins."""
        return is_held(self.path / WORKER_LOCK)

    @property
    def is_union(self) -> bool:
        """Return whether this home is a union's."""
        return bool(self.members)

    @property
    def inbox(self) -> Path:
        """Return the folder into which deliveries are laid, one sub-folder a source."""
        return self.path / "inbox"

    @property
    def entity(self) -> Path:
        """Return the folder that holds everything of the legal entity, or the union's roll-ups."""
        return self.path / "union" if self.is_union else self.path / "entities" / self.legal_entity_code

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
    def held_versions(self) -> frozenset[str]:
        """Return the versions that stay beyond the retention, because settlements rest on them."""
        try:
            return frozenset((self.path / HELD_VERSIONS).read_text(encoding="utf-8").split())
        except FileNotFoundError:
            return frozenset()

    @property
    def scratch(self) -> Path:
        """Return the folder for what a running batch spills; emptied at its start and end."""
        return self.entity / "scratch"

    @property
    def own_products(self) -> Path:
        """Return the file in which the bank changes the levels of its products; it need not exist."""
        return self.path / "products.toml"

    @property
    def approved_parameters(self) -> Path:
        """Return the folder of parameter lines approved at the desk, one file each; it need not exist."""
        return self.path / "parameters"

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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise HomeError(f"bank.toml cannot be read: {error}", where=str(file), next_step=_NEXT) from None
    faults, wrong_kinds = _unknown_settings(text), _wrong_kinds(text)
    if wrong_kinds:
        collect(HomeError, faults + wrong_kinds, where=str(file), next_step=_NEXT)
    is_union = "union" in text
    bank, batch, retention = text.get("union" if is_union else "bank", {}), text.get("batch", {}), text.get("retention", {})
    code, sources = bank.get("code" if is_union else "legal_entity_code", ""), bank.get("sources", [])
    if not re.fullmatch(_CODE, code):
        faults.append(f"{'union.code' if is_union else 'bank.legal_entity_code'} must be 1 to 32 letters or digits")
    faults.extend(_member_faults(text, code))
    if is_union:
        pass
    elif not sources or not all(isinstance(source, str) and re.fullmatch(r"[a-z][a-z0-9_]*", source) for source in sources):
        faults.append('bank.sources must list at least one source, such as ["east5"]')
    severities: dict[str, str] = text.get("reconciliation", {})
    faults.extend(f"reconciliation.{key} must be warn or stop" for key, value in severities.items() if value not in ("warn", "stop"))
    faults.extend(_batch_faults(batch))
    licences = text.get("east5", {}).get("licences", [])
    if not all(isinstance(one, str) and re.fullmatch(r"[A-Za-z0-9]{1,32}", one) for one in licences):
        faults.append('east5.licences must list licence numbers, such as ["B0187H242010002"]')
    web = text.get("web", {})
    faults.extend(_web_faults(web))
    if retention.get("recent_versions", _LEAST_VERSIONS) < _LEAST_VERSIONS:
        faults.append("retention.recent_versions must be at least 2")
    collect(HomeError, faults, where=str(file), next_step=_NEXT)
    return Home(
        path=path,
        legal_entity_code=code,
        name_zh=bank.get("name_zh", code),
        name_en=bank.get("name_en", code),
        currency=bank.get("currency", "CNY"),
        sources=tuple(sources),
        is_demo=bank.get("is_demo", False),
        memory_limit=batch.get("memory_limit", default_memory_limit()),
        threads=batch.get("threads", 2),
        models=batch.get("models", True),
        recent_versions=retention.get("recent_versions", _LEAST_VERSIONS),
        month_ends=retention.get("month_ends", 60),
        severities=severities,
        parameter_lines=tuple(text.get("parameter", ())),
        control_subject_lines=tuple(text.get("control_subject", ())),
        tolerance_lines=tuple(text.get("tolerance", ())),
        file_name_lines=tuple(text.get("file_name", ())),
        licences={"east5": tuple(licences)},
        web=WebSettings(**web | {"hosts": tuple(web.get("hosts", ()))}),
        members=tuple(
            MemberHome(
                line["code"], line.get("name_zh", line["code"]), line.get("name_en", line["code"]), line["kind"], path / line["home"]
            )
            for line in text.get("member", ())
        ),
    )


def _member_faults(text: dict[str, Any], union_code: str) -> list[str]:
    """Return what is wrong with the members of a union; a bank's home has none."""
    lines = text.get("member", [])
    if "union" not in text:
        return ["[[member]] belongs into the home of a union, which has [union] instead of [bank]"] if lines else []
    faults = ["a home is a union's ([union]) or a bank's ([bank]), not both"] if "bank" in text else []
    if not lines:
        faults.append("a union needs its members, one [[member]] each")
    for number, line in enumerate(lines, start=1):
        faults.extend(f"member {number}: unknown setting {key}" for key in line if key not in _OF_A_MEMBER)
        wrong = [key for key in _OF_A_MEMBER if key in line and not isinstance(line[key], str)]
        faults.extend(f"member {number}: {key} must be a str" for key in wrong)
        if not wrong and not re.fullmatch(_CODE, line.get("code", "")):
            faults.append(f"member {number}: code must be the legal entity's, 1 to 32 letters or digits")
        if line.get("kind") not in MEMBER_KINDS:
            faults.append(f"member {number}: kind must be one of {', '.join(MEMBER_KINDS)}")
        if not line.get("home"):
            faults.append(f"member {number}: home must name the folder of the member's own Maisui home")
    codes = [line.get("code") for line in lines]
    if len({*codes, union_code, ELIMINATION}) != len(codes) + 2:
        faults.append("no two members have one code, and none has the union's")
    return faults


def _batch_faults(batch: dict[str, Any]) -> list[str]:
    faults: list[str] = []
    if not re.fullmatch(r"\d+(\.\d+)?(MB|GB)", batch.get("memory_limit", "2GB")):
        faults.append('batch.memory_limit must be such as "2GB"')
    if batch.get("threads", 1) < 1:
        faults.append("batch.threads must be at least 1")
    return faults


def _web_faults(web: dict[str, Any]) -> list[str]:
    faults = [f"web.{key} must be at least 1" for key in _AT_LEAST_ONE if web.get(key, 1) < 1]
    hosts = web.get("hosts", [])
    if not all(isinstance(host, str) and re.fullmatch(r"[A-Za-z0-9.-]+", host) for host in hosts):
        faults.append('web.hosts must list host names, such as ["crm.bank.example"]')
    if web.get("behind_proxy") and not hosts:
        faults.append("web.behind_proxy needs web.hosts: the names under which the proxy is reached")
    try:
        ZoneInfo(web.get("time_zone", "Asia/Shanghai"))
    except (ZoneInfoNotFoundError, ValueError):
        faults.append('web.time_zone must be a zone such as "Asia/Shanghai"')
    return faults


def _unknown_settings(text: dict[str, Any]) -> list[str]:
    faults = [f"unknown table [{name}]" for name in text if name not in (*_KNOWN, *_LISTS, "union")]
    for name, kinds in _TABLES.items():
        if name != _BY_CONTROL:
            faults.extend(f"unknown setting {name}.{key}" for key in _table(text, name) if key not in kinds)
    return faults


def _wrong_kinds(text: dict[str, Any]) -> list[str]:
    faults = [f"{name} must be a table [{name}]" for name in _TABLES if not isinstance(text.get(name, {}), dict)]
    for name, kinds in _TABLES.items():
        table = _table(text, name)
        faults.extend(
            f"{name}.{key} must be a {kind.__name__}" for key, kind in kinds.items() if key in table and type(table[key]) is not kind
        )
    for name in _LISTS:
        lines = text.get(name, [])
        if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
            faults.append(f"{name} must be a list of tables [[{name}]]")
    return faults


def _table(text: dict[str, Any], name: str) -> dict[str, Any]:
    found = text.get(name, {})
    return found if isinstance(found, dict) else {}


def create_home(
    path: Path,
    *,
    legal_entity_code: str,
    name_zh: str,
    name_en: str,
    currency: str,
    sources: tuple[str, ...],
    is_demo: bool,
    licences: tuple[str, ...] = (),
) -> Home:
    """Make a home at `path` and return it; an existing bank.toml is never touched.

    `licences` are those that may begin the names of the regulator's files; without any the first delivery's counts.

    Raises:
        HomeError: when the folder already is a home or cannot be written.
    """
    file = path / "bank.toml"
    if file.exists():
        raise HomeError("this folder already is a Maisui home", where=str(file), next_step="use it, or choose another folder")
    listed = ", ".join(_toml_text(source) for source in sources)
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        for source in sources:
            (path / "inbox" / source).mkdir(parents=True, exist_ok=True)
        (path / "sources").mkdir(exist_ok=True)
        file.write_text(
            "# A Maisui home: whose data this is and which systems deliver it.\n\n[bank]\n"
            f"legal_entity_code = {_toml_text(legal_entity_code)}\nname_zh = {_toml_text(name_zh)}\nname_en = {_toml_text(name_en)}\n"
            f"currency = {_toml_text(currency)}\nsources = [{listed}]\nis_demo = {str(is_demo).lower()}\n"
            + (f"\n[east5]\nlicences = [{', '.join(_toml_text(one) for one in licences)}]\n" if licences else "")
            + _STOPS,
            encoding="utf-8",
        )
        file.chmod(0o600)
    except OSError as error:
        raise HomeError(f"the home cannot be made: {error.strerror}", where=str(path), next_step="choose a folder you may write") from error
    return open_home(path)


def _toml_text(value: str) -> str:
    """Return `value` as a TOML basic string, whose escapes are those of JSON."""
    return json.dumps(value, ensure_ascii=False)

"""The example union on one machine: counties that use each other's machines, a home each, and the union's home above them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from maisui.errors import HomeError
from maisui.example_bank import simulate
from maisui.example_bank.chart_of_accounts import COUNTY_CLEARING
from maisui.example_bank.county import COUNTIES, County
from maisui.pipeline.batch import run_batch
from maisui.pipeline.union_batch import run_union
from maisui.warehouse.durable import write_durably
from maisui.warehouse.home import Home, create_home, open_home
from maisui.warehouse.version import Manifest

UNION_CODE = "YUNCHUAN"
_INTERNAL = "3101"
_MARK = "demo.json"
Progress = Callable[[str, int, int], None]


def make_demo_union(folder: Path, *, scale: str, seed: int, counties: int, progress: Progress) -> tuple[Home, Manifest]:
    """Make or find the example union in `folder`, run every county that has not run, roll them up, and return the union's version.

    The counties' homes lie in `folder`/members; each is a home like any other, which can be served and asked for itself.

    Raises:
        HomeError: when the folder holds something else, or an example of other measures.
    """
    chosen = COUNTIES[:counties]
    last_day = _delivered(folder, scale, seed, chosen, progress)
    for county in chosen:
        run_batch(open_home(_home_of(folder, county)), reporting_date=last_day, now=datetime.now(UTC), progress=progress)
    home = open_home(folder)
    return home, run_union(home, reporting_date=last_day, now=datetime.now(UTC), progress=progress).manifest


def _delivered(folder: Path, scale: str, seed: int, counties: tuple[County, ...], progress: Progress) -> date:
    """Write the counties' files and homes once and return the last day delivered."""
    mark, wanted = folder / _MARK, {"scale": scale, "seed": seed, "counties": len(counties)}
    if mark.exists():
        made = json.loads(mark.read_text(encoding="utf-8"))
        if {name: made.get(name) for name in wanted} != wanted:
            raise HomeError(
                "this home holds another example",
                where=str(mark),
                next_step="pass another --home, or the same --scale, --seed and --counties",
            )
        return date.fromisoformat(made["last_day"])
    if (folder / "bank.toml").exists():
        raise HomeError("this folder already is a Maisui home", where=str(folder), next_step="choose another folder")
    first = _home_of(folder, counties[0])
    report = simulate(scale=scale, seed=seed, months=None, out=first, counties=len(counties), progress=progress)
    for county in counties:
        home = _home_of(folder, county)
        if county is not counties[0]:
            (first / "counties" / county.licence).rename(home)
        create_home(
            home,
            legal_entity_code=county.licence,
            name_zh=f"{county.bank_name}（示例）",
            name_en=f"{county.bank_name_en} (example)",
            currency="CNY",
            sources=("east5", "supplement"),
            is_demo=True,
        )
    (first / "counties").rmdir()
    folder.chmod(0o700)
    (folder / "bank.toml").write_text(_bank_toml(counties), encoding="utf-8")
    (folder / "bank.toml").chmod(0o600)
    write_durably(mark, json.dumps(wanted | {"last_day": report.deliveries[-1].isoformat()}))
    return report.deliveries[-1]


def _home_of(folder: Path, county: County) -> Path:
    return folder / "members" / county.licence


def _bank_toml(counties: tuple[County, ...]) -> str:
    lines = [
        "# The home of a union: whose banks it rolls up, and which positions between them it takes out of the summed ledger.",
        "",
        "[union]",
        f'code = "{UNION_CODE}"',
        'name_zh = "云川省农村信用社联合社（示例）"',
        'name_en = "Yunchuan Union of Rural Banks (example)"',
        "is_demo = true",
    ]
    for county in counties:
        lines += [
            "",
            "[[member]]",
            f'code = "{county.licence}"',
            f'name_zh = "{county.bank_name}"',
            f'name_en = "{county.bank_name_en}"',
            'kind = "rural_commercial_bank"',
            f'home = "members/{county.licence}"',
        ]
    for rule, subject in (("internal", _INTERNAL), ("clearing", COUNTY_CLEARING)):
        lines += ["", "[[parameter]]", f'code = "union_elimination.{rule}"', "valid_from = 1900-01-01", f'text = "{subject}"']
    return "\n".join(lines) + "\n"

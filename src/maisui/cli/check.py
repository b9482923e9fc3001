"""`maisui check`: is everything ready before a batch runs?"""

from __future__ import annotations

from typing import Any

from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from maisui.cli.output import console, print_json, print_table
from maisui.integration.deliver_table import columns_left_out
from maisui.parameters import load_parameters
from maisui.pipeline.plan import make_plan
from maisui.sources.of_home import load_sources
from maisui.tables import DELIVERED
from maisui.warehouse.home import Home, open_home


def check_command(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Check bank.toml, every source folder and its SQL, and say which files in the inbox belong to which feed."""
    facts = check_json(open_home(home))
    if as_json:
        print_json(facts)
        return
    console.print(f"[bold]{facts['bank']}[/bold]: configuration, contracts and mappings are sound")
    for source in facts["sources"]:
        print_table(
            f"source {source['code']}",
            [("feed", "left"), ("title", "left"), ("files waiting", "right"), ("last date", "left")],
            [[f["feed"], f["title_en"], f"{f['files']:,}", f["last_date"] or "—"] for f in source["feeds"]],
        )
        console.print(f"  implements {', '.join(source['implements'])}", highlight=False)
        if source["not_implemented"]:
            console.print(f"  does not bring {', '.join(source['not_implemented'])}", highlight=False)
        for table, columns in source["left_out"].items():
            console.print(f"  {table}: without {', '.join(columns)}", highlight=False)
        for name in source["unrecognised"]:
            console.print(f"  ! {name} is not a file of any feed", highlight=False)


def check_json(home: Home) -> dict[str, Any]:
    """Return the findings as plain values.

    Raises:
        HomeError: when bank.toml or a parameter is faulty.
        ContractError: when a source folder is.
    """
    sources = load_sources(home)
    load_parameters(home.parameter_lines)
    plan = make_plan(sources)
    found: list[dict[str, Any]] = []
    for source in sources:
        inbox = home.inbox / source.code
        files = sorted(path.name for path in inbox.rglob("*") if path.is_file()) if inbox.is_dir() else []
        suffixes = {feed.control.suffix for feed in source.feeds.values() if feed.control}
        feeds: list[dict[str, Any]] = []
        for feed in source.feeds.values():
            dates = [day for day in (feed.file_date(name) for name in files) if day is not None]
            feeds.append(
                {
                    "feed": feed.code,
                    "title_zh": feed.title_zh,
                    "title_en": feed.title_en,
                    "required": feed.is_required,
                    "files": len(dates),
                    "last_date": str(max(dates)) if dates else None,
                }
            )
        implemented = sorted(source.mappings)
        found.append(
            {
                "code": source.code,
                "title_zh": source.title_zh,
                "title_en": source.title_en,
                "feeds": feeds,
                "implements": implemented,
                "not_implemented": [table.name for table in DELIVERED if table.name not in implemented],
                "left_out": {table: list(columns) for table, columns in columns_left_out(source).items()},
                "unrecognised": [n for n in files if source.feed_of(n) is None and not any(n.endswith(s) for s in suffixes)],
            }
        )
    return {"bank": home.legal_entity_code, "steps": len(plan.steps), "sources": found}

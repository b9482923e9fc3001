"""`maisui check`: is everything ready before a batch runs, what came, what is missing and what cannot be analysed without it?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from maisui.answers.feed_use import feeds_analysed, with_true_words
from maisui.answers.metric_needs import MetricNeeds, metric_needs
from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from maisui.cli.output import console, print_json, print_table
from maisui.intake import Receipt, receipts
from maisui.intake.licences import licence_of, own_licences
from maisui.intake.recognise import glance, looks_like, pattern_for
from maisui.intake.structure import is_structure
from maisui.intake.vouched import unkept
from maisui.integration.deliver_table import columns_left_out
from maisui.parameters import parameters_of
from maisui.pipeline.control_settings import load_control_settings
from maisui.pipeline.plan import column_lineage, make_plan
from maisui.sources.contract import Feed, Source, holds_one
from maisui.sources.of_home import load_sources
from maisui.sources.use import feeds_read
from maisui.tables import DELIVERED
from maisui.warehouse.home import Home, open_home

_METRICS_NAMED = 6
AllOption = Annotated[bool, typer.Option("--all", help="List feeds that are kept and not used, and tables no source brings, one by one.")]


def check_command(home: HomeOption = DEFAULT_HOME, is_all: AllOption = False, as_json: JsonOption = False) -> None:
    """Check bank.toml, sources and SQL; say what came, what is missing and which analyses each gap disables."""
    facts = check_json(open_home(home))
    if as_json:
        print_json(facts)
        return
    console.print(f"[bold]{facts['bank']}[/bold]: configuration, contracts and mappings are sound")
    for source in facts["sources"]:
        _print_source(source, is_all=is_all)
    codes = [metric["code"] for metric in facts["metrics_without_source"]]
    if codes:
        console.print(f"metrics without any delivered source ({len(codes)}): {', '.join(codes)}", highlight=False)


def _print_source(source: dict[str, Any], *, is_all: bool) -> None:
    came = [feed for feed in source["feeds"] if feed["last_date"]]
    print_table(
        f"source {source['code']}",
        [
            *((name, "left") for name in ("feed", "title")),
            *((name, "right") for name in ("new", "files")),
            *((name, "left") for name in ("last", "newest file")),
        ],
        [
            [f["feed"], f["title_en"], f"{f['files']:,}", f"{f['registered']:,}", f["last_date"], _described(f)]
            for f in came
            if f["is_used"] or is_all
        ],
    )
    kept = [f"{f['feed']} ({f['files'] + f['registered']:,} files)" for f in came if not f["is_used"]]
    if kept:
        console.print(f"  kept, not used: {', '.join(kept)}", highlight=False)
    for feed in (f for f in source["feeds"] if not f["last_date"] and (f["is_used"] or is_all)):
        required = " (required: once it has come regularly, a batch stops without it)" if feed["required"] else ""
        lost = f": {_lost(feed)}" if feed["without_en"] else ""
        console.print(f"  not delivered{required}: {feed['title_en']}, {feed['feed']}{lost}", highlight=False)
    if is_all:
        console.print(f"  implements {', '.join(source['implements'])}", highlight=False)
    if source["not_implemented"] and is_all:
        console.print(f"  does not bring {', '.join(source['not_implemented'])}", highlight=False)
    for table, columns in source["left_out"].items() if is_all else ():
        console.print(f"  {table}: without {', '.join(columns)}", highlight=False)
    if source["licences"]:
        console.print(f"  files of licence {', '.join(source['licences'])}", highlight=False)
    for one in source["unkept"]:
        console.print(f"  ! {one['file']}: {one['what']}; a batch refuses it", highlight=False, markup=False)
    for name in source["of_other_banks"]:
        console.print(f"  ! {name} names another licence, a batch stops: take it out of the inbox,", highlight=False)
        console.print(f"    or list the licence in bank.toml: [{source['code']}] licences", highlight=False, markup=False)
    for name in source["unrecognised"]:
        _print_unrecognised(name, source["code"], source["looks_like"].get(name))


def _lost(feed: dict[str, Any]) -> str:
    """Return what is lost without a feed: its analyses in words and the metrics that rest on it, or that nothing is."""
    if not feed["is_analysed"]:
        return feed["without_en"]
    codes = feed["metrics"]
    more = f" and {len(codes) - _METRICS_NAMED} more" if len(codes) > _METRICS_NAMED else ""
    return f"without {feed['without_en']}" + (f" ({', '.join(codes[:_METRICS_NAMED])}{more})" if codes else "")


def _described(feed: dict[str, Any]) -> str:
    parts = (feed["encoding"], feed["layout"], feed["certificates"])
    return ", ".join(part for part in parts if part)


def _print_unrecognised(name: str, source: str, likeness: dict[str, Any] | None) -> None:
    console.print(f"  ! {name} is not a file of any feed", highlight=False)
    if likeness is None:
        return
    others = f" (or {', '.join(likeness['or'])})" if likeness["or"] else ""
    console.print(f"    it looks like {likeness['title_zh']} {likeness['feed']}{others}: to confirm, add to bank.toml", highlight=False)
    if not likeness["pattern"]:
        console.print("    (its name holds no day YYYYMMDD: rename it first)", highlight=False)
        return
    for line in ("[[file_name]]", f'source = "{source}"', f'feed = "{likeness["feed"]}"', f'pattern = "{likeness["pattern"]}"'):
        console.print(f"      {line}", highlight=False, markup=False)


def check_json(home: Home) -> dict[str, Any]:
    """Return the findings as plain values.

    Raises:
        HomeError: when bank.toml, a parameter (also an approved one) or products.toml is faulty.
        ContractError: when a source folder is.
    """
    sources = load_sources(home)
    parameters_of(home)
    load_control_settings(home)
    plan = make_plan(sources)
    needs = metric_needs(column_lineage(plan))
    found = [_source_facts(home, source, needs) for source in sources]
    views = {(source.code, code): feed.view for source in sources for code, feed in source.feeds.items()}
    delivered = [views[facts["code"], feed["feed"]] for facts in found for feed in facts["feeds"] if feed["last_date"]]
    return {
        "bank": home.legal_entity_code,
        "steps": len(plan.steps),
        "sources": found,
        "metrics_without_source": _metrics_without_source(needs, delivered),
    }


def _metrics_without_source(needs: Sequence[MetricNeeds], delivered: Collection[str]) -> list[dict[str, Any]]:
    return [
        {
            "code": one.metric.code,
            "name_zh": one.metric.name_zh,
            "name_en": one.metric.name_en,
            "needs": [sorted(side) for side in one.sides],
        }
        for one in needs
        if not one.has_source(delivered)
    ]


def _source_facts(home: Home, source: Source, needs: Sequence[MetricNeeds]) -> dict[str, Any]:
    inbox = home.inbox / source.code
    paths = sorted((path for path in inbox.rglob("*") if path.is_file()), key=lambda path: path.name) if inbox.is_dir() else []
    suffixes = tuple(feed.control.suffix.lower() for feed in source.feeds.values() if feed.control)
    known = [*source.feeds.values()]
    unknown = [path for path in paths if source.feed_of(path.name) is None and not path.name.lower().endswith(suffixes or ("\0",))]
    unknown = [path for path in unknown if not is_structure(known, path.name)]
    implemented = sorted(source.mappings)
    return {
        "code": source.code,
        "title_zh": source.title_zh,
        "title_en": source.title_en,
        "feeds": _feed_facts(home, with_true_words(source), paths, needs),
        "implements": implemented,
        "not_implemented": [table.name for table in DELIVERED if table.name not in implemented],
        "left_out": {table: list(columns) for table, columns in columns_left_out(source).items()},
        "unrecognised": [path.name for path in unknown],
        "unkept": _unkept(home, source, inbox),
        **_licences(home, source, paths),
        "looks_like": {path.name: likeness for path in unknown if (likeness := _likeness(source, path))},
    }


def _unkept(home: Home, source: Source, inbox: Path) -> list[dict[str, str]]:
    """Return the files that differ from their control files: a batch would refuse them."""
    taken = {receipt.file_name for receipt in receipts(raw=home.raw, source=source.code)} if home.raw.exists() else set[str]()
    return [{"file": one.file_name, "what": one.what} for one in unkept(source, inbox, taken)]


def _licences(home: Home, source: Source, paths: Sequence[Path]) -> dict[str, Any]:
    """Return the licences whose files are this bank's, and the files of other banks: a batch would refuse them."""
    named = [(feed, path.name) for path in paths if (feed := source.feed_of(path.name)) is not None]
    dated = sorted(named, key=lambda one: (one[0].file_date(one[1]), one[1]))
    own = own_licences(source, receipts(raw=home.raw, source=source.code) if home.raw.exists() else (), dated)
    foreign = [name for feed, name in dated if (licence := licence_of(feed, name)) and licence not in own]
    return {"licences": sorted(own), "of_other_banks": foreign}


def _feed_facts(home: Home, source: Source, paths: Sequence[Path], needs: Sequence[MetricNeeds]) -> list[dict[str, Any]]:
    used, analysed = feeds_read(source), feeds_analysed(source)
    registered = [r for r in (receipts(raw=home.raw, source=source.code) if home.raw.exists() else ()) if r.kind == "delivery"]
    names = {receipt.file_name for receipt in registered}
    facts: list[dict[str, Any]] = []
    for feed in source.feeds.values():
        mine = [receipt for receipt in registered if receipt.feed == feed.code and not receipt.superseded]
        pieces = feed.name_pieces()
        here = [(day, path) for path in paths if holds_one(path.name.lower(), pieces) and (day := feed.file_date(path.name))]
        days = sorted({*(receipt.business_date for receipt in mine), *(day for day, _ in here)})
        facts.append(
            {
                "feed": feed.code,
                "title_zh": feed.title_zh,
                "title_en": feed.title_en,
                "required": feed.is_required,
                "is_used": feed.code in used,
                "files": sum(path.name not in names for _, path in here),
                "registered": len(mine),
                "rows": sum(receipt.line_count for receipt in mine),
                "first_date": str(days[0]) if days else None,
                "last_date": str(days[-1]) if days else None,
                **_newest(feed, [(day, path) for day, path in here if path.name not in names], mine),
                "is_analysed": feed.code in analysed,
                "metrics": [one.metric.code for one in needs if any(feed.view in side for side in one.sides)],
                "without_zh": feed.without_zh,
                "without_en": feed.without_en,
            }
        )
    return facts


def _newest(feed: Feed, new: Sequence[tuple[Any, Path]], registered: Sequence[Receipt]) -> dict[str, Any]:
    """Return how the newest file is written: as its receipt says, or by its first lines where it is not registered yet."""
    last = max(registered, key=lambda receipt: (receipt.business_date, receipt.received_sequence), default=None)
    if last is not None and not (new and max(new)[0] >= last.business_date):
        found = [notice.code.removesuffix("_certificates") for notice in last.warnings if notice.code.endswith("_certificates")]
        return {
            "encoding": last.encoding,
            "layout": last.layout,
            "certificates": found[0] if found else "",
            "notices": [notice.text for notice in last.warnings],
        }
    seen = glance(max(new)[1], feed) if new else None
    if seen is None:
        return {"encoding": "", "layout": "", "certificates": "", "notices": []}
    return {"encoding": seen.encoding, "layout": seen.version, "certificates": seen.certificates, "notices": list(seen.notices)}


def _likeness(source: Source, path: Path) -> dict[str, Any] | None:
    """Return which table without a name of its own a file looks like, and the pattern that would confirm it."""
    feeds = looks_like(path, tuple(feed for feed in source.feeds.values() if feed.is_lenient and not feed.number))
    if not feeds:
        return None
    best = feeds[0]
    return {
        "feed": best.code,
        "title_zh": best.title_zh,
        "title_en": best.title_en,
        "or": [feed.code for feed in feeds[1:]],
        "pattern": pattern_for(path.name),
    }

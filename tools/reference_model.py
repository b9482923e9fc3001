"""Reference pages of the model: metrics, tables, parameters and controls, in both languages."""

from __future__ import annotations

import tomllib
from importlib import resources

from maisui import parameters, reconciliation
from maisui.metrics import CATALOGUE, DIMENSIONS, TOPICS, Measure, Metric
from maisui.sources.loader import BUILTIN, load_builtin
from maisui.tables import DELIVERED, INTEGRATED, MARTS, UNION, Table

NOTE = "<!-- Made from the code by `make golden`; change the code, not this page. -->"

TIMINGS = {
    "point": "on the reporting day",
    "last": "on the last delivered day up to the reporting day",
    "period": "over all days of the period",
    "average": "over all days of the period, divided by its days",
    "year_start": "on the reporting day and on 31 December before",
}


def cell(text: str) -> str:
    """Return `text` safe inside a table cell."""
    return " ".join(text.split()).replace("|", "\\|")


def metrics_page() -> str:
    """Return docs/reference/metrics.md."""
    lines = [
        "# 指标 Metrics",
        NOTE,
        (
            f"{len(CATALOGUE)} metrics. A ratio is always Σ numerator ÷ Σ denominator; division by zero is null (—). A period is an "
            "argument of the question (`--period`), never part of a code. *Additivity* says how a figure behaves over a dimension: "
            "**additive** parts add up to the whole; **distinct** ones do not; a **ratio of sums** is computed anew from summed parts."
        ),
        "比率一律为分子之和除以分母之和；除以零为空（—）。期间由提问给出，不写进代码。",
    ]
    for topic in TOPICS:
        lines += [f"## {topic.name_zh} {topic.name_en}", cell(topic.meaning_en)]
        lines += [_metric(metric) for metric in topic.metrics]
    lines += [
        "## 维度 Dimensions",
        "| code | 中文 | English | column |\n|---|---|---|---|\n"
        + "\n".join(f"| `{d.code}` | {d.name_zh} | {d.name_en} | `{d.column}` |" for d in DIMENSIONS),
    ]
    lines.append("`--by child` splits by the organisations directly below the one asked for.")
    return "\n\n".join(lines) + "\n"


def _metric(metric: Metric) -> str:
    by_kind: dict[str, list[str]] = {}
    for code in metric.dimensions:
        by_kind.setdefault(metric.additivity(code).value, []).append(f"`{code}`")
    better = {True: "more is better", False: "less is better", None: "neither more nor less is better"}[metric.more_is_better]
    lines = [
        f"### `{metric.code}` {metric.name_zh} · {metric.name_en}",
        f"{metric.meaning_zh}  \n{metric.meaning_en}",
        f"- formula: {metric.formula_zh} · {metric.formula_en}",
        f"- unit: {metric.unit.value}, {metric.unit.decimals} decimals; {better}; owner: {metric.owner or '—'}",
        f"- numerator: {_measure(metric.numerator)}",
    ]
    if metric.denominator:
        lines.append(f"- denominator: {_measure(metric.denominator)}")
    lines.append("- dimensions: " + ("; ".join(f"{kind} over {', '.join(codes)}" for kind, codes in by_kind.items()) or "none"))
    return "\n".join([lines[0], "", lines[1], "", *lines[2:]])


def _measure(measure: Measure) -> str:
    where = f" where `{cell(measure.where)}`" if measure.where else ""
    return f"`{cell(measure.expression)}` of [`{measure.mart}`](tables.md#{measure.mart}){where}, {TIMINGS[measure.timing.value]}"


def tables_page() -> str:
    """Return docs/reference/tables.md."""
    bringing = {code: load_builtin(code) for code in BUILTIN}
    lines = [
        "# 表 Tables",
        NOTE,
        (
            "The bank's one model. `legal_entity_code` is part of every key. Privacy: C2 identifies a person or shows his money, C1 is "
            "internal (JR/T 0171). A table *in monthly parts* is published as one file a month; the others together in one."
        ),
    ]
    groups = (
        ("交付表 Delivered tables: a source may fill them", DELIVERED),
        ("整合表 Integrated tables: the bank's own steps write them", INTEGRATED),
        ("集市 Marts and tie-outs: metrics read them", MARTS),
        ("省联社 Union: only in the roll-up of several banks", UNION),
    )
    for title, tables in groups:
        lines.append(f"## {title}")
        for table in tables:
            sources = [code for code, source in bringing.items() if table.name in source.mappings]
            lines.append(_table(table, sources if tables is DELIVERED else None))
    return "\n\n".join(lines) + "\n"


def _table(table: Table, sources: list[str] | None) -> str:
    facts = [f"one row for each {', '.join(f'`{name}`' for name in table.grain)}"]
    if table.month_of:
        facts.append(f"in monthly parts by `{table.month_of}`")
    if not table.published:
        facts.append("not published, used while computing")
    if sources is not None:
        facts.append(f"a source may deliver it; built in: {', '.join(sources) or 'none'}")
    rows = [
        f"| `{c.name}` | {c.type} | {cell(c.meaning_zh)} | {cell(c.meaning_en)} | {c.unit} | {c.privacy.value} |"
        f" {'' if c.nullable else 'yes'} |"
        for c in table.columns
    ]
    head = "| column | type | 含义 | meaning | unit | privacy | required |\n|---|---|---|---|---|---|---|"
    return "\n\n".join(
        [
            f"### {table.name}",
            f"**{table.title_zh} · {table.title_en}.** {table.meaning_zh} {table.meaning_en}",
            _sentence("; ".join(facts)),
            head + "\n" + "\n".join(rows),
        ]
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def delivered_tables() -> str:
    """Return the region of connect-a-source.md: what every table a source may fill needs."""
    return "\n\n".join(_needs(table) for table in DELIVERED)


def _needs(table: Table) -> str:
    examples = ", ".join(code for code in BUILTIN if table.name in load_builtin(code).mappings)
    grain = ", ".join(f"`{name}`" for name in table.grain if name != "legal_entity_code")
    rows = [
        f"| `{c.name}` | {c.type} | {'' if c.nullable else 'yes'} | {cell(c.meaning_zh)} · {cell(c.meaning_en)} |"
        for c in table.columns
        if c.name != "legal_entity_code"
    ]
    return "\n\n".join(
        [
            f"### {table.name}",
            f"{table.meaning_zh} {table.meaning_en} One row for each {grain}. Built-in sources that fill it: {examples or 'none'}.",
            "| column | type | required | 含义 · meaning |\n|---|---|---|---|\n" + "\n".join(rows),
        ]
    )


def parameters_page() -> str:
    """Return docs/reference/parameters.md."""
    entries = tomllib.loads(resources.files(parameters).joinpath("defaults.toml").read_text(encoding="utf-8"))["parameter"]
    rows = ["| code | default | from | 含义 | meaning |", "|---|---|---|---|---|"]
    for entry in entries:
        value = entry.get("number", entry.get("text"))
        rows.append(
            f"| `{entry['code']}` | `{value}` | {entry['valid_from']} | {cell(entry['meaning_zh'])} | {cell(entry['meaning_en'])} |"
        )
    return (
        "\n\n".join(
            [
                "# 参数 Parameters",
                NOTE,
                (
                    "A value that a bank may dispute is a dated parameter, never a constant in code. A calculation sees the line that "
                    "is valid on its business date; a later line ends the earlier one and never changes what was before."
                ),
                "\n".join(rows),
                (
                    "A bank decides its own lines on the page of parameters ([how](../how-to/change-a-parameter.md)), or states them in "
                    f"`bank.toml`; the product's line stays in force before `valid_from`. New codes may be added under {_open_codes()}. The "
                    "text of an `electronic_channel.` is the channel's code, or `off` from the day it ceases to count."
                ),
                '```toml\n[[parameter]]\ncode = "long_overdue_days"\nvalid_from = 2027-01-01\nnumber = "60"\n```',
                (
                    "Numbers are quoted decimals and never negative; a share lies between 0 and 1. A changed parameter gives a new version with the next `maisui run`; `maisui explain` "
                    "lists the lines a figure depends on."
                ),
            ]
        )
        + "\n"
    )


def _open_codes() -> str:
    return ", ".join(f"`{member.code}`" for family in parameters.FAMILIES for member in family.members if member.is_open)


def controls_page() -> str:
    """Return docs/reference/controls.md."""
    lines = [
        "# 核对 Controls",
        NOTE,
        (
            "Every batch compares these before it publishes. A control that **stops** leaves the last published version up (exit code 21); "
            "one that **warns** is published with its differences, which `maisui status --json` lists down to organisation, subject and "
            "day. Where both sides are missing there is nothing to compare, and the control says so. A setting in `bank.toml` changes "
            "the severity of a control that has one; the control's own code may stand there too, and comes first. Tolerances and the subjects "
            "of a set are lines of [bank.toml](bank-toml.md)."
        ),
        '```toml\n[reconciliation]\nledger = "stop"                  # "warn" or "stop"\ncard_equals_ledger = "warn"      # one control\nbalances = "warn"\n```',
    ]
    rows = ["| control | 名称 | name | by default | setting |", "|---|---|---|---|---|"]
    for rule in reconciliation.RULES:
        setting = f"`reconciliation.{rule.setting}`" if rule.setting else "none: it always stops"
        rows.append(f"| `{rule.code}` | {rule.name_zh} | {rule.name_en} | {rule.severity} | {setting} |")
    rows.append(
        "| `splits_add_up` | 分项合计：各指标按每个可加维度、每个机构与其下级合计一致 "
        "| Every split of every figure adds up to its total, and every organisation to its children | stop | none: it always stops |"
    )
    lines.append("\n".join(rows))
    lines.append("## What each one compares")
    lines += [f"### {rule.code}\n\n```sql\n{rule.violations.strip()}\n```" for rule in reconciliation.RULES]
    return "\n\n".join(lines) + "\n"

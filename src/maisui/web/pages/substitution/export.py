"""The page of substitution taken out: versions with their sides, organisations, and customers by main channel."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Amount, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.channels.export import table_sheet
from maisui.web.pages.overview.figures import SPARK_MONTHS, metrics_by_code, months_before
from maisui.web.pages.overview.state import State, words_of_state
from maisui.web.pages.substitution.figures import VERSIONS, Migration, Version, migration_of, read_versions, version_of
from maisui.web.pages.substitution.page import children
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    standing = standing_of(gateway, state.organisation, state.day, where="substitution")
    state = replace(state, organisation=standing.organisation)
    about = f"{standing.place} · {standing.day}"
    days = months_before(standing.day, gateway.month_ends(), SPARK_MONTHS)
    read_versions(gateway, state, days)
    versions = [version_of(gateway, state, code, days) for code in VERSIONS]
    metrics = metrics_by_code(gateway)
    return Export(
        "substitution",
        choose("替代率", "Substitution"),
        (
            _versions_sheet(about, versions),
            table_sheet(choose("下级机构", "Organisations"), about, children(gateway, state, standing.names)),
            _migration_sheet(about, migration_of(gateway, state, standing.day)),
        ),
        tuple(metrics[code] for code in VERSIONS),
        standing.about(*words_of_state(state)),
        standing.organisation,
        f"substitution-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(versions)),
    )


def _versions_sheet(about: str, versions: list[Version]) -> Sheet:
    name = choose("各版本", "Versions")
    columns = (
        Column(choose("版本", "Version"), width=36),
        Column(choose("公式", "Formula"), width=60),
        Column(choose("值", "Value"), Unit.SHARE),
        Column(choose("分子", "Numerator"), width=20),
        Column(choose("分母", "Denominator"), width=20),
    )
    rows = [
        (
            choose(item.card.metric.name_zh, item.card.metric.name_en),
            choose(item.card.metric.formula_zh, item.card.metric.formula_en),
            item.card.value,
            Amount(item.numerator, Unit.YUAN if "amount" in item.card.metric.code else Unit.COUNT),
            Amount(item.denominator, Unit.YUAN if "amount" in item.card.metric.code else Unit.COUNT),
        )
        for item in versions
    ]
    return Sheet(name, f"{name} · {about}", columns, rows)


def _migration_sheet(about: str, found: Migration) -> Sheet:
    name = choose("主渠道迁移", "Main channels")
    if found.missing:
        return Sheet(name, f"{name} · {about}", (Column(choose("说明", "Why there is nothing"), width=60),), [(str(found.missing),)])
    columns = (
        Column(choose("上季 → 本季", "Before → now"), width=22),
        *(Column(str(word), Unit.COUNT) for word in found.columns),
        Column(choose("合计", "Total"), Unit.COUNT),
    )
    rows = [(str(word), *(cell.value for cell in cells), total) for word, cells, total in found.rows]
    return Sheet(name, f"{name} · {about}", columns, rows, (choose("合计", "Total"), *found.sums, found.total))

"""The list of customers whom a model warns of, taken out: as on the screen, masked as there, within what may be taken out at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.conf import settings

from maisui.answers import ScorePage, ScoreQuery
from maisui.web.customers.score_desk import ShownScored
from maisui.web.exports.sheets import Cell, Column, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.judged import judged_word
from maisui.web.pages.churn.words import RUNGS, reasons
from maisui.web.pages.overview.words import namer
from maisui.web.pages.paging import every_row
from maisui.web.pages.strategies.next_step import step_words
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200
OwnColumn = tuple[Column, Callable[[ShownScored], Cell]]


def scored_list(gateway: Gateway, query: ScoreQuery, shown: str, own: Sequence[OwnColumn]) -> tuple[ScorePage, Sheet]:
    """Return what was found and its sheet: who, what is told of each by `own` columns, and why; in the order of the page.

    Raises:
        NotAtOnceError: when the version is not scored yet.
    """
    most = settings.HOME.web.customer_export_rows
    first = gateway.scores.listed(replace(query, page=1, size=min(most, ROWS_AT_ONCE)), is_export=True)
    if first is None:
        raise NotAtOnceError(Text("本版本尚未评分", "this version is not scored yet"))

    def rows_of(page: int) -> tuple[ShownScored, ...]:
        more = gateway.scores.listed(replace(query, page=page, size=ROWS_AT_ONCE), is_export=True)
        return more.rows if more else ()

    found, names = first.found, namer(gateway, "manager")
    rows = every_row(first.rows, min(most, found.total_count), ROWS_AT_ONCE, rows_of)
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("客户经理", "Manager"), width=24),
        *(column for column, _ in own),
        Column(choose("理由", "Reasons"), width=64),
        Column(choose("下一步", "What next"), width=64),
        Column(choose("专家判断", "Judged by people"), width=40),
    )
    lines = [
        (
            one.customer.customer_name,
            one.customer.customer_number,
            one.customer.home_organisation_name,
            "、".join(str(names(number)) for number in one.customer.managers),
            *(value(one) for _, value in own),
            choose("；", "; ").join(reasons(one.customer)),
            step_words(one.step, one.customer.rule_codes).said,
            judged_word(one.judgement),
        )
        for one in rows
    ]
    title = f"{shown} · {RUNGS[found.standing.rung.value]} · {found.day} · {len(rows)} / {found.total_count}"
    return found, Sheet(shown, title, columns, lines)

"""The worklist taken out: what is on the screen, masked as there, within what may be taken out at once."""

from __future__ import annotations

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.answers.survival_by_product import AGES
from maisui.web.exports.sheets import SENSITIVE, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.scored_list import OwnColumn, scored_list
from maisui.web.pages.churn.state import State
from maisui.web.pages.churn.survival import survival_lines
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the list of the address, the highest expected losses first, as many as one may take at once."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state, shown = State.of(request.GET), choose("流失预警", "Churn")
    own: tuple[OwnColumn, ...] = (
        (Column(choose("流失概率", "Chance of leaving"), Unit.SHARE, width=12), lambda one: one.customer.probability),
        (Column(choose("风险资产", "Value at risk"), Unit.YUAN), lambda one: one.customer.value_at_risk),
        (Column(choose("预计流失", "Expected loss"), Unit.YUAN), lambda one: one.customer.expected_loss),
    )
    found, sheet = scored_list(gateway, state.question(), shown, own)
    return Export(
        "churn",
        shown,
        (sheet, _survival(gateway, state)),
        organisation=state.organisation,
        name=f"churn-{found.day}",
        object_id=state.organisation or "*",
        details={"rows": len(sheet.rows), "of": found.total_count},
        classification=SENSITIVE,
    )


def _survival(gateway: Gateway, state: State) -> Sheet:
    """Return how long each product group is kept: for each age the share still open and the accounts at risk."""
    lines = survival_lines(gateway.scores.survival((state.organisation,) if state.organisation else None))
    shown = choose("各产品留存", "Kept by product")
    columns = [
        Column(choose("产品组", "Product group"), width=20),
        Column(choose("观察账户", "Accounts seen"), Unit.COUNT),
        Column(choose("已销户", "Closed"), Unit.COUNT),
    ]
    for age in AGES:
        columns.append(Column(choose(f"{age} 个月仍在", f"Open after {age} months"), Unit.SHARE))
        columns.append(Column(choose(f"{age} 个月在险户数", f"At risk at {age} months"), Unit.COUNT))
    rows = [
        (
            str(line["name"]),
            line["accounts"],
            line["closed"],
            *(value for cell in line["cells"] for value in ((cell["exact"], cell["at_risk"]) if cell else (None, None))),
        )
        for line in lines
    ]
    return Sheet(shown, choose("个人账户，Kaplan–Meier", "Accounts of persons, Kaplan–Meier"), tuple(columns), rows)

"""The page of the general ledger: are the books sound, what do we hold, owe and earn?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import ALL_CURRENCIES, Unit
from maisui.web.access.permissions import Permission
from maisui.web.components.figures import EXACT, scaled_unit
from maisui.web.gateway import Gateway
from maisui.web.pages.ledger.margin import shown_margin
from maisui.web.pages.ledger.ratios import shown_ratios
from maisui.web.pages.ledger.state import (
    ALL,
    AVERAGE,
    BALANCE,
    BUDGET,
    COMPARED,
    INCOME,
    MARGIN,
    MONTHS,
    OWN,
    RATIOS,
    SUBJECT,
    TABS,
    TRIAL,
    YUAN,
    State,
)
from maisui.web.pages.ledger.statements import ShownStatement, shown_statement
from maisui.web.pages.ledger.subject import ShownSubject, shown_subject
from maisui.web.pages.ledger.subjects import shown_averages, shown_trial_balance
from maisui.web.pages.ledger.words import RULES, SIDES, STATEMENTS
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import COMPARISON_SHORT_NAMES
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text

EXPLAINED = {"net_profit": "net_profit", "interest_income": "interest_income", "fee_income": "fee_income"}
"""Lines of the income statement that are metrics, too, and so can be explained."""


COMPARING = (BALANCE, INCOME, AVERAGE, SUBJECT, MARGIN, RATIOS, OWN)
"""Tabs on which figures are held against others."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the tab of the address, or the fragment of the page that htmx asked for."""
    return figure_page(request, "ledger", State.of(request.GET), _content, "net_profit")


def _content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.organisation_in_sight(state.organisation)
    tried = attempt(lambda: _SHOWN[state.tab](gateway, state, frame["day"]))
    controls = controls_of(gateway, state, frame["day"])
    may_propose = gateway.may(Permission.PARAMETER_PROPOSE)
    has_budgets = isinstance(tried.value, ShownStatement) and (tried.value.has_budgets or state.shows == BUDGET)
    budgets = [(Text("预算", "Budget"), state.shows == BUDGET, state.query(shows=BUDGET))] if has_budgets else []
    if state.tab not in COMPARING:
        controls |= {"comparisons": ()}
    return (
        controls
        | {
            "tab": state.tab,
            "tab_name": TABS[state.tab],
            "tabs": [
                (name, code == state.tab, state.query(tab=code, opened=(), page=1, lists_accounts=False))
                for code, name in TABS.items()
                if code != OWN or state.tab == OWN or may_propose or gateway.ledger.has_own_lines
            ],
            "is_delivered": gateway.ledger.is_delivered,
            "may_propose": may_propose,
            "shown": tried.value,
            "tried": tried,
            "units": [
                (Text("缩写", "Short"), state.unit != YUAN, state.query(unit="")),
                (Text("元", "CNY"), state.unit == YUAN, state.query(unit=YUAN)),
            ],
            "columns": [
                (Text("比较", "Compared"), state.shows == COMPARED, state.query(shows=COMPARED)),
                *budgets,
                (Text("近 12 个月", "12 months"), state.shows == MONTHS, state.query(shows=MONTHS)),
            ],
            "is_all_open": ALL in state.opened,
            "open_all": state.query(opened=() if ALL in state.opened else (ALL,)),
            "explained_lines": EXPLAINED if state.tab == INCOME else {},
            "unit": Unit.YUAN,
            "share_unit": Unit.SHARE,
            "exact_scale": EXACT,
            "all_currencies": ALL_CURRENCIES,
            "unit_of_averages": scaled_unit(Unit.YUAN, tried.value.scale, tried.value.margin.frame.currency)
            if state.tab == MARGIN and tried.value
            else "",
            "comparison_names": [COMPARISON_SHORT_NAMES[item] for item in state.comparisons],
            "ratio_width": 6 + len(state.comparisons),
        }
        | _subject_words(state, tried.value)
    )


def _subject_words(state: State, shown: object) -> dict[str, Any]:
    """Return the words for the subject that is looked into, and the form fields that choose another."""
    if not isinstance(shown, ShownSubject):
        return {}
    subject = shown.view.subject
    return {
        "subject_side": SIDES[subject.side],
        "subject_statement": STATEMENTS[subject.statement],
        "subject_line": value_word(subject.line),
        "subject_rule": RULES[subject.rule_code],
        "subject_fields": state.pairs("subject", "accounts", "page"),
    }


_SHOWN: dict[str, Any] = {
    BALANCE: shown_statement,
    INCOME: shown_statement,
    TRIAL: lambda gateway, state, _: shown_trial_balance(gateway, state),
    AVERAGE: shown_averages,
    SUBJECT: shown_subject,
    MARGIN: shown_margin,
    RATIOS: shown_ratios,
    OWN: shown_statement,
}
"""What each tab shows."""

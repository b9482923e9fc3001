"""The builder: a rule in the address, changed by links and one small form; its size is found anew at every change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import Branch, rule_of
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.groups import LONGEST_NAME, LONGEST_PURPOSE, save_group
from maisui.web.gateway import Gateway
from maisui.web.pages.customer_groups.listed import names_said
from maisui.web.pages.customer_groups.rule_in_address import (
    EMPTY,
    Data,
    changed,
    form_of,
    inputs_of,
    read_rule,
    with_block,
    with_condition,
    without,
    written,
)
from maisui.web.pages.customer_groups.templates_of_rules import TEMPLATES, builder_address
from maisui.web.pages.customer_groups.words import JOIN_WORDS, condition_words, rule_words
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.page import needs


@needs(Permission.CUSTOMER_VIEW)
@require_safe
def build(request: HttpRequest) -> HttpResponse:
    """Show the builder, or the inputs of the field that was chosen; a filled-in form leads to the address of the changed rule."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "customer_groups/build.html", {"is_empty": True})
    if request.GET.get("part") == "inputs":
        return render(request, "customer_groups/_inputs.html", inputs_of(gateway, request, request.GET.get("field", "")))
    number = _number(request.GET.get("group", ""))
    rule = _rule_asked(gateway, request, number)
    if request.GET.get("into"):
        return redirect(builder_address(with_condition(rule, request.GET), number))
    return render(request, "customer_groups/build.html", _context(gateway, request, rule, number))


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the rule under a name, and lead to the group."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    number, rule = _number(request.POST.get("group", "")), read_rule(request.POST.get("rule", ""))
    try:
        group = save_group(
            gateway,
            request.user,  # type: ignore[arg-type]
            number=number,
            name=request.POST.get("name", ""),
            purpose=request.POST.get("purpose", ""),
            rule=rule,
        )
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
        return redirect(builder_address(rule, number))
    return redirect("customer_groups_one", number=group.pk)


def _context(gateway: Gateway, request: HttpRequest, rule: Data, number: int | None) -> Data:
    desk = gateway.groups(request.user)  # type: ignore[arg-type]
    checked = rule_of(rule)
    groups = [group for group in desk.visible() if group.pk != number]
    other = next((group for group in groups if str(group.pk) == request.GET.get("with")), None)
    above = frozenset({number} if number else ())
    size = attempt(lambda: desk.size(desk.selection_of(checked, above), desk.selection(other) if other else None))
    names = names_said(gateway)
    called = {str(group.pk): group.name for group in desk.visible()}
    kept = desk.one(number) if number else None
    return {
        "rule": written(rule),
        "number": number,
        "kept": kept,
        "blocks": [_block(rule, branch, number, names, called) for branch in [rule, *(node for node in rule["of"] if "join" in node)]],
        "new_block": builder_address(with_block(rule), number),
        "words": rule_words(checked, names, called),
        "has_conditions": bool(rule["of"]),
        "size": size,
        "groups": [(group.pk, group.name, other is not None and group.pk == other.pk) for group in groups],
        "other": other,
        "templates": [(name, builder_address(data, None)) for _, name, data in TEMPLATES],
        "longest_name": LONGEST_NAME,
        "longest_purpose": LONGEST_PURPOSE,
        **form_of(gateway, request),
    }


def _block(rule: Data, branch: Data, number: int | None, names: dict[str, str], called: dict[str, str]) -> Data:
    """Return one branch as the page shows it: its join, its conditions with how each is taken out, and how the branch is.

    A branch within it is one condition, in words; those of the whole rule are shown as such themselves.
    """
    return {
        "id": branch["id"],
        "is_first": branch is rule,
        "joins": [
            (word, code == branch["join"], builder_address(changed(rule, branch["id"], {"join": code}), number))
            for code, word in JOIN_WORDS.items()
        ],
        "conditions": [
            (
                rule_words(one, names, called) if isinstance(one, Branch) else condition_words(one, names, called),
                builder_address(without(rule, one.id), number),
            )
            for one in rule_of(branch).of
            if branch is not rule or not isinstance(one, Branch)
        ],
        "remove": builder_address(without(rule, branch["id"]), number),
    }


def _rule_asked(gateway: Gateway, request: HttpRequest, number: int | None) -> Data:
    text = request.GET.get("rule", "")
    if text:
        return read_rule(text)
    if number is not None:
        return dict(gateway.groups(request.user).one(number).rule)  # type: ignore[arg-type]
    return EMPTY


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None  # noqa: PLR2004 - no number is that long

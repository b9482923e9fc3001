"""The builder: a rule in the address, changed by links and one small form; its size is found anew at every change."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import COMPARES, FIELDS, SECTIONS, Branch, FieldKind, data_of, rule_of
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.groups import LONGEST_NAME, LONGEST_PURPOSE, save_group
from maisui.web.gateway import Gateway
from maisui.web.pages.customer_groups.templates_of_rules import TEMPLATES, builder_address
from maisui.web.pages.customer_groups.words import COMPARE_WORDS, JOIN_WORDS, condition_words, rule_words
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.page import needs
from maisui.web.text import choose

Data = dict[str, Any]
EMPTY: Data = {"id": "r", "join": "all", "of": []}
LONGEST_RULE = 6000


@needs(Permission.CUSTOMER_VIEW)
@require_safe
def build(request: HttpRequest) -> HttpResponse:
    """Show the builder, or the inputs of the field that was chosen; a filled-in form leads to the address of the changed rule."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "customer_groups/build.html", {"is_empty": True})
    if request.GET.get("part") == "inputs":
        return render(request, "customer_groups/_inputs.html", _inputs(gateway, request, request.GET.get("field", "")))
    number = _number(request.GET.get("group", ""))
    rule = _rule_asked(gateway, request, number)
    if request.GET.get("into"):
        return redirect(builder_address(_with_condition(rule, request), number))
    return render(request, "customer_groups/build.html", _context(gateway, request, rule, number))


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the rule under a name, and lead to the group."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    number, rule = _number(request.POST.get("group", "")), _read(request.POST.get("rule", ""))
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
    names = {node.code: node.name for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    called = {str(group.pk): group.name for group in desk.visible()}
    kept = desk.one(number) if number else None
    first = next(iter(FIELDS))
    return {
        "rule": json.dumps(rule, ensure_ascii=False, separators=(",", ":")),
        "number": number,
        "kept": kept,
        "blocks": [_block(rule, branch, number, names, called) for branch in [rule, *(node for node in rule["of"] if "join" in node)]],
        "new_block": builder_address(_with_block(rule), number),
        "words": rule_words(checked, names, called),
        "has_conditions": bool(rule["of"]),
        "size": size,
        "groups": [(group.pk, group.name, other is not None and group.pk == other.pk) for group in groups],
        "other": other,
        "templates": [(name, builder_address(data, None)) for _, name, data in TEMPLATES],
        "fields": [
            (
                choose(*SECTIONS[section]),
                [(field.code, choose(field.name_zh, field.name_en)) for field in FIELDS.values() if field.section == section],
            )
            for section in SECTIONS
        ],
        "longest_name": LONGEST_NAME,
        "longest_purpose": LONGEST_PURPOSE,
        **_inputs(gateway, request, first),
    }


def _block(rule: Data, branch: Data, number: int | None, names: dict[str, str], called: dict[str, str]) -> Data:
    """Return one branch as the page shows it: its join, its conditions with how each is taken out, and how the branch is."""
    return {
        "id": branch["id"],
        "is_first": branch is rule,
        "joins": [
            (word, code == branch["join"], builder_address(_changed(rule, branch["id"], {"join": code}), number))
            for code, word in JOIN_WORDS.items()
        ],
        "conditions": [
            (condition_words(one, names, called), builder_address(_without(rule, one.id), number))
            for one in rule_of(branch).of
            if not isinstance(one, Branch)
        ],
        "remove": builder_address(_without(rule, branch["id"]), number),
    }


def _inputs(gateway: Gateway, request: HttpRequest, code: str) -> Data:
    field = FIELDS.get(code) or next(iter(FIELDS.values()))
    words = [(value, choose(*names)) for value, names in field.words.items()]
    if field.kind is FieldKind.ORGANISATION:
        words = [(node.code, node.name) for node in gateway.organisations(Permission.CUSTOMER_VIEW)]
    if field.kind is FieldKind.GROUP:
        words = [(str(group.pk), group.name) for group in gateway.groups(request.user).visible()]  # type: ignore[arg-type]
    return {
        "field": field,
        "compares": [(compare, COMPARE_WORDS[compare]) for compare in COMPARES[field.kind]],
        "values": words,
        "is_number": field.kind in (FieldKind.AMOUNT, FieldKind.COUNT),
        "is_amount": field.kind is FieldKind.AMOUNT,
        "is_deed": field.kind is FieldKind.DEED,
        "is_flag": field.kind is FieldKind.FLAG,
    }


def _rule_asked(gateway: Gateway, request: HttpRequest, number: int | None) -> Data:
    text = request.GET.get("rule", "")
    if text:
        return _read(text)
    if number is not None:
        return dict(gateway.groups(request.user).one(number).rule)  # type: ignore[arg-type]
    return EMPTY


def _read(text: str) -> Data:
    """Return the rule of an address or form, checked.

    Raises:
        QuestionError: when it means nothing.
    """
    try:
        data = json.loads(text) if len(text) <= LONGEST_RULE else None
    except ValueError:
        data = None
    if data is None:
        raise QuestionError("the rule cannot be read", where="rule", next_step="begin a new group")
    return data_of(rule_of(data))


def _with_condition(rule: Data, request: HttpRequest) -> Data:
    given, used = request.GET, _ids(rule)
    new: Data = {
        "id": next(f"c{place}" for place in range(1, 1000) if f"c{place}" not in used),
        "field": given.get("field", ""),
        "is": given.get("is", ""),
    }
    if given.get("value"):
        new["value"] = given["value"].replace(",", "").strip()
    days = given.get("days", "")
    if days.isascii() and days.isdigit():
        new["days"] = int(days)
    into = given["into"]
    changed = _map(rule, lambda node: {**node, "of": [*node["of"], new]} if node["id"] == into and "join" in node else node)
    return data_of(rule_of(changed))


def _with_block(rule: Data) -> Data:
    used = _ids(rule)
    new = {"id": next(f"b{place}" for place in range(1, 1000) if f"b{place}" not in used), "join": "none", "of": []}
    return {**rule, "of": [*rule["of"], new]}


def _changed(rule: Data, name: str, change: Data) -> Data:
    return _map(rule, lambda node: node | change if node["id"] == name else node)


def _without(rule: Data, name: str) -> Data:
    return _map(rule, lambda node: {**node, "of": [part for part in node["of"] if part["id"] != name]} if "of" in node else node)


def _map(node: Data, change: Any) -> Data:
    changed: Data = change(node)
    return {**changed, "of": [_map(part, change) for part in changed["of"]]} if "of" in changed else changed


def _ids(node: Data) -> set[str]:
    return {node["id"]}.union(*(_ids(part) for part in node.get("of", [])))


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None  # noqa: PLR2004 - no number is that long

"""The rule of a group in an address or a form: read and checked, a condition more or less, and what the form of a condition offers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from maisui.answers import COMPARES, FIELDS, NAMING_GROUPS, SECTIONS, FieldKind, data_of, rule_of
from maisui.answers.group_fields import MOVING_SECTIONS
from maisui.answers.groups import knows_own_transactions
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.pages.customer_groups.listed import values_of
from maisui.web.pages.customer_groups.words import COMPARE_WORDS
from maisui.web.text import choose

Data = dict[str, Any]
EMPTY: Data = {"id": "r", "join": "all", "of": []}
LONGEST_RULE = 6000
_NO_TRANSACTIONS = ("（未报送交易明细，不可用）", " (no transactions delivered: not available)")


def written(rule: Data) -> str:
    """Return a rule as it stands in an address."""
    return json.dumps(rule, ensure_ascii=False, separators=(",", ":"))


def form_of(gateway: Gateway, request: HttpRequest) -> Data:
    """Return what the form of a new condition offers: every field by chapter, and the inputs of the first.

    Chapters about what customers did say why they are empty where no transaction was delivered.
    """
    unknown = frozenset[str]() if gateway.shared(("own_transactions",), knows_own_transactions) else MOVING_SECTIONS
    fields = [
        (f"{choose(*SECTIONS[section])}{choose(*_NO_TRANSACTIONS)}", [])
        if section in unknown
        else (
            choose(*SECTIONS[section]),
            [(field.code, choose(field.name_zh, field.name_en)) for field in FIELDS.values() if field.section == section],
        )
        for section in SECTIONS
    ]
    return {"fields": fields, **inputs_of(gateway, request, next(iter(FIELDS)))}


def inputs_of(gateway: Gateway, request: HttpRequest, code: str) -> Data:
    """Return the inputs of a condition about the field `code`; of the first where there is no such."""
    field = FIELDS.get(code) or next(iter(FIELDS.values()))
    words = [(value, choose(*names)) for value, names in field.words.items()]
    if field.kind is FieldKind.ORGANISATION:
        words = [(node.code, node.name) for node in gateway.organisations(Permission.CUSTOMER_VIEW)]
    if field.kind is FieldKind.LISTED:
        words = values_of(gateway, field)
    if field.kind in NAMING_GROUPS:
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


def read_rule(text: str) -> Data:
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


def with_condition(rule: Data, given: QueryDict) -> Data:
    """Return a rule with the condition of a filled-in form, in the branch it says.

    Raises:
        QuestionError: when the condition means nothing.
    """
    new: Data = {
        "id": _free(rule, "c"),
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


def with_one_of(rule: Data, field: str, values: Sequence[str]) -> Data:
    """Return a rule that asks, besides what it asks, that a field is one of some values.

    Raises:
        QuestionError: when the condition means nothing.
    """
    if rule["join"] != "all" and rule["of"]:
        rule = {**rule, "join": "all", "of": [{**rule, "id": _free(rule, "b")}]}
    if len(values) > 1:
        block = {"id": _free(rule, "b"), "join": "any", "of": []}
        rule, into = {**rule, "of": [*rule["of"], block]}, block["id"]
    else:
        into = rule["id"]
    for value in values:
        rule = with_condition(rule, QueryDict(urlencode({"into": into, "field": field, "is": "is", "value": value})))
    return rule


def with_block(rule: Data) -> Data:
    """Return a rule with one more branch, which excepts."""
    new = {"id": _free(rule, "b"), "join": "none", "of": []}
    return {**rule, "of": [*rule["of"], new]}


def changed(rule: Data, name: str, change: Data) -> Data:
    """Return a rule with the node `name` changed."""
    return _map(rule, lambda node: node | change if node["id"] == name else node)


def without(rule: Data, name: str) -> Data:
    """Return a rule without the node `name`."""
    return _map(rule, lambda node: {**node, "of": [part for part in node["of"] if part["id"] != name]} if "of" in node else node)


def _map(node: Data, change: Any) -> Data:
    changed: Data = change(node)
    return {**changed, "of": [_map(part, change) for part in changed["of"]]} if "of" in changed else changed


def _free(rule: Data, letter: str) -> str:
    """Return a name that no node of a rule bears."""
    used = _ids(rule)
    return next(f"{letter}{place}" for place in range(1, 1000) if f"{letter}{place}" not in used)


def _ids(node: Data) -> set[str]:
    return {node["id"]}.union(*(_ids(part) for part in node.get("of", [])))

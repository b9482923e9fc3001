"""What a rule of a customer group is: a typed tree of conditions, read from plain data and said in words; never SQL.

As data a condition is `{"id", "field", "is", "value", "days"}` and a branch `{"id", "join", "of": […]}`. `join` is `all` (intersection),
`any` (union) or `none` (whoever fits one of them is out: except). Ids stay when a rule is changed, so that its history can be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from maisui.answers.group_fields import FIELDS, FieldKind, GroupField
from maisui.errors import QuestionError

MOST_CONDITIONS = 40
DEEPEST = 4
LONGEST_DAYS = 730
JOINS = ("all", "any", "none")
COMPARES: dict[FieldKind, tuple[str, ...]] = {
    FieldKind.AMOUNT: ("at_least", "at_most"),
    FieldKind.COUNT: ("at_least", "at_most"),
    FieldKind.FLAG: ("yes", "no"),
    FieldKind.WORD: ("is", "is_not"),
    FieldKind.DEED: ("did", "did_not"),
    FieldKind.ORGANISATION: ("is", "is_not"),
    FieldKind.GROUP: ("is", "is_not"),
    FieldKind.TIED: ("is", "is_not"),
    FieldKind.LISTED: ("is", "is_not"),
}
"""How a field of each kind may be compared."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: a field of the registry, how it is compared, with what, and for deeds within how many days."""

    id: str
    field: str
    compare: str
    value: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Branch:
    """Conditions or branches that belong together."""

    id: str
    join: str
    of: tuple[Condition | Branch, ...]


def rule_of(data: object) -> Branch:
    """Return the rule that plain data mean, every condition checked against the registry.

    Raises:
        QuestionError: naming the condition that means nothing.
    """
    rule = _node(data, 0)
    if not isinstance(rule, Branch):
        raise _fault("a rule begins with a branch", "rule")
    if len(conditions_of(rule)) > MOST_CONDITIONS:
        raise _fault(f"a rule holds at most {MOST_CONDITIONS} conditions", "rule")
    return rule


def data_of(rule: Condition | Branch) -> dict[str, Any]:
    """Return a rule as plain data."""
    if isinstance(rule, Branch):
        return {"id": rule.id, "join": rule.join, "of": [data_of(node) for node in rule.of]}
    plain: dict[str, Any] = {"id": rule.id, "field": rule.field, "is": rule.compare}
    if rule.value:
        plain["value"] = rule.value
    if rule.days:
        plain["days"] = rule.days
    return plain


def conditions_of(rule: Condition | Branch) -> tuple[Condition, ...]:
    """Return every condition of a rule, in its order."""
    if isinstance(rule, Condition):
        return (rule,)
    return tuple(condition for node in rule.of for condition in conditions_of(node))


def _node(data: object, depth: int) -> Condition | Branch:
    if not isinstance(data, Mapping) or depth > DEEPEST:
        raise _fault("the rule is not a tree of conditions" if depth <= DEEPEST else f"a rule is at most {DEEPEST} branches deep", "rule")
    name = str(data.get("id", ""))
    if not name.isalnum() or len(name) > 12:  # noqa: PLR2004 - ids are short
        raise _fault("a part of the rule has no id", "rule")
    if "join" in data:
        parts = data.get("of", [])
        if data["join"] not in JOINS or not isinstance(parts, list):
            raise _fault(f"a branch joins by one of: {', '.join(JOINS)}", name)
        return Branch(name, str(data["join"]), tuple(_node(part, depth + 1) for part in parts))
    return _condition(name, data)


def _condition(name: str, data: Mapping[Any, Any]) -> Condition:
    field = FIELDS.get(str(data.get("field", "")))
    if field is None:
        raise _fault("there is no such field", name)
    compare = str(data.get("is", ""))
    if compare not in COMPARES[field.kind]:
        raise _fault(f"{field.code} is compared by one of: {', '.join(COMPARES[field.kind])}", name)
    return Condition(name, field.code, compare, _value(field, str(data.get("value", "")), name), _days(field, data.get("days", 0), name))


def _value(field: GroupField, value: str, name: str) -> str:
    if field.kind is FieldKind.FLAG:
        return ""
    if field.kind in (FieldKind.AMOUNT, FieldKind.COUNT):
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise _fault(f"{field.code} is held against a number", name) from None
        if not number.is_finite() or abs(number) >= Decimal(10) ** 15 or number != round(number, 2):
            raise _fault(f"{field.code} is held against a number below 10^15 with at most two decimals", name)
        if field.kind is FieldKind.COUNT and number != int(number):
            raise _fault(f"{field.code} is held against a whole number", name)
        return format(number.normalize(), "f")
    if not value or len(value) > 64 or (field.words and value not in field.words):  # noqa: PLR2004 - no code is that long
        raise _fault(f"{field.code} does not know that value", name)
    return value


def _days(field: GroupField, days: object, name: str) -> int:
    if field.kind is not FieldKind.DEED:
        return 0
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= LONGEST_DAYS:
        raise _fault(f"within how many days: 1 to {LONGEST_DAYS}", name)
    return days


def _fault(what: str, where: str) -> QuestionError:
    return QuestionError(what, where=where, next_step="correct the condition, or take it out of the rule")

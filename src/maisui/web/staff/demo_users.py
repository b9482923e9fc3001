"""One user for each role of an example bank, with random passwords and second factors kept in a file of the home."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings

from maisui.answers import Employment, OrganisationNode, Period, Question, ask, employments, organisation_tree
from maisui.errors import HomeError, QuestionError
from maisui.web.access.permissions import ROLE_BY_CODE, ROLES
from maisui.web.actions.roles import grant_role
from maisui.web.actions.users import create_user
from maisui.web.audit.actor import operator
from maisui.web.staff import second_factor
from maisui.web.staff.models import StaffUser
from maisui.web.staff.passwords import random_password

FILE = "demo-users.json"
_NAMES = {
    "union_leader": "秦望川",
    "bank_president": "陆知远",
    "department_analyst": "沈若溪",
    "data_engineer": "顾行舟",
    "branch_manager": "贺春生",
    "customer_manager": "苏小禾",
    "teller": "孟青",
    "system_administrator": "许定",
    "security_administrator": "严守",
    "audit_administrator": "程明鉴",
}
_POSTS = {
    "customer_manager": ("客户经理", Question("managed_deposit_balance", by=("person",))),
    "teller": ("综合柜员", Question("teller_transaction_count", by=("person",), period=Period.MONTH)),
}
"""Posts of the example bank whose holders look at their own performance, and the figure that such a user must have."""


@dataclass(frozen=True)
class SignInFacts:
    """What somebody needs to sign in as a role of the example bank right now."""

    role: str
    username: str
    password: str
    code: str
    address: str


def create_demo_users() -> int:
    """Make one user for each role where it is missing, and return how many were made.

    Raises:
        HomeError: when the home is not an example bank.
    """
    _refuse_real_bank()
    path = Path(settings.HOME.path) / FILE
    kept: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    places = _places()
    staff = _staff(places.get("branch_manager", ""))
    made = 0
    for role in ROLES:
        username = role.code.replace("_", "-")
        if role.code in kept and StaffUser.objects.filter(username=username).exists():
            continue
        number, employment = staff.get(role.code, ("", None))
        place = employment.organisation_code if employment else places.get(role.code, "")
        kept[role.code] = _make(username, role.code, place, number, employment.employee_name if employment else _NAMES[role.code])
        made += 1
        _write(path, kept)
    return made


def sign_in_facts(role: str, address: str = "http://127.0.0.1:8000/") -> SignInFacts:
    """Return user name, password and the code of this moment for `role` of the example bank.

    Raises:
        HomeError: when the home is not an example bank or has no such users yet.
        QuestionError: when there is no such role.
    """
    _refuse_real_bank()
    code = role.replace("-", "_")
    if code not in ROLE_BY_CODE:
        raise QuestionError(f"{role!r} is not a role", where="--sign-in", next_step=f"use one of: {', '.join(ROLE_BY_CODE)}")
    path = Path(settings.HOME.path) / FILE
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if code not in kept:
        raise HomeError("this example bank has no users yet", where=str(path), next_step="run `maisui demo` once")
    return SignInFacts(code, kept[code]["username"], kept[code]["password"], second_factor.code_at(kept[code]["secret"]), address)


def _make(username: str, role: str, organisation: str, number: str, name: str) -> dict[str, str]:
    by, password, secret = operator(), random_password(), generate_totp_secret()
    user = (
        StaffUser.objects.filter(username=username).first() or create_user(by=by, username=username, name=name, employee_number=number).user
    )
    if not user.grants.exists():
        grant_role(by=by, user=user, role=role, organisation_code=organisation)
        user.refresh_from_db()
    user.set_password(password)
    user.must_change_password, user.temporary_until = False, None
    user.save()
    second_factor.enrol(user, secret)
    return {"username": username, "password": password, "secret": secret}


def _staff(branch: str) -> dict[str, tuple[str, Employment]]:
    """Return an employee with figures for each role of `_POSTS`: of the branch before others, then by number.

    A role is missing where the bank has nobody of its post with a figure, or no publication.
    """
    if settings.HOME.is_union:
        return {}
    found: dict[str, tuple[str, Employment]] = {}
    try:
        with settings.BANK.reader() as reader:
            staff, tree = employments(reader), organisation_tree(reader)
            below = {node.code for node in tree if branch in (node.code, node.parent_code)}
            for role, (post, question) in _POSTS.items():
                figures = {str(row.dimensions["person"]) for row in ask(reader, question).rows if row.value}
                fitting = [(number, one) for number, one in staff.items() if one.is_on_duty and one.post_name == post and number in figures]
                if fitting:
                    found[role] = min(fitting, key=lambda item: (item[1].organisation_code not in below, item[0]))
    except HomeError:
        return {}
    return found


def _places() -> dict[str, str]:
    """Return the organisation of each role that sees less than the whole: a branch and an outlet below it, or a county of a union."""
    if settings.HOME.is_union:
        return dict.fromkeys(("bank_president", "branch_manager", "customer_manager", "teller"), settings.HOME.members[0].code)
    try:
        with settings.BANK.reader() as reader:
            tree = organisation_tree(reader)
    except HomeError:
        return {}
    branch = _first(node for node in tree if node.is_open and node.depth > 0 and any(child.parent_code == node.code for child in tree))
    leaves = (node for node in tree if node.is_open and node.depth > 0 and not any(child.parent_code == node.code for child in tree))
    outlet = _first(node for node in tree if node.is_open and branch is not None and node.parent_code == branch.code) or _first(leaves)
    top = branch or outlet
    if top is None or outlet is None:
        return {}
    return {"branch_manager": top.code, "customer_manager": outlet.code, "teller": outlet.code}


def _first(nodes: Iterable[OrganisationNode]) -> OrganisationNode | None:
    return next(iter(nodes), None)


def _refuse_real_bank() -> None:
    if not settings.HOME.is_demo:
        raise HomeError("this home holds a real bank's data", where=str(settings.HOME.path), next_step="make users by `maisui users add`")


def _write(path: Path, kept: dict[str, dict[str, str]]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False, indent=1)

"""Granting and ending roles: dated, never overwritten, never to oneself, never in conflict."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import pytest
from django.utils import timezone
from web_home import BRANCH, OTHER_BRANCH, make_person

from maisui.errors import AccessError
from maisui.web.access.permissions import ROLES

pytestmark = pytest.mark.django_db

ADMINISTRATORS = ("system_administrator", "security_administrator", "audit_administrator")


@pytest.fixture
def user():
    return make_person("someone", second_factor=False).user


def act(person, role):
    """Return the actor of a user who holds `role` for the whole bank."""
    from maisui.web.staff.grants import actor_of

    return actor_of(make_person(person, (role, ""), second_factor=False).user)


def grant(user, role, organisation="", **days):
    from maisui.web.actions.roles import grant_role
    from maisui.web.audit.actor import operator

    return grant_role(by=operator(), user=user, role=role, organisation_code=organisation, **days)


def roles(user, day=None):
    from maisui.web.staff.grants import roles_of

    return set(roles_of(user, day))


@pytest.mark.parametrize(("first", "second"), list(combinations([role.code for role in ROLES], 2)))
def test_administrators_hold_one_role_and_no_business_role(user, first, second):
    grant(user, first)
    if {first, second} & set(ADMINISTRATORS):
        with pytest.raises(AccessError):
            grant(user, second)
        assert roles(user) == {first}
    else:
        grant(user, second)
        assert roles(user) == {first, second}


def test_conflicts_count_only_where_days_meet(user):
    today = timezone.localdate()
    grant(user, "teller", BRANCH, valid_until=today + timedelta(days=10))
    with pytest.raises(AccessError):
        grant(user, "audit_administrator", valid_from=today + timedelta(days=9))
    grant(user, "audit_administrator", valid_from=today + timedelta(days=10))
    assert roles(user) == {"teller"}
    assert roles(user, today + timedelta(days=10)) == {"audit_administrator"}


def test_the_end_of_a_grant_is_exclusive(user):
    today = timezone.localdate()
    grant(user, "teller", BRANCH, valid_until=today + timedelta(days=1))
    assert roles(user, today) == {"teller"}
    assert roles(user, today + timedelta(days=1)) == set()


def test_ending_a_grant_counts_at_once_and_keeps_the_history(user):
    from maisui.web.actions.roles import end_grant
    from maisui.web.audit.actor import operator
    from maisui.web.staff.models import RoleGrant

    made = grant(user, "teller", BRANCH)
    end_grant(by=operator(), grant=made)
    assert roles(user) == set()
    kept = RoleGrant.objects.get(pk=made.pk)
    assert (kept.valid_from, kept.valid_until) == (timezone.localdate(), timezone.localdate())
    assert kept.ended_by.startswith("operator:")
    with pytest.raises(AccessError, match="already ended"):
        end_grant(by=operator(), grant=made)


def test_the_same_role_may_be_held_for_two_branches_but_not_twice_for_one(user):
    grant(user, "branch_manager", BRANCH)
    grant(user, "branch_manager", OTHER_BRANCH)
    with pytest.raises(AccessError, match="already holds"):
        grant(user, "branch_manager", BRANCH)


@pytest.mark.parametrize(
    ("role", "organisation", "days"),
    [
        ("emperor", "", {}),
        ("teller", "NOWHERE", {}),
        ("teller", "b1", {}),
        ("audit_administrator", BRANCH, {}),
        ("teller", BRANCH, {"valid_from": -1}),
        ("teller", BRANCH, {"valid_until": 0}),
        ("teller", BRANCH, {"valid_from": 3, "valid_until": 3}),
    ],
)
def test_impossible_grants_are_refused(user, role, organisation, days):
    today = timezone.localdate()
    with pytest.raises(AccessError):
        grant(user, role, organisation, **{name: today + timedelta(days=count) for name, count in days.items()})
    assert user.grants.count() == 0


def test_a_disabled_user_is_granted_nothing(user):
    from maisui.web.actions.users import disable_user
    from maisui.web.audit.actor import operator

    disable_user(by=operator(), user=user)
    with pytest.raises(AccessError, match="disabled"):
        grant(user, "teller", BRANCH)


@pytest.mark.parametrize("role", [role.code for role in ROLES if role.code != "security_administrator"])
def test_only_the_security_administrator_manages_staff(user, role):
    from maisui.web.access.scope import NotAllowedError
    from maisui.web.actions import users
    from maisui.web.actions.access import end_session
    from maisui.web.actions.roles import end_grant, grant_role
    from maisui.web.audit.models import AuditRecord

    by = act("actor", role)
    held = grant(user, "teller", BRANCH)
    for do in (
        lambda: users.create_user(by=by, username="other1", name="其他"),
        lambda: users.disable_user(by=by, user=user),
        lambda: users.enable_user(by=by, user=user),
        lambda: users.reset_password(by=by, user=user),
        lambda: grant_role(by=by, user=user, role="teller", organisation_code=OTHER_BRANCH),
        lambda: end_grant(by=by, grant=held),
        lambda: end_session(by=by, user=user, number=1),
    ):
        with pytest.raises(NotAllowedError):
            do()
    refused = AuditRecord.objects.filter(actor_username="actor", result="refused").values_list("action", flat=True)
    assert set(refused) == {"user_create", "user_disable", "user_enable", "password_reset", "role_grant", "role_end", "session_end"}
    assert roles(user) == {"teller"}


def test_nobody_changes_his_own_access():
    from maisui.web.actions import users
    from maisui.web.actions.roles import end_grant, grant_role
    from maisui.web.staff.models import StaffUser

    by = act("guard", "security_administrator")
    me = StaffUser.objects.get(username="guard")
    for do in (
        lambda: users.disable_user(by=by, user=me),
        lambda: users.reset_password(by=by, user=me),
        lambda: grant_role(by=by, user=me, role="teller", organisation_code=BRANCH),
        lambda: end_grant(by=by, grant=me.grants.get()),
    ):
        with pytest.raises(AccessError):
            do()


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_another_administrators_password_is_reset_only_at_the_server(role):
    from maisui.web.actions.users import reset_password
    from maisui.web.audit.actor import operator

    by = act("guard", "security_administrator")
    other = make_person("other.admin", (role, "")).user
    with pytest.raises(AccessError, match="at the server"):
        reset_password(by=by, user=other)
    assert reset_password(by=operator(), user=other, with_second_factor=True).password


@pytest.mark.parametrize("username", ["", "a", "A b", "名字", "x" * 33, "-dash", "a;b", "a\nb"])
def test_user_names_have_one_form(username):
    from maisui.web.actions.users import create_user
    from maisui.web.audit.actor import operator

    with pytest.raises(AccessError):
        create_user(by=operator(), username=username, name="名")


def test_names_and_employees_are_unique():
    from maisui.web.actions.users import create_user
    from maisui.web.audit.actor import operator

    create_user(by=operator(), username="first1", name="一", employee_number="E1")
    with pytest.raises(AccessError, match="taken"):
        create_user(by=operator(), username="FIRST1", name="二")
    with pytest.raises(AccessError, match="employee"):
        create_user(by=operator(), username="second1", name="二", employee_number="E1")


def test_enrolment_with_a_role_is_all_or_nothing():
    from maisui.web.actions.roles import enrol_user
    from maisui.web.audit.actor import operator
    from maisui.web.audit.models import AuditRecord
    from maisui.web.staff.models import StaffUser

    with pytest.raises(AccessError):
        enrol_user(by=operator(), username="half1", name="半", holdings=[("teller", BRANCH), ("audit_administrator", "")])
    assert not StaffUser.objects.filter(username="half1").exists()
    assert list(AuditRecord.objects.filter(object_id="half1").values_list("action", "result")) == [("user_create", "refused")]


def test_tokens_hold_no_more_than_their_owner_and_end_with_him():
    from maisui.web.actions.access import create_token, revoke_token
    from maisui.web.actions.users import disable_user
    from maisui.web.audit.actor import operator
    from maisui.web.staff.models import ApiToken, StaffUser
    from maisui.web.staff.tokens import user_of_token

    by = act("analyst", "department_analyst")
    me = StaffUser.objects.get(username="analyst")
    token, text = create_token(by=by, user=me, name="nightly", scopes=["figure_view"], days=30)
    assert text not in str(ApiToken.objects.values_list().get())
    assert user_of_token(text) == (me, frozenset({"figure_view"}))
    assert user_of_token(text + "x") is None

    for scopes, days in ((["staff_manage"], 30), (["audit_view"], 30), ([], 30), (["figure_view"], 0), (["figure_view"], 366)):
        with pytest.raises(AccessError):
            create_token(by=by, user=me, name="more", scopes=scopes, days=days)
    with pytest.raises(AccessError):
        create_token(by=act("teller", "teller"), user=StaffUser.objects.get(username="teller"), name="t", scopes=["figure_view"], days=1)
    with pytest.raises(AccessError):
        create_token(by=act("analyst2", "department_analyst"), user=me, name="t", scopes=["figure_view"], days=1)
    with pytest.raises(AccessError):
        revoke_token(by=act("analyst3", "department_analyst"), token=token)

    ApiToken.objects.update(expires_at=timezone.now())
    assert user_of_token(text) is None
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert user_of_token(text)
    disable_user(by=operator(), user=me)
    assert user_of_token(text) is None


def test_a_revoked_token_opens_nothing():
    from maisui.web.actions.access import create_token, revoke_token
    from maisui.web.staff.models import StaffUser
    from maisui.web.staff.tokens import user_of_token

    by = act("analyst", "department_analyst")
    token, text = create_token(by=by, user=StaffUser.objects.get(username="analyst"), name="n", scopes=["figure_view"], days=1)
    revoke_token(by=by, token=token)
    assert user_of_token(text) is None

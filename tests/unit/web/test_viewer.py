"""Roles, what they allow and where: a permission counts within the subtree of the role that carries it, a token narrows everything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maisui.answers import OrganisationNode
from maisui.web.access.permissions import ROLE_BY_CODE, ROLES, Permission, conflict_of, permissions_of
from maisui.web.access.scope import Viewer, visible_tree

ADMINISTRATORS = ("system_administrator", "security_administrator", "audit_administrator")


def viewer(*holdings: tuple[str, str], only: frozenset[str] | None = None) -> Viewer:
    """Return somebody who holds these roles in these subtrees."""
    return Viewer("somebody", "某人", "E1", holdings, only)


# --- roles ---


def test_every_permission_has_a_code_and_words_in_both_languages() -> None:
    for permission in Permission:
        assert permission.value == permission.name.lower() == str(permission)
        assert permission.meaning.zh
        assert permission.meaning.en
        assert permission.meaning.zh != permission.meaning.en
    assert len({permission.meaning.zh for permission in Permission}) == len(Permission)
    assert len({permission.meaning.en for permission in Permission}) == len(Permission)


def test_the_three_administrators_and_nobody_else_are_administrators_and_hold_one_thing_each() -> None:
    assert tuple(role.code for role in ROLES if role.is_administrator) == ADMINISTRATORS
    assert [permissions_of((code,)) for code in ADMINISTRATORS] == [
        {Permission.JOB_VIEW},
        {Permission.STAFF_MANAGE},
        {Permission.AUDIT_VIEW},
    ]


def test_a_second_factor_is_asked_of_administrators_and_of_whoever_may_take_data_out_or_see_it_whole() -> None:
    assert {role.code for role in ROLES if not role.needs_second_factor} == {"teller", "customer_manager"}
    teller = ROLE_BY_CODE["teller"]
    assert not teller.needs_second_factor
    for permission in (Permission.FIGURE_EXPORT, Permission.CUSTOMER_REVEAL, Permission.CUSTOMER_EXPORT):
        assert replace(teller, permissions=frozenset({permission})).needs_second_factor
    assert replace(teller, is_administrator=True).needs_second_factor


def test_several_roles_allow_what_each_of_them_allows_and_an_unknown_one_nothing() -> None:
    assert permissions_of(("teller", "audit_administrator")) == {Permission.FIGURE_VIEW, Permission.AUDIT_VIEW}
    assert permissions_of(("teller", "grand_vizier")) == {Permission.FIGURE_VIEW}
    assert permissions_of(("grand_vizier",)) == permissions_of(()) == frozenset()


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ((), None),
        (("teller", "branch_manager"), None),
        (("teller", "grand_vizier"), None),
        *(((code,), None) for code in ADMINISTRATORS),
        ((ADMINISTRATORS[0], ADMINISTRATORS[0]), None),
        ((ADMINISTRATORS[0], ADMINISTRATORS[1]), "three people"),
        ((ADMINISTRATORS[1], ADMINISTRATORS[2]), "three people"),
        ((*ADMINISTRATORS, "teller"), "three people"),
        ((ADMINISTRATORS[0], "teller"), "no business role"),
        (("bank_president", ADMINISTRATORS[2]), "no business role"),
    ],
)
def test_one_person_is_one_administrator_and_then_nothing_else(roles: tuple[str, ...], said: str | None) -> None:
    conflict = conflict_of(roles)
    assert (conflict is None) == (said is None)
    assert said is None or said in conflict.en


# --- where they count ---

MANAGER_AND_TELLER = viewer(("teller", "B2"), ("branch_manager", "B1"), ("teller", "B3"))


def test_a_permission_counts_where_a_role_that_carries_it_was_granted() -> None:
    assert MANAGER_AND_TELLER.roles == ("branch_manager", "teller")
    assert MANAGER_AND_TELLER.scopes == ("B1", "B2", "B3")
    assert MANAGER_AND_TELLER.tops_of(Permission.FIGURE_VIEW) == ("B1", "B2", "B3")
    assert MANAGER_AND_TELLER.tops_of(Permission.FIGURE_EXPORT) == ("B1",)
    assert MANAGER_AND_TELLER.tops_of(Permission.AUDIT_VIEW) == ()
    assert MANAGER_AND_TELLER.permissions == permissions_of(("branch_manager", "teller"))


def test_the_whole_entity_is_a_scope_of_its_own() -> None:
    whole = viewer(("teller", ""), ("branch_manager", "B1"))
    assert whole.scopes == ("*", "B1")
    assert whole.is_whole_entity(Permission.FIGURE_VIEW)
    assert not whole.is_whole_entity(Permission.FIGURE_EXPORT)
    assert not MANAGER_AND_TELLER.is_whole_entity(Permission.FIGURE_VIEW)


def test_a_token_leaves_of_each_role_what_it_names_and_adds_nothing() -> None:
    narrowed = replace(MANAGER_AND_TELLER, only=frozenset({Permission.FIGURE_EXPORT, Permission.AUDIT_VIEW}))
    assert narrowed.permissions == {Permission.FIGURE_EXPORT}
    assert narrowed.tops_of(Permission.FIGURE_EXPORT) == ("B1",)
    assert narrowed.tops_of(Permission.FIGURE_VIEW) == narrowed.tops_of(Permission.AUDIT_VIEW) == ()
    assert replace(MANAGER_AND_TELLER, only=frozenset()).permissions == frozenset()


def test_answers_are_shared_by_who_holds_the_same_in_the_same_places_and_by_nobody_else() -> None:
    same = Viewer("another", "别人", "E2", (("branch_manager", "B1"), ("teller", "B3"), ("teller", "B2")))
    assert same.fingerprint == MANAGER_AND_TELLER.fingerprint
    others = [
        MANAGER_AND_TELLER,
        viewer(("branch_manager", "B1"), ("teller", "B2")),
        viewer(("branch_manager", "B2"), ("teller", "B1"), ("teller", "B3")),
        viewer(("branch_manager", "B1"), ("teller", "B2"), ("teller", "")),
        viewer(("branch_manager", ""), ("teller", "B2"), ("teller", "B3")),
        replace(MANAGER_AND_TELLER, only=frozenset({Permission.FIGURE_VIEW})),
        replace(MANAGER_AND_TELLER, only=frozenset({Permission.FIGURE_VIEW, Permission.API_USE})),
    ]
    assert len({other.fingerprint for other in others}) == len(others)


# --- the tree ---


def node(code: str, parent: str | None, depth: int) -> OrganisationNode:
    return OrganisationNode(code, f"机构{code}", "outlet", parent, depth, is_open=True)


TREE = (node("B0", None, 0), node("B1", "B0", 1), node("B11", "B1", 2), node("B111", "B11", 3), node("B2", "B0", 1))


@pytest.mark.parametrize(
    ("tops", "seen"),
    [
        ([""], list(TREE)),
        (["B2", ""], list(TREE)),
        ([], []),
        (["B9"], []),
        (["B1"], [node("B1", None, 0), node("B11", "B1", 1), node("B111", "B11", 2)]),
        (["B11", "B2"], [node("B11", None, 0), node("B111", "B11", 1), node("B2", None, 0)]),
        (["B111", "B1"], [node("B1", None, 0), node("B11", "B1", 1), node("B111", "B11", 2)]),
    ],
)
def test_a_tree_is_cut_at_the_tops_which_stand_above_nobody_else(tops: list[str], seen: list[OrganisationNode]) -> None:
    assert visible_tree(TREE, tops) == tuple(seen)

"""Which organisations a person may see: the subtrees below the tops he was granted, read from the published tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from maisui.answers import OrganisationNode
from maisui.errors import AccessError
from maisui.web.access.permissions import Permission, permissions_of

OF_PEOPLE = frozenset({"manager", "person", "teller"})
"""Dimensions whose lines are the results of single people."""


class NotAllowedError(AccessError):
    """The viewer lacks a permission; the page says so and names it."""


class NotVisibleError(AccessError):
    """What was asked for does not exist for this viewer; answered as if it did not exist at all."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: his name, and each role with the top of the subtree for which he holds it ("" is the whole entity).

    A permission counts only within the subtrees of the roles that carry it: a manager of one branch who is a
    teller in another exports the figures of the first only. `only` narrows everything to the scopes of a token. `numbered_on` is the day
    on which the employee number was registered as his, None where nobody in particular asks.
    """

    username: str
    name: str
    employee_number: str
    holdings: tuple[tuple[str, str], ...]
    only: frozenset[str] | None = None
    numbered_on: date | None = None

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the codes of his roles, each once."""
        return tuple(sorted({role for role, _ in self.holdings}))

    @property
    def permissions(self) -> frozenset[Permission]:
        """Return all he may do somewhere."""
        return self._allowed(self.roles)

    @property
    def scopes(self) -> tuple[str, ...]:
        """Return the tops of all subtrees he holds a role for, the whole entity as "*"."""
        return tuple(sorted({organisation or "*" for _, organisation in self.holdings}))

    def tops_of(self, permission: Permission) -> tuple[str, ...]:
        """Return the tops of the subtrees within which he holds `permission`; "" among them is the whole entity."""
        return tuple(sorted({organisation for role, organisation in self.holdings if permission in self._allowed((role,))}))

    def is_whole_entity(self, permission: Permission) -> bool:
        """Return whether he holds `permission` for the whole legal entity."""
        return "" in self.tops_of(permission)

    @property
    def fingerprint(self) -> str:
        """Return what decides which answers he may share: roles and their scopes, not his name."""
        allowed = "" if self.only is None else ",".join(sorted(self.only))
        return f"{allowed};" + ";".join(f"{role}@{organisation or '*'}" for role, organisation in sorted(self.holdings))

    def _allowed(self, roles: tuple[str, ...]) -> frozenset[Permission]:
        held = permissions_of(roles)
        return held if self.only is None else frozenset(permission for permission in held if permission in self.only)


def visible_tree(tree: Iterable[OrganisationNode], tops: Iterable[str]) -> tuple[OrganisationNode, ...]:
    """Return the part of the tree at and below `tops`; the highest of them have no parent and depth 0."""
    wanted = set(tops)
    if "" in wanted:
        return tuple(tree)
    depths: dict[str, int] = {}
    found: list[OrganisationNode] = []
    for node in tree:
        if node.parent_code in depths:
            depths[node.code] = depths[node.parent_code] + 1
            found.append(replace(node, depth=depths[node.code]))
        elif node.code in wanted:
            depths[node.code] = 0
            found.append(replace(node, parent_code=None, depth=0))
    return tuple(found)


def may_split_by(viewer: Viewer, dimension: str) -> bool:
    """Return whether a viewer may see figures line by line of a dimension: single people only with the right to their performance."""
    return dimension not in OF_PEOPLE or Permission.PERFORMANCE_VIEW in viewer.permissions

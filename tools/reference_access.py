"""The table of roles for the how-to page of sign-in: what each may do, and who needs a second factor."""

from __future__ import annotations

from reference_model import cell

from maisui.web.access.permissions import ROLES


def roles_table() -> str:
    """Return all roles in the order of the policy."""
    rows = ["| role | 角色 | may | permissions | second factor |", "|---|---|---|---|---|"]
    for role in ROLES:
        permissions = ", ".join(f"`{permission.value}`" for permission in sorted(role.permissions))
        needs = "must" if role.needs_second_factor else "may"
        rows.append(f"| `{role.code}` | {cell(role.name.zh)} {cell(role.name.en)} | {cell(role.meaning.en)} | {permissions} | {needs} |")
    return "\n".join(rows)

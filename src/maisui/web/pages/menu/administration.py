"""The section of the menu on people, roles and the audit: its pages, in the order in which they are shown."""

from __future__ import annotations

from maisui.web.access.permissions import Permission
from maisui.web.exports.files import exports
from maisui.web.pages.audit_log import page as audit_log
from maisui.web.pages.county_access import page as county_access
from maisui.web.pages.page import UNION, Page
from maisui.web.pages.users import page as users
from maisui.web.pages.users import person
from maisui.web.text import Text

SECTION = Text("管理", "Administration")

PAGES: tuple[Page, ...] = (
    Page(
        "county_access",
        "county-access/",
        Text("联社查看授权", "Union's rights to look in"),
        SECTION,
        Permission.COUNTY_GRANT,
        county_access.show,
        "key",
        parts=(
            ("<int:number>/grant/", "grant", county_access.grant),
            ("<int:number>/refuse/", "refuse", county_access.refuse),
            ("<int:number>/end/", "end", county_access.end),
        ),
        only_in=UNION,
    ),
    Page(
        "users",
        "users/",
        Text("用户与角色", "Users and roles"),
        SECTION,
        Permission.STAFF_MANAGE,
        users.show,
        "badge",
        parts=(
            ("new/", "new", users.new),
            ("review/", "review", users.review),
            ("person/<str:username>/", "person", person.show),
            ("person/<str:username>/grant/", "grant", person.grant),
            ("person/<str:username>/grant/<int:number>/end/", "end_grant", person.end),
            ("person/<str:username>/disable/", "disable", person.disable),
            ("person/<str:username>/renew/", "renew", person.renew),
            ("person/<str:username>/session/<int:number>/end/", "end_session", person.end_one_session),
        ),
    ),
    Page(
        "audit",
        "audit/",
        Text("审计", "Audit"),
        SECTION,
        Permission.AUDIT_VIEW,
        audit_log.show,
        "audit",
        parts=(("check/", "check", audit_log.check), *exports(audit_log.export_of_page)),
    ),
)
"""One entry a page."""

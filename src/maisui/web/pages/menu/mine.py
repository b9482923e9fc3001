"""The section of the menu on what concerns the viewer alone: its pages, in the order in which they are shown."""

from __future__ import annotations

from maisui.web.access.permissions import Permission
from maisui.web.pages.jobs import page as jobs
from maisui.web.pages.my_account import page as my_account
from maisui.web.pages.my_day import follows
from maisui.web.pages.my_day import page as my_day
from maisui.web.pages.page import BANK, Page
from maisui.web.text import Text

SECTION = Text("我的", "Mine")

PAGES: tuple[Page, ...] = (
    Page(
        "my_day",
        "my-day/",
        Text("我的工作台", "My day"),
        SECTION,
        Permission.FOCUS_VIEW,
        my_day.show,
        "sun",
        parts=(
            ("deputy/", "make_deputy", my_day.make_deputy),
            ("deputy/<int:number>/end/", "no_deputy", my_day.no_deputy),
            ("follow/customer/<str:reference>/", "follow", follows.follow_one),
            ("follow/group/<int:number>/", "follow_group", follows.follow_whole_group),
            ("follow/<int:number>/end/", "unfollow", follows.end),
        ),
        only_in=BANK,
    ),
    Page(
        "jobs",
        "jobs/",
        Text("任务", "Jobs"),
        SECTION,
        None,
        jobs.show,
        "clock",
        parts=(
            ("export/<uuid:job>.<str:form>", "download", jobs.download),
            ("subscribe/", "subscribe", jobs.subscribe),
            ("subscription/<int:number>/end/", "unsubscribe", jobs.unsubscribe),
        ),
    ),
    Page(
        "account",
        "account/",
        Text("个人设置", "My settings"),
        SECTION,
        None,
        my_account.show,
        "person",
        parts=(
            ("session/<int:number>/end/", "end_session", my_account.end_own_session),
            ("token/new/", "new_token", my_account.make_token),
            ("token/<int:number>/revoke/", "revoke_token", my_account.revoke_own_token),
        ),
    ),
)
"""One entry a page."""

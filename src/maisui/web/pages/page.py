"""What a page is: one place in the menu, its addresses, and the permission without which none of them answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from maisui.web.access.permissions import Permission
from maisui.web.text import Text

View = Callable[..., HttpResponseBase]
UNION, BANK = "union", "bank"
TITLES: dict[str, Text] = {}
"""What each page is called, under its code; filled as pages are entered in the menu."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `parts` are further addresses below `path` (fragments, exports, actions), each with its name.

    `permission` None means everyone who is signed in; `only_in` names the one kind of home, `UNION` or `BANK`, in whose
    menu the page stands, where it makes no sense in the other.
    """

    code: str
    path: str
    title: Text
    section: Text
    permission: Permission | None
    view: View
    icon: str
    parts: tuple[tuple[str, str, View], ...] = ()
    only_in: str = ""

    def __post_init__(self) -> None:
        """Note the title under the page's code, which the audit names as well."""
        TITLES[self.code] = self.title

    @property
    def name(self) -> str:
        """Return the name of the page's own address; those of its parts are `<name>_<part>`."""
        return self.code

    def patterns(self) -> tuple[URLPattern, ...]:
        """Return the page's addresses, each behind sign-in and the page's permission."""
        return (
            path(self.path, guarded(self.view, self), name=self.name),
            *(path(self.path + below, guarded(view, self), name=f"{self.code}_{name}") for below, name, view in self.parts),
        )


def needs(permission: Permission) -> Callable[[View], View]:
    """Return what makes a part of a page answer only who holds a further permission, whatever the method."""

    def narrowed(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
            request.gateway.require(permission)  # type: ignore[attr-defined]
            return view(request, *arguments, **named)

        return answer

    return narrowed


def guarded(view: View, page: Page) -> View:
    """Return `view` for signed-in viewers who hold the page's permission; it knows the page it belongs to."""

    @login_required
    @wraps(view)
    def answer(request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
        if page.permission is not None:
            request.gateway.require(page.permission)  # type: ignore[attr-defined]
        request.page = page  # type: ignore[attr-defined]
        return view(request, *arguments, **named)

    return answer

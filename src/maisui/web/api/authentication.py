"""How a program proves who it is: a token of a user, in the Authorization header, with no more than its scopes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.staff.sessions import source_address
from maisui.web.staff.tokens import user_of_token
from maisui.web.staff.viewer import viewer_of


class ApiTokenAuthentication(HttpBearer):
    """Lets a valid token in and gives the request a gateway restricted to the token's scopes."""

    def authenticate(self, request: HttpRequest, token: str) -> Gateway | None:
        """Return the gateway of the token's owner; None refuses."""
        found = user_of_token(token)
        if found is None:
            return None
        user, scopes = found
        viewer = viewer_of(user, settings.HOME.legal_entity_code, only=frozenset(scopes) | {Permission.API_USE})
        gateway = Gateway(settings.BANK, viewer, address=source_address(request))
        gateway.require(Permission.API_USE)
        return gateway

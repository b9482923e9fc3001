"""Tokens of programs: made once, kept only as a hash, and worth no more than their owner is today."""

from __future__ import annotations

import hashlib
import secrets

from django.utils import timezone

from maisui.web.staff.models import ApiToken, StaffUser
from maisui.web.staff.sessions import has_left

PREFIX = "maisui_"
LONGEST_DAYS = 365
_USE_NOTED_SECONDS = 60


def new_token() -> str:
    """Return a fresh token of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return what is kept of a token; its randomness makes a slow hash needless."""
    return hashlib.sha256(token.encode()).hexdigest()


def user_of_token(token: str) -> tuple[StaffUser, frozenset[str]] | None:
    """Return the owner of a valid token and what it may do at most; None when token or owner may not come in."""
    now = timezone.now()
    found = ApiToken.objects.select_related("user").filter(token_hash=hash_of(token)).first()
    if found is None or not found.is_valid(now) or not found.user.may_sign_in(now) or has_left(found.user):
        return None
    if found.last_used_at is None or (now - found.last_used_at).total_seconds() >= _USE_NOTED_SECONDS:
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
    return found.user, frozenset(found.scopes)

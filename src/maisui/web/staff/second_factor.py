"""The second factor: secrets sealed with the home's key, codes that count five tries, and who may not go without."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context, ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, normalize_user_code
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from maisui.web.audit.models import Result
from maisui.web.audit.record import record
from maisui.web.staff.grants import actor_of, needs_second_factor
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

_PERIOD_SECONDS = 30


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps secrets sealed in the database and keeps the factor where a role demands it."""

    error_messages = {  # noqa: RUF012 - allauth reads a plain dictionary
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": Text("动态码不正确。", "The code is not right."),
        "cannot_delete_authenticator": Text("您的角色要求动态码，不能停用。", "Your role demands codes; they cannot be given up."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return _sealer().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return _sealer().decrypt(encrypted_text.encode("ascii")).decode()

    def get_totp_issuer(self) -> str:
        """Return the bank's name for the list in the authenticator."""
        return f"Maisui {settings.HOME.name_en or settings.HOME.legal_entity_code}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether the factor may be given up: not while a role demands it."""
        return not needs_second_factor(authenticator.user)

    def send_notification_mail(self, *_arguments: Any, **_named: Any) -> None:
        """Send nothing: there is no mail here."""


class _CountedCodes(BaseAuthenticateForm):
    """Asks for a code; five wrong ones in 15 minutes end the tries, each is recorded, and a right one opens only once."""

    def clean_code(self) -> str:
        """Return the code when it is right.

        Raises:
            ValidationError: when it is wrong or there were too many tries.
        """
        request = current_request()
        key = f"second-factor-{self.user.pk}"
        if not ratelimit.consume(request, action="second_factor", key=key, user=self.user):
            _record(self.user, Result.REFUSED)
            raise get_account_adapter().validation_error("too_many_login_attempts")
        try:
            code = self._used_once(super().clean_code())
        except Exception:
            _record(self.user, Result.FAILED)
            raise
        ratelimit.clear(request, action="second_factor", key=key, user=self.user)
        return code

    def _used_once(self, code: str) -> str:
        """Return a right code that was not used before; allauth itself remembers one for a third of the time for which it opens."""
        used = hashlib.sha256(f"{self.user.pk} {normalize_user_code(code)}".encode()).hexdigest()
        if not cache.add(f"second-factor-used-{used}", 1, timeout=_PERIOD_SECONDS * (2 * settings.MFA_TOTP_TOLERANCE + 1)):
            raise SecondFactorAdapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_CountedCodes, AuthenticateForm):
    """Asks for a code at sign-in."""


class SecondFactorAgainForm(_CountedCodes, ReauthenticateForm):
    """Asks a signed-in user for a code once more."""


def current_request() -> HttpRequest:
    """Return the request being answered; the flows of allauth run nowhere else.

    Raises:
        RuntimeError: outside a request.
    """
    if context.request is None:
        raise RuntimeError("no request is being answered")
    return context.request


def enrol(user: StaffUser, secret: str) -> None:
    """Give `user` the second factor whose secret (base32) is `secret`, in place of an earlier one."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": SecondFactorAdapter().encrypt(secret)})


def is_enrolled(user: StaffUser) -> bool:
    """Tell whether `user` has a second factor."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def has_recovery_codes(user: StaffUser) -> bool:
    """Tell whether `user` was given recovery codes."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).exists()


def forget(user: StaffUser) -> None:
    """Take second factor and recovery codes away, so that they must be enrolled anew."""
    Authenticator.objects.filter(user=user).delete()


def code_at(secret: str, moment: float | None = None) -> str:
    """Return the code of a secret at a moment (seconds since 1970), now when none is given."""
    counter = int(time.time() if moment is None else moment) // _PERIOD_SECONDS
    return format_hotp_value(hotp_value(secret, counter))


def _sealer() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"maisui.staff.secret" + key.encode()).digest())) for key in keys])


def _record(user: StaffUser, result: Result) -> None:
    record(action="second_factor", by=actor_of(user), object_type="user", object_id=user.username, result=result)

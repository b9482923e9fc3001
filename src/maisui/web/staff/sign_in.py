"""Signing in: who is let in, what a stranger learns (nothing), and where the flows of allauth are held to it."""

from __future__ import annotations

import time
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.internal.flows.login import get_authentication_records
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maisui.web.staff.models import StaffUser
from maisui.web.staff.second_factor import current_request
from maisui.web.text import Text

FRESH_SECONDS = 10 * 60
_LONGEST_PASSWORD = 1024


class StaffBackend(AuthenticationBackend):
    """Checks user name and password; the hasher runs once whether the name exists or not."""

    def user_can_authenticate(self, user: AbstractBaseUser | AnonymousUser | None) -> bool:
        """Tell whether this user may sign in and stay signed in at all."""
        return isinstance(user, StaffUser) and user.may_sign_in(timezone.now())


class StaffAdapter(DefaultAccountAdapter):
    """Holds allauth's flows to a bank's rules: no sign-up, no mail, one answer to every failure."""

    error_messages = {  # noqa: RUF012 - allauth reads a plain dictionary
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": Text("用户名或口令不正确。", "User name or password is not right."),
        "too_many_login_attempts": Text("尝试次数过多，请稍后再试。", "Too many tries. Try again later."),
        "incorrect_password": Text("口令不正确。", "The password is not right."),
        "enter_current_password": Text("当前口令不正确。", "The current password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: the security administrator makes users."""
        del request
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a guess for its name, unless the lock-out of its source refuses it anyhow: else one source could shut others out."""
        if AxesProxyHandler.is_allowed(request, credentials):
            super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return the user of right credentials; one who may not sign in is as unknown as any other."""
        user = super().authenticate(request, **credentials)
        return user if isinstance(user, StaffUser) and user.may_sign_in(timezone.now()) else None

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Keep the password that its owner chose; it is no longer a temporary one."""
        if isinstance(user, StaffUser):
            user.must_change_password = False
            user.temporary_until = None
        super().set_password(user, password)

    def is_reauthentication_required(self, *, app: str, **named: Any) -> bool:
        """Tell whether the password is asked again for the second factor: not by one who has just given it."""
        request = current_request()
        if app == "allauth.mfa" and isinstance(request.user, StaffUser):
            records = get_authentication_records(request, request.user)
            if records and time.time() - float(records[-1]["at"]) < FRESH_SECONDS:
                return False
        return super().is_reauthentication_required(app=app, **named)

    def add_message(self, request: HttpRequest, *arguments: Any, **named: Any) -> None:
        """Say nothing about signing in: the page that follows says enough."""

    def send_mail(self, *_arguments: Any, **_named: Any) -> None:
        """Send nothing: there is no mail here."""

    def send_notification_mail(self, *_arguments: Any, **_named: Any) -> None:
        """Send nothing: there is no mail here."""


class SignInForm(LoginForm):
    """Asks for user name and password; the name counts in small letters, so that spelling cannot dodge the lock-out."""

    def clean_password(self) -> str:
        """Return the password, unless it is so long that hashing it would only cost time.

        Raises:
            ValidationError: when it is.
        """
        typed = self.cleaned_data["password"]
        if len(typed) > _LONGEST_PASSWORD:
            raise ValidationError(str(StaffAdapter.error_messages["username_password_mismatch"]))
        return typed

    def clean_login(self) -> str:
        """Return the name as it is stored.

        Raises:
            ValidationError: when it holds a character no database keeps.
        """
        typed = unicodedata.normalize("NFKC", super().clean_login()).lower()
        if "\0" in typed:
            raise ValidationError(str(StaffAdapter.error_messages["username_password_mismatch"]))
        return typed


class OwnPasswordForm(ChangePasswordForm):
    """Asks for the present password and a new one; a wrong present one counts as a failed sign-in does."""

    def clean_oldpassword(self) -> str:
        """Return the present password when it is right.

        Raises:
            ValidationError: when it is wrong or there were too many tries.
        """
        typed = self.cleaned_data["oldpassword"]
        adapter = StaffAdapter()
        if self.user is None or len(typed) > _LONGEST_PASSWORD or not adapter.reauthenticate(self.user, typed):
            raise adapter.validation_error("enter_current_password")
        return typed


def locked_out(request: HttpRequest, *_more: object) -> HttpResponse:
    """Answer tries beyond the limit: the same page for every name, known or not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "staff/locked.html", {"minutes": minutes}, status=429)

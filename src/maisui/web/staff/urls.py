"""Addresses of sign-in: the flows of allauth that a bank uses, each with our own page; none to sign up or to reset by mail."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

urlpatterns = [
    path("", account.LoginView.as_view(template_name="staff/sign_in.html"), name="account_login"),
    path("out/", account.LogoutView.as_view(template_name="staff/sign_out.html"), name="account_logout"),
    path("again/", account.ReauthenticateView.as_view(template_name="staff/again.html"), name="account_reauthenticate"),
    path(
        "password/",
        login_required(account.PasswordChangeView.as_view(template_name="staff/password.html", success_url="/")),
        name="account_change_password",
    ),
    path("code/", factor.AuthenticateView.as_view(template_name="staff/code.html"), name="mfa_authenticate"),
    path("code/again/", factor.ReauthenticateView.as_view(template_name="staff/code_again.html"), name="mfa_reauthenticate"),
    path("second-factor/", totp.ActivateTOTPView.as_view(template_name="staff/enrol.html"), name="mfa_activate_totp"),
    path("second-factor/remove/", totp.DeactivateTOTPView.as_view(template_name="staff/remove.html"), name="mfa_deactivate_totp"),
    path(
        "recovery-codes/", recovery.ViewRecoveryCodesView.as_view(template_name="staff/recovery_codes.html"), name="mfa_view_recovery_codes"
    ),
    path(
        "recovery-codes/new/",
        recovery.GenerateRecoveryCodesView.as_view(template_name="staff/recovery_codes_new.html"),
        name="mfa_generate_recovery_codes",
    ),
    path("second-factor/state/", require_safe(login_required(RedirectView.as_view(pattern_name="account"))), name="mfa_index"),
]

"""Settings of passwords, second factor, lock-out and sessions; `maisui.web.settings` takes all of them in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "maisui.web.staff.sign_in.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "maisui.web.staff.passwords.CharacterClasses"},
    {"NAME": "maisui.web.staff.passwords.NotUsedBefore"},
]

ACCOUNT_ADAPTER = "maisui.web.staff.sign_in.StaffAdapter"
ACCOUNT_FORMS = {"login": "maisui.web.staff.sign_in.SignInForm", "change_password": "maisui.web.staff.sign_in.OwnPasswordForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",  # pages of the form; wrong passwords are counted below and by the lock-out
    "login_failed": "100/h/ip,60/h/key",  # at most so many guesses reach the hasher, from one source and for one name
    "second_factor": "5/15m/key",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "maisui.web.staff.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "maisui.web.staff.second_factor.SecondFactorForm",
    "reauthenticate": "maisui.web.staff.second_factor.SecondFactorAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # account and source: nobody can lock somebody else out from afar
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "maisui.web.staff.sign_in.locked_out"
AXES_CLIENT_IP_CALLABLE = "maisui.web.staff.sessions.source_address"
AXES_DISABLE_ACCESS_LOG = True  # the audit log has every sign-in
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

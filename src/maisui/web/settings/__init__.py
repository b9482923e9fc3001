"""Django's settings, read from the home that MAISUI_HOME names: its bank.toml and its keys."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from maisui.answers import Bank
from maisui.web.keys import previous_keys, read_key

BANK = Bank(Path(os.environ.get("MAISUI_HOME", "maisui-home")))
"""The bank this process serves."""

HOME = BANK.home
WEB = HOME.web
WEB_ROOT = Path(__file__).parent.parent

SECRET_KEY = read_key(HOME.path, "secret")
SECRET_KEY_FALLBACKS = previous_keys(HOME.path, "secret")
AUDIT_KEY = read_key(HOME.path, "audit")
DEBUG = False
IS_TLS = bool(os.environ.get("MAISUI_TLS")) or WEB.behind_proxy
ALLOWED_HOSTS = [*WEB.hosts, *([] if IS_TLS and WEB.hosts else ["127.0.0.1", "localhost", "[::1]"])]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "ninja",
    "django_tasks",
    "django_tasks_db",
    "maisui.web.components",
    "maisui.web.audit",
    "maisui.web.staff",
    "maisui.web.exports",
    "maisui.web.customers",
    "maisui.web.supplements",
    "maisui.web.parameters",
    "maisui.web.tickets",
    "maisui.web.alerts",
    "maisui.web.archive",
    "maisui.web.county_access",
    "maisui.web.contacts",
    "maisui.web.needs",
    "maisui.web.strategies",
    "maisui.web.groups",
    "maisui.web.campaigns",
    "maisui.web.follows",
    "maisui.web.notes",
    "maisui.web.model_desk",
    "maisui.web.allocations",
    "maisui.web.schemes",
    "maisui.web.manual_work",
    "maisui.web.outlet_tasks",
    "maisui.web.tiers",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "maisui.web.components.headers.ResponseHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # adds bytes by chance, so that lengths tell nothing of a page's secrets
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "maisui.web.staff.middleware.StaffSession",
    "maisui.web.gateway.GatewayMiddleware",
    "maisui.web.components.errors.AnticipatedErrors",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "maisui.web.urls"
WSGI_APPLICATION = "maisui.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB_ROOT / "pages"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maisui.web.components.shell.shell",
            ],
            "builtins": ["maisui.web.components.templatetags.maisui"],
        },
    }
]

_DATABASE_URL = os.environ.get("MAISUI_DATABASE_URL") or WEB.database or f"sqlite:///{HOME.path.resolve() / 'operational.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(_DATABASE_URL, conn_max_age=600)}
if DATABASES["default"].get("ENGINE", "").endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # the default deferred mode lost three of four concurrent audit rows
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "staff.StaffUser"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = WEB.time_zone
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB_ROOT / "static"] if (WEB_ROOT / "static").exists() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/.+[.-][0-9A-Za-z]{8,}\.(js|css)$"

SESSION_COOKIE_AGE = WEB.session_hours * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_TLS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "maisui.web.components.errors.csrf_failure"
if IS_TLS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_SSL_REDIRECT = not WEB.behind_proxy
if WEB.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in WEB.hosts]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

from maisui.web.settings.logs import *  # noqa: E402, F403
from maisui.web.staff.sign_in_settings import *  # noqa: E402, F403

"""Every address of the web: the pages of the registry, sign-in, the API, and the two probes."""

from __future__ import annotations

from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from maisui.web.api import api
from maisui.web.components.errors import not_found, page_of_status
from maisui.web.pages import first_page
from maisui.web.pages.registry import PAGES
from maisui.web.probes import healthz, readyz

urlpatterns = [
    path("", first_page, name="first_page"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("language/", require_POST(set_language), name="set_language"),
    path("sign-in/", include("maisui.web.staff.urls")),
    path("api/", api.urls),
    *(pattern for page in PAGES for pattern in page.patterns()),
]
handler400 = page_of_status(400)
handler403 = page_of_status(403)
handler404 = not_found
handler500 = page_of_status(500)

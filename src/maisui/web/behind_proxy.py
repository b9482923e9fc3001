"""The application behind a proxy: the client's address and scheme are taken from the headers of a trusted proxy only."""

from __future__ import annotations

import os

from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from maisui.web.wsgi import application as _application

PROXIES = "MAISUI_PROXIES"
application = wrap_wsgi_with_proxy_headers(_application, trusted_hosts=os.environ.get(PROXIES, "127.0.0.1,::1").split(","))

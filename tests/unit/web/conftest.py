"""Django configured for tests of what the web writes."""

from __future__ import annotations

import web_home

web_home.configure()

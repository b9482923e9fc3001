"""Line icons of the shell, drawn on a grid of 24: one path text each."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

ICONS: dict[str, str] = {
    "overview": "M4 20V11h4v9M10 20V4h4v16M16 20v-6h4v6M3 20h18",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c0-3.5 2.5-6 6-6s6 2.5 6 6"
    "M16 4.5a3.5 3.5 0 0 1 0 6M17.5 14.5c2.2.8 3.5 2.8 3.5 5.5",
    "person": "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4.5 3-7 8-7s8 2.5 8 7",
    "audit": "M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h7",
    "tasks": "M4 6l2 2 3-4M4 13l2 2 3-4M4 20l2 2 3-4M12 6h8M12 13h8M12 20h8",
    "settings": "M4 7h10M18 7h2M4 17h2M10 17h10M16 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    "data": "M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zM4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3",
    "page": "M6 3h8l4 4v14H6zM14 3v4h4",
    "menu": "M4 6h16M4 12h16M4 18h16",
    "fold": "M15 6l-6 6 6 6",
    "down": "M6 9l6 6 6-6",
    "close": "M6 6l12 12M18 6L6 18",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8v.01",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
    "language": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
    "theme": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 3v18M12 7l5.5-1.5M12 12h9M12 17l5.5 1.5",
    "help": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.5v.01",
    "table": "M4 5h16v14H4zM4 10h16M4 15h16M10 5v14",
    "download": "M12 4v11M7.5 10.5L12 15l4.5-4.5M5 20h14",
    "branch": "M12 4v5M5 15v-3h14v3M12 9v3M3 15h4v5H3zM10 15h4v5h-4zM17 15h4v5h-4z",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "moved": "M4 18l5-6 4 3 7-9M15 6h5v5",
    "link": "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7L12 17",
    "signout": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
}


def drawn(name: str) -> SafeString:
    """Return the icon as inline SVG, hidden from screen readers; an unknown name draws a page."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>', ICONS.get(name, ICONS["page"])
    )

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
    "sun": "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
    "map": "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14",
    "steps": "M3 20V14h4v-4h4V7h4V4h5M3 20h18M20 4v5",
    "sheet": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "target": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12v.01",
    "coins": "M9 12c3 0 5.5-1 5.5-2.5S12 7 9 7 3.5 8 3.5 9.5 6 12 9 12zM3.5 9.5v7C3.5 18 6 19 9 19"
    "M14.5 9.5V12M15 20c3 0 5.5-1 5.5-2.5S18 15 15 15s-5.5 1-5.5 2.5S12 20 15 20z",
    "fan": "M3 15l6-4 3 2M12 13l8-7M12 13l9-1M12 13l8 5",
    "banknote": "M3 6h18v12H3zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM6 9v.01M18 15v.01",
    "book": "M12 6c-2-1.5-5-2-8-2v14c3 0 6 .5 8 2 2-1.5 5-2 8-2V4c-3 0-6 .5-8 2zM12 6v14",
    "report": "M6 3h8l4 4v14H6zM14 3v4h4M9 18v-4M12 18v-7M15 18v-3",
    "eye": "M2.5 12C5 7.5 8.5 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-6 6.5-9.5 6.5s-7-2-9.5-6.5zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
    "pivot": "M4 4h16v16H4zM4 9h16M9 4v16M13 13h3v3",
    "lists": "M4 5h4v14H4zM10 5h4v10h-4zM16 5h4v6h-4z",
    "leave": "M10 4H5v16h5M9 12h11M16 8l4 4-4 4",
    "warning": "M12 4L2.5 20h19zM12 10v5M12 17.5v.01",
    "scales": "M12 4v16M8 20h8M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z",
    "gem": "M7 4h10l4 6-9 11L3 10zM3 10h18M12 21L8.5 10 10 4M12 21l3.5-11L14 4",
    "next": "M4 6h8v12H4zM14 12h6M17 8.5l3.5 3.5-3.5 3.5",
    "pie": "M12 3v9l7 5.5A9 9 0 1 1 12 3zM15 3.5A9 9 0 0 1 20.5 14L15 10z",
    "house": "M4 11l8-7 8 7v9H4zM10 20v-6h4v6",
    "megaphone": "M4 10v4h3l9 4V6l-9 4zM19 9.5c1 1.5 1 3.5 0 5M8 14v5h3l-1-4",
    "chat": "M4 5h16v11h-9l-4 4v-4H4zM8 9h8M8 12h5",
    "compass": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM15.5 8.5l-2 5-5 2 2-5z",
    "box": "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9",
    "pulse": "M3 12h4l3-7 4 14 3-7h4",
    "percent": "M6 18L18 6M7.5 9.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM16.5 18.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    "forks": "M6 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM18 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM18 21a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"
    "M18 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 12h8M7.5 10.5l9-4.5M7.5 13.5l9 4.5",
    "swap": "M4 8h14M14.5 4.5L18 8l-3.5 3.5M20 16H6M9.5 12.5L6 16l3.5 3.5",
    "talk": "M3 4h12v8H9l-3 3v-3H3zM18 9h3v8h-2v3l-3-3h-6v-2",
    "phone": "M7 3h10v18H7zM11 18h2",
    "hourglass": "M6 3h12M6 21h12M7 3c0 5 5 6 5 9s-5 4-5 9M17 3c0 5-5 6-5 9s5 4 5 9",
    "card": "M3 6h18v12H3zM3 10h18M6 15h4",
    "machine": "M5 3h14v18H5zM8 6h8v5H8zM8 14h2M8 17h2M14 14h2v3h-2z",
    "pin": "M12 21c-4-5-6.5-8-6.5-11.5a6.5 6.5 0 0 1 13 0C18.5 13 16 16 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "shop": "M4 9l1.5-5h13L20 9M4 9c0 2.5 4 2.5 4 0 0 2.5 4 2.5 4 0 0 2.5 4 2.5 4 0 0 2.5 4 2.5 4 0M5 12v8h14v-8M10 20v-5h4v5",
    "clipboard": "M6 4h12v17H6zM9 3h6v3H9zM9 13.5l2.5 2.5L16 11",
    "podium": "M3 20v-6h6v6M9 20V8h6v12M15 20v-9h6v9M3 20h18M12 5V3",
    "rules": "M8 4h8v3H8zM8 5H5v16h14V5h-3M8 12h8M8 16h5",
    "split": "M4 12h6l5-6h5M10 12l5 6h5M17 3.5L20 6l-3 2.5M17 15.5l3 2.5-3 2.5",
    "pencil": "M4 20l1-4L16 5l3 3L8 19zM13.5 7.5l3 3",
    "receipt": "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
    "medal": "M12 21a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8.5 11L5 3h5l2 5 2-5h5l-3.5 8",
    "inbox": "M4 13l3-8h10l3 8v6H4zM4 13h5l1.5 2.5h3L15 13h5",
    "merge": "M5 4c0 6 7 5 7 11M19 4c0 6-7 5-7 11v5M9 17l3 3 3-3",
    "twins": "M9 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12z",
    "shield": "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2 2 4-4",
    "equals": "M5 9h14M5 15h14M3 4v16M21 4v16",
    "beside": "M4 4h6v16H4zM14 4h6v16h-6zM6 9h2M16 9h2M6 13h2M16 15h2",
    "tag": "M4 4h8l8 8-8 8-8-8zM8 8v.01",
    "upload": "M12 15V4M7.5 8.5L12 4l4.5 4.5M5 20h14",
    "model": "M8 8h8v8H8zM10 8V4M14 8V4M10 20v-4M14 20v-4M4 10h4M4 14h4M16 10h4M16 14h4",
    "ticket": "M3 7h18v3.5a1.5 1.5 0 0 0 0 3V17H3v-3.5a1.5 1.5 0 0 0 0-3zM14 7v10",
    "key": "M8 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 11h9v4M17 11v3",
    "badge": "M5 5h14v15H5zM10 3h4v4h-4zM12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8.5 18c.5-1.5 2-2.5 3.5-2.5s3 1 3.5 2.5",
    "tier": "M12 3l8 4-8 4-8-4zM4 12l8 4 8-4M4 16.5l8 4 8-4",
    "signout": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
}


def drawn(name: str) -> SafeString:
    """Return the icon as inline SVG, hidden from screen readers; an unknown name draws a page."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>', ICONS.get(name, ICONS["page"])
    )

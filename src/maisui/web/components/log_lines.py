"""One log record, one line of JSON: route and status, never addresses with values, forms or customers' data."""

from __future__ import annotations

import copy
import logging
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from maisui.errors import MaisuiError

_KEPT = ("timestamp", "level", "logger", "message", "status_code", "route", "method", "user")


class SafeJsonFormatter(JsonFormatter):
    """Writes the record's own message and route; what a request carried is left out, and control characters are escaped."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Name the fields of a line."""
        super().__init__(
            "%(levelname)s %(name)s %(message)s",
            *arguments,
            rename_fields={"levelname": "level", "name": "logger"},
            timestamp=True,
            json_ensure_ascii=True,
            **named,
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Return the line's fields: only those that are known to be harmless."""
        return {name: value for name, value in log_data.items() if name in (*_KEPT, "exc_info")}

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a request in the record becomes its route, an exception its class: neither tells what it carried."""
        record = copy.copy(record)  # other handlers see the record as it was
        record.msg = _told(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_told(argument) for argument in record.args)
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        if request is not None:
            route = match.route if match else "(no route)"
            record.__dict__ |= {"route": route, "method": getattr(request, "method", "")}
            record.msg, record.args = f"{getattr(record, 'status_code', '')} on {route}", ()
        return super().format(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """Return the kinds and places of the exception's chain; its messages may quote data and are left out."""
        return exception_places(ei[1])


def exception_places(error: BaseException | None) -> str:
    """Return class and code lines of an exception and its causes, without their messages."""
    found: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        trace, places = error.__traceback__, []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{code.co_filename.rpartition('maisui/')[2]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        found.append(f"{type(error).__name__} at {' > '.join(places)}")
        error = error.__cause__ or error.__context__
    return " | caused by ".join(found)


def _told(value: object) -> Any:
    """Return the class of an exception in its place; only the product's own errors are known to quote no values."""
    return type(value).__name__ if isinstance(value, BaseException) and not isinstance(value, MaisuiError) else value
